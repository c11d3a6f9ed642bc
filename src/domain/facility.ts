import type { Point } from './place.js';
import type { DayText, Instant } from './time.js';

/**
 * How sure a fact is. `verified`: confirmed by Dinkes staff, with the date. `published`: in a named source.
 * `assumed`: the usual pattern of puskesmas, told as such. The three grades are those of the data's README.
 */
export type Grade = 'verified' | 'published' | 'assumed';

export type FacilityKind = 'puskesmas' | 'pustu' | 'hospital' | 'clinic';

/** What a hospital treats; a `specialist` one (eye, maternity) gets an emergency only of its own field. */
export type HospitalScope = 'general' | 'maternity' | 'eye' | 'other_specialist';

/** `unconfirmed`: nobody could say that it is open at all; never send anyone. */
export type FacilityStatus = 'operating' | 'unconfirmed' | 'planned' | 'closed';

/** How far the point can be trusted; `none`: no point, fall back on the area's centroid. */
export type CoordConfidence = 'high' | 'medium' | 'low' | 'none';

/** Clusters of the Integrasi Layanan Primer (Kepmenkes HK.01.07/Menkes/2015/2023). */
export type Cluster = 'management' | 'mother_child' | 'adult_elderly' | 'communicable' | 'cross_cluster';

export const SERVICE_KINDS = [
  'outpatient',
  'registration',
  'ugd',
  'kia',
  'family_planning',
  'immunisation',
  'dental',
  'laboratory',
  'pharmacy',
  'inpatient',
  'delivery',
  'elderly',
  'tb',
  'hiv',
  'mental_health',
  'nutrition',
  'referral_letter',
  'ambulance',
  'rabies_vaccine',
] as const;
export type ServiceKind = (typeof SERVICE_KINDS)[number];

/** The cluster that usually gives a service (same decree: laboratory, pharmacy and emergency work across clusters). */
export const CLUSTER_OF: Readonly<Record<ServiceKind, Cluster>> = {
  outpatient: 'adult_elderly',
  registration: 'management',
  ugd: 'cross_cluster',
  kia: 'mother_child',
  family_planning: 'adult_elderly',
  immunisation: 'mother_child',
  dental: 'cross_cluster',
  laboratory: 'cross_cluster',
  pharmacy: 'cross_cluster',
  inpatient: 'cross_cluster',
  delivery: 'mother_child',
  elderly: 'adult_elderly',
  tb: 'communicable',
  hiv: 'communicable',
  mental_health: 'adult_elderly',
  nutrition: 'mother_child',
  referral_letter: 'management',
  ambulance: 'cross_cluster',
  rabies_vaccine: 'communicable',
};

/** Where a fact comes from. `checkedOn` is YYYY-MM-DD. */
export interface Provenance {
  readonly source: string;
  readonly grade: Grade;
  readonly checkedOn: DayText;
}

/**
 * One dated statement about when a service is given. Several may exist for one service: the one whose
 * period holds the asked day counts; where two do, the better grade, then the later start.
 */
export interface ServiceHours extends Provenance {
  readonly service: ServiceKind;
  /** The cluster of this facility that gives it, where it is not the usual one (`CLUSTER_OF`). */
  readonly cluster?: Cluster;
  /** OSM opening_hours text in English, or null when the service exists but its hours are not known. */
  readonly hours: string | null;
  /** First and last day (inclusive) on which the statement counts; null = without bound. */
  readonly validFrom: DayText | null;
  readonly validTo: DayText | null;
  /** `planned` is neither open nor closed: it is told as planned and never makes a service open. */
  readonly standing: 'active' | 'planned' | 'contested';
  /** A word for staff on what is odd about it; residents are not told. Null when nothing is. */
  readonly note: string | null;
}

export interface Facility {
  /** Stable id, e.g. "64.02-puskesmas-loa-ipuh". */
  readonly id: string;
  readonly regionCode: string;
  readonly kind: FacilityKind;
  readonly scope: HospitalScope;
  readonly status: FacilityStatus;
  readonly name: string;
  /** Other names it is or was known by; searched, not shown. */
  readonly aliases: readonly string[];
  readonly kecamatanCode: string | null;
  readonly kelurahanCode: string | null;
  readonly address: string | null;
  readonly point: Point | null;
  readonly coordConfidence: CoordConfidence;
  readonly phone: string | null;
  /** YYYY-MM-DD or a year such as 2019: how old the number is. */
  readonly phoneAsOf: string | null;
  readonly services: readonly ServiceHours[];
  readonly source: string;
  readonly checkedOn: DayText;
}

/** A day that is not like others, by decree. `joint_leave` (cuti bersama) is not a public holiday. */
export interface Holiday {
  readonly date: DayText;
  readonly kind: 'national' | 'joint_leave' | 'regional';
  readonly name: string;
  /** Only for regional ones. */
  readonly regionCode: string | null;
  readonly source: string;
}

/** A dated departure from the usual hours, for a region, a facility or one service of it. */
export interface HoursException extends Provenance {
  readonly id: string;
  readonly regionCode: string;
  /** null: every puskesmas of the region. */
  readonly facilityId: string | null;
  /** null: every service of the facility, except that a region-wide one leaves the UGD as it is. */
  readonly service: ServiceKind | null;
  readonly from: Instant;
  /** First instant at which it no longer counts. */
  readonly to: Instant;
  /** null: closed; otherwise an OSM opening_hours text that replaces the usual one. */
  readonly hours: string | null;
  readonly reason: string;
}

/** What is said about a service at a moment. `until` is the next change of `state`; null = none is known. */
export interface OpenAnswer {
  readonly state: 'open' | 'closed' | 'unknown';
  readonly grade: Grade;
  readonly until: Instant | null;
  readonly because: OpenReason;
  /** The statement that decided, for its source, date and note; null when nothing is recorded. */
  readonly basis: ServiceHours | null;
  readonly exception: HoursException | null;
  readonly holiday: Holiday | null;
}

/** Why the state is what it is; each has a sentence for residents. */
export type OpenReason =
  | 'hours'
  | 'exception'
  | 'holiday'
  | 'joint_leave_unclear'
  | 'saturday_unclear'
  | 'calendar_missing'
  | 'contested'
  | 'no_hours'
  | 'unconfirmed_facility'
  | 'facility_closed'
  | 'planned';
