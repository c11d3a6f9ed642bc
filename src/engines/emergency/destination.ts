import type { Emergency, EmergencyKind } from '../../domain/emergency.js';
import type { Facility, FacilityKind, HospitalScope, OpenAnswer } from '../../domain/facility.js';
import { type Area, distanceKm, type Point, type Region } from '../../domain/place.js';
import type { Instant } from '../../domain/time.js';
import type { Directory, Nearby } from '../../ports/directory.js';

/** What is known of where help is needed. `point` may be the centre of `area`; all null when nothing is known. */
export interface EmergencyPlace {
  readonly region: Region | null;
  readonly point: Point | null;
  readonly area: Area | null;
}

/** `hospital`: the nearest general one. `unit`: an emergency unit known to be open. `field`: a specialist of the very field. */
export interface Destination {
  readonly facility: Facility;
  readonly role: 'hospital' | 'unit' | 'field';
  /** null: only the region is known, so nothing can be said of the distance. */
  readonly km: number | null;
  readonly approximate: boolean;
  readonly answer: OpenAnswer;
}

interface Origin {
  readonly from: Point;
  readonly approximate: boolean;
  /** A kabupaten's centre orders its facilities but says nothing on how far they are. */
  readonly coarse: boolean;
}

/** An open unit within this is named first where a hospital is not a must; farther, a nearer hospital goes first. */
const UNIT_NEAR_KM = 15;
/** How far a hospital may be to be named at all: Kukar's upper reaches lie 150 km from one. */
const HOSPITAL_KM = 250;
/** Without a region of ours, only what is near is of use. */
const OUTSIDE_KM = 60;
const FIELD_KM = 30;
/** From this distance on the middle of a kecamatan says nothing about its town. */
const OFF_CENTRE_KM = 8;
/** How many of a whole kabupaten's hospitals are named before its kecamatan is known. */
const REGION_HOSPITALS = 2;

const EMERGENCY_PLACES: readonly FacilityKind[] = ['hospital', 'puskesmas', 'clinic'];

/** For these only a general hospital has what is needed, also where its emergency room is not confirmed as open. */
const HOSPITAL_KINDS: readonly EmergencyKind[] = [
  'stroke',
  'heart',
  'snakebite',
  'accident',
  'burn',
  'newborn',
  'birth',
];

const FIELD: Partial<Readonly<Record<EmergencyKind, HospitalScope>>> = {
  pregnancy: 'maternity',
  birth: 'maternity',
  newborn: 'maternity',
  eye: 'eye',
};

/** True when the nearest general hospital comes first: the gravest kinds, and a mother or a baby in trouble this minute. */
function needsHospital({ kind, level, person }: Emergency): boolean {
  if (HOSPITAL_KINDS.includes(kind)) return true;
  if (level !== 'now') return false;
  return person === 'infant' || kind === 'pregnancy' || (kind === 'seizure' && person === 'pregnant');
}

/** True when the place is known closely enough to say what is nearest. */
export function isPlaced(place: EmergencyPlace): boolean {
  const origin = originOf(place);
  return origin !== null && !origin.coarse;
}

/**
 * Where to go, best first, at most three. Hospitals that are not confirmed to be open at all and specialist ones outside
 * their field are never among them. Empty when nothing is known of the place, or nothing is near.
 */
export function destinationsFor(
  emergency: Emergency,
  place: EmergencyPlace,
  directory: Directory,
  now: Instant,
): readonly Destination[] {
  const origin = originOf(place);
  if (origin === null) return [];
  if (origin.coarse) return inRegion(emergency, origin, place, directory, now);
  const search = searchFrom(whereItIsLivedIn(origin, place, directory), place, directory, now);
  const hospital = search('hospital', ['hospital'], (facility) => facility.scope === 'general', HOSPITAL_KM);
  const unit = search(
    'unit',
    EMERGENCY_PLACES,
    (facility) => facility.scope === 'general' && isOpen(directory.openAt(facility, 'ugd', now)),
    HOSPITAL_KM,
  );
  const places = needsHospital(emergency) ? hospitalFirst(hospital, unit) : unitFirst(hospital, unit);
  const field = fieldHospital(emergency, hospital, place, directory, now, search);
  return field ? [...places, field] : places;
}

/**
 * Only the kabupaten is known: nothing can be called the nearest, so its general hospitals are named with their kecamatan.
 * Those known to be open come first, then the public referral hospitals, to which the puskesmas refer.
 */
function inRegion(
  emergency: Emergency,
  origin: Origin,
  place: EmergencyPlace,
  directory: Directory,
  now: Instant,
): readonly Destination[] {
  const keep = ({ status, scope, regionCode }: Facility) =>
    status === 'operating' && scope === 'general' && regionCode === place.region?.code;
  const rank = ({ facility, answer }: Destination) =>
    (isOpen(answer) ? 0 : 2) + (facility.name.startsWith('RSUD ') ? 0 : 1);
  const hospitals = directory
    .nearest(origin.from, ['hospital'], Number.MAX_SAFE_INTEGER, keep)
    .map((near) => destination('hospital', near, origin, directory, now))
    .sort((a, b) => rank(a) - rank(b))
    // What is known to be open and what is not are never mixed under one heading.
    .filter(({ answer }, _, [first]) => isOpen(answer) === (first !== undefined && isOpen(first.answer)))
    .slice(0, REGION_HOSPITALS);
  const eye = emergency.kind === 'eye' ? unplacedField('eye', place, directory, now) : null;
  return eye ? [...hospitals, eye] : hospitals;
}

/** An emergency unit counts as open only where a source or staff say so; what is merely assumed does not. */
export function isOpen(answer: OpenAnswer): boolean {
  return answer.state === 'open' && answer.grade !== 'assumed';
}

function originOf({ point, area }: EmergencyPlace): Origin | null {
  const centre = area?.centroid ?? null;
  const isCentre = point === null || (centre !== null && point.lat === centre.lat && point.lng === centre.lng);
  if (!isCentre) return { from: point, approximate: false, coarse: false };
  if (centre === null) return null;
  return { from: centre, approximate: true, coarse: area?.level === 'kabupaten_kota' };
}

/**
 * The middle of a large kecamatan is forest: Loa Kulu's lies 31 km from the town. Where the puskesmas that bears its name
 * has a point of its own, most of its people live around that.
 */
function whereItIsLivedIn(origin: Origin, { area }: EmergencyPlace, directory: Directory): Origin {
  if (!origin.approximate || area?.level !== 'kecamatan') return origin;
  const named = directory.within(area.code, ['puskesmas']).find(({ name }) => name === `Puskesmas ${area.name}`);
  if (!named?.point || distanceKm(origin.from, named.point) < OFF_CENTRE_KM) return origin;
  return { ...origin, from: named.point };
}

type Search = (
  role: Destination['role'],
  kinds: readonly FacilityKind[],
  fits: (facility: Facility) => boolean,
  maxKm: number,
) => Destination | null;

function searchFrom(origin: Origin, place: EmergencyPlace, directory: Directory, now: Instant): Search {
  return (role, kinds, fits, maxKm) => {
    const keep = (facility: Facility) => facility.status === 'operating' && fits(facility);
    const within = place.region ? maxKm : Math.min(maxKm, OUTSIDE_KM);
    const [found] = directory.nearest(origin.from, kinds, 1, keep, within);
    return found ? destination(role, found, origin, directory, now) : null;
  };
}

function destination(
  role: Destination['role'],
  { facility, km, approximate }: Nearby,
  origin: Origin,
  directory: Directory,
  now: Instant,
): Destination {
  return {
    facility,
    role,
    km: origin.coarse ? null : km,
    approximate: approximate || origin.approximate,
    answer: directory.openAt(facility, 'ugd', now),
  };
}

/** The hospital, then an open unit where that is nearer, or the only one known to be open. */
function hospitalFirst(hospital: Destination | null, unit: Destination | null): readonly Destination[] {
  if (!hospital || !unit) return [hospital ?? unit].filter((found) => found !== null);
  if (unit.facility.id === hospital.facility.id) return [hospital];
  const helps = isNearer(unit, hospital) || (!isOpen(hospital.answer) && isNear(unit));
  return helps ? [hospital, unit] : [hospital];
}

/** The open unit; a hospital goes before it only when the unit is far and the hospital is not, and behind it when nearer. */
function unitFirst(hospital: Destination | null, unit: Destination | null): readonly Destination[] {
  if (!hospital || !unit) return [hospital ?? unit].filter((found) => found !== null);
  if (unit.facility.id === hospital.facility.id) return [hospital];
  if (!isNearer(hospital, unit)) return [unit];
  return isNear(unit) ? [unit, hospital] : [hospital];
}

/** True when the distance is known. */
export function isMeasured({ km }: Destination): boolean {
  return km !== null;
}

/** False where a distance is not known. */
export function isNearer(a: Destination, b: Destination): boolean {
  return a.km !== null && b.km !== null && a.km < b.km;
}

function isNear({ km }: Destination): boolean {
  return km !== null && km <= UNIT_NEAR_KM;
}

/** A specialist hospital of the emergency's own field: a maternity one only where nearer, an eye hospital even unplaced. */
function fieldHospital(
  { kind }: Emergency,
  hospital: Destination | null,
  place: EmergencyPlace,
  directory: Directory,
  now: Instant,
  search: Search,
): Destination | null {
  const scope = FIELD[kind];
  if (scope === undefined) return null;
  const found = search('field', ['hospital'], (facility) => facility.scope === scope, FIELD_KM);
  if (scope === 'maternity') return found && (!hospital || isNearer(found, hospital)) ? found : null;
  return found ?? unplacedField(scope, place, directory, now);
}

/** One of the region whose point nobody knows: named without a distance. */
function unplacedField(
  scope: HospitalScope,
  { region }: EmergencyPlace,
  directory: Directory,
  now: Instant,
): Destination | null {
  const facility = directory.facilities.find(
    (each) => each.scope === scope && each.status === 'operating' && each.regionCode === region?.code,
  );
  if (!facility) return null;
  return { facility, role: 'field', km: null, approximate: true, answer: directory.openAt(facility, 'ugd', now) };
}
