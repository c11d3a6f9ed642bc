import type { Area, AreaLevel } from '../../domain/place.js';
import type { Cells } from './cells.js';
import { type Draft, firstTime, putArea, type RowEffect } from './draft.js';

export const AREA_COLUMNS = {
  required: ['code', 'name'],
  optional: ['level', 'parent_code', 'lat', 'lng'],
} as const;

const FORMS: readonly { readonly level: AreaLevel; readonly form: RegExp; readonly parentLength: number }[] = [
  { level: 'kabupaten_kota', form: /^\d{2}\.\d{2}$/, parentLength: 0 },
  { level: 'kecamatan', form: /^\d{2}\.\d{2}\.\d{2}$/, parentLength: 5 },
  { level: 'kelurahan_desa', form: /^\d{2}\.\d{2}\.\d{2}\.\d{4}$/, parentLength: 8 },
];

/** An administrative area. Level and parent follow from the code; a file that states them must agree. */
export function readArea(cells: Cells, draft: Draft): RowEffect | null {
  const code = cells.required('code');
  const form = FORMS.find((candidate) => candidate.form.test(code));
  if (!form) {
    if (code !== '') cells.fault('code', 'area', { code });
    return null;
  }
  if (!draft.regions.has(code.slice(0, 5))) {
    cells.fault('code', 'areaRegion', { region: code.slice(0, 5) });
    return null;
  }
  if (!firstTime(draft, cells, 'area', code, 'code')) return null;
  const stated = cells.raw('level');
  if (stated !== '' && stated !== form.level) cells.fault('level', 'level', { text: stated, level: form.level });
  const parentCode = form.parentLength === 0 ? null : code.slice(0, form.parentLength);
  const statedParent = cells.raw('parent_code');
  if (statedParent !== '' && parentCode !== null && statedParent !== parentCode) {
    cells.fault('parent_code', 'parent', { text: statedParent, parent: parentCode });
  }
  if (parentCode !== null && !draft.areas.has(parentCode)) {
    cells.fault('code', 'parentUnknown', { parent: parentCode });
  }
  const before = draft.areas.get(code) ?? null;
  const after: Area = {
    code,
    level: form.level,
    name: cells.required('name', 120),
    parentCode,
    centroid: cells.point('lat', 'lng', before?.centroid ?? null),
  };
  putArea(draft, after);
  return { subject: `${code} ${after.name}`, before, after };
}
