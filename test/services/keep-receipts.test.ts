import { describe, expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.js';
import { AppError } from '../../src/errors.js';
import type { DeliveryReceipt } from '../../src/ports/channel.js';
import { createReceiptKeeper } from '../../src/services/keep-receipts.js';
import { heldClock } from '../fakes/held-clock.js';
import { MONDAY, recordingLog } from './house.js';

const READ: DeliveryReceipt = {
  channel: 'whatsapp_cloud',
  providerId: 'wamid.1',
  status: 'read',
  code: null,
  at: MONDAY,
};
const UNREACHABLE: DeliveryReceipt = { ...READ, status: 'failed', code: 'CONTACT_UNREACHABLE' };

/** A keeper over records that a send puts there. */
function keeperWith(records: Map<string, string[]>) {
  const clock = heldClock(MONDAY);
  const unreachable: string[] = [];
  const ignored: string[] = [];
  const keeper = createReceiptKeeper({
    broadcasts: { receipt: async () => null },
    outbox: {
      receipt: async (_channel, providerId, status, _at, code) => {
        records.get(providerId)?.push(`${status} ${code ?? ''}`.trim());
        return records.has(providerId) ? 'contact-1' : null;
      },
    },
    contacts: { setUnreachable: async (id) => void unreachable.push(id) },
    timing: clock,
    log: recordingLog([]),
    ignored: (channel, code) => void ignored.push(`${channel} ${code}`),
  });
  return { keeper, clock, unreachable, ignored };
}

describe('a receipt', () => {
  it('is noted with its reason, and marks a person who cannot be reached', async () => {
    const records = new Map([['wamid.1', [] as string[]]]);
    const { keeper, unreachable } = keeperWith(records);
    await keeper.keep([UNREACHABLE]);
    expect(records.get('wamid.1')).toEqual(['failed CONTACT_UNREACHABLE']);
    expect(unreachable).toEqual(['contact-1']);
  });

  it('that comes before its send is on record is put to it afterwards, once', async () => {
    const records = new Map<string, string[]>();
    const { keeper, clock } = keeperWith(records);
    await keeper.keep([READ]);
    await clock.advance(1_000);
    records.set('wamid.1', []);
    await clock.advance(2 * MINUTE);
    expect(records.get('wamid.1')).toEqual(['read']);
  });

  it('whose send is recorded while the house is shut is not lost', async () => {
    const records = new Map<string, string[]>();
    const { keeper, ignored } = keeperWith(records);
    await keeper.keep([READ, { ...READ, providerId: 'wamid.2' }]);
    records.set('wamid.1', []);
    await keeper.stop();
    expect([records.get('wamid.1'), ignored]).toEqual([['read'], ['whatsapp_cloud receipt_unknown']]);
  });

  it('is counted when too many wait already', async () => {
    const { keeper, ignored } = keeperWith(new Map());
    await keeper.keep(Array.from({ length: 5_001 }, (_, at) => ({ ...READ, providerId: `wamid.${at}` })));
    expect(ignored).toEqual(['whatsapp_cloud receipt_dropped']);
    await keeper.stop();
  });

  it('of something never sent here is let go, and counted', async () => {
    const records = new Map<string, string[]>();
    const { keeper, clock, ignored } = keeperWith(records);
    await keeper.keep([READ]);
    await clock.advance(2 * MINUTE);
    expect(ignored).toEqual(['whatsapp_cloud receipt_unknown']);
    records.set('wamid.1', []);
    await clock.advance(10 * MINUTE);
    expect(records.get('wamid.1')).toEqual([]);
  });

  it('while the store is down is asked for again', async () => {
    const fault = new AppError('STORE_UNAVAILABLE', 'the database failed');
    const keeper = createReceiptKeeper({
      broadcasts: { receipt: () => Promise.reject(fault) },
      outbox: { receipt: async () => null },
      contacts: { setUnreachable: async () => undefined },
      timing: heldClock(MONDAY),
      log: recordingLog([]),
    });
    await expect(keeper.keep([READ])).rejects.toBe(fault);
  });
});
