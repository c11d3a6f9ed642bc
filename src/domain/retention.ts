import { DAY } from './time.js';

/** How long things about people are kept, in days. The page /privasi, docs/privacy.md and the jobs all read it here. */
export const KEEP_DAYS = {
  /** Where a talk stands: what was searched, and what was told for the question on costs. */
  session: 7,
  /** That a message came, that its answer went out, and which facility somebody asked about. */
  record: 30,
  /** A person who wrote nothing for so long and gets no announcements. */
  contact: 400,
} as const;

/** The moment before which something is too old to be kept. */
export function keptSince(now: number, days: number): number {
  return now - days * DAY;
}
