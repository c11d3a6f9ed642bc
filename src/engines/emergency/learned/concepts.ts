import { normalise } from '../../language/index.js';
import lists from './concepts.json' with { type: 'json' };

/**
 * Words that mean much the same, by the number of their concept: what was learnt of "tangan" then also holds for "siku".
 * The lists are in concepts.json, for a nurse to extend; a word may be written in any spelling that residents use.
 */
export const CONCEPTS: ReadonlyMap<string, number> = new Map(
  lists.flatMap(({ words }, number) =>
    words.split(' ').flatMap((word) => standard(word).map((form) => [form, number])),
  ),
);

function standard(word: string): string[] {
  const { tokens } = normalise(word);
  return tokens.length === 1 ? [word, tokens[0]?.form ?? word] : [word];
}
