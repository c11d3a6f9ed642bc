import type { Region } from '../../domain/place.js';
import { DAY, dayOf, HOUR, type Instant, startOfDay } from '../../domain/time.js';

type Place = Pick<Region, 'zone'>;

/** Ends that are chosen with one tap; each gives the moment in the region's zone. */
export const ENDS = {
  today_noon: (now: Instant, region: Place) => startOfDay(dayOf(now, region.zone), region.zone) + 12 * HOUR,
  tonight: (now: Instant, region: Place) => startOfDay(dayOf(now, region.zone), region.zone) + DAY,
  tomorrow_noon: (now: Instant, region: Place) => startOfDay(dayOf(now, region.zone), region.zone) + DAY + 12 * HOUR,
  tomorrow_night: (now: Instant, region: Place) => startOfDay(dayOf(now, region.zone), region.zone) + 2 * DAY,
  week: (now: Instant, region: Place) => startOfDay(dayOf(now, region.zone), region.zone) + 7 * DAY,
} as const;
export type End = keyof typeof ENDS;
export const END_NAMES = [...Object.keys(ENDS), 'other'] as readonly (End | 'other')[];

/** Noon is offered while the morning has this much left, and the night as the usual end while the day has. */
const MORNING = 2 * HOUR;
const EVENING = 6 * HOUR;

/** The ends that are offered, each with its moment: at two at night "tomorrow" alone could be either day. */
export function endsFrom(now: Instant, region: Place) {
  return END_NAMES.map((name) => ({ name, at: name === 'other' ? null : ENDS[name](now, region) })).filter(
    ({ name, at }) => at === null || (at > now && (name !== 'today_noon' || at - now > MORNING)),
  );
}

/** Tonight, unless that is nearly over: nobody closes a puskesmas for ten minutes. */
export function usualEnd(now: Instant, region: Place): End {
  return ENDS.tonight(now, region) - now > EVENING ? 'tonight' : 'tomorrow_noon';
}
