import type {
  Facility,
  FacilityKind,
  Holiday,
  HoursException,
  OpenAnswer,
  ServiceHours,
  ServiceKind,
} from '../domain/facility.js';
import type { Area, Point, Region } from '../domain/place.js';
import type { DayText, Instant, Zone } from '../domain/time.js';

/** The holidays of one region: one object per region and state of the data, so that an engine may remember by it. */
export interface HolidayCalendar {
  /** National, joint-leave and the region's own days, by calendar day; a national day hides the others. */
  readonly byDay: ReadonlyMap<DayText, Holiday>;
  /** Years whose decree is in the store, not only begun. */
  readonly years: ReadonlySet<number>;
}

/** All that decides whether a service is open: `exceptions` are those of the facility and of its whole region. */
export interface HoursQuestion {
  readonly facility: Facility;
  readonly service: ServiceKind;
  readonly at: Instant;
  readonly zone: Zone;
  readonly exceptions: readonly HoursException[];
  readonly calendar: HolidayCalendar;
}

/** The open-now engine as the directory uses it: pure, and it never throws. */
/** When one service of one facility is open; facilities whose hours are stated alike share one. */
export interface OpenSchedule {
  at(instant: Instant): OpenAnswer;
}

export interface HoursEngine {
  schedule(question: Omit<HoursQuestion, 'at'>): OpenSchedule;
  openAt(question: HoursQuestion): OpenAnswer;
  /** The stretches of one local day in which the service is open or unknown; `at` is not read. */
  dayPlan(question: Omit<HoursQuestion, 'at'>, day: DayText): readonly DayStretch[];
}

/** A place that people name and that is no area: a market, a bridge. Entered by staff or by CSV. */
export interface Landmark {
  readonly id: string;
  readonly regionCode: string;
  readonly name: string;
  readonly areaCode: string | null;
  readonly point: Point | null;
  readonly source: string;
}

/** A facility with how far it is. */
export interface Nearby {
  readonly facility: Facility;
  readonly km: number;
  /** True when the facility's own point is disputed or missing and its area's centre stood in. */
  readonly approximate: boolean;
}

/** A stretch of a day; the rest of the day is closed. */
export interface DayStretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly state: 'open' | 'unknown';
}

/** Read-only look-ups over what the store knows, held in memory; nothing here writes or waits. */
export interface Directory {
  readonly regions: readonly Region[];
  readonly areas: readonly Area[];
  readonly facilities: readonly Facility[];
  readonly holidays: readonly Holiday[];
  readonly landmarks: readonly Landmark[];
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
  /** The nearest facilities of these kinds at which the service is open at the moment, nearest first. */
  nearestOpen(
    from: Point,
    kinds: readonly FacilityKind[],
    service: ServiceKind,
    at: Instant,
    limit: number,
    maxKm?: number,
    keep?: (facility: Facility) => boolean,
  ): readonly Nearby[];
  /** The area whose centre is nearest to the point, with its distance: kelurahan_desa level. */
  areaAt(point: Point): { readonly area: Area; readonly km: number } | null;
  /** What is known of the service at the moment; never throws. */
  openAt(facility: Facility, service: ServiceKind, at: Instant): OpenAnswer;
  /** The stretches of a local calendar day (YYYY-MM-DD of the facility's zone) in which the service is open or unknown. */
  dayPlan(facility: Facility, service: ServiceKind, day: DayText): readonly DayStretch[];
  /** The statements in force on the moment's day for the service, planned ones included. */
  statements(facility: Facility, service: ServiceKind, at: Instant): readonly ServiceHours[];
  /** Exceptions of the facility or its region that touch the period. */
  exceptions(facility: Facility, from: Instant, to: Instant): readonly HoursException[];
  /** True when the holidays of the year are in the store. */
  calendarLoaded(year: number): boolean;
}
