import type { Facility, FacilityKind, OpenAnswer, ServiceKind } from '../../domain/facility.js';
import type { SearchPlace } from '../../domain/session.js';
import type { Instant } from '../../domain/time.js';
import type { FacilityTrace } from '../../domain/trace.js';
import type { Directory } from '../../ports/directory.js';
import { whereabouts } from './whereabouts.js';

/** What is looked for. An empty list of services means: where can I be treated. */
export interface SearchQuery {
  readonly place: SearchPlace;
  readonly services: readonly ServiceKind[];
  readonly only24h: boolean;
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
  readonly services: readonly FoundService[];
}

export interface SearchResult {
  /** Best first: open, then an open emergency unit, then not known, then closed; nearest first within each. */
  readonly found: readonly Found[];
  /** Open elsewhere, when nothing found is: the nearest of any kind that treats emergencies. */
  readonly elsewhere: readonly Found[];
}

/** Nobody is sent farther than this by a list; beyond it the regional hospital is the better word. */
const REACH_KM = 60;
const CANDIDATES = 40;

/** Services that a hospital gives as well as a puskesmas, where residents mean either. */
const HOSPITAL_TOO: ReadonlySet<ServiceKind> = new Set(['ugd', 'inpatient']);

function kindsFor(services: readonly ServiceKind[]): readonly FacilityKind[] {
  return services.some((service) => HOSPITAL_TOO.has(service)) ? ['puskesmas', 'hospital'] : ['puskesmas'];
}

/**
 * What is said of one facility: the services asked about; asked about none, outpatient care, and the UGD where only that is
 * open. Asked for round-the-clock care, the service that claims to be so.
 */
export function lookAt(
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
  return ugd.state === 'open' ? [...looked, { service: 'ugd', answer: ugd }] : looked;
}

/** 0 open · 1 its UGD is open · 2 not known · 3 closed. */
export function tier(found: Found, at: Instant, directory: Directory): number {
  const [first, ...rest] = found.services;
  if (first?.answer.state === 'open') return 0;
  if (rest.some(({ answer }) => answer.state === 'open')) return 1;
  if (first?.service === 'outpatient' && directory.openAt(found.facility, 'ugd', at).state === 'open') return 1;
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

/** Runs the search; pure over the directory. Facilities of an area come first by what is open, then by distance or name. */
export function search(query: SearchQuery, directory: Directory): SearchResult {
  const { place, services, at } = query;
  const look = (facility: Facility, km: number | null, approximate: boolean): Found => ({
    facility,
    km,
    approximate,
    services: lookAt(facility, services, at, directory, query.only24h),
  });
  if (place.kind === 'facility') {
    const facility = directory.facility(place.id);
    return { found: facility ? [look(facility, null, false)] : [], elsewhere: [] };
  }
  const where = whereabouts(place, directory);
  const wanted = (facility: Facility) =>
    facility.status === 'operating' && (!query.only24h || claims24h(facility, at, directory).length > 0);
  const kinds = kindsFor(services);
  const inside =
    where.area !== null && place.kind === 'area' && where.area.level !== 'kelurahan_desa'
      ? directory
          .within(where.area.code, kinds)
          .filter(wanted)
          .map((facility) => look(facility, null, false))
      : where.point === null
        ? []
        : directory
            .nearest(where.point, kinds, CANDIDATES, wanted, REACH_KM)
            .map(({ facility, km, approximate }) => look(facility, km, approximate || place.kind === 'area'));
  const ranked = inside
    .filter((found) => !isOnlyPlanned(found))
    .map((found, order) => ({ found, order, tier: tier(found, at, directory) + doubt(found) }))
    .sort((a, b) => a.tier - b.tier || a.order - b.order);
  const anyOpen = ranked.some((entry) => entry.tier < 2);
  return {
    found: ranked.map((entry) => entry.found),
    elsewhere: anyOpen || where.point === null ? [] : openElsewhere(query, where.point, directory),
  };
}

/** The nearest one or two where care is surely to be had: the service asked about, else an emergency unit. */
function openElsewhere(
  { place, services, at }: SearchQuery,
  from: { lat: number; lng: number },
  directory: Directory,
): readonly Found[] {
  const service = services[0] ?? 'ugd';
  const fit = (facility: Facility) => facility.status === 'operating' && facility.scope === 'general';
  const near = directory.nearestOpen(from, ['puskesmas', 'hospital'], service, at, 2, REACH_KM, fit);
  return near.map(({ facility, km, approximate }) => ({
    facility,
    km,
    approximate: approximate || place.kind === 'area',
    services: [{ service, answer: directory.openAt(facility, service, at) }],
  }));
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
