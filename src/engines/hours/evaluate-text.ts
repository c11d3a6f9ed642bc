import { type DayText, type Instant, offsetOf, type Zone } from '../../domain/time.js';
import type { HoursState } from './library.js';
import { parseHours } from './parse.js';
import { createTimelines, type Timelines } from './timelines.js';

/** An hours text at an instant; `until` is the next change of state, null = never. */
export interface TextMoment {
  readonly state: HoursState;
  readonly until: Instant | null;
}

/**
 * Evaluates bare hours texts, without facility, exceptions or a calendar of ours: PH means the dates given with the text.
 * The returned function throws HoursUnreadable for a text that cannot be read.
 */
export function createTextEvaluator(): (
  text: string,
  zone: Zone,
  at: Instant,
  holidays: readonly DayText[],
) => TextMoment {
  const timelines: Timelines = createTimelines();
  const sound = new Set<string>();
  return (text, zone, at, holidays) => {
    if (!sound.has(text)) parseHours(text);
    if (sound.size < REMEMBERED) sound.add(text);
    const span = timelines.of(text, [...new Set(holidays)].sort()).timeline.spanAt(at + offsetOf(zone));
    return { state: span.state, until: Number.isFinite(span.to) ? span.to - offsetOf(zone) : null };
  };
}

const REMEMBERED = 5000;
