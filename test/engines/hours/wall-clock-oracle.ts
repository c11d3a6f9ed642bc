import OpeningHours from 'opening_hours';
import type { HoursState } from '../../../src/engines/hours/library.js';

/**
 * The library asked as its own documentation says: with Dates whose local fields show the facility's wall clock. That is
 * right only in a process zone without daylight saving, so these tests pin one.
 */
export function pinProcessZone(): void {
  process.env.TZ = 'UTC';
}

/** A civil time (milliseconds of a UTC clock that reads like the wall clock) as a local Date. */
export function localDate(civil: number): Date {
  const at = new Date(civil);
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCHours(), at.getUTCMinutes());
}

function civilOf(local: Date): number {
  return Date.UTC(local.getFullYear(), local.getMonth(), local.getDate(), local.getHours(), local.getMinutes());
}

/** What the library itself says of a text at a civil time. */
export function askLibrary(text: string, civil: number, place?: null): { state: HoursState; next: number | null } {
  const hours = new OpeningHours(text, place);
  const at = localDate(civil);
  const change = hours.getNextChange(at);
  return { state: hours.getStateString(at, true), next: change ? civilOf(change) : null };
}
