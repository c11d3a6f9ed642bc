import { randomUUID } from 'node:crypto';
import type { HoursException, ServiceKind } from '../domain/facility.js';
import type { StaffMember } from '../domain/staff.js';
import { dayOf, type Instant } from '../domain/time.js';
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
}

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
  const { facilityIds, ...rest } = entered;
  const known = facilityIds.every((id) => directory.facility(id)?.regionCode === entered.regionCode);
  if (!region || !known) throw new AppError('NOT_FOUND', 'a facility or region of the form is not there');
  const author = authorOf(desk, member);
  const before = await desk.store.data.exceptions([entered.regionCode]);
  const targets = (facilityIds.length === 0 ? [null] : [...new Set(facilityIds)]).filter(
    (facilityId) => !holdsAlready(before, facilityId, entered),
  );
  const exceptions = targets.map(
    (facilityId): HoursException => ({
      ...rest,
      // The moment first: of two that are equally narrow the one entered last counts, and that is told by the id.
      id: `${new Date(author.at).toISOString()}/${randomUUID()}`,
      facilityId,
      grade: 'verified',
      checkedOn: dayOf(author.at, region.zone),
    }),
  );
  if (exceptions.length === 0) return [];
  await desk.store.data.putExceptions(exceptions, author);
  await desk.refresh();
  return exceptions;
}

/** True when the one entered last for the same says just that, over the whole time: a form sent twice. */
function holdsAlready(all: readonly HoursException[], facilityId: string | null, entered: EnteredException): boolean {
  const last = all
    .filter((each) => each.facilityId === facilityId && each.service === entered.service)
    .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  if (last === undefined || last.from > entered.from || last.to !== entered.to) return false;
  return last.hours === entered.hours && last.reason === entered.reason && last.source === entered.source;
}

/** Ends an exception now; one that has not begun is taken back. False when it has ended already or is not there. */
export async function endException(desk: Desk, member: StaffMember, exception: HoursException): Promise<boolean> {
  const author = authorOf(desk, member);
  if (exception.to <= author.at) return false;
  if (exception.from >= author.at) await desk.store.data.removeException(exception.id, author);
  else await desk.store.data.putException({ ...exception, to: author.at }, author);
  await desk.refresh();
  return true;
}
