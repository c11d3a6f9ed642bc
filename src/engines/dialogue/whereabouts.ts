import type { Point, Region } from '../../domain/place.js';
import type { SearchPlace } from '../../domain/session.js';
import type { Zone } from '../../domain/time.js';
import type { Directory } from '../../ports/directory.js';
import type { Whereabouts } from './turn.js';

/** Beyond this from the nearest village's centre a point is not in a served region (Kukar's villages lie up to 30 km apart). */
const OUTSIDE_KM = 40;

/** Three of the four regions keep this zone; used only while nothing is known of where someone is. */
export const USUAL_ZONE: Zone = 'Asia/Makassar';

const NOWHERE: Whereabouts = { region: null, area: null, point: null };

/** The region of an area or facility code: its first two parts. */
export function regionOf(code: string, directory: Directory): Region | null {
  return directory.region(code.split('.').slice(0, 2).join('.'));
}

/** Where a point lies; a region of null means outside of those served. */
export function whereIsPoint(point: Point, directory: Directory): Whereabouts {
  const near = directory.areaAt(point);
  if (!near || near.km > OUTSIDE_KM) return { region: null, area: null, point };
  return { region: regionOf(near.area.code, directory), area: near.area, point };
}

/** Where a search starts from, with the centre of an area as its point. */
export function whereabouts(place: SearchPlace, directory: Directory): Whereabouts {
  if (place.kind === 'point') return whereIsPoint(place.point, directory);
  if (place.kind === 'area') {
    const area = directory.area(place.code);
    return area ? { region: regionOf(area.code, directory), area, point: area.centroid } : NOWHERE;
  }
  const facility = directory.facility(place.id);
  if (!facility) return NOWHERE;
  const area = facility.kecamatanCode === null ? null : directory.area(facility.kecamatanCode);
  return { region: directory.region(facility.regionCode), area, point: facility.point ?? area?.centroid ?? null };
}
