import type { Holiday } from '../../domain/facility.js';
import { DAY, type DayText } from '../../domain/time.js';
import type { HolidayCalendar } from '../../ports/directory.js';

/** A region's calendar made ready for look-ups. Days are counted from 1970-01-01. */
export interface DayCalendar {
  /** The dates that PH means: national holidays only; joint leave is no public holiday. */
  readonly nationalDays: readonly DayText[];
  /** What the day is, if it is not like others. */
  on(day: number): Holiday | null;
  /** True when the decree of the day's year is known. */
  loaded(day: number): boolean;
  /** The next day after this one on which `on` or `loaded` may answer otherwise; Infinity: none. */
  nextTurn(day: number): number;
}

/** The number of a calendar day, counted from 1970-01-01. */
export function dayNumber(day: DayText): number {
  return Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY);
}

/** Makes a calendar ready; done once per calendar. */
export function dayCalendar(calendar: HolidayCalendar): DayCalendar {
  const days = new Map([...calendar.byDay].map(([day, holiday]) => [dayNumber(day), holiday]));
  const years = [...calendar.years].flatMap((year) => [yearStart(year), yearStart(year + 1)]);
  const turns = [...new Set([...days.keys()].flatMap((day) => [day, day + 1]).concat(years))].sort((a, b) => a - b);
  return {
    nationalDays: [...calendar.byDay.values()].flatMap(({ kind, date }) => (kind === 'national' ? [date] : [])).sort(),
    on: (day) => days.get(day) ?? null,
    loaded: (day) => calendar.years.has(new Date(day * DAY).getUTCFullYear()),
    nextTurn: (day) => firstAfter(turns, day),
  };
}

function yearStart(year: number): number {
  return Date.UTC(year, 0, 1) / DAY;
}

/** The first of the ascending numbers that is greater; Infinity: none. */
export function firstAfter(ascending: readonly number[], bound: number): number {
  return ascending[countUpTo(ascending, bound)] ?? Number.POSITIVE_INFINITY;
}

/** How many of the ascending numbers are not greater. */
export function countUpTo(ascending: readonly number[], bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) > bound) high = middle;
    else low = middle + 1;
  }
  return low;
}
