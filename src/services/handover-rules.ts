import { z } from 'zod';
import type { HandoverRules } from '../domain/conversation.js';
import type { StaffMember } from '../domain/staff.js';
import { AppError } from '../errors.js';
import type { Meta } from '../ports/store.js';
import { authorOf, type Desk } from './staff-desk.js';

/** How long the bot may wait for staff; longer, and silence would be worse than a phone number. In minutes. */
export const WAIT_MINUTES = { least: 5, usual: 15, most: 60 } as const;
/** How long a talk may rest before the bot answers again. In minutes. */
export const IDLE_MINUTES = { least: 15, usual: 60, most: 480 } as const;

const handoverRules = z.object({
  hours: z.string().min(1).max(1000),
  waitMinutes: z.number().int().min(WAIT_MINUTES.least).max(WAIT_MINUTES.most),
  idleMinutes: z.number().int().min(IDLE_MINUTES.least).max(IDLE_MINUTES.most),
});

const keyOf = (regionCode: string) => `handover/region/${regionCode}`;

/** How the office of a region answers people; null = it does not, which is so until an admin switches it on. */
export async function readHandover(meta: Meta, regionCode: string): Promise<HandoverRules | null> {
  const stored = await meta.get(keyOf(regionCode));
  return stored === null ? null : handoverRules.nullable().parse(JSON.parse(stored));
}

/** The rules of those of the regions whose office answers. */
export async function readHandovers(
  meta: Meta,
  regionCodes: readonly string[],
): Promise<ReadonlyMap<string, HandoverRules>> {
  const all = await Promise.all(regionCodes.map(async (code) => [code, await readHandover(meta, code)] as const));
  return new Map(all.flatMap(([code, rules]) => (rules === null ? [] : [[code, rules] as const])));
}

/**
 * Switches the handover of a region on (or off, with null). The line in the change log raises the data version, by which
 * every process reads the rules anew. Throws INPUT_INVALID.
 */
export async function writeHandover(
  desk: Desk,
  member: StaffMember,
  regionCode: string,
  rules: HandoverRules | null,
): Promise<void> {
  const parsed = handoverRules.nullable().safeParse(rules);
  if (!parsed.success || (rules !== null && desk.hoursFault(rules.hours) !== null)) {
    throw new AppError('INPUT_INVALID', 'the hours or minutes of the handover cannot be used');
  }
  const { meta, data } = desk.store;
  const before = await meta.get(keyOf(regionCode));
  const after = JSON.stringify(parsed.data);
  if (before === after || (before === null && rules === null)) return;
  await meta.set(keyOf(regionCode), after);
  await data.note({ what: 'handover', subject: regionCode, before, after }, authorOf(desk, member));
  await desk.refresh();
}
