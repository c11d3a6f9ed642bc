import common from './lexicon/common.json' with { type: 'json' };
import english from './lexicon/english.json' with { type: 'json' };
import everyday from './lexicon/everyday.json' with { type: 'json' };
import health from './lexicon/health.json' with { type: 'json' };
import phrases from './lexicon/phrases.json' with { type: 'json' };

/** One line of a word list: a standard word, the other ways in which it is written, where, and who says so. */
interface WordEntry {
  readonly word: string;
  readonly forms: string;
  readonly region: string;
  readonly source: string;
}

/** Every spelling that is known, and the standard words that it stands for. */
export const SPELLINGS: ReadonlyMap<string, readonly string[]> = spellings();

/** True when the word, as typed, stands in the word lists: then it is no misspelling of something else. */
export function isKnownWord(word: string): boolean {
  return SPELLINGS.has(word);
}

/** How many entries of the word lists wait for a speaker of their language. */
export function wordsToBeChecked(): number {
  return [...everyday, ...health].filter(({ source }) => source.includes('to be checked')).length;
}

/** Standard words about the body and its troubles: the only ones that a typing error may be read as. */
export const HEALTH_SPELLINGS: readonly string[] = healthSpellings();

/** Standard words of daily life and of the body: what a regional spelling may stand for. */
export const KNOWN_HEALTH_WORDS: readonly string[] = [...everyday, ...health].flatMap(({ word }) => word.split(' '));

/** Word sequences that mean something else than their words: "rumah sakit" is not a pain. */
export const FIXED_PHRASES: ReadonlyMap<string, readonly FixedPhrase[]> = fixedPhrases();

export interface FixedPhrase {
  readonly say: readonly string[];
  readonly means: readonly string[];
}

function spellings(): Map<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const { words } of common) for (const word of words.split(' ')) map.set(word, [word]);
  for (const list of [everyday, health, english] as readonly (readonly WordEntry[])[]) {
    for (const { word } of list) for (const part of word.split(' ')) if (!map.has(part)) map.set(part, [part]);
    for (const { word, forms } of list) {
      for (const form of forms.split(' ')) if (form !== '') map.set(form, word.split(' '));
    }
  }
  return map;
}

function healthSpellings(): string[] {
  const everywhere = (health as readonly WordEntry[]).filter(({ region }) => region === 'umum');
  return everywhere
    .flatMap(({ word, forms }) => [word, ...forms.split(' ')])
    .filter((word) => /^[a-z]{5,}$/.test(word));
}

function fixedPhrases(): Map<string, FixedPhrase[]> {
  const map = new Map<string, FixedPhrase[]>();
  for (const entry of phrases) {
    const say = entry.say.split(' ');
    const first = say[0] ?? '';
    map.set(first, [...(map.get(first) ?? []), { say, means: entry.means.split(' ') }]);
  }
  return map;
}
