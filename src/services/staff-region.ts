import type { StaffMember } from '../domain/staff.js';
import { dayOf } from '../domain/time.js';
import { AppError } from '../errors.js';
import type { EmergencyNumberRecord } from '../ports/snapshot.js';
import { authorOf, type Desk } from './staff-desk.js';
import { NO_CHANGE } from './staff-facility.js';

/** Says how residents reach the health office; null = nobody entered it. Throws NOT_FOUND. */
export async function saveOfficeContact(
  desk: Desk,
  member: StaffMember,
  regionCode: string,
  contact: string | null,
  source: string,
): Promise<void> {
  const region = (await desk.store.data.regions()).find(({ code }) => code === regionCode);
  if (!region) throw new AppError('NOT_FOUND', 'there is no such region');
  if (region.officeContact === contact) return;
  const author = authorOf(desk, member);
  const changed = { ...region, officeContact: contact, source, checkedOn: dayOf(author.at, region.zone) };
  await desk.store.data.apply({ ...NO_CHANGE, regions: [changed] }, author);
  await desk.refresh();
}

/** Enters an emergency number, or replaces the one with the same digits in the same region. */
export async function saveNumber(desk: Desk, member: StaffMember, number: EmergencyNumberRecord): Promise<void> {
  await desk.store.data.apply({ ...NO_CHANGE, emergencyNumbers: [number] }, authorOf(desk, member));
  await desk.refresh();
}

/** Takes a region's number out. The national ones stay: without them nobody could be told whom to call. */
export async function removeNumber(
  desk: Desk,
  member: StaffMember,
  number: { readonly regionCode: string; readonly number: string },
): Promise<void> {
  await desk.store.data.removeNumber(number, authorOf(desk, member));
  await desk.refresh();
}
