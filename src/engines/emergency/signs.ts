import { compilePhrases, type PhraseBook } from '../language/index.js';
import classes from './lexicon/classes.json' with { type: 'json' };
import signs from './lexicon/signs.json' with { type: 'json' };

/** Groups of words that may stand for each other in a sign's phrases; lexicon/classes.json. */
const WORD_GROUPS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  classes.map(({ class: name, words }) => [name, words.split(' ')]),
);

/** Every way in which a danger sign, a cause or a circumstance is said; lexicon/signs.json, for a nurse to extend. */
export const SIGNS: PhraseBook = compilePhrases(
  signs.map(({ sign, say }) => ({ id: sign, say })),
  WORD_GROUPS,
);
