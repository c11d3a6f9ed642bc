import type { Holiday } from '../domain/facility.js';
import type { StaffMember } from '../domain/staff.js';
import { authorOf, type Desk } from './staff-desk.js';
import { NO_CHANGE } from './staff-facility.js';

/** Enters a holiday of a decree, or replaces the one of the same day, kind and region. */
export async function enterHoliday(desk: Desk, member: StaffMember, holiday: Holiday): Promise<void> {
  await desk.store.data.apply({ ...NO_CHANGE, holidays: [holiday] }, authorOf(desk, member));
  await desk.refresh();
}

/** Takes a holiday back, as a decree is amended in mid-year. */
export async function takeHolidayBack(
  desk: Desk,
  member: StaffMember,
  holiday: Pick<Holiday, 'date' | 'regionCode' | 'kind'>,
): Promise<void> {
  await desk.store.data.removeHoliday(holiday, authorOf(desk, member));
  await desk.refresh();
}
