import type { Facility, FacilityKind, ServiceKind } from '../domain/facility.js';
import type { Point } from '../domain/place.js';
import type { Instant } from '../domain/time.js';
import { type Placed, type Tree, tree } from './placed.js';
import { type Alike, groupAlike, openGroups, type Schedules } from './schedules.js';

/** Facilities of one kind whose hours for one service are stated alike. */
type Group = Alike<Placed<Facility>>;

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

/** While at least this share of a kind is open, neighbours mostly are, and the one tree of all with a sieve is quickest. */
const MOSTLY_OPEN = 0.4;
/** So many trees of "what is open just now" are kept: the present one, and those of moments that people ask about. */
const KEPT = 8;

interface OpenTree {
  readonly groups: readonly Group[];
  readonly tree: Tree<Facility>;
}

/**
 * Builds the search. By day nearly every neighbour is open, so the one tree of all is walked and the closed ones passed
 * over. By night few are, and that walk would cross the country: then the open ones get a tree of their own, which holds
 * until something opens or closes.
 */
export function createNearestOpen(
  placed: ReadonlyMap<FacilityKind, readonly Placed<Facility>[]>,
  trees: ReadonlyMap<FacilityKind, Tree<Facility>>,
  schedules: Schedules,
): NearestOpen {
  const known = new Map<string, { readonly groups: readonly Group[]; readonly kept: OpenTree[] }>();
  const knowledgeOf = (kind: FacilityKind, service: ServiceKind) => {
    const key = `${kind}/${service}`;
    let knowledge = known.get(key);
    if (!knowledge) {
      const groups = groupAlike(placed.get(kind) ?? [], ({ item }) => schedules.of(item, service));
      knowledge = { groups, kept: [] };
      known.set(key, knowledge);
    }
    return knowledge;
  };
  return (kind, service, from, at, limit, maxKm, keep) => {
    const { groups, kept } = knowledgeOf(kind, service);
    const all = placed.get(kind)?.length ?? 0;
    const open = openGroups(groups, at, all * MOSTLY_OPEN);
    if (open !== null) return treeOf(open, kept).near(from, limit, maxKm, keep);
    const wanted = (facility: Facility) =>
      schedules.of(facility, service).at(at).state === 'open' && (keep === undefined || keep(facility));
    return trees.get(kind)?.near(from, limit, maxKm, wanted) ?? [];
  };
}

/** The tree of just these groups, built when they were not open together lately. */
function treeOf(groups: readonly Group[], kept: OpenTree[]): Tree<Facility> {
  const index = kept.findIndex(
    (each) => each.groups.length === groups.length && each.groups.every((group, at) => group === groups[at]),
  );
  const [found] = index === -1 ? [] : kept.splice(index, 1);
  const fresh = found ?? { groups, tree: tree(groups.flatMap((group) => group.items)) };
  kept.unshift(fresh);
  if (kept.length > KEPT) kept.pop();
  return fresh.tree;
}
