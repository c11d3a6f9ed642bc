import type { BroadcastContent } from '../domain/broadcast.js';
import type { HoursException } from '../domain/facility.js';
import type { Directory } from '../ports/directory.js';

type Invitation = Pick<BroadcastContent, 'facilityId' | 'eventAt'>;

/**
 * What closes the whole facility at the moment to which an announcement invites; none for one that invites to nothing, so
 * that news of the closure itself goes out.
 */
export function closuresAt({ facilityId, eventAt }: Invitation, directory: Directory): readonly HoursException[] {
  const facility = facilityId === null ? null : directory.facility(facilityId);
  if (!facility || eventAt === null) return [];
  return directory
    .exceptions(facility, eventAt, eventAt + 1)
    .filter(({ hours, service }) => hours === null && service === null);
}

/**
 * The closure that nobody had seen when the announcement was handed in, and for which it is held back: it goes out when
 * the closure is taken back in time, or once somebody handed it in again knowing of it. Null: nothing holds it.
 */
export function heldBy(
  content: Invitation & Pick<BroadcastContent, 'closures'>,
  directory: Directory,
): HoursException | null {
  return closuresAt(content, directory).find(({ id }) => !content.closures?.includes(id)) ?? null;
}
