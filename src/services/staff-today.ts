import type { Facility, HoursException } from '../domain/facility.js';
import type { Region } from '../domain/place.js';
import { DAY, dayOf, type Instant, MINUTE } from '../domain/time.js';
import type { Directory } from '../ports/directory.js';
import type { Desk } from './staff-desk.js';

/** Data that nobody checked for longer than this is told as old. */
const OLD_DAYS = 180;
/** From this month on, next year's holidays are asked for: the decree comes in the second half of the year. */
const DECREE_MONTH = 9;
/** A count below this could point to one person, so it is not shown. */
export const SMALLEST_COUNT = 5;

/** How many facilities of a region are in which state at a moment. */
export interface OpenCounts {
  readonly open: number;
  readonly closed: number;
  readonly unknown: number;
}

/** What a region looks like now, and what in its data needs somebody. */
export interface RegionToday {
  readonly region: Region;
  readonly now: Instant;
  readonly puskesmas: number;
  readonly outpatient: OpenCounts;
  readonly ugd: OpenCounts;
  readonly exceptions: readonly HoursException[];
  readonly data: DataState;
  /** Years whose holidays are missing and should be here by now. */
  readonly missingYears: readonly number[];
}

/** How far the facilities of a region can be trusted. */
export interface DataState {
  readonly facilities: number;
  readonly verified: number;
  readonly assumed: number;
  readonly old: number;
  readonly withoutPhone: number;
  readonly withoutPoint: number;
  readonly unconfirmed: number;
}

/** The regions as they are at the moment, in the order of their codes. */
export function regionsToday(
  desk: Pick<Desk, 'world' | 'now'>,
  mine: (regionCode: string) => boolean,
): readonly RegionToday[] {
  const { directory } = desk.world();
  const now = desk.now();
  return directory.regions.filter(({ code }) => mine(code)).map((region) => regionThisMinute(directory, region, now));
}

/** Looking at every facility of a region takes a while; whoever asks within the same minute sees the same. */
const seen = new WeakMap<Directory, Map<string, RegionToday>>();

function regionThisMinute(directory: Directory, region: Region, now: Instant): RegionToday {
  const minute = Math.floor(now / MINUTE);
  const regions = seen.get(directory) ?? new Map<string, RegionToday>();
  seen.set(directory, regions);
  const known = regions.get(region.code);
  if (known && Math.floor(known.now / MINUTE) === minute) return known;
  const made = regionToday(directory, region, now);
  regions.set(region.code, made);
  return made;
}

function regionToday(directory: Directory, region: Region, now: Instant): RegionToday {
  const puskesmas = directory.within(region.code, ['puskesmas']).filter(({ status }) => status !== 'closed');
  const year = Number(dayOf(now, region.zone).slice(0, 4));
  const month = Number(dayOf(now, region.zone).slice(5, 7));
  const wanted = month >= DECREE_MONTH ? [year, year + 1] : [year];
  return {
    region,
    now,
    puskesmas: puskesmas.length,
    outpatient: countOpen(directory, puskesmas, 'outpatient', now),
    ugd: countOpen(directory, puskesmas, 'ugd', now),
    exceptions: inForce(directory, region, now),
    data: dataState(directory, region, now),
    missingYears: wanted.filter((each) => !directory.calendarLoaded(each)),
  };
}

function countOpen(
  directory: Directory,
  facilities: readonly Facility[],
  service: 'outpatient' | 'ugd',
  now: Instant,
): OpenCounts {
  const counts = { open: 0, closed: 0, unknown: 0 };
  for (const facility of facilities) counts[directory.openAt(facility, service, now).state] += 1;
  return counts;
}

function inForce(directory: Directory, region: Region, now: Instant): readonly HoursException[] {
  const found = new Map<string, HoursException>();
  for (const facility of directory.within(region.code, ['puskesmas', 'pustu', 'hospital', 'clinic'])) {
    for (const exception of directory.exceptions(facility, now, now + 1)) found.set(exception.id, exception);
  }
  return [...found.values()];
}

/** Counting a region's data takes a while and changes only with it: kept per picture of the data and day. */
const counted = new WeakMap<Directory, Map<string, DataState>>();

function dataState(directory: Directory, region: Region, now: Instant): DataState {
  const states = counted.get(directory) ?? new Map<string, DataState>();
  counted.set(directory, states);
  const key = `${region.code} ${dayOf(now, region.zone)}`;
  const known = states.get(key);
  if (known) return known;
  const facilities = directory.within(region.code, ['puskesmas', 'pustu', 'hospital', 'clinic']);
  const count = (test: (facility: Facility) => boolean) => facilities.filter(test).length;
  const state: DataState = {
    facilities: facilities.length,
    verified: count((facility) => gradeOf(facility) === 'verified'),
    assumed: count((facility) => gradeOf(facility) === 'assumed'),
    old: count((facility) => isOld(facility, now)),
    withoutPhone: count(({ phone }) => phone === null),
    withoutPoint: count(({ point }) => point === null),
    unconfirmed: count(({ status }) => status === 'unconfirmed'),
  };
  states.set(key, state);
  return state;
}

/** How sure the outpatient hours of a facility are: nothing recorded = the usual pattern is assumed. */
export function gradeOf(facility: Facility): 'verified' | 'published' | 'assumed' {
  const stated = facility.services.filter(
    ({ service, standing, hours }) => service === 'outpatient' && standing === 'active' && hours !== null,
  );
  if (stated.some(({ grade }) => grade === 'verified')) return 'verified';
  return stated.some(({ grade }) => grade === 'published') ? 'published' : 'assumed';
}

/** True when nothing about the facility was checked within the last half year. */
export function isOld(facility: Facility, now: Instant): boolean {
  const latest = facility.services.reduce(
    (last, { checkedOn }) => (checkedOn > last ? checkedOn : last),
    facility.checkedOn,
  );
  return Date.parse(latest) < now - OLD_DAYS * DAY;
}

/** What residents asked, as counts by what it was about; null = fewer than five, which is not shown. */
export interface AskedToday {
  readonly questions: number | null;
  readonly emergencies: number | null;
  readonly nothingOpen: number | null;
  readonly notUnderstood: number | null;
}

/** What residents asked in the last day. Areas are those of the regions given, and what named no area. */
export async function askedToday(desk: Desk, mine: (regionCode: string) => boolean): Promise<AskedToday> {
  const now = desk.now();
  const counts = await desk.store.activity.counts(now - DAY, now + 1);
  const theirs = counts.filter(({ data }) => {
    const area = data.areaCode ?? data.regionCode;
    return typeof area !== 'string' || mine(area.slice(0, 5));
  });
  const sum = (test: (kind: string, data: Readonly<Record<string, unknown>>) => boolean) =>
    atLeastFive(theirs.reduce((total, { kind, data, count }) => total + (test(kind, data) ? count : 0), 0));
  return {
    questions: sum((kind) => kind === 'question_answered' || kind === 'eligibility_answered'),
    emergencies: sum((kind) => kind === 'emergency_answered'),
    nothingOpen: sum((kind, { found }) => kind === 'question_answered' && found === 'none'),
    notUnderstood: sum((kind) => kind === 'not_understood'),
  };
}

function atLeastFive(count: number): number | null {
  return count >= SMALLEST_COUNT || count === 0 ? count : null;
}
