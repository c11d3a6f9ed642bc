import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HoursException } from '../../../src/domain/facility.js';
import { HOUR } from '../../../src/domain/time.js';
import {
  approveAnnouncement,
  submitAnnouncement,
  takeBackAnnouncement,
} from '../../../src/services/approve-announcement.js';
import { loadSeedSnapshot } from '../../../src/services/seed.js';
import { buildWorld } from '../../../src/world.js';
import { WORLD } from '../house.js';
import { at, JOKO, MORNING, type Office, office, PLAIN, RINA } from './office.js';

const SEED = loadSeedSnapshot();
const EVENT = { sendAt: MORNING + HOUR, eventAt: at('2026-11-24T08:00:00') };
const FLOOD: HoursException = {
  id: 'banjir',
  regionCode: '64.02',
  facilityId: PLAIN.facilityId,
  service: null,
  from: at('2026-11-23T09:30:00'),
  to: at('2026-11-25T00:00:00'),
  hours: null,
  reason: 'banjir',
  source: 'Dinas Kesehatan Contoh',
  grade: 'verified',
  checkedOn: '2026-11-23',
};

let dinkes: Office;
beforeEach(async () => {
  dinkes = office();
  await dinkes.people(2);
});
afterEach(() => dinkes.close());

/** What staff entered from now on. */
function enter(...exceptions: readonly HoursException[]): void {
  const entered = exceptions.length === 0 ? WORLD : buildWorld({ ...SEED, exceptions });
  for (const parts of [dinkes.planning, dinkes.approving]) Object.assign(parts, { world: () => entered });
}
const sentAfter = async (ms: number) => {
  await dinkes.openAfter(ms);
  return dinkes.channel.sent.length;
};

describe('a house closed after an invitation to it was approved', () => {
  test('holds it back, until the closure is taken back', async () => {
    const id = await dinkes.announce(EVENT);
    enter(FLOOD);
    expect(await sentAfter(HOUR)).toBe(0);
    expect((await dinkes.broadcast(id)).status).toBe('approved');
    enter();
    expect(await sentAfter(HOUR)).toBe(2);
  });

  test('lets it expire where nobody looks', async () => {
    const id = await dinkes.announce(EVENT);
    enter(FLOOD);
    expect(await sentAfter(24 * HOUR)).toBe(0);
    expect((await dinkes.broadcast(id)).status).toBe('expired');
  });

  test('goes out once it was handed in again by people who knew', async () => {
    const id = await dinkes.announce(EVENT);
    enter(FLOOD);
    await takeBackAnnouncement(dinkes.approving, id, 3, RINA);
    await submitAnnouncement(dinkes.approving, id, 4, RINA);
    await approveAnnouncement(dinkes.approving, id, 5, JOKO);
    expect(await sentAfter(HOUR)).toBe(2);
  });

  test.each([
    ['hours that are only other ones', { hours: 'Mo-Su 08:00-10:00' }],
    ['one service alone', { service: 'dental' as const }],
    ['another day', { to: at('2026-11-24T07:00:00') }],
    ['another house', { facilityId: '64.02-puskesmas-loa-ipuh' }],
  ])('%s: holds nothing', async (_, over) => {
    await dinkes.announce(EVENT);
    enter({ ...FLOOD, ...over });
    expect(await sentAfter(HOUR)).toBe(2);
  });

  test('news of the closure itself invites to nothing, and goes out', async () => {
    await dinkes.announce({ sendAt: EVENT.sendAt });
    enter(FLOOD);
    expect(await sentAfter(HOUR)).toBe(2);
  });
});
