import type { Facility, HoursException, ServiceKind } from '../../domain/facility.js';
import type { Instant } from '../../domain/time.js';
import { firstAfter } from './calendar.js';

/** The exceptions over one schedule. */
export interface Exceptions {
  /** The one that counts at the instant: the narrowest, then the one entered last. */
  at(instant: Instant): HoursException | null;
  /** The next instant at which another may count; Infinity: none. */
  nextTurn(instant: Instant): Instant;
}

/** The exceptions that concern one service of one facility, the narrowest first, among equals the one entered last. */
export function exceptionsThatConcern(
  facility: Facility,
  service: ServiceKind,
  all: readonly HoursException[],
): readonly HoursException[] {
  return all
    .filter((exception) => concerns(exception, facility, service))
    .map((exception, entered) => ({ exception, entered }))
    .sort((a, b) => narrowness(b.exception) - narrowness(a.exception) || enteredBefore(b, a))
    .map(({ exception }) => exception);
}

/** Exceptions by instant; takes them in the order in which they prevail. */
export function exceptionsOver(prevailing: readonly HoursException[]): Exceptions {
  const turns = prevailing.flatMap(({ from, to }) => [from, to]).sort((a, b) => a - b);
  return {
    at: (instant) => prevailing.find(({ from, to }) => from <= instant && instant < to) ?? null,
    nextTurn: (instant) => firstAfter(turns, instant),
  };
}

function concerns(exception: HoursException, facility: Facility, service: ServiceKind): boolean {
  if (exception.facilityId !== null && exception.facilityId !== facility.id) return false;
  if (exception.service !== null && exception.service !== service) return false;
  if (exception.facilityId !== null) return true;
  // For a whole region: its puskesmas, and not their emergency units unless they are named.
  if (exception.regionCode !== facility.regionCode || facility.kind !== 'puskesmas') return false;
  return exception.service !== null || service !== 'ugd';
}

function narrowness(exception: HoursException): number {
  return (exception.facilityId === null ? 0 : 2) + (exception.service === null ? 0 : 1);
}

interface Entered {
  readonly exception: HoursException;
  readonly entered: number;
}

function enteredBefore(a: Entered, b: Entered): number {
  return a.exception.checkedOn.localeCompare(b.exception.checkedOn) || a.entered - b.entered;
}
