import type { NormalText } from '../../language/index.js';
import lexicon from '../lexicon/time-words.json' with { type: 'json' };

/** A word of the message as the time finder reads it. */
export interface TimeWord {
  /** One of the standard words of the time lexicon, a number such as "7" or "19.30", or the word's standard form. */
  readonly text: string;
  /** The word as typed, in small letters. */
  readonly typed: string;
  /** A pause follows. */
  readonly pause: boolean;
  /** What stands between it and the next word, without spaces: "/" in "25/12". */
  readonly glue: string;
}

/** Nobody names the time asked about beyond this many words. */
const MOST_WORDS = 400;

const STANDARD: ReadonlyMap<string, string> = new Map(
  lexicon.words.flatMap(({ word, forms }) =>
    [word, ...forms.split(' ')].filter((form) => form !== '').map((form) => [form, word] as const),
  ),
);

/** Words with their standard time forms. The typed word counts before the form that normalising gave it. */
export function timeWords(normal: NormalText): readonly TimeWord[] {
  return normal.tokens.slice(0, MOST_WORDS).map((token, at, tokens) => {
    const typed = token.raw.toLowerCase();
    const next = tokens[at + 1];
    return {
      text: STANDARD.get(typed) ?? STANDARD.get(token.form) ?? (token.guessed ? typed : token.form),
      typed,
      pause: token.boundary,
      glue: next === undefined ? '' : normal.raw.slice(token.end, next.start).trim(),
    };
  });
}
