import type { DayText, Instant, Zone } from '../../domain/time.js';
import type { createTextEvaluator } from './evaluate-text.js';

/** Beyond so many changes of a text, somebody who might answer "some day" answers at no time worth telling. */
const MOST_STRETCHES = 60;

/** Whether somebody is there at the instant by a bare hours text, and else from when; null = not to be told. Never throws. */
export function attendanceAt(
  evaluate: ReturnType<typeof createTextEvaluator>,
  text: string,
  zone: Zone,
  at: Instant,
  holidays: readonly DayText[],
): { readonly now: boolean; readonly from: Instant | null } {
  try {
    let moment = at;
    for (let stretch = 0; stretch < MOST_STRETCHES; stretch += 1) {
      const { state, until } = evaluate(text, zone, moment, holidays);
      if (state === 'open') return { now: moment === at, from: moment };
      if (until === null) break;
      moment = until;
    }
  } catch {
    // A text that cannot be read says nothing about when somebody is there.
  }
  return { now: false, from: null };
}
