import { DAY, HOUR } from './time.js';

/** How long things about people are kept, in days. Two more are settings: how long a text and a silent person are kept. */
export const KEEP_DAYS = {
  /** Where a talk stands: what was searched, and what was told for the question on costs. */
  session: 7,
  /** That a message came, that its answer went out, and which facility somebody asked about. */
  record: 30,
} as const;

/** How long a page may fetch an answer of the web chat; afterwards it answers nothing any more. */
export const LETTER_LIFE = HOUR;

/** The moment before which something is too old to be kept. */
export function keptSince(now: number, days: number): number {
  return now - days * DAY;
}
