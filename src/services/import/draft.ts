import type { Holiday } from '../../domain/facility.js';
import type { Area } from '../../domain/place.js';
import type { Landmark } from '../../ports/directory.js';
import {
  type EmergencyNumberRecord,
  type FacilityRecord,
  holidayKey,
  numberKey,
  type RegionRecord,
  type Snapshot,
} from '../../ports/snapshot.js';
import type { Cells, HoursCheck } from './cells.js';
import type { FaultCode } from './fault.js';

/** The data as it would be after the rows read so far; rows write here, never into the store. */
export interface Draft {
  readonly regions: Map<string, RegionRecord>;
  readonly emergencyNumbers: Map<string, EmergencyNumberRecord>;
  readonly areas: Map<string, Area>;
  readonly facilities: Map<string, FacilityRecord>;
  readonly holidays: Map<string, Holiday>;
  readonly landmarks: Map<string, Landmark>;
  /** Facility ids by region and plain name, and by region and plain alias; areas by their parent. */
  readonly names: Map<string, string>;
  readonly aliases: Map<string, string>;
  readonly children: Map<string, Area[]>;
  /** Where a record was read first, by collection and key, to find the same one twice. */
  readonly read: Map<string, string>;
  readonly checkHours: HoursCheck;
}

/** What one row does to one record: null before = it is new. */
export interface RowEffect {
  readonly subject: string;
  readonly before: object | null;
  readonly after: object | null;
}

export function draftOf(snapshot: Snapshot, checkHours: HoursCheck): Draft {
  const draft: Draft = {
    regions: new Map(snapshot.regions.map((record) => [record.code, record])),
    emergencyNumbers: new Map(snapshot.emergencyNumbers.map((record) => [numberKey(record), record])),
    areas: new Map(),
    facilities: new Map(),
    holidays: new Map(snapshot.holidays.map((record) => [holidayKey(record), record])),
    landmarks: new Map(snapshot.landmarks.map((record) => [record.id, record])),
    names: new Map(),
    aliases: new Map(),
    children: new Map(),
    read: new Map(),
    checkHours,
  };
  for (const area of snapshot.areas) putArea(draft, area);
  for (const facility of snapshot.facilities) putFacility(draft, facility);
  return draft;
}

/** Puts an area into the draft, in the place of the one with its code. */
export function putArea(draft: Draft, area: Area): void {
  const before = draft.areas.get(area.code);
  draft.areas.set(area.code, area);
  const parent = area.parentCode ?? '';
  const siblings = draft.children.get(parent);
  if (!siblings) draft.children.set(parent, [area]);
  else if (before) siblings[siblings.indexOf(before)] = area;
  else siblings.push(area);
}

/** Puts a facility into the draft, in the place of the one with its id. */
export function putFacility(draft: Draft, facility: FacilityRecord): void {
  const before = draft.facilities.get(facility.id);
  const key = (name: string) => nameKey(facility.regionCode, name);
  if (before) {
    draft.names.delete(key(before.name));
    for (const alias of before.aliases) draft.aliases.delete(key(alias));
  }
  draft.facilities.set(facility.id, facility);
  draft.names.set(key(facility.name), facility.id);
  for (const alias of facility.aliases) draft.aliases.set(key(alias), facility.id);
}

/** Under which a facility's name is found in its region. */
export function nameKey(regionCode: string, name: string): string {
  return `${regionCode}/${plainName(name)}`;
}

/** The draft as a snapshot, in a stable order. */
export function snapshotOf(draft: Draft, version: number): Snapshot {
  return {
    version,
    regions: inOrder(draft.regions),
    emergencyNumbers: inOrder(draft.emergencyNumbers),
    areas: inOrder(draft.areas),
    facilities: inOrder(draft.facilities),
    holidays: inOrder(draft.holidays),
    exceptions: [],
    landmarks: inOrder(draft.landmarks),
    ruleVersions: [],
  };
}

function inOrder<T>(records: ReadonlyMap<string, T>): readonly T[] {
  return [...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}

/** Remembers that this row gives the record; a second row that does is a fault. True when it is the first. */
export function firstTime(draft: Draft, cells: Cells, collection: string, key: string, field: string | null): boolean {
  const mark = `${collection}:${key}`;
  const before = draft.read.get(mark);
  if (before !== undefined) {
    cells.fault(field, 'sameAs', { line: before });
    return false;
  }
  draft.read.set(mark, String(cells.row.line));
  return true;
}

/** The region of the row; a fault with what the code looks like when it is not known. */
export function regionOf(draft: Draft, cells: Cells, field = 'region_code'): RegionRecord | null {
  const code = cells.required(field);
  const region = draft.regions.get(code);
  if (region) return region;
  if (code !== '') cells.fault(field, hintFor(code), { code, known: knownRegions(draft) });
  return null;
}

function hintFor(code: string): FaultCode {
  if (/^\d{4}$/.test(code)) return 'unknownBps';
  return /^\d{2}\.\d{2}$/.test(code) ? 'unknownRegion' : 'unknownForm';
}

function knownRegions(draft: Draft): string {
  return [...draft.regions.values()].map((region) => `${region.code} ${region.name}`).join(', ');
}

/** Letters and digits only, so that "PKM. Loa-Ipuh" and "pkm loa ipuh" are one name. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The readable end of an id: "Puskesmas Loa Ipuh" → "puskesmas-loa-ipuh". */
export function slug(name: string): string {
  return plainName(name).replace(/ /g, '-');
}
