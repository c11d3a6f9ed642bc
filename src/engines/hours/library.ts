import OpeningHours from 'opening_hours';
import { civilDate, inCivilTime } from './civil-time.js';

export type HoursState = 'open' | 'closed' | 'unknown';

/** What the rules say at a moment, and the civil time until which nothing can change; `end` may be a change of nothing. */
export interface Step {
  readonly state: HoursState;
  readonly end: number;
}

/** An hours text that the library has read. All times are civil (see civil-time.ts). */
export interface Rules {
  stepAt(civil: number): Step;
  /** True when every week is like every other, so that what does not change within one never changes. */
  readonly sameEveryWeek: boolean;
}

/** What the library finds odd about a text that it can read. `offset` counts characters from 0; null: not known. */
export interface Complaint {
  readonly type: string;
  readonly message: string;
  readonly offset: number | null;
}

/** The library could not read a text. */
export class Unreadable extends Error {
  readonly offset: number | null;

  constructor(message: string, offset: number | null) {
    super(message);
    this.offset = offset;
  }
}

const MARK = ' <--- (';

/** Some of its sentences run on into manuals and jokes. */
const LONGEST = 240;

function shortened(message: string): string {
  return message.length <= LONGEST ? message : `${message.slice(0, LONGEST - 1).trimEnd()}…`;
}

/** The library throws texts: the part that it could read, a mark, and what is wrong, in brackets. */
function asUnreadable(thrown: unknown, text: string): Unreadable {
  if (thrown instanceof Unreadable) return thrown;
  const said = typeof thrown === 'string' ? thrown : 'The text cannot be read.';
  const at = said.indexOf(MARK);
  if (at < 0 || !text.startsWith(said.slice(0, at))) return new Unreadable(shortened(said), null);
  return new Unreadable(shortened(said.slice(at + MARK.length).replace(/\)\s*$/, '')), at);
}

/**
 * The library looks for an empty text with a pattern that takes twice as long for every blank or semicolon that a text
 * begins with: thirty of them stop the server for a minute.
 */
function refuseSlowStart(text: string): void {
  if (/^[\s;]/.test(text)) throw new Unreadable('Nothing stands before the first rule.', 0);
}

/**
 * Reads a text in which PH no longer occurs. Without a place the library would fall back on Germany's holidays and sun,
 * so it is told nothing and knows neither. Throws Unreadable.
 */
export function readRules(text: string): Rules {
  refuseSlowStart(text);
  const attempt = <T>(run: () => T): T => {
    try {
      return inCivilTime(run);
    } catch (thrown) {
      throw asUnreadable(thrown, text);
    }
  };
  const read = attempt(() => new OpeningHours(text));
  const sameEveryWeek = read.isWeekStable();
  return {
    sameEveryWeek,
    stepAt: (civil) =>
      attempt(() => {
        const [open, change, unknown] = read.getStatePair(civilDate(civil));
        // The declared type says Date; it is undefined when nothing can ever change.
        const said = (change as Date | undefined)?.getTime() ?? Number.POSITIVE_INFINITY;
        // "Feb 29" is never again, in a year that has none: beyond the year's end the library is asked again.
        const end = sameEveryWeek ? said : Math.min(said, nextYear(civil));
        // A change that is not ahead would be walked for ever.
        if (end <= civil) throw new Unreadable('The hours do not move forward.', null);
        return { state: open ? 'open' : unknown ? 'unknown' : 'closed', end };
      }),
  };
}

function nextYear(civil: number): number {
  return Date.UTC(new Date(civil).getUTCFullYear() + 1, 0, 1);
}

/** Everything that the library would have written otherwise. PH is read as the holidays of some country. Throws Unreadable. */
export function complaintsAbout(text: string): readonly Complaint[] {
  refuseSlowStart(text);
  try {
    return inCivilTime(() =>
      new OpeningHours(text, null)
        .getStructuredWarnings()
        // Some offsets count in the library's own rewriting of the text: they would point at the wrong place.
        .map(({ type, message, value, position }) => ({
          type,
          message: shortened(message),
          offset: value === text ? position : null,
        })),
    );
  } catch (thrown) {
    throw asUnreadable(thrown, text);
  }
}
