import { isKnownWord } from '../../language/index.js';
import lexicon from '../lexicon/ordinary-words.json' with { type: 'json' };

const ORDINARY: ReadonlySet<string> = new Set(lexicon.groups.flatMap((group) => group.words.split(' ')));
const NEEDS_LEVEL: ReadonlySet<string> = new Set(lexicon.needsLevel.words.split(' '));

/** True for an everyday word, which is a place only where something says so. */
export function isOrdinary(word: string): boolean {
  return ORDINARY.has(word);
}

/** True for a word that even "di" does not make a place ("di pukul"): only desa, kelurahan or puskesmas does. */
export function needsLevel(word: string): boolean {
  return NEEDS_LEVEL.has(word);
}

/** True for a word that stands in the shared word lists: it may be a name, but it is no misspelt one. */
export function isRightlySpelt(word: string): boolean {
  return ORDINARY.has(word) || isKnownWord(word);
}
