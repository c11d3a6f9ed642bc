import type { Landmark } from '../../ports/directory.js';
import type { Cells } from './cells.js';
import { type Draft, firstTime, plainName, type RowEffect, regionOf, slug } from './draft.js';

export const LANDMARK_COLUMNS = {
  required: ['region_code', 'name', 'source'],
  optional: ['kecamatan', 'lat', 'lng'],
} as const;

/** A place that people name: a market, a bridge, a campus. It needs a kecamatan or a point, else it leads nowhere. */
export function readLandmark(cells: Cells, draft: Draft): RowEffect | null {
  const region = regionOf(draft, cells);
  const name = cells.required('name', 120);
  if (!region || name === '') return null;
  const id = `${region.code}-${slug(name)}`;
  if (!firstTime(draft, cells, 'landmark', id, 'name')) return null;
  const before = draft.landmarks.get(id) ?? null;
  const kecamatan = cells.raw('kecamatan');
  const area = draft.children.get(region.code)?.find((candidate) => plainName(candidate.name) === plainName(kecamatan));
  if (kecamatan !== '' && !area) cells.fault('kecamatan', 'kecamatan', { text: kecamatan, region: region.name });
  const after: Landmark = {
    id,
    regionCode: region.code,
    name,
    areaCode: area?.code ?? before?.areaCode ?? null,
    point: cells.point('lat', 'lng', before?.point ?? null),
    source: cells.required('source', 500),
  };
  if (after.areaCode === null && after.point === null) cells.fault('kecamatan', 'somewhere');
  draft.landmarks.set(id, after);
  return { subject: id, before, after };
}
