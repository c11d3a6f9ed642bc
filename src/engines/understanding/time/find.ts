import type { Holiday } from '../../../domain/facility.js';
import {
  DAY,
  dayOf,
  HOUR,
  type Instant,
  instantOf,
  MINUTE,
  startOfDay,
  wallClock,
  type Zone,
} from '../../../domain/time.js';
import type { NormalText } from '../../language/index.js';
import type { TimeAsked } from '../types.js';
import { dayOfFeast, nextJointLeave } from './feasts.js';
import { type DayPart, PART_HOURS, type Piece } from './piece.js';
import { readPieces } from './pieces.js';
import { timeWords } from './words.js';

/** What a time is read against. */
export interface TimeWorld {
  readonly now: Instant;
  readonly zone: Zone;
  readonly holidays: readonly Holiday[];
}

type Clock = Extract<Piece, { kind: 'clock' }>;
type DayPiece = Exclude<Piece, { kind: 'now' | 'clock' | 'part' | 'ahead' }>;

/** An hour of a day without an hour, by contract. */
const DAY_HOUR = 9;
/** The hours during which it still is that part of the day; from 24 on they belong to the next morning. */
const PART_LASTS: Readonly<Record<DayPart, readonly [number, number]>> = {
  dinihari: [0, 4],
  subuh: [3, 6],
  pagi: [5, 10.5],
  siang: [10.5, 15],
  sore: [15, 18.5],
  malam: [18, 28],
  tengahmalam: [23, 28],
};
/** A clock a little past is the present one: "ini jam 2 malam" said at 02.05. */
const JUST_NOW = 30 * MINUTE;

/**
 * The moment that the message asks about, on the wall of `zone`; null when it names none. A day without an hour
 * means 09.00, "malam" alone 20.00 (contract); "minggu depan" is this day a week on, "hari minggu" a Sunday. A time of
 * today that is past means its next return, and a day or part of the day that has begun means now.
 */
export function findTime(normal: NormalText, world: TimeWorld): TimeAsked | null {
  const pieces = readPieces(timeWords(normal));
  const ahead = pieces.find((piece) => piece.kind === 'ahead');
  const day = pieces.find(isDay);
  const clock = pieces.find((piece) => piece.kind === 'clock') ?? null;
  const part = pieces.find((piece) => piece.kind === 'part')?.part ?? null;
  const isNow = pieces.some((piece) => piece.kind === 'now');
  if (day?.kind === 'date' && !isOfCalendar(day, world)) return null;
  if (ahead !== undefined) return timeAhead(ahead, world);
  if (day?.kind === 'feast') return feastTime(day, clock, part, world);
  if (day !== undefined && !(isNow && day.kind === 'joint_leave')) return dayTime(day, clock, part, world);
  if (clock !== null) return clockTime(clock, part, world);
  if (part !== null && !isNow) return partTime(part, world);
  return isNow ? moment(world.now, 'now') : null;
}

function isDay(piece: Piece): piece is DayPiece {
  return piece.kind !== 'now' && piece.kind !== 'clock' && piece.kind !== 'part' && piece.kind !== 'ahead';
}

function moment(at: Instant, precision: 'now' | 'minute' | 'part' | 'day'): TimeAsked {
  return { kind: 'moment', at, precision };
}

function timeAhead({ count, unit }: Extract<Piece, { kind: 'ahead' }>, world: TimeWorld): TimeAsked {
  if (unit === 'menit' || unit === 'jam') return moment(world.now + count * (unit === 'jam' ? HOUR : MINUTE), 'minute');
  return moment(startOfToday(world) + count * (unit === 'minggu' ? 7 : 1) * DAY + DAY_HOUR * HOUR, 'day');
}

function feastTime(
  piece: Extract<Piece, { kind: 'feast' }>,
  clock: Clock | null,
  part: DayPart | null,
  world: TimeWorld,
): TimeAsked {
  // On the second day of a feast its second day is today: the feast is looked for from its first.
  const day = dayOfFeast(piece.feast, dayOf(world.now - piece.later * DAY, world.zone), world.holidays);
  if (day === null) return { kind: 'unknown_feast', name: piece.feast };
  const start = startOfDay(day, world.zone) + (piece.eve ? -1 : piece.later) * DAY;
  return within(start, clock, part ?? (piece.eve ? 'malam' : null));
}

function dayTime(
  piece: Exclude<DayPiece, { kind: 'feast' }>,
  clock: Clock | null,
  part: DayPart | null,
  world: TimeWorld,
): TimeAsked {
  if (piece.kind === 'day' && piece.days === 0) return todayTime(clock, part, world);
  const start = startOf(piece, world);
  if (start === null) return { kind: 'unknown_feast', name: 'Cuti bersama' };
  const asked = within(start, clock, piece.kind === 'eve' ? 'malam' : part);
  const isPast = asked.kind === 'moment' && asked.at < world.now;
  if (!isPast) return asked;
  if (piece.kind === 'weekday' || piece.kind === 'eve') {
    return clock === null && (part === null || isOngoing(part, world))
      ? moment(world.now, 'day')
      : within(start + 7 * DAY, clock, piece.kind === 'eve' ? 'malam' : part);
  }
  return clock === null ? moment(world.now, 'day') : asked;
}

/** "hari ini": the hour named, else now once the day has begun. */
function todayTime(clock: Clock | null, part: DayPart | null, world: TimeWorld): TimeAsked {
  if (clock !== null) return clockTime(clock, part, world);
  if (part !== null) return partTime(part, world);
  const opening = startOfToday(world) + DAY_HOUR * HOUR;
  return moment(Math.max(opening, world.now), 'day');
}

function startOfToday(world: TimeWorld): Instant {
  return startOfDay(dayOf(world.now, world.zone), world.zone);
}

/** The first instant of the day meant; null when no joint leave is known. */
function startOf(piece: Exclude<DayPiece, { kind: 'feast' }>, world: TimeWorld): Instant | null {
  const today = startOfToday(world);
  const { weekday } = wallClock(world.now, world.zone);
  if (piece.kind === 'day') return today + piece.days * DAY;
  if (piece.kind === 'joint_leave') {
    const day = nextJointLeave(dayOf(world.now, world.zone), world.holidays);
    return day === null ? null : startOfDay(day, world.zone);
  }
  if (piece.kind === 'date') return startOfDate(piece, world);
  const days = (piece.weekday - weekday + 7) % 7;
  if (piece.kind === 'eve') return today + ((days + 6) % 7) * DAY;
  return today + (piece.next ? nextWeek(days, piece.weekday, weekday) : days) * DAY;
}

/** "senin depan": in the week after this one, which begins on Monday; a Sunday is the coming one. */
function nextWeek(days: number, asked: number, today: number): number {
  if (days === 0) return 7;
  const isThisWeek = asked !== 0 && today !== 0 && asked > today;
  return isThisWeek ? days + 7 : days;
}

/** False for the 31st of February: nobody can mean it, and the 3rd of March is not what was asked. */
function isOfCalendar({ day, month, year }: Extract<Piece, { kind: 'date' }>, world: TimeWorld): boolean {
  if (month === null) return true;
  const start = startOfDate({ kind: 'date', day, month, year }, world);
  return wallClock(start, world.zone).day === day;
}

function startOfDate({ day, month, year }: Extract<Piece, { kind: 'date' }>, world: TimeWorld): Instant {
  const today = wallClock(world.now, world.zone);
  const todayStart = startOfToday(world);
  if (month !== null) {
    const start = instantOf(world.zone, { year: year ?? today.year, month, day });
    return year === null && start < todayStart ? instantOf(world.zone, { year: today.year + 1, month, day }) : start;
  }
  const months = [0, 1, 2].map((later) => instantOf(world.zone, { year: today.year, month: today.month + later, day }));
  // A month without that day rolls over into the next one, and is passed by.
  return months.find((start) => start >= todayStart && wallClock(start, world.zone).day === day) ?? todayStart;
}

/** An hour of a day that was named. */
function within(start: Instant, clock: Clock | null, part: DayPart | null): TimeAsked {
  if (clock !== null) return moment(start + minutesOf(clock, clock.part ?? part) * MINUTE, 'minute');
  if (part === 'tengahmalam') return moment(start + DAY, 'part');
  return part === null ? moment(start + DAY_HOUR * HOUR, 'day') : moment(start + PART_HOURS[part] * HOUR, 'part');
}

/** Minutes from midnight; without a part of the day hours from one to five are in the afternoon. */
function minutesOf({ hour, minute }: Clock, part: DayPart | null): number {
  return hourIn(hour, part) * 60 + minute;
}

function hourIn(hour: number, part: DayPart | null): number {
  if (hour > 12) return hour;
  if (part === 'subuh' || part === 'pagi' || part === 'dinihari') return hour % 12;
  if (part === 'siang') return hour < 6 ? hour + 12 : hour;
  if (part === 'sore') return hour < 9 ? hour + 12 : hour;
  if (part === 'malam' || part === 'tengahmalam') return hour === 12 || hour < 5 ? (hour % 12) + 24 : hour + 12;
  return hour > 0 && hour < 6 ? hour + 12 : hour;
}

/** A clock without a day: its next return. Without a part of the day, whichever of 7 and 19 comes sooner. */
function clockTime(clock: Clock, laterPart: DayPart | null, world: TimeWorld): TimeAsked {
  const part = clock.part ?? laterPart;
  const today = startOfToday(world);
  const minutes =
    part === null && clock.hour <= 12
      ? [clock.hour % 12, (clock.hour % 12) + 12].map((hour) => hour * 60 + clock.minute)
      : [minutesOf(clock, part)];
  const moments = minutes
    .flatMap((count) => [-1, 0, 1].map((days) => today + days * DAY + count * MINUTE))
    .sort((a, b) => a - b);
  const justNow = moments.find((at) => at <= world.now && world.now - at <= JUST_NOW);
  if (justNow !== undefined && (part !== null || clock.isNow)) return moment(world.now, 'now');
  return moment(moments.find((at) => at >= world.now) ?? world.now, 'minute');
}

/** A part of the day alone: now while it lasts, else when it comes next. */
function partTime(part: DayPart, world: TimeWorld): TimeAsked {
  const today = startOfToday(world);
  const usual = part === 'tengahmalam' ? today + DAY : today + PART_HOURS[part] * HOUR;
  const isSoon = usual >= world.now && usual - world.now <= 3 * HOUR;
  if (isOngoing(part, world) && !isSoon) return moment(world.now, 'part');
  return moment(usual >= world.now ? usual : usual + DAY, 'part');
}

function isOngoing(part: DayPart, world: TimeWorld): boolean {
  const [from, to] = PART_LASTS[part];
  const hour = (world.now - startOfToday(world)) / HOUR;
  return (hour >= from && hour < to) || (hour + 24 >= from && hour + 24 < to);
}
