import type { Facility, FacilityKind, ServiceKind } from '../domain/facility.js';
import type { Point } from '../domain/place.js';
import type { Instant } from '../domain/time.js';
import type { OpenSchedule } from '../ports/directory.js';
import { type Placed, type Tree, tree } from './placed.js';
import { groupAlike, openGroups, type Schedules } from './schedules.js';

/** Facilities of one kind whose hours for one service are stated alike, with a tree of their own. */
interface Group {
  readonly schedule: OpenSchedule;
  readonly tree: Tree<Facility>;
}

/** The nearest facilities of a kind at which the service is open, nearest first, not further than `maxKm`. */
export type NearestOpen = (
  kind: FacilityKind,
  service: ServiceKind,
  from: Point,
  at: Instant,
  limit: number,
  maxKm: number | undefined,
  keep: ((facility: Facility) => boolean) | undefined,
) => readonly Placed<Facility>[];

/** With more groups open than this, neighbours are mostly open and one tree with a sieve is quicker than many small ones. */
const FEW = 30;

/**
 * Builds the search. By day nearly every neighbour is open, so the one tree of all is walked and the closed ones passed
 * over. By night few are, and that walk would cross the country: then only the trees of the open ones are asked.
 */
export function createNearestOpen(
  placed: ReadonlyMap<FacilityKind, readonly Placed<Facility>[]>,
  trees: ReadonlyMap<FacilityKind, Tree<Facility>>,
  schedules: Schedules,
): NearestOpen {
  const known = new Map<string, readonly Group[]>();
  const groupsOf = (kind: FacilityKind, service: ServiceKind): readonly Group[] => {
    const key = `${kind}/${service}`;
    let groups = known.get(key);
    if (!groups) {
      groups = groupAlike(placed.get(kind) ?? [], ({ item }) => schedules.of(item, service)).map(
        ({ schedule, items }) => ({ schedule, tree: tree(items) }),
      );
      known.set(key, groups);
    }
    return groups;
  };
  return (kind, service, from, at, limit, maxKm, keep) => {
    const open = openGroups(groupsOf(kind, service), at, FEW);
    if (open !== null) return open.flatMap((group) => group.tree.near(from, limit, maxKm, keep));
    const wanted = (facility: Facility) =>
      schedules.of(facility, service).at(at).state === 'open' && (keep === undefined || keep(facility));
    return trees.get(kind)?.near(from, limit, maxKm, wanted) ?? [];
  };
}
