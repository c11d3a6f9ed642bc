import { z } from 'zod';
import type { StaffMember } from '../domain/staff.js';
import { AppError } from '../errors.js';
import type { Meta } from '../ports/store.js';
import { authorOf, type Desk } from './staff-desk.js';

const morning = z
  .object({
    /** Minutes after local midnight at which the asking begins: from 5.00 to 11.00. */
    minute: z.number().int().min(300).max(660),
    /** Asked again when the hours were last confirmed more days ago than this; 0 = every day. */
    days: z.number().int().min(0).max(365),
  })
  .nullable();

/** When a region's facilities are asked to confirm their hours; null = they are not, which is how it begins. */
export type MorningSettings = z.infer<typeof morning>;

const keyOf = (regionCode: string) => `reports/morning/${regionCode}`;

/** What the office set for its region. */
export async function readMorning(meta: Meta, regionCode: string): Promise<MorningSettings> {
  const stored = await meta.get(keyOf(regionCode));
  return stored === null ? null : morning.parse(JSON.parse(stored));
}

/** Keeps it, with a line in the change log. Throws INPUT_INVALID when a figure is out of its bounds. */
export async function writeMorning(
  desk: Desk,
  member: StaffMember,
  regionCode: string,
  settings: MorningSettings,
): Promise<void> {
  const parsed = morning.safeParse(settings);
  if (!parsed.success) throw new AppError('INPUT_INVALID', 'the hour or the number of days is out of its bounds');
  const { meta, data } = desk.store;
  const before = await meta.get(keyOf(regionCode));
  const after = JSON.stringify(parsed.data);
  if (before === after) return;
  await meta.set(keyOf(regionCode), after);
  await data.note({ what: 'morning_checks', subject: regionCode, before, after }, authorOf(desk, member));
}
