import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StaffMember } from '../../../src/domain/staff.js';
import { DAY, HOUR } from '../../../src/domain/time.js';
import { submitAnnouncement } from '../../../src/services/approve-announcement.js';
import { readOfficeRules, writeOfficeRules } from '../../../src/services/bulk-settings.js';
import { draftAnnouncement } from '../../../src/services/draft-announcement.js';
import { answerWish, regionsWithWish, saveOfficeRules } from '../../../src/services/second-person.js';
import type { Desk } from '../../../src/services/staff-desk.js';
import { WORLD } from '../house.js';
import { JOKO, type Office, office, PLAIN, RINA } from './office.js';

const QUIET = { from: '21:00', to: '06:00' };
const member = (email: string): StaffMember => ({
  id: email,
  email,
  name: email,
  role: 'admin',
  regions: [],
  active: true,
  secondFactor: false,
});

let dinkes: Office;
let desk: Desk;
beforeEach(() => {
  dinkes = office();
  const { store, clock } = dinkes;
  desk = {
    store,
    world: () => WORLD,
    now: clock.now,
    refresh: async () => {},
    hoursFault: () => null,
    channels: () => ({}),
  };
});
afterEach(() => dinkes.close());

const save = (approval: boolean, who = RINA, quiet = QUIET) =>
  saveOfficeRules(desk, member(who), '64.02', { approval, quiet });
const answer = (who: string, said: 'agree' | 'withdraw') => answerWish(desk, member(who), '64.02', said);
const wishes = () => regionsWithWish(dinkes.store.meta, ['64.02', '64.74'], dinkes.clock.now());
/** `waiting`: a second person is needed. */
async function handIn(): Promise<string> {
  const { id } = await draftAnnouncement(dinkes.drafting, PLAIN, RINA);
  return (await submitAnnouncement(dinkes.approving, id, 1, RINA)).result;
}

describe('doing without the second person', () => {
  test('is not for one alone: off, send, on again does not work within three days', async () => {
    await save(false);
    expect(await handIn()).toBe('waiting');
    expect(await answer(RINA, 'agree')).toBe('own_wish');
    await dinkes.clock.advance(3 * DAY - HOUR);
    expect(await handIn()).toBe('waiting');
    expect(await wishes()).toMatchObject([{ regionCode: '64.02', wish: { who: RINA } }]);
  });

  test('holds once another person agrees', async () => {
    await save(false);
    expect(await answer(JOKO, 'agree')).toBe('done');
    expect(await handIn()).toBe('scheduled');
    expect(await answer(JOKO, 'withdraw')).toBe('no_wish');
    expect(await wishes()).toEqual([]);
  });

  test('holds by itself after three days, for an office of one', async () => {
    await save(false);
    await dinkes.clock.advance(3 * DAY);
    expect(await handIn()).toBe('scheduled');
    expect(await wishes()).toEqual([]);
    await save(false, RINA, { from: '20:00', to: '06:00' });
    expect(await handIn()).toBe('scheduled');
  });

  test.each([JOKO, RINA])('is withdrawn by %s', async (who) => {
    await save(false);
    expect(await answer(who, 'withdraw')).toBe('done');
    await dinkes.clock.advance(4 * DAY);
    expect(await handIn()).toBe('waiting');
  });

  test('ends at once, and then has to wait again', async () => {
    await writeOfficeRules(dinkes.store.meta, '64.02', { approval: false, quiet: QUIET });
    expect(await handIn()).toBe('scheduled');
    await save(true);
    expect(await handIn()).toBe('waiting');
    await save(false);
    expect(await handIn()).toBe('waiting');
  });

  test('other rules saved meanwhile neither hasten nor end the wish, and each step is in the change log', async () => {
    await save(false);
    const { ending } = await readOfficeRules(dinkes.store.meta, '64.02');
    await dinkes.clock.advance(DAY);
    await save(false, JOKO, { from: '20:00', to: '06:00' });
    expect(await readOfficeRules(dinkes.store.meta, '64.02')).toEqual({
      approval: true,
      ending,
      quiet: { from: '20:00', to: '06:00' },
    });
    await answer(JOKO, 'agree');
    const log = await dinkes.store.data.changes(10, '64.02');
    expect(log.map(({ what, who }) => `${what} ${who}`)).toEqual([
      `announcement_settings ${JOKO}`,
      `announcement_settings ${JOKO}`,
      `announcement_settings ${RINA}`,
    ]);
  });
});
