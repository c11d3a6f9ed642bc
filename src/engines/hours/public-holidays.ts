import { DAY, type DayText } from '../../domain/time.js';
import { isWord, type Piece, piecesOf } from './hours-text.js';
import { readRules, Unreadable } from './library.js';

/** A day that no one asks about: it keeps a rule in its place when no holiday is left for it. */
const NEVER = '1901 Jan 01';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const MODIFIERS = ['open', 'closed', 'off', 'unknown'];

/** True when the text speaks of public holidays outside of its comments. */
export function mentionsHolidays(text: string): boolean {
  return piecesOf(text).some((piece) => isWord(piece, 'ph'));
}

/**
 * Writes the given dates where an hours text says PH, because the library knows no holidays of Indonesia. `PH` may stand
 * alone, beside weekdays ("Su,PH off": either), before or after them ("PH Sa": both), below a month, a year or a week,
 * and with "-1 day" or "+1 day". Takes a text that the library can read; throws Unreadable where PH stands twice.
 */
export function nameHolidays(text: string, holidays: readonly DayText[]): string {
  if (!mentionsHolidays(text)) return text;
  return rulesOf(text)
    .map(
      (rule) =>
        rule.joint +
        (rule.pieces.some((piece) => isWord(piece, 'ph'))
          ? rewritten(rule, text, holidays)
          : written(text, rule.pieces)),
    )
    .join('');
}

/** One rule of a text. `joint` is what binds it to the one before: ";" overrides, "||" falls back, "," adds. */
interface Rule {
  readonly joint: '' | '; ' | ' || ' | ', ';
  readonly pieces: readonly Piece[];
}

function rulesOf(text: string): readonly Rule[] {
  const rules: { joint: Rule['joint']; pieces: Piece[] }[] = [{ joint: '', pieces: [] }];
  const pieces = piecesOf(text);
  let inHours = false;
  for (const [index, piece] of pieces.entries()) {
    const joint = jointAt(piece, pieces[index + 1], inHours);
    if (joint) {
      rules.push({ joint, pieces: [] });
      inHours = false;
    } else {
      inHours ||= startsHours(piece);
      rules.at(-1)?.pieces.push(piece);
    }
  }
  return rules;
}

function jointAt(piece: Piece, next: Piece | undefined, inHours: boolean): Rule['joint'] {
  if (piece.kind === 'separator') return '; ';
  if (piece.kind === 'fallback') return ' || ';
  // Between two spans of hours a comma lists; before days it begins a rule.
  return piece.kind === 'comma' && inHours && next?.kind !== 'time' ? ', ' : '';
}

/** The piece with which a rule stops naming days: its first time, modifier or comment. */
function startsHours(piece: Piece): boolean {
  return piece.kind === 'time' || piece.kind === 'comment' || isWord(piece, ...MODIFIERS);
}

function written(text: string, pieces: readonly Piece[]): string {
  const first = pieces[0];
  const last = pieces.at(-1);
  return first && last ? text.slice(first.offset, last.offset + last.text.length) : '';
}

function rewritten(rule: Rule, text: string, holidays: readonly DayText[]): string {
  const cut = rule.pieces.findIndex(startsHours);
  const hours = written(text, rule.pieces.slice(cut)).replace(/^24\/7/, '00:00-24:00');
  const lists = listsOf(rule.pieces.slice(0, cut), text);
  const [withHolidays, second] = lists.filter((list) => list.shifts.length > 0);
  if (!withHolidays || second) throw new Unreadable('PH stands twice in one rule.', second?.offset ?? null);

  const others = lists
    .filter((list) => list !== withHolidays)
    .map((list) => list.text)
    .join(' ');
  const days = datesText(holidays, withHolidays.shifts, others);
  if (withHolidays.weekdays.length === 0) return `${days} ${hours}`;
  const usual = `${others} ${withHolidays.weekdays.join(',')} ${hours}`.trim();
  if (rule.joint === ' || ') return `${usual} || ${days} ${hours}`;
  if (rule.joint === ', ') return `${usual}, ${days} ${hours}`;
  // The second rule overrides the first on a holiday, and with it the hours that reach over from the night before:
  // said again as an addition, they stand.
  return `${usual}; ${days} ${hours}, ${usual}`;
}

/** Selectors that hold together: weekdays and holidays joined by commas mean either; two lists side by side mean both. */
interface DayList {
  readonly text: string;
  readonly offset: number;
  readonly weekdays: readonly string[];
  /** For each PH of the list, by how many days it is moved. */
  readonly shifts: readonly number[];
}

function listsOf(pieces: readonly Piece[], text: string): readonly DayList[] {
  const lists: Piece[][] = [];
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    const namesDay = isWord(piece, 'ph', ...WEEKDAYS);
    const goesOn = before?.kind === 'comma' || before?.text === '-' || before === undefined;
    const starts = piece.kind === 'word' && !isWord(piece, 'day', 'days') && !goesOn;
    const current = lists.at(-1);
    // A month after a year, or a day after a month, belongs to it; only weekdays and PH make lists of their own.
    const inDays = current !== undefined && isWord(current[0], 'ph', ...WEEKDAYS);
    if (current === undefined || (starts && (namesDay || inDays))) lists.push([piece]);
    else current.push(piece);
  }
  return lists.map((list) => dayList(list, text));
}

function dayList(pieces: readonly Piece[], text: string): DayList {
  const whole = { text: written(text, pieces), offset: pieces[0]?.offset ?? 0 };
  if (!pieces.some((piece) => isWord(piece, 'ph'))) return { ...whole, weekdays: [], shifts: [] };
  const items = whole.text.split(',').map((item) => item.trim());
  const moved = items.map((item) => /^PH(?:\s*([+-])\s*1\s*days?)?\s*:?$/i.exec(item));
  return {
    ...whole,
    weekdays: items.filter((_, index) => !moved[index]),
    shifts: moved.flatMap((match) => (match ? [match[1] === '-' ? -1 : match[1] === '+' ? 1 : 0] : [])),
  };
}

/** The dates in the library's words, those only that the rule's other selectors also hold on. */
function datesText(holidays: readonly DayText[], shifts: readonly number[], others: string): string {
  const also = others === '' ? null : readRules(`${others} 00:00-24:00`);
  const days = new Set<number>();
  for (const holiday of holidays) {
    for (const shift of shifts) {
      const day = Date.parse(`${holiday}T00:00:00Z`) + shift * DAY;
      // The library reads no year before 1901 as one.
      if (new Date(day).getUTCFullYear() <= 1900) continue;
      if (!also || also.stepAt(day + DAY / 2).state === 'open') days.add(day);
    }
  }
  if (days.size === 0) return NEVER;
  return [...days]
    .sort((a, b) => a - b)
    .map(dateText)
    .join(',');
}

function dateText(day: number): string {
  const date = new Date(day);
  const dayOfMonth = String(date.getUTCDate()).padStart(2, '0');
  return `${date.getUTCFullYear()} ${MONTHS[date.getUTCMonth()]} ${dayOfMonth}`;
}
