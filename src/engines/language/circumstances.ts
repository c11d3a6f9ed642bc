import lists from './lexicon/circumstances.json' with { type: 'json' };

/** Words that tell how a finding is meant, by what they tell; the lists are in lexicon/circumstances.json. */
export type Circumstance =
  | 'negator'
  | 'transparent'
  | 'binding'
  | 'listing'
  | 'contrast'
  | 'far_past'
  | 'near_past'
  | 'since'
  | 'over'
  | 'supposing'
  | 'preventing'
  | 'fearing'
  | 'learning'
  | 'wondering'
  | 'live'
  | 'told'
  | 'posted'
  | 'figurative'
  | 'not_human'
  | 'owner'
  | 'filler';

const SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  lists.map(({ circumstance, words }) => [circumstance, new Set(words.split(' '))]),
);
const NONE: ReadonlySet<string> = new Set();

/** The words of one circumstance. */
export function wordsOf(circumstance: Circumstance): ReadonlySet<string> {
  return SETS.get(circumstance) ?? NONE;
}
