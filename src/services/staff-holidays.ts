import type { Holiday } from '../domain/facility.js';
import type { StaffMember } from '../domain/staff.js';
import { holidayKey } from '../ports/snapshot.js';
import { authorOf, type Desk, untilStill } from './staff-desk.js';
import { markOf, NO_CHANGE } from './staff-facility.js';

/**
 * Enters a holiday of a decree. When that day, kind and region has one that says something else, nothing is written and
 * that one comes back, unless `mark` shows that the form was drawn from it: then it is replaced.
 */
export async function enterHoliday(
  desk: Desk,
  member: StaffMember,
  holiday: Holiday,
  mark = '',
): Promise<Holiday | null> {
  const there = await untilStill(desk, async (version) => {
    const known = await holidayOf(desk, holiday);
    if (known && markOf(known) !== markOf(holiday) && markOf(known) !== mark) return known;
    await desk.store.data.apply({ ...NO_CHANGE, holidays: [holiday] }, authorOf(desk, member), version);
    return null;
  });
  await desk.refresh();
  return there;
}

/** Takes a holiday back, as a decree is amended in mid-year. False: somebody else has just changed it. */
export async function takeHolidayBack(
  desk: Desk,
  member: StaffMember,
  holiday: Pick<Holiday, 'date' | 'regionCode' | 'kind'>,
  mark: string,
): Promise<boolean> {
  const known = await holidayOf(desk, holiday);
  if (known && markOf(known) !== mark) return false;
  if (known) await desk.store.data.removeHoliday(holiday, authorOf(desk, member));
  await desk.refresh();
  return true;
}

async function holidayOf(desk: Desk, holiday: Pick<Holiday, 'date' | 'regionCode' | 'kind'>): Promise<Holiday | null> {
  await desk.refresh();
  const key = holidayKey(holiday);
  return desk.world().directory.holidays.find((each) => holidayKey(each) === key) ?? null;
}
