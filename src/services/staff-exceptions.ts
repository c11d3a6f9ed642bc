import { randomUUID } from 'node:crypto';
import type { Facility, HoursException, ServiceKind } from '../domain/facility.js';
import type { StaffMember } from '../domain/staff.js';
import { dayOf, HOUR, type Instant } from '../domain/time.js';
import { AppError } from '../errors.js';
import { authorOf, type Desk } from './staff-desk.js';

/** A closure or special hours as entered, for one, several or all puskesmas of a region. */
export interface EnteredException {
  readonly regionCode: string;
  /** Empty: every puskesmas of the region, their emergency units left as they are unless `service` names them. */
  readonly facilityIds: readonly string[];
  readonly service: ServiceKind | null;
  readonly from: Instant;
  readonly to: Instant;
  /** null = closed. */
  readonly hours: string | null;
  readonly reason: string;
  readonly source: string;
  /** A closure of facilities named one by one that leaves their emergency units open, day and night. */
  readonly ugdOpen: boolean;
}

/** As long a mistake can be taken back by whoever made it; after that a closure is ended like any other. */
export const UNDO_MS = HOUR;

/**
 * Enters them as one change. They end by themselves. What holds already, word for word, is not entered again: of two, one
 * would stay in force when the other is ended. Throws NOT_FOUND for a region or facility that is not there. */
export async function enterExceptions(
  desk: Desk,
  member: StaffMember,
  entered: EnteredException,
): Promise<readonly HoursException[]> {
  const { directory } = desk.world();
  const region = directory.region(entered.regionCode);
  const { facilityIds, ugdOpen, ...rest } = entered;
  const facilities = facilityIds.map((id) => directory.facility(id));
  const known = facilities.every((each) => each?.regionCode === entered.regionCode);
  if (!region || !known) throw new AppError('NOT_FOUND', 'a facility or region of the form is not there');
  const author = authorOf(desk, member);
  const stamp = new Date(author.at).toISOString();
  const one = (facilityId: string | null, more: Partial<HoursException> = {}): HoursException => ({
    ...rest,
    // The moment first: of two that are equally narrow the one entered last counts, and that is told by the id.
    id: `${stamp}/${randomUUID()}`,
    facilityId,
    grade: 'verified',
    checkedOn: dayOf(author.at, region.zone),
    ...more,
  });
  const units = ugdOpen && entered.service === null && entered.hours === null ? facilities.filter(hasUgd) : [];
  const wanted = [
    ...(facilityIds.length === 0 ? [one(null)] : [...new Set(facilityIds)].map((id) => one(id))),
    ...[...new Set(units)].map((unit) => one(unit.id, { service: 'ugd', hours: ROUND_THE_CLOCK })),
  ];
  const before = await desk.store.data.exceptions([entered.regionCode]);
  const exceptions = wanted.filter((each) => !holdsAlready(before, each));
  if (exceptions.length === 0) return [];
  await desk.store.data.putExceptions(exceptions, author);
  await desk.refresh();
  return exceptions;
}

const ROUND_THE_CLOCK = '24/7';

/** True where "the emergency unit stays open" can be meant: a facility that may have one and is not known to have none. */
function hasUgd(facility: Facility | null): facility is Facility {
  if (facility === null || (facility.kind !== 'puskesmas' && facility.kind !== 'hospital')) return false;
  return !facility.services.some(({ service, hours }) => service === 'ugd' && hours === 'off');
}

/** True when the one entered last for the same says just that, over the whole time: a form sent twice. */
function holdsAlready(all: readonly HoursException[], wanted: HoursException): boolean {
  const last = all
    .filter((each) => each.facilityId === wanted.facilityId && each.service === wanted.service)
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  if (last === undefined || last.from > wanted.from || last.to !== wanted.to) return false;
  return last.hours === wanted.hours && last.reason === wanted.reason && last.source === wanted.source;
}

/**
 * Ends exceptions now; those that have not begun are taken back. Gives the moment at which they ended, by which it can be
 * undone; null when all had ended already.
 */
export async function endExceptions(
  desk: Desk,
  member: StaffMember,
  exceptions: readonly HoursException[],
): Promise<Instant | null> {
  const author = authorOf(desk, member);
  const open = exceptions.filter(({ to }) => to > author.at);
  if (open.length === 0) return null;
  const begun = open.filter(({ from }) => from < author.at);
  for (const { id } of open.filter(({ from }) => from >= author.at)) await desk.store.data.removeException(id, author);
  if (begun.length > 0) {
    await desk.store.data.putExceptions(
      begun.map((each) => ({ ...each, to: author.at })),
      author,
    );
  }
  await desk.refresh();
  return author.at;
}

/** The moment at which staff entered an exception, which those entered together share; null: not entered in the console. */
export function enteredAt({ id }: Pick<HoursException, 'id'>): Instant | null {
  const stamp = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)\//.exec(id)?.[1];
  return stamp === undefined ? null : Date.parse(stamp);
}

/** Takes back what was entered by mistake within the last hour, as if it had never been; the change log keeps it. */
export async function takeBackEntered(
  desk: Desk,
  member: StaffMember,
  exceptions: readonly HoursException[],
): Promise<number> {
  const author = authorOf(desk, member);
  const fresh = exceptions.filter((each) => (enteredAt(each) ?? 0) > author.at - UNDO_MS);
  for (const { id } of fresh) await desk.store.data.removeException(id, author);
  await desk.refresh();
  return fresh.length;
}

/** Lets exceptions that were ended by mistake within the last hour go on until the moment that they were meant for. */
export async function letGoOn(
  desk: Desk,
  member: StaffMember,
  exceptions: readonly HoursException[],
  until: Instant,
): Promise<number> {
  const author = authorOf(desk, member);
  const fresh = exceptions.filter(({ to }) => to <= author.at && to > author.at - UNDO_MS);
  if (fresh.length === 0 || until <= author.at) return 0;
  await desk.store.data.putExceptions(
    fresh.map((each) => ({ ...each, to: until })),
    author,
  );
  await desk.refresh();
  return fresh.length;
}
