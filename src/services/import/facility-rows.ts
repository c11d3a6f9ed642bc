import { distance } from 'fastest-levenshtein';
import type { CoordConfidence, FacilityKind, FacilityStatus, HospitalScope } from '../../domain/facility.js';
import { SERVICE_KINDS, type ServiceHours } from '../../domain/facility.js';
import type { Area } from '../../domain/place.js';
import type { FacilityRecord, RegionRecord } from '../../ports/snapshot.js';
import { type Cells, ERASE } from './cells.js';
import { type Draft, firstTime, nameKey, plainName, putFacility, type RowEffect, regionOf, slug } from './draft.js';
import { listOf, missingDay } from './region-rows.js';
import { GRADES, withStatement } from './statement.js';

export const FACILITY_COLUMNS = {
  required: ['region_code', 'kind', 'name', 'source', 'checked_on'],
  optional: [
    'id',
    'aliases',
    'kecamatan',
    'kelurahan',
    'address',
    'lat',
    'lng',
    'coord_confidence',
    'phone',
    'phone_as_of',
    'scope',
    'status',
    'kemenkes_code',
    'notes',
    'grade',
    ...SERVICE_KINDS.map((service) => `hours_${service}`),
  ],
  hint: (column: string) => (/^hours|open24h|ugd/.test(column) ? 'hoursHint' : null),
};

const KINDS: Readonly<Record<string, FacilityKind>> = {
  puskesmas: 'puskesmas',
  pustu: 'pustu',
  hospital: 'hospital',
  rumah_sakit: 'hospital',
  clinic: 'clinic',
  klinik: 'clinic',
};
const SCOPES: Readonly<Record<string, HospitalScope>> = {
  general: 'general',
  maternity: 'maternity',
  eye: 'eye',
  other_specialist: 'other_specialist',
};
const STATUSES: Readonly<Record<string, FacilityStatus>> = {
  operating: 'operating',
  unconfirmed: 'unconfirmed',
  planned: 'planned',
  closed: 'closed',
};
const CONFIDENCES: Readonly<Record<string, CoordConfidence>> = {
  high: 'high',
  medium: 'medium',
  low: 'low',
  none: 'none',
};

/** A facility. An empty cell leaves what is known, a "-" empties it; the region and the name say which one it is. */
export function readFacility(cells: Cells, draft: Draft): RowEffect | null {
  const region = regionOf(draft, cells);
  const name = cells.required('name', 120);
  const kind = cells.word('kind', KINDS, 'puskesmas');
  if (cells.raw('kind') === '') cells.fault('kind', 'empty');
  if (!region || name === '') return null;
  const id = identify(cells, draft, region, name);
  if (id === null || !firstTime(draft, cells, 'facility', id, 'name')) return null;
  const before = draft.facilities.get(id) ?? null;
  const { kecamatan, kelurahan } = areasOf(cells, draft, region, before);
  const point = cells.point('lat', 'lng', before?.point ?? null);
  const after: FacilityRecord = {
    id,
    regionCode: region.code,
    kind,
    scope: cells.word('scope', SCOPES, before?.scope ?? 'general'),
    status: cells.word('status', STATUSES, before?.status ?? 'operating'),
    name,
    aliases: cells.raw('aliases') === ERASE ? [] : (listOf(cells.text('aliases', null, 500)) ?? before?.aliases ?? []),
    kecamatanCode: kecamatan,
    kelurahanCode: kelurahan,
    address: cells.text('address', before?.address ?? null),
    point,
    coordConfidence: confidenceOf(cells, point !== null, before),
    phone: phoneOf(cells, before),
    phoneAsOf: asOf(cells, before),
    services: servicesOf(cells, draft, before?.services ?? []),
    source: cells.required('source', 1000),
    checkedOn: cells.day('checked_on', null) ?? missingDay(cells),
    kemenkesCode: cells.text('kemenkes_code', before?.kemenkesCode ?? null, 40),
    notes: cells.text('notes', before?.notes ?? null, 2000),
  };
  putFacility(draft, after);
  return { subject: id, before, after };
}

/** The id: as written, else that of the facility of this name in the region, else a new one made of the name. */
function identify(cells: Cells, draft: Draft, region: RegionRecord, name: string): string | null {
  const written = cells.raw('id');
  const same = draft.names.get(nameKey(region.code, name));
  if (written === '') {
    if (same !== undefined) return same;
    const other = draft.aliases.get(nameKey(region.code, name));
    if (other === undefined) return `${region.code}-${slug(name)}`;
    cells.fault('name', 'otherName', { id: other });
    return null;
  }
  if (!/^\d{2}\.\d{2}-[a-z0-9-]+$/.test(written) || !written.startsWith(`${region.code}-`)) {
    cells.fault('id', 'id', { text: written });
    return null;
  }
  if (same !== undefined && same !== written) {
    cells.fault('name', 'nameTaken', { id: same });
    return null;
  }
  return written;
}

function areasOf(cells: Cells, draft: Draft, region: RegionRecord, before: FacilityRecord | null) {
  const kecamatan = areaNamed(cells, draft, 'kecamatan', region.code, before?.kecamatanCode ?? null);
  if (kecamatan === null || kecamatan === undefined) {
    if (kecamatan === null && cells.raw('kelurahan') !== '') cells.fault('kelurahan', 'kecamatanFirst');
    return { kecamatan: null, kelurahan: null };
  }
  const stays = kecamatan === before?.kecamatanCode ? (before?.kelurahanCode ?? null) : null;
  return { kecamatan, kelurahan: areaNamed(cells, draft, 'kelurahan', kecamatan, stays) ?? null };
}

/** The code of the area named in the cell; `before` where the cell is empty, undefined where it names none. */
function areaNamed(
  cells: Cells,
  draft: Draft,
  field: 'kecamatan' | 'kelurahan',
  parentCode: string,
  before: string | null,
): string | null | undefined {
  const text = cells.raw(field);
  if (text === '') return before;
  if (text === ERASE) return null;
  const children = draft.children.get(parentCode) ?? [];
  const plain = plainName(text);
  const found = children.find((area) => area.code === text || plainName(area.name) === plain);
  if (found) return found.code;
  const near = nearestName(plain, children);
  cells.fault(field, near ? 'areaNear' : 'areaName', { text, parent: parentCode, ...(near ? { near } : {}) });
  return undefined;
}

function nearestName(plain: string, areas: readonly Area[]): string | null {
  const ranked = areas
    .map((area) => ({ name: area.name, far: distance(plain, plainName(area.name)) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked[0];
  return best && best.far <= Math.max(2, plain.length / 3) ? best.name : null;
}

function confidenceOf(cells: Cells, hasPoint: boolean, before: FacilityRecord | null): CoordConfidence {
  if (!hasPoint) return 'none';
  const kept = before && before.coordConfidence !== 'none' ? before.coordConfidence : 'medium';
  const stated = cells.word('coord_confidence', CONFIDENCES, kept);
  if (stated === 'none') cells.fault('coord_confidence', 'confidence');
  return stated;
}

function phoneOf(cells: Cells, before: FacilityRecord | null): string | null {
  const phone = cells.text('phone', before?.phone ?? null, 40);
  if (phone !== null && !/^[+(]?[\d\s()/-]{3,}$/.test(phone)) cells.fault('phone', 'phone', { text: phone });
  return phone;
}

function asOf(cells: Cells, before: FacilityRecord | null): string | null {
  const text = cells.raw('phone_as_of');
  return /^\d{4}$/.test(text) ? text : cells.day('phone_as_of', before?.phoneAsOf ?? null);
}

/** Hours in the facility's own row: no bounds, active; "?" = the service exists, its hours are not known. */
function servicesOf(cells: Cells, draft: Draft, before: readonly ServiceHours[]): readonly ServiceHours[] {
  const grade = cells.word('grade', GRADES, 'published');
  let statements = before;
  for (const service of SERVICE_KINDS) {
    const field = `hours_${service}`;
    const text = cells.raw(field);
    if (text === '') continue;
    const statement: ServiceHours = {
      service,
      hours: text === '?' || text === ERASE ? null : cells.hours(field, text, draft.checkHours),
      validFrom: null,
      validTo: null,
      standing: 'active',
      note: null,
      source: cells.raw('source'),
      grade,
      checkedOn: cells.raw('checked_on'),
    };
    statements = withStatement(statements, statement, text === ERASE);
  }
  return statements;
}
