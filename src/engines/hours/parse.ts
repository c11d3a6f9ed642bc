import { DAY, type DayText } from '../../domain/time.js';
import { AppError } from '../../errors.js';
import { isWord, piecesOf } from './hours-text.js';
import { type Complaint, complaintsAbout, type Rules, readRules, Unreadable } from './library.js';
import { mentionsHolidays, nameHolidays } from './public-holidays.js';
import type { RuleSource } from './timeline.js';

/** Longer than any timetable of a puskesmas, short enough that no text can keep the server busy. */
export const MAX_HOURS_LENGTH = 1000;

/** An hours text that can be stored: the library reads it, in one way only. `text`: without blanks around it. */
export interface ParsedHours {
  readonly text: string;
  /** True when it says PH, so that its meaning depends on the year's holidays being known. */
  readonly usesHolidays: boolean;
}

/** AppError HOURS_UNREADABLE that also tells where: `offset` counts characters from 0; null: the text as a whole. */
export class HoursUnreadable extends AppError {
  readonly offset: number | null;

  constructor(what: string, offset: number | null, text = '') {
    const before = text.slice(0, offset ?? 0).slice(-20);
    const place = offset === null ? '' : ` at character ${offset + 1}${before ? ` (after "${before}")` : ''}`;
    super('HOURS_UNREADABLE', `Hours cannot be read${place}: ${what}`);
    this.offset = offset;
  }
}

/**
 * Complaints that change nothing in what the text means: dates that have passed; "24/7" with exceptions ("24/7; PH off");
 * the order of selectors; a closing rule joined by a comma. Every other one means that the library guessed.
 */
const HARMLESS = new Set([
  'date_past',
  'date_range_past',
  'year_past',
  'strange_24_7',
  'switched',
  'additional_rule_which_evaluates_to_closed',
]);
const AFTER_NIGHT = 'additional_rule_separator_not_used_after_time_wrapping_midnight';

const REFUSED: readonly { words: readonly string[]; why: string }[] = [
  { words: ['sh'], why: 'School holidays (SH) are not known here; write the dates.' },
  { words: ['sunrise', 'sunset', 'dawn', 'dusk'], why: 'Sunrise and sunset depend on the place; write clock times.' },
];

/**
 * Checks an hours text as it is entered: OSM opening_hours syntax, in English. Takes any text; throws HoursUnreadable,
 * whose message names the position and the fault, for what the library cannot read and for what it would have to guess
 * (other languages, hours without minutes, empty rules). The result depends neither on the clock nor on the time zone.
 */
export function parseHours(text: string): ParsedHours {
  if (text.length > MAX_HOURS_LENGTH) {
    throw new HoursUnreadable(`${text.length} characters; at most ${MAX_HOURS_LENGTH} are read.`, MAX_HOURS_LENGTH);
  }
  const odd = /\p{Cc}/u.exec(text);
  if (odd) throw new HoursUnreadable('A control character.', odd.index);
  const hours = text.trim();
  if (hours === '') throw new HoursUnreadable('The text is empty.', 0);
  return asHoursUnreadable(text, text.indexOf(hours), () => {
    refuseWords(hours);
    refuseGuesses(hours, complaintsAbout(hours));
    tryOut(readRules(nameHolidays(hours, [])));
    return { text: hours, usesHolidays: mentionsHolidays(hours) };
  });
}

/** How far around a stretch of time a holiday still matters: PH may be moved by a day, and a night reaches into the next. */
const AROUND = 3 * DAY;

/** Makes the rules of a text, with the dates that PH means. The rules throw HoursUnreadable, when made or when stepped. */
export function ruleSource(stored: string, holidays: readonly DayText[]): RuleSource {
  const text = stored.trim();
  const rules = (dates: readonly DayText[]): Rules => {
    const read = asHoursUnreadable(text, 0, () => readRules(nameHolidays(text, dates)));
    return { ...read, stepAt: (civil) => asHoursUnreadable(text, 0, () => read.stepAt(civil)) };
  };
  let whole: Rules | null = null;
  const always = (): Rules => {
    whole ??= rules(holidays);
    return whole;
  };
  if (!mentionsHolidays(text)) return { always, between: always };
  const near = (from: number, to: number) => (day: DayText) => {
    const start = Date.parse(`${day}T00:00:00Z`);
    return from - AROUND <= start && start < to + AROUND;
  };
  return { always, between: (from, to) => rules(holidays.filter(near(from, to))) };
}

/** `start`: where in the text the part begins that is read. */
function asHoursUnreadable<T>(text: string, start: number, run: () => T): T {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof Unreadable)) throw thrown;
    throw new HoursUnreadable(thrown.message, thrown.offset === null ? null : thrown.offset + start, text);
  }
}

function refuseWords(text: string): void {
  for (const piece of piecesOf(text)) {
    if (piece.text === '"') throw new Unreadable('A comment is not closed.', piece.offset);
    if (piece.text === '""') throw new Unreadable('A comment is empty.', piece.offset);
    for (const { words, why } of REFUSED) {
      if (isWord(piece, ...words)) throw new Unreadable(why, piece.offset);
    }
  }
}

function refuseGuesses(text: string, complaints: readonly Complaint[]): void {
  const guess = complaints.find((complaint) => !isHarmless(complaint, text));
  if (guess) throw new Unreadable(guess.message, guess.offset);
}

function isHarmless(complaint: Complaint, text: string): boolean {
  return HARMLESS.has(complaint.type) || closesAfterNight(complaint, text) || isFallback(complaint, text);
}

/** "Mo-Fr 08:00-16:00 || unknown": a fallback overwrites nothing, so it may speak of all other times. */
function isFallback(complaint: Complaint, text: string): boolean {
  return complaint.type === 'default_state' && /\|\|[^;|]*$/.test(text);
}

/** "20:00-08:00; PH off": a rule that only closes cannot cut a night short by mistake. */
function closesAfterNight(complaint: Complaint, text: string): boolean {
  return complaint.type === AFTER_NIGHT && /\b(?:off|closed)\s*$/i.test(text.slice(0, complaint.offset ?? 0));
}

/** Some faults show only when a rule is evaluated (a day that does not exist in that year): walk a while, over a leap day. */
function tryOut(rules: Rules): void {
  for (const start of [Date.UTC(2026, 0, 1), Date.UTC(2028, 1, 27)]) {
    let at = start;
    for (let steps = 0; steps < 40 && Number.isFinite(at); steps++) at = rules.stepAt(at).end;
  }
}
