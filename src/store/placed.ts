import { around } from 'geokdbush';
import KDBush from 'kdbush';
import type { Point } from '../domain/place.js';

/** Where a facility stands on the map; `approximate` when its own point is missing or disputed. */
export interface Placed<T> {
  readonly item: T;
  readonly point: Point;
  readonly approximate: boolean;
}

/** Nearest-first search over points. */
export interface Tree<T> {
  near(from: Point, limit: number, maxKm?: number, keep?: (item: T) => boolean): readonly Placed<T>[];
}

/** Builds the search; of nothing it finds nothing. */
export function tree<T>(placed: readonly Placed<T>[]): Tree<T> {
  // kdbush refuses to index nothing.
  if (placed.length === 0) return { near: () => [] };
  const index = new KDBush(placed.length);
  for (const { point } of placed) index.add(point.lng, point.lat);
  index.finish();
  return {
    near: (from, limit, maxKm = Number.POSITIVE_INFINITY, keep) =>
      around(index, from.lng, from.lat, limit, maxKm, keep && ((at: number) => keep(placed[at]!.item))).map(
        (at) => placed[at]!,
      ),
  };
}
