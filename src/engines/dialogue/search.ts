import type { Facility, FacilityKind, OpenAnswer, ServiceKind } from '../../domain/facility.js';
import type { Point } from '../../domain/place.js';
import type { SearchPlace, Sought } from '../../domain/session.js';
import type { Instant } from '../../domain/time.js';
import type { FacilityTrace } from '../../domain/trace.js';
import type { Directory } from '../../ports/directory.js';
import { whereabouts } from './whereabouts.js';

/** What is looked for. An empty list of services means: where can I be treated. */
export interface SearchQuery extends Sought {
  readonly place: SearchPlace;
  readonly at: Instant;
}

export interface FoundService {
  readonly service: ServiceKind;
  readonly answer: OpenAnswer;
}

export interface Found {
  readonly facility: Facility;
  /** null when the person's own place is no more exact than the area that holds the facility. */
  readonly km: number | null;
  readonly approximate: boolean;
  /** What was asked about, as the trace tells it. */
  readonly services: readonly FoundService[];
  /** What is told beside it because it helps: an open UGD where outpatient care is not certain. */
  readonly also: readonly FoundService[];
}

export interface SearchResult {
  /** Best first: open, then an open emergency unit, then not known, then closed; nearest first within each. */
  readonly found: readonly Found[];
  /** Open elsewhere, when nothing found is: the nearest of any kind that treats emergencies. */
  readonly elsewhere: readonly Found[];
  /** The nearest general hospital, when nothing that is surely open is near; its emergency room is likely open. */
  readonly hospital: Found | null;
}

/** Nobody is sent farther than this by a list; beyond it the regional hospital is the better word. */
const REACH_KM = 60;
const CANDIDATES = 40;
/** When the nearest place that is surely open is farther than this, a nearer hospital is named too. */
const FAR_KM = 10;
const HOSPITAL_KM = 100;
/** What lies within this, or half of it beyond the nearest, is near. */
const NEAR_KM = 15;

/** Services that a hospital gives as well as a puskesmas, where residents mean either. */
const HOSPITAL_TOO: ReadonlySet<ServiceKind> = new Set(['ugd', 'inpatient']);

function kindsFor({ services, kinds }: SearchQuery): readonly FacilityKind[] {
  if (kinds.length > 0) return kinds;
  return services.some((service) => HOSPITAL_TOO.has(service)) ? ['puskesmas', 'hospital'] : ['puskesmas'];
}

/** A facility with all that is told of it. */
export function lookFor(
  facility: Facility,
  near: { readonly km: number | null; readonly approximate: boolean },
  query: Pick<SearchQuery, 'services' | 'only24h' | 'at'>,
  directory: Directory,
): Found {
  const services = lookAt(facility, query.services, query.at, directory, query.only24h);
  return { facility, ...near, services, also: beside(facility, services, query.at, directory) };
}

/** Nothing certain of what was asked: an open UGD, or that the house is open at all, is the next best word. */
function beside(
  facility: Facility,
  services: readonly FoundService[],
  at: Instant,
  directory: Directory,
): readonly FoundService[] {
  const [first] = services;
  if (first?.answer.state !== 'unknown') return [];
  const told = new Set(services.map(({ service }) => service));
  const ugd = directory.openAt(facility, 'ugd', at);
  if (first.service === 'outpatient') {
    return ugd.state === 'open' && !told.has('ugd') ? [{ service: 'ugd', answer: ugd }] : [];
  }
  if (first.answer.because !== 'no_hours' || facility.kind !== 'puskesmas' || told.has('outpatient')) return [];
  return [{ service: 'outpatient', answer: directory.openAt(facility, 'outpatient', at) }];
}

/**
 * What is said of one facility: the services asked about; asked about none, outpatient care, and the UGD where only that is
 * open, or where it is closed out of turn and somebody would come for it. Asked for round-the-clock care, the service that claims to be so.
 */
function lookAt(
  facility: Facility,
  services: readonly ServiceKind[],
  at: Instant,
  directory: Directory,
  only24h = false,
): readonly FoundService[] {
  const wanted = only24h && services.length === 0 ? claims24h(facility, at, directory) : services;
  const asked = wanted.length > 0 ? wanted : (['outpatient'] as const);
  const looked = asked.map((service) => ({ service, answer: directory.openAt(facility, service, at) }));
  if (wanted.length > 0 || looked[0]?.answer.state !== 'closed') return looked;
  const ugd = directory.openAt(facility, 'ugd', at);
  return ugd.state === 'open' || isShut(facility, ugd, at, directory)
    ? [...looked, { service: 'ugd', answer: ugd }]
    : looked;
}

/** True when an emergency unit that the facility has is closed by an exception (a flood), not by its hours. */
function isShut(facility: Facility, ugd: OpenAnswer, at: Instant, directory: Directory): boolean {
  const closure = ugd.state === 'closed' && ugd.because === 'exception';
  const given = () =>
    directory.statements(facility, 'ugd', at).some(({ standing, hours }) => standing !== 'planned' && hours !== 'off');
  return closure && given();
}

/** 0 open · 1 its UGD is open · 2 not known · 3 closed. */
export function tier({ services, also }: Found): number {
  const [first, ...rest] = services;
  if (first?.answer.state === 'open') return 0;
  const ugdOpen = [...rest, ...also].some(({ service, answer }) => service === 'ugd' && answer.state === 'open');
  if (ugdOpen) return 1;
  return first?.answer.state === 'unknown' ? 2 : 3;
}

/** The first service of which round-the-clock care is stated at the moment, contested statements included (and told as such). */
function claims24h(facility: Facility, at: Instant, directory: Directory): readonly ServiceKind[] {
  const claimed = (['outpatient', 'ugd'] as const).find((service) =>
    directory
      .statements(facility, service, at)
      .some((statement) => statement.standing !== 'planned' && statement.hours?.startsWith('24/7')),
  );
  return claimed === undefined ? [] : [claimed];
}

/** A service that is only planned is not to be found yet; the facility's own page tells of the plan. */
function isOnlyPlanned({ services }: Found): boolean {
  return services.every(({ answer }) => answer.because === 'planned');
}

/** Among emergency units that nobody confirmed, a general hospital is the likelier one to be open. */
function doubt({ facility, services }: Found): number {
  const [first] = services;
  if (first?.service !== 'ugd' || first.answer.state !== 'unknown') return 0;
  return facility.kind === 'hospital' && facility.scope === 'general' ? 0 : 0.5;
}

/** Runs the search; pure over the directory. What is open comes first, then what is not known; nearest first, or by name. */
export function search(query: SearchQuery, directory: Directory): SearchResult {
  const { place } = query;
  if (place.kind === 'facility') {
    const facility = directory.facility(place.id);
    const nowhere = { km: null, approximate: false };
    return { found: facility ? [lookFor(facility, nowhere, query, directory)] : [], elsewhere: [], hospital: null };
  }
  const where = whereabouts(place, directory);
  const inArea = place.kind === 'area' && where.area !== null && where.area.level !== 'kelurahan_desa';
  const found = inArea
    ? withinArea(query, where.area?.code ?? '', directory)
    : aroundPoint(query, where.point, directory);
  const anyOpen = found.some((each) => tier(each) < 2);
  if (anyOpen || where.point === null) return { found, elsewhere: [], hospital: null };
  const elsewhere = openElsewhere(query, where.point, directory);
  const mayBeUrgent =
    query.services.every((service) => service === 'outpatient' || service === 'ugd') &&
    found.every(({ facility }) => facility.kind !== 'hospital');
  const nearest = elsewhere[0]?.km ?? Number.POSITIVE_INFINITY;
  const hospital = mayBeUrgent && nearest > FAR_KM ? hospitalWithin(nearest, query, where.point, directory) : null;
  return { found, elsewhere, hospital };
}

function hospitalWithin(maxKm: number, { at }: SearchQuery, from: Point, directory: Directory): Found | null {
  const general = (facility: Facility) => facility.status === 'operating' && facility.scope === 'general';
  const [near] = directory.nearest(from, ['hospital'], 1, general, Math.min(maxKm, HOSPITAL_KM));
  if (!near) return null;
  const asked = { services: ['ugd'] as const, only24h: false, at };
  return lookFor(near.facility, { km: near.km, approximate: true }, asked, directory);
}

function isWanted(query: SearchQuery, directory: Directory) {
  return (facility: Facility): boolean =>
    facility.status === 'operating' && (!query.only24h || claims24h(facility, query.at, directory).length > 0);
}

function withinArea(query: SearchQuery, areaCode: string, directory: Directory): readonly Found[] {
  return directory
    .within(areaCode, kindsFor(query))
    .filter(isWanted(query, directory))
    .map((facility) => lookFor(facility, { km: null, approximate: false }, query, directory))
    .filter((found) => !isOnlyPlanned(found))
    .map((found, order) => ({ found, order, rank: tier(found) + doubt(found) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ found }) => found);
}

/**
 * Around a point an open UGD next door is worth as much as an open clinic, and nothing open is listed that lies a journey
 * beyond the nearest: that is told apart, as elsewhere.
 */
function aroundPoint(query: SearchQuery, from: Point | null, directory: Directory): readonly Found[] {
  if (from === null) return [];
  const [kinds, wanted] = [kindsFor(query), isWanted(query, directory)];
  const within = directory.nearest(from, kinds, CANDIDATES, wanted, REACH_KM);
  const near = within.length > 0 ? within : directory.nearest(from, kinds, 3, wanted);
  const reach = Math.max(NEAR_KM, (near[0]?.km ?? 0) + NEAR_KM / 2);
  return near
    .filter(({ km }) => km <= reach)
    .map(({ facility, km, approximate }) => {
      const rough = approximate || query.place.kind === 'area';
      return lookFor(facility, { km, approximate: rough }, query, directory);
    })
    .filter((found) => !isOnlyPlanned(found))
    .map((found, order) => ({ found, order, rank: Math.max(1, tier(found)) + doubt(found) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .map(({ found }) => found);
}

/** The nearest one or two where care is surely to be had: the service asked about, else an emergency unit. */
function openElsewhere(query: SearchQuery, from: Point, directory: Directory): readonly Found[] {
  const { place, services, at } = query;
  const service = services[0] ?? 'ugd';
  const fit = (facility: Facility) => facility.status === 'operating' && facility.scope === 'general';
  const near = directory.nearestOpen(from, ['puskesmas', 'hospital'], service, at, 2, REACH_KM, fit);
  return near.map(({ facility, km, approximate }) => {
    const found = lookFor(facility, { km, approximate: approximate || place.kind === 'area' }, query, directory);
    const told = found.services.some((each) => each.service === service);
    // It is named for what is open there, whatever else is said of it.
    const open = { service, answer: directory.openAt(facility, service, at) };
    return told ? found : { ...found, services: [...found.services, open], also: [] };
  });
}

/** The trace entries of what was told. */
export function traceOf(found: readonly Found[]): readonly FacilityTrace[] {
  return found.flatMap(({ facility, km, services }) =>
    services.map(({ service, answer }) => ({
      id: facility.id,
      name: facility.name,
      service,
      state: answer.state,
      grade: answer.grade,
      until: answer.until,
      distanceKm: km === null ? null : Math.round(km * 100) / 100,
    })),
  );
}
