import type { Holiday } from '../../../domain/facility.js';
import type { DayText } from '../../../domain/time.js';
import lexicon from '../lexicon/time-words.json' with { type: 'json' };
import type { TimeWord } from './words.js';

interface Feast {
  readonly name: string;
  readonly say: readonly (readonly string[])[];
  /** The same day every year, as MM-DD. */
  readonly date: string | null;
  /** What the decree's name of it holds, in small letters; its day is known only from there. */
  readonly decree: string | null;
}

const FEASTS: readonly Feast[] = lexicon.feasts.map((feast) => ({
  name: feast.name,
  say: feast.say.map((words) => words.split(' ')),
  date: 'date' in feast ? (feast.date ?? null) : null,
  decree: 'decree' in feast ? (feast.decree ?? null) : null,
}));

/** The feast named at the word, with how many words name it; the longest wording counts. */
export function readFeast(
  words: readonly TimeWord[],
  at: number,
): { readonly name: string; readonly length: number } | null {
  let best: { name: string; length: number } | null = null;
  for (const { name, say } of FEASTS) {
    for (const said of say) {
      if (said.length > (best?.length ?? 0) && said.every((word, offset) => isSaid(words[at + offset], word)))
        best = { name, length: said.length };
    }
  }
  return best;
}

function isSaid(word: TimeWord | undefined, said: string): boolean {
  return word !== undefined && (word.typed === said || word.text === said);
}

/** The first day of the feast from `today` on; null when no decree in the store tells it yet. */
export function dayOfFeast(name: string, today: DayText, holidays: readonly Holiday[]): DayText | null {
  const feast = FEASTS.find((candidate) => candidate.name === name);
  if (feast?.date != null) {
    const year = Number(today.slice(0, 4));
    return `${year}-${feast.date}` >= today ? `${year}-${feast.date}` : `${year + 1}-${feast.date}`;
  }
  const decree = feast?.decree;
  if (decree == null) return null;
  return firstFrom(
    today,
    holidays,
    (holiday) => holiday.kind !== 'joint_leave' && holiday.name.toLowerCase().replace(/\s/g, '').includes(decree),
  );
}

/** The next day of joint leave (cuti bersama) from `today` on. */
export function nextJointLeave(today: DayText, holidays: readonly Holiday[]): DayText | null {
  return firstFrom(today, holidays, (holiday) => holiday.kind === 'joint_leave');
}

function firstFrom(today: DayText, holidays: readonly Holiday[], test: (holiday: Holiday) => boolean): DayText | null {
  const days = holidays.filter((holiday) => holiday.date >= today && test(holiday)).map((holiday) => holiday.date);
  return days.sort()[0] ?? null;
}
