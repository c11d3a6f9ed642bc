import type { Point } from '../../domain/place.js';

/** The corners of the smallest outline around the points (Andrew's monotone chain). */
export function outlineOf(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.lng - b.lng || a.lat - b.lat);
  if (sorted.length < 3) return sorted;
  const turn = (o: Point, a: Point, b: Point) => (a.lng - o.lng) * (b.lat - o.lat) - (a.lat - o.lat) * (b.lng - o.lng);
  const half = (list: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of list) {
      while (chain.length >= 2 && turn(chain.at(-2) as Point, chain.at(-1) as Point, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Points as a page hands them to its map: "-0.41,116.99 …", to about ten metres. */
export function pointsText(points: readonly Point[]): string {
  return points.map(({ lat, lng }) => `${lat.toFixed(4)},${lng.toFixed(4)}`).join(' ');
}
