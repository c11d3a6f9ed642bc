import type { DayText } from '../../domain/time.js';
import { HoursUnreadable, ruleSource } from './parse.js';
import { mentionsHolidays } from './public-holidays.js';
import { type Span, type Timeline, timelineOf } from './timeline.js';

/** A text made ready once, however many facilities share it. */
export interface ReadyHours {
  readonly timeline: Timeline;
  readonly usesHolidays: boolean;
}

/** Every hours text that was asked about, with the dates that PH means in it; the oldest goes when there are too many. */
export interface Timelines {
  of(text: string, nationalDays: readonly DayText[]): ReadyHours;
}

const KEPT = 5000;

/** Builds an empty collection. Making or asking a timeline throws HoursUnreadable where the text cannot be read. */
export function createTimelines(): Timelines {
  const ready = new Map<string, ReadyHours>();
  return {
    of: (text, nationalDays) => {
      const usesHolidays = mentionsHolidays(text);
      const key = usesHolidays ? `${nationalDays.join()} ${text}` : text;
      const known = ready.get(key);
      if (known) return known;
      if (ready.size >= KEPT) ready.delete(ready.keys().next().value ?? key);
      const made = { timeline: timelineOf(ruleSource(text, nationalDays)), usesHolidays };
      ready.set(key, made);
      return made;
    },
  };
}

const UNKNOWN: Span = { state: 'unknown', from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Hours that were stored unread are unknown at all times: a resident's question never fails on them. */
export function forgiving(timelines: Timelines): Timelines {
  const timeline = (text: string, nationalDays: readonly DayText[]): ReadyHours => {
    const ready = unlessUnreadable(() => timelines.of(text, nationalDays));
    if (!ready) return { timeline: { spanAt: () => UNKNOWN }, usesHolidays: false };
    return {
      ...ready,
      timeline: { spanAt: (civil) => unlessUnreadable(() => ready.timeline.spanAt(civil)) ?? UNKNOWN },
    };
  };
  return { of: timeline };
}

function unlessUnreadable<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof HoursUnreadable) return null;
    throw error;
  }
}
