/** A moment: milliseconds since 1970-01-01T00:00:00Z. Every stored or compared time is one of these. */
export type Instant = number;

/** A calendar day of a facility's zone, written 2026-12-25. */
export type DayText = string;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * Indonesia's zones (Keppres 41/1987). None has daylight saving, so each is a fixed offset from UTC
 * and a wall clock is plain arithmetic, whatever zone the server itself runs in.
 */
const OFFSET_HOURS = {
  'Asia/Jakarta': 7,
  'Asia/Pontianak': 7,
  'Asia/Makassar': 8,
  'Asia/Jayapura': 9,
} as const;

export type Zone = keyof typeof OFFSET_HOURS;

const ABBREVIATION: Record<Zone, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** True when the text names one of Indonesia's time zones in IANA form. */
export function isZone(text: string): text is Zone {
  return Object.hasOwn(OFFSET_HOURS, text);
}

/** WIB, WITA or WIT. */
export function zoneAbbreviation(zone: Zone): string {
  return ABBREVIATION[zone];
}

/** What a clock on the wall of the zone shows. `month` is 1–12; `weekday` is 0 (Sunday) to 6 (Saturday). */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly weekday: number;
}

/** The offset of the zone from UTC, in milliseconds. */
export function offsetOf(zone: Zone): number {
  return OFFSET_HOURS[zone] * HOUR;
}

/** The wall clock of the zone at the instant (seconds are dropped). */
export function wallClock(at: Instant, zone: Zone): WallClock {
  const shifted = new Date(at + offsetOf(zone));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}

/** The instant at which the zone's wall clock shows these figures; days and hours past the end roll over. */
export function instantOf(
  zone: Zone,
  wall: { year: number; month: number; day: number; hour?: number; minute?: number },
): Instant {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour ?? 0, wall.minute ?? 0) - offsetOf(zone);
}

/** True for a day that the calendar has, written YYYY-MM-DD: 30 February is none. */
export function isDay(text: unknown): text is DayText {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** The zone's calendar day at the instant, as 2026-12-25. */
export function dayOf(at: Instant, zone: Zone): DayText {
  return new Date(at + offsetOf(zone)).toISOString().slice(0, 10);
}

/** The first instant of a calendar day in the zone. `day` must be YYYY-MM-DD. */
export function startOfDay(day: DayText, zone: Zone): Instant {
  return Date.parse(`${day}T00:00:00Z`) - offsetOf(zone);
}

/** ISO 8601 with the zone's own offset, to the second: 2026-11-23T21:40:00+08:00. */
export function isoWithOffset(at: Instant, zone: Zone): string {
  const wall = new Date(at + offsetOf(zone)).toISOString().slice(0, 19);
  return `${wall}+${String(OFFSET_HOURS[zone]).padStart(2, '0')}:00`;
}
