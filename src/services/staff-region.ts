import type { StaffMember } from '../domain/staff.js';
import { dayOf } from '../domain/time.js';
import { AppError } from '../errors.js';
import { type EmergencyNumberRecord, numberKey, type RegionRecord } from '../ports/snapshot.js';
import { authorOf, type Desk, untilStill } from './staff-desk.js';
import { markOf, NO_CHANGE } from './staff-facility.js';

/**
 * Says how residents reach the health office; null = nobody entered it. `mark` names the contact that the form was drawn
 * from (`contactMark`). False: somebody else has just changed it. Throws NOT_FOUND.
 */
export async function saveOfficeContact(
  desk: Desk,
  member: StaffMember,
  regionCode: string,
  entered: { readonly contact: string | null; readonly source: string; readonly mark: string },
): Promise<boolean> {
  const saved = await untilStill(desk, async (version) => {
    const region = (await desk.store.data.regions()).find(({ code }) => code === regionCode);
    if (!region) throw new AppError('NOT_FOUND', 'there is no such region');
    if (region.officeContact === entered.contact) return true;
    if (contactMark(region) !== entered.mark) return false;
    const author = authorOf(desk, member);
    const { contact: officeContact, source } = entered;
    const changed = { ...region, officeContact, source, checkedOn: dayOf(author.at, region.zone) };
    await desk.store.data.apply({ ...NO_CHANGE, regions: [changed] }, author, version);
    return true;
  });
  await desk.refresh();
  return saved;
}

/** Names an office's contact as it is. */
export function contactMark({ officeContact }: Pick<RegionRecord, 'officeContact'>): string {
  return markOf(officeContact);
}

/**
 * Enters an emergency number. When the region has these digits with other words, nothing is written and that number comes
 * back, unless `mark` shows that the form was drawn from it: then it is replaced.
 */
export async function saveNumber(
  desk: Desk,
  member: StaffMember,
  number: EmergencyNumberRecord,
  mark = '',
): Promise<EmergencyNumberRecord | null> {
  const there = await untilStill(desk, async (version) => {
    const known = await numberOf(desk, number);
    if (known && markOf(known) !== mark) return known;
    const placed = known ? { ...number, position: known.position } : number;
    await desk.store.data.apply({ ...NO_CHANGE, emergencyNumbers: [placed] }, authorOf(desk, member), version);
    return null;
  });
  await desk.refresh();
  return there;
}

/**
 * Takes a region's number out. The national ones stay: without them nobody could be told whom to call. False: somebody
 * else has just changed it.
 */
export async function removeNumber(
  desk: Desk,
  member: StaffMember,
  number: { readonly regionCode: string; readonly number: string },
  mark: string,
): Promise<boolean> {
  const known = await numberOf(desk, number);
  if (known && markOf(known) !== mark) return false;
  if (known) await desk.store.data.removeNumber(number, authorOf(desk, member));
  await desk.refresh();
  return true;
}

async function numberOf(
  desk: Desk,
  number: Pick<EmergencyNumberRecord, 'regionCode' | 'number'>,
): Promise<EmergencyNumberRecord | null> {
  const key = numberKey(number);
  return (await desk.store.data.numbers()).find((each) => numberKey(each) === key) ?? null;
}
