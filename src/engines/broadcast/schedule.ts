import type { BroadcastContent, QuietHours, Recurrence } from '../../domain/broadcast.js';
import { DAY, dayOf, type Instant, instantOf, MINUTE, wallClock, type Zone } from '../../domain/time.js';

/** The office's hours of rest where it set none. */
export const USUAL_QUIET: QuietHours = { from: '21:00', to: '06:00' };

/** Minutes since midnight of "21:00"; null when it is no time of day. */
export function minutesOf(time: string): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/**
 * When the quiet hours end that hold at the instant on the zone's wall clock; null when none hold. The end itself is no
 * longer quiet. Hours that begin and end alike, or that cannot be read, hold never.
 */
export function quietUntil(at: Instant, zone: Zone, quiet: QuietHours): Instant | null {
  const from = minutesOf(quiet.from);
  const to = minutesOf(quiet.to);
  if (from === null || to === null || from === to) return null;
  const wall = wallClock(at, zone);
  const now = wall.hour * 60 + wall.minute;
  const holds = from < to ? now >= from && now < to : now >= from || now < to;
  if (!holds) return null;
  const end = instantOf(zone, { year: wall.year, month: wall.month, day: wall.day }) + to * MINUTE;
  return end > at ? end : end + DAY;
}

/**
 * From when on nothing of an announcement that begins at `start` is delivered. Where nobody said so: a day later, or when
 * what it invites to begins, for "besok vaksinasi" must not come after it.
 */
export function endOf(
  { expiresAt, eventAt }: Pick<BroadcastContent, 'expiresAt' | 'eventAt'>,
  start: Instant,
): Instant {
  if (expiresAt !== null) return expiresAt;
  return eventAt !== null && eventAt > start ? Math.min(eventAt, start + DAY) : start + DAY;
}

/**
 * The next time of a recurring announcement after the one given, at the same hour of the zone; null when the rule has
 * run out. A month always has a first to fourth weekday of each name, so no month is left out.
 */
export function nextOccurrence(rule: Recurrence, previous: Instant, zone: Zone): Instant | null {
  const next =
    rule.kind === 'weekly' ? previous + rule.every * 7 * DAY : sameHourOn(rule.nth, rule.weekday, previous, zone);
  return rule.until !== null && dayOf(next, zone) > rule.until ? null : next;
}

/** The n-th weekday of the month after the one in which `previous` lies; in the same month when it comes later there. */
function sameHourOn(nth: number, weekday: number, previous: Instant, zone: Zone): Instant {
  const wall = wallClock(previous, zone);
  for (let month = wall.month; ; month += 1) {
    const first = instantOf(zone, { year: wall.year, month, day: 1, hour: wall.hour, minute: wall.minute });
    const toFirst = (weekday - wallClock(first, zone).weekday + 7) % 7;
    const at = nth > 0 ? first + (toFirst + 7 * (nth - 1)) * DAY : lastOne(first + toFirst * DAY, zone);
    if (at > previous) return at;
  }
}

function lastOne(firstOfItsName: Instant, zone: Zone): Instant {
  const month = wallClock(firstOfItsName, zone).month;
  let at = firstOfItsName + 21 * DAY;
  if (wallClock(at + 7 * DAY, zone).month === month) at += 7 * DAY;
  return at;
}
