import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/domain/time.js';
import { AppError } from '../../src/errors.js';
import type { ContactStore, Inbox } from '../../src/ports/inbox.js';
import { forgetSilent, seeOff } from '../../src/services/forget-contact.js';
import { type House, house, MONDAY, OPEN, recordingLog, SEIZURE, written } from './house.js';

const down = () => Promise.reject(new AppError('STORE_UNAVAILABLE', 'the database failed'));
const DELETED = /Sudah dihapus/;

/** The call does what it does, or not, and the caller hears of a failure either way. */
type Fault = 'before' | 'after';
function failingOnce(method: 'accept' | 'start' | 'commit', when: Fault, of: string) {
  let broken = true;
  return (real: Inbox): Inbox => ({
    ...real,
    [method]: async (given: { readonly id?: string; readonly messageId?: string } | string) => {
      const id = typeof given === 'string' ? given : (given.id ?? given.messageId);
      const isIt = broken && id === `telegram:${of}`;
      if (isIt) broken = false;
      if (isIt && when === 'before') return down();
      const result = await (real[method] as (given: unknown, at: number) => Promise<unknown>)(given, MONDAY);
      return isIt ? down() : result;
    },
  });
}

async function tidy({ store, telegram, lines }: House): Promise<number> {
  return seeOff({ contacts: store.contacts, channels: [telegram], log: recordingLog(lines) });
}

/** Known, agreed, asked whether to delete; "ya" is still to come. */
async function asked(home: House): Promise<void> {
  for (const [id, text] of [
    ['1', OPEN],
    ['2', 'langganan'],
    ['3', 'hapus data saya'],
  ] as const) {
    await home.say(id, text);
    await home.clock.settle();
  }
  expect(home.told().at(-1)).toMatch(/Hapus semua data Anda/);
}

describe('"hapus data saya"', () => {
  it('deletes everything, says so once, and lets go of the address', async () => {
    const home = house();
    await asked(home);
    await home.say('4', 'ya');
    await home.clock.settle();
    expect(home.told().filter((text) => DELETED.test(text))).toHaveLength(1);
    expect(await tidy(home)).toBe(1);
    expect(await home.store.contacts.findByAddress('telegram', '777')).toBeNull();
    expect(await home.counts()).toEqual({});
    await home.close();
  });

  const FAULTS = (['accept', 'start', 'commit'] as const).flatMap((method) =>
    (['before', 'after'] as const).map((when) => [method, when] as const),
  );
  it.each(FAULTS)('loses nothing and says it once when the store fails %s, %s it wrote', async (method, when) => {
    const home = house({ inbox: failingOnce(method, when, '4') });
    await asked(home);
    const yes = written('4', 'ya');
    await home.receiver.receive([yes]).catch(() => undefined);
    await home.clock.advance(20_000);
    // A provider that heard of no success hands it in again; and the sweep takes up what waits.
    await home.receiver.receive([yes]);
    await home.receiver.sweep(0);
    await home.clock.advance(20_000);
    expect(home.told().filter((text) => DELETED.test(text))).toHaveLength(1);
    expect(await tidy(home)).toBe(1);
    expect(await home.store.contacts.findByAddress('telegram', '777')).toBeNull();
    await home.close();
  });

  it.each([
    ['the provider cannot be reached for a while', 1],
    ['the person has blocked the bot', 0],
    ['nobody knows whether it went out', 0],
  ] as const)('lets go when %s', async (why, again) => {
    const home = house();
    await asked(home);
    home.telegram.script(
      why.startsWith('the provider')
        ? { kind: 'retry', afterMs: 30_000, code: 'CHANNEL_UNREACHABLE' }
        : why.startsWith('the person')
          ? { kind: 'failed', code: 'CONTACT_UNREACHABLE' }
          : { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' },
    );
    await home.say('4', 'ya');
    await home.clock.settle();
    expect(await tidy(home)).toBe(again === 1 ? 0 : 1);
    await home.clock.advance(60_000);
    expect(home.told().filter((text) => DELETED.test(text))).toHaveLength(1 + again);
    await tidy(home);
    expect(await home.store.contacts.findByAddress('telegram', '777')).toBeNull();
    await home.close();
  });

  it('answers what was written right behind it, as to somebody new', async () => {
    const home = house();
    await asked(home);
    await Promise.all([home.say('4', 'ya'), home.say('5', 'puskesmas mana yang buka?')]);
    await home.clock.advance(1_000);
    expect(home.told().slice(-2)).toEqual([expect.stringMatching(DELETED), expect.stringMatching(/Anda di mana/)]);
    await tidy(home);
    expect(await home.store.contacts.findByAddress('telegram', '777')).toMatchObject({ regionCode: null });
    await home.close();
  });

  it('stands in no emergency’s way', async () => {
    const home = house();
    await asked(home);
    await home.say('4', SEIZURE);
    await home.clock.settle();
    expect(home.told().some((text) => text.includes('119'))).toBe(true);
    await home.say('5', 'ya');
    await home.clock.settle();
    expect(await home.store.contacts.findByAddress('telegram', '777')).toMatchObject({ consent: 'granted' });
    await home.close();
  });

  it('brings nobody back when a provider hands in old messages again', async () => {
    const home = house();
    await asked(home);
    await home.say('4', 'ya');
    await home.clock.settle();
    await tidy(home);
    const many = home.told().length;
    for (const id of ['1', '2', '3', '4']) await home.say(id, 'ya');
    await home.clock.advance(HOUR);
    expect(home.told()).toHaveLength(many);
    expect(await home.store.contacts.findByAddress('telegram', '777')).toBeNull();
    await home.close();
  });

  it('tells the channel before the address is gone, and again when that failed', async () => {
    const home = house();
    await asked(home);
    await home.say('4', 'ya');
    await home.clock.settle();
    const told: string[] = [];
    let works = false;
    const channel = {
      name: 'telegram' as const,
      forget: async (address: string) => {
        told.push(address);
        if (!works) throw new Error('contoh');
      },
    };
    const parts = { contacts: home.store.contacts, channels: [channel], log: recordingLog([]) };
    await expect(seeOff(parts)).rejects.toThrow('contoh');
    expect(await home.store.contacts.findByAddress('telegram', '777')).not.toBeNull();
    works = true;
    expect(await seeOff(parts)).toBe(1);
    expect(told).toEqual(['777', '777']);
    expect(await home.store.contacts.findByAddress('telegram', '777')).toBeNull();
    await home.close();
  });
});

describe('the daily look for who is silent', () => {
  it('is done once a day, by the days that the settings give', async () => {
    const home = house();
    const calls: string[] = [];
    const contacts: ContactStore = {
      ...home.store.contacts,
      dropSessions: async (before) => calls.push(`sessions ${(MONDAY - before) / DAY}`),
      detachEvents: async (before) => calls.push(`events ${(MONDAY - before) / DAY}`),
      forgetSilent: async (before) => {
        calls.push(`silent ${(MONDAY - before) / DAY}`);
        return 7;
      },
    };
    const parts = { contacts, meta: home.store.meta, timing: home.clock, log: recordingLog([]), contactDays: 400 };
    expect(await forgetSilent(parts)).toBe(7);
    expect(calls).toEqual(['sessions 7', 'events 30', 'silent 400']);
    expect(await forgetSilent(parts)).toBe(0);
    expect(calls).toHaveLength(3);
    await home.close();
  });
});
