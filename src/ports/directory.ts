import type {
  Facility,
  FacilityKind,
  HoursException,
  OpenAnswer,
  ServiceHours,
  ServiceKind,
} from '../domain/facility.js';
import type { Area, Point, Region } from '../domain/place.js';
import type { Instant } from '../domain/time.js';

/** A facility with how far it is. */
export interface Nearby {
  readonly facility: Facility;
  readonly km: number;
  /** True when the facility's own point is disputed or missing and its area's centre stood in. */
  readonly approximate: boolean;
}

/** Read-only look-ups over what the store knows, held in memory; nothing here writes or waits. */
export interface Directory {
  readonly regions: readonly Region[];
  readonly areas: readonly Area[];
  readonly facilities: readonly Facility[];
  region(code: string): Region | null;
  area(code: string): Area | null;
  facility(id: string): Facility | null;
  /** Facilities of these kinds in an area of any level, by name. Those without a recorded kecamatan only at region level. */
  within(areaCode: string, kinds: readonly FacilityKind[]): readonly Facility[];
  /** Facilities of these kinds by distance, nearest first, up to `limit` that satisfy `keep`. */
  nearest(
    from: Point,
    kinds: readonly FacilityKind[],
    limit: number,
    keep?: (facility: Facility) => boolean,
    maxKm?: number,
  ): readonly Nearby[];
  /** The area whose centre is nearest to the point, with its distance: kelurahan_desa level. */
  areaAt(point: Point): { readonly area: Area; readonly km: number } | null;
  /** What is known of the service at the moment; never throws. */
  openAt(facility: Facility, service: ServiceKind, at: Instant): OpenAnswer;
  /** The statements in force on the moment's day for the service, planned ones included. */
  statements(facility: Facility, service: ServiceKind, at: Instant): readonly ServiceHours[];
  /** Exceptions of the facility or its region that touch the period. */
  exceptions(facility: Facility, from: Instant, to: Instant): readonly HoursException[];
  /** True when the holidays of the year are in the store. */
  calendarLoaded(year: number): boolean;
}
