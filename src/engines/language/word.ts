import { unglue } from './glued.js';
import { SPELLINGS } from './lexicon.js';
import { bySoundOf } from './sounds.js';
import { correct } from './typing-errors.js';

/** What a word was taken for, and whether that was a guess from a typing error. */
export interface Reading {
  readonly forms: readonly string[];
  readonly guessed: boolean;
}

const SUFFIXES = ['nya', 'ny', 'ku', 'mu', 'lah', 'kah', 'pun', 'kan', 'an', 'in', 'i', 'e', 'ne', 'q', 'x'];
const PREFIXES = ['nge', 'ng', 'di', 'ke', 'ter', 'ber', 'ba', 'ta', 'se', 'ku', 'meng', 'men', 'mem', 'me', 'm', 'n'];

/**
 * The standard forms of one word, lower-case and without accents. A word that nobody knows stays as it is. With `guess`
 * false it is only looked up and stripped of affixes: the work that grows with every unknown word is left out.
 */
export function read(word: string, guess = true): Reading {
  const found = known(word) ?? lengthened(word) ?? doubled(word) ?? stripped(word);
  if (found) return { forms: found, guessed: false };
  const letters = plain(word);
  if (!guess) return { forms: [letters.slice(0, 40)], guessed: false };
  const parts = unglue(letters);
  if (parts) return { forms: parts, guessed: false };
  const likely = bySoundOf(word) ?? affixedBySound(word) ?? correct(letters);
  return likely ? { forms: likely, guessed: true } : { forms: [letters.slice(0, 40)], guessed: false };
}

function known(word: string): readonly string[] | null {
  return SPELLINGS.get(word) ?? SPELLINGS.get(word.replaceAll("'", '')) ?? null;
}

/** "sakiiit", "toloong": runs of a letter shortened to two, then to one. */
function squeeze(word: string, keep: 1 | 2): string {
  return keep === 2 ? word.replace(/(.)\1{2,}/g, '$1$1') : word.replace(/(.)\1+/g, '$1');
}

function plain(word: string): string {
  return squeeze(word, 2)
    .replace(/(.)\1$/, '$1')
    .replaceAll("'", '')
    .replaceAll('-', '');
}

function lengthened(word: string): readonly string[] | null {
  const two = squeeze(word, 2);
  const one = squeeze(word, 1);
  return (two === word ? null : known(two)) ?? (one === word ? null : known(one));
}

/** "terengah-engah", "muntah-muntahan", "sayur-mayur": the half that is known stands for both. */
function doubled(word: string): readonly string[] | null {
  const cut = word.indexOf('-');
  if (cut < 0) return null;
  const first = word.slice(0, cut);
  const second = word.slice(cut + 1);
  if (second.includes(first) || first.endsWith(second)) return one(first) ?? one(second) ?? [first];
  const both = [
    one(first) ?? [first],
    second === 'nya' || second === 'ku' ? [] : second.split('-').flatMap((part) => one(part) ?? [part]),
  ];
  return both.flat();
}

function one(word: string): readonly string[] | null {
  return known(word) ?? lengthened(word) ?? stripped(word);
}

/** Clitics and affixes, one of each at most, and only where what is left is a known word of four letters or more. */
function stripped(word: string): readonly string[] | null {
  const stem = squeeze(word, 2);
  for (const suffix of SUFFIXES) {
    if (!stem.endsWith(suffix)) continue;
    const found = stemOf(stem.slice(0, -suffix.length), suffix.length > 1 ? 3 : 4);
    if (found) return found;
  }
  for (const prefix of PREFIXES) {
    if (!stem.startsWith(prefix)) continue;
    const rest = stem.slice(prefix.length);
    const found = stemOf(rest, prefix.length > 1 && prefix !== 'ng' ? 4 : 5);
    if (found) return found;
    for (const suffix of SUFFIXES) {
      if (!rest.endsWith(suffix)) continue;
      const inner = stemOf(rest.slice(0, -suffix.length), 4);
      if (inner) return inner;
    }
  }
  return null;
}

/** Banjar "batinggalam", Madurese "epokol": a regional prefix before a regional spelling. */
function affixedBySound(word: string): readonly string[] | null {
  for (const prefix of ['ba', 'ta', 'ka', 'di', 'ma', 'e', 'a']) {
    if (word.startsWith(prefix) && word.length >= prefix.length + 5) {
      const found = bySoundOf(word.slice(prefix.length));
      if (found) return found;
    }
  }
  return null;
}

function stemOf(word: string, shortest: number): readonly string[] | null {
  return word.length >= shortest ? (SPELLINGS.get(word) ?? null) : null;
}
