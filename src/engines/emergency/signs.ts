import { compilePhrases, normalise, type PhraseBook } from '../language/index.js';
import classes from './lexicon/classes.json' with { type: 'json' };
import signs from './lexicon/signs.json' with { type: 'json' };

/** Groups of words that may stand for each other in a sign's phrases; lexicon/classes.json. */
const WORD_GROUPS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  classes.map(({ class: name, words }) => [name, words.split(' ').map(standard)]),
);

/** Every way in which a danger sign, a cause or a circumstance is said; lexicon/signs.json, for a nurse to extend. */
export const SIGNS: PhraseBook = compilePhrases(
  signs.map(({ sign, say }) => ({ id: sign, say: say.map(standardised) })),
  WORD_GROUPS,
);

/** Signs that say who, when or how: what surrounds them does not weaken them, except a negation. */
export const CIRCUMSTANCES: ReadonlySet<string> = new Set(
  signs.filter(({ about }) => about === 'circumstance').map(({ sign }) => sign),
);

/** Phrases may be written in any spelling that residents use: their words are read like a resident's. */
export function standardised(pattern: string): string {
  return pattern.replace(/(?<![@.&\p{L}\d])[\p{L}'-]+/gu, standard);
}

function standard(word: string): string {
  const { tokens } = normalise(word);
  return tokens.length === 1 ? (tokens[0]?.form ?? word) : word;
}
