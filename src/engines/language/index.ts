/**
 * The text layer through which every engine reads messages. `normalise` makes standard forms of what people type and
 * keeps negation, time and persons; `compilePhrases` and `match` find phrases in it; `context` tells what surrounds a
 * finding. Word lists are in lexicon/, one line an entry, for a nurse to read and extend.
 */
export { wordsOf } from './circumstances.js';
export { type Context, context, isNegated } from './context.js';
export { isKnownWord, wordsToBeChecked } from './lexicon.js';
export { NearForms } from './near-forms.js';
export { normalise } from './normalise.js';
export {
  compilePhrases,
  match,
  type PhraseBook,
  type PhraseMatch,
  type WordClasses,
} from './phrases.js';
export type { NormalText, Span, Token } from './token.js';
export { isHouseMisspelt } from './typing-errors.js';
