import type { Facility, FacilityKind, Holiday, HoursException, ServiceHours } from '../domain/facility.js';
import { type Area, distanceKm, type Point, type Region } from '../domain/place.js';
import { type DayText, dayOf, type Zone } from '../domain/time.js';
import type { Directory, HolidayCalendar, HoursEngine, Nearby } from '../ports/directory.js';
import type { EmergencyNumberRecord, Snapshot } from '../ports/snapshot.js';
import { createNearestOpen } from './nearest-open.js';
import { type Placed, type Tree, tree } from './placed.js';
import { createSchedules } from './schedules.js';

const NONE: readonly never[] = [];
/** Where a facility's region is not in the data: the westernmost zone, so that nothing throws. */
const FALLBACK_ZONE: Zone = 'Asia/Jakarta';

/**
 * Builds the in-memory directory from one state of the data. Look-ups are maps, distances come from a
 * k-d tree per facility kind; 10,000 facilities build in well under a second. The hours engine is handed in,
 * because what "open" means is a decision and this is a store.
 */
export function buildDirectory(snapshot: Snapshot, hours: HoursEngine): Directory {
  const regionList: readonly Region[] = snapshot.regions.map((record) => ({
    ...record,
    emergencyNumbers: numbersOf(record.code, snapshot.emergencyNumbers),
  }));
  const regions = mapBy(regionList, (region) => region.code);
  const areas = mapBy(snapshot.areas, (area) => area.code);
  const facilities = mapBy(snapshot.facilities, (facility) => facility.id);
  const members = membersByArea(snapshot.facilities);
  const placed = placedByKind(snapshot.facilities, areas);
  const trees = new Map([...placed].map(([kind, list]) => [kind, tree(list)]));
  const villages = tree(placedVillages(snapshot.areas));
  const calendars = calendarsByRegion(regionList, snapshot.holidays);
  const noRegion = calendarOf(snapshot.holidays, null);
  const exceptions = exceptionsByFacility(snapshot.facilities, snapshot.exceptions);

  const zoneOf = (facility: Facility): Zone => regions.get(facility.regionCode)?.zone ?? FALLBACK_ZONE;
  const known = (facility: Facility, service: ServiceHours['service']) => ({
    facility,
    service,
    zone: zoneOf(facility),
    exceptions: exceptions.get(facility.id) ?? NONE,
    calendar: calendars.get(facility.regionCode) ?? noRegion,
  });

  const schedules = createSchedules((facility, service) => hours.schedule(known(facility, service)));
  const openNear = createNearestOpen(placed, trees, schedules);

  return {
    regions: regionList,
    areas: snapshot.areas,
    facilities: snapshot.facilities,
    holidays: snapshot.holidays,
    landmarks: snapshot.landmarks,
    region: (code) => regions.get(code) ?? null,
    area: (code) => areas.get(code) ?? null,
    facility: (id) => facilities.get(id) ?? null,
    within: (areaCode, kinds) => (members.get(areaCode) ?? NONE).filter((facility) => kinds.includes(facility.kind)),
    nearest: (from, kinds, limit, keep, maxKm) => nearest(trees, from, kinds, limit, keep, maxKm),
    nearestOpen: (from, kinds, service, at, limit, maxKm, keep) =>
      byDistance(
        from,
        [...new Set(kinds)].flatMap((kind) => openNear(kind, service, from, at, limit, maxKm, keep)),
        limit,
      ),
    areaAt: (point) => {
      const [found] = villages.near(point, 1);
      return found ? { area: found.item, km: distanceKm(point, found.point) } : null;
    },
    openAt: (facility, service, at) => schedules.of(facility, service).at(at),
    dayPlan: (facility, service, day) => hours.dayPlan(known(facility, service), day),
    statements: (facility, service, at) => {
      const day = dayOf(at, zoneOf(facility));
      return facility.services.filter((statement) => statement.service === service && inForce(statement, day));
    },
    exceptions: (facility, from, to) =>
      (exceptions.get(facility.id) ?? NONE).filter((exception) => exception.from < to && exception.to > from),
    calendarLoaded: (year) => noRegion.years.has(year),
  };
}

/**
 * The numbers of a region in the order of trying: its own, then the national ones; its own doubtful ones last,
 * because a number that may not answer must not cost the first minute.
 */
function numbersOf(regionCode: string, numbers: readonly EmergencyNumberRecord[]): readonly EmergencyNumberRecord[] {
  const rank = (number: EmergencyNumberRecord) =>
    number.regionCode === null ? 1 : number.confidence === 'low' ? 2 : 0;
  return numbers
    .filter((number) => number.regionCode === null || number.regionCode === regionCode)
    .sort((a, b) => rank(a) - rank(b) || a.position - b.position);
}

function inForce(statement: ServiceHours, day: DayText): boolean {
  return (
    (statement.validFrom === null || statement.validFrom <= day) &&
    (statement.validTo === null || day <= statement.validTo)
  );
}

function mapBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [key(item), item]));
}

/** Facilities under the code of their region, kecamatan and kelurahan, each list by name. */
function membersByArea(facilities: readonly Facility[]): ReadonlyMap<string, readonly Facility[]> {
  const lists = new Map<string, Facility[]>();
  const byName = [...facilities].sort((a, b) => compareNames(a.name, b.name));
  for (const facility of byName) {
    for (const code of [facility.regionCode, facility.kecamatanCode, facility.kelurahanCode]) {
      if (code === null) continue;
      const list = lists.get(code);
      if (list) list.push(facility);
      else lists.set(code, [facility]);
    }
  }
  return lists;
}

const collator = new Intl.Collator('id', { numeric: true });

function compareNames(a: string, b: string): number {
  return collator.compare(a, b);
}

function placedByKind(
  facilities: readonly Facility[],
  areas: ReadonlyMap<string, Area>,
): ReadonlyMap<FacilityKind, readonly Placed<Facility>[]> {
  const lists = new Map<FacilityKind, Placed<Facility>[]>();
  for (const facility of facilities) {
    const placed = place(facility, areas);
    if (!placed) continue;
    const list = lists.get(facility.kind);
    if (list) list.push(placed);
    else lists.set(facility.kind, [placed]);
  }
  return lists;
}

/**
 * Its own point, else the centre of its kelurahan, else of its kecamatan. A facility of which only the region is
 * known has no place: the middle of a kabupaten says nothing about distance.
 */
function place(facility: Facility, areas: ReadonlyMap<string, Area>): Placed<Facility> | null {
  if (facility.point) {
    return { item: facility, point: facility.point, approximate: facility.coordConfidence === 'low' };
  }
  for (const code of [facility.kelurahanCode, facility.kecamatanCode]) {
    const centroid = code === null ? null : areas.get(code)?.centroid;
    if (centroid) return { item: facility, point: centroid, approximate: true };
  }
  return null;
}

function placedVillages(areas: readonly Area[]): readonly Placed<Area>[] {
  return areas.flatMap((area) =>
    area.level === 'kelurahan_desa' && area.centroid ? [{ item: area, point: area.centroid, approximate: true }] : [],
  );
}

function nearest(
  trees: ReadonlyMap<FacilityKind, Tree<Facility>>,
  from: Point,
  kinds: readonly FacilityKind[],
  limit: number,
  keep?: (facility: Facility) => boolean,
  maxKm?: number,
): readonly Nearby[] {
  const found = [...new Set(kinds)].flatMap((kind) => trees.get(kind)?.near(from, limit, maxKm, keep) ?? NONE);
  return byDistance(from, found, limit);
}

/** With their distances, nearest first; of two equally far the one whose name comes first. */
function byDistance(from: Point, found: readonly Placed<Facility>[], limit: number): readonly Nearby[] {
  return found
    .map(({ item, point, approximate }) => ({ facility: item, km: distanceKm(from, point), approximate }))
    .sort((a, b) => a.km - b.km || compareNames(a.facility.name, b.facility.name))
    .slice(0, limit);
}

function calendarsByRegion(
  regions: readonly Region[],
  holidays: readonly Holiday[],
): ReadonlyMap<string, HolidayCalendar> {
  return new Map(regions.map((region) => [region.code, calendarOf(holidays, region.code)]));
}

/** Of two holidays on one day the one that matters more stays: national before regional before joint leave. */
const WEIGHT: Readonly<Record<Holiday['kind'], number>> = { national: 2, regional: 1, joint_leave: 0 };

/** The decree of 2026 names 17 days; a year with fewer than these is half entered, and its other days are not told as usual. */
const LEAST_DECREED = 14;

function calendarOf(holidays: readonly Holiday[], regionCode: string | null): HolidayCalendar {
  const byDay = new Map<DayText, Holiday>();
  const decreed = new Map<number, Set<DayText>>();
  for (const holiday of holidays) {
    // A year counts as loaded by its decree; a region's own holiday alone is no calendar.
    const year = Number(holiday.date.slice(0, 4));
    if (holiday.kind === 'national') decreed.set(year, (decreed.get(year) ?? new Set()).add(holiday.date));
    if (holiday.regionCode !== null && holiday.regionCode !== regionCode) continue;
    const other = byDay.get(holiday.date);
    if (!other || WEIGHT[holiday.kind] > WEIGHT[other.kind]) byDay.set(holiday.date, holiday);
  }
  const whole = [...decreed].filter(([, days]) => days.size >= LEAST_DECREED);
  return { byDay, years: new Set(whole.map(([year]) => year)) };
}

/** Exceptions under each facility they concern; one for a region concerns every puskesmas of it. */
function exceptionsByFacility(
  facilities: readonly Facility[],
  exceptions: readonly HoursException[],
): ReadonlyMap<string, readonly HoursException[]> {
  const own = new Map<string, HoursException[]>();
  const regional = new Map<string, HoursException[]>();
  for (const exception of exceptions) {
    const [lists, key] = exception.facilityId === null ? [regional, exception.regionCode] : [own, exception.facilityId];
    const list = lists.get(key);
    if (list) list.push(exception);
    else lists.set(key, [exception]);
  }
  const result = new Map<string, readonly HoursException[]>();
  for (const facility of facilities) {
    const mine = own.get(facility.id) ?? NONE;
    const shared = facility.kind === 'puskesmas' ? (regional.get(facility.regionCode) ?? NONE) : NONE;
    if (mine.length + shared.length > 0) result.set(facility.id, [...mine, ...shared]);
  }
  return result;
}
