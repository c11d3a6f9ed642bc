import { HEALTH_SPELLINGS, SPELLINGS } from './lexicon.js';
import { NearForms } from './near-forms.js';

/** Shortest word that is corrected at all, and from which length two slips are forgiven. */
const ONE_SLIP_FROM = 5;
const TWO_SLIPS_FROM = 9;
/** Below this a replaced letter makes too many other words: only missing, extra and swapped letters count. */
const ANY_LETTER_FROM = 7;
const LONGEST = 18;
const vowels = /[aeiou]/g;

/**
 * Words by what is left of them when letters are dropped (a deletion neighbourhood), so that a slip is found by look-up
 * instead of by comparing with every word.
 */
const NEIGHBOURS = new NearForms(HEALTH_SPELLINGS, (word) => shortened(word, word.length >= TWO_SLIPS_FROM ? 2 : 1));

/** Words by their consonants, for people who drop vowels: "pngsn". Null where two words share them. */
const SKELETONS: ReadonlyMap<string, string | null> = skeletons();

function* shortened(word: string, drops: number): Generator<string> {
  yield word;
  for (let i = 0; i < word.length; i++) {
    const one = word.slice(0, i) + word.slice(i + 1);
    yield one;
    if (drops > 1) for (let j = i; j < one.length; j++) yield one.slice(0, j) + one.slice(j + 1);
  }
}

function skeletons(): Map<string, string | null> {
  const map = new Map<string, string | null>();
  for (const word of HEALTH_SPELLINGS) {
    const bones = word.replace(vowels, '');
    if (bones.length < 4) continue;
    const meaning = SPELLINGS.get(word)?.join(' ') ?? word;
    const known = map.get(bones);
    map.set(bones, known === undefined || known === meaning ? meaning : null);
  }
  return map;
}

/**
 * Slips between two words: letters added, left out, replaced or swapped with the next. Counts to `limit` and then
 * gives up with `limit + 1`.
 */
function slips(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? limit + 1;
}

/** "puksesmas", "psukesmas": the one long everyday word that nearly every message holds, up to two slips away. */
export function isHouseMisspelt(word: string): boolean {
  return word.startsWith('p') && word.length >= 7 && word.length <= 11 && slips(word, 'puskesmas', 2) <= 2;
}

/**
 * The health word that an unknown word was probably meant to be, in its standard form, or null. Short words are left
 * alone, and the first letter must be right unless it was swapped: people seldom miss it, and "pisang" is no fainting.
 */
export function correct(word: string): readonly string[] | null {
  if (word.length < 4 || word.length > LONGEST || !/^[a-z]+$/.test(word)) return null;
  const bones = word.replace(vowels, '');
  if (bones.length >= 4 && word.length - bones.length <= 1) {
    const meaning = SKELETONS.get(bones);
    if (meaning) return meaning.split(' ');
  }
  if (word.length < ONE_SLIP_FROM) return null;
  const limit = word.length >= TWO_SLIPS_FROM ? 2 : 1;
  let best: string | null = null;
  let fewest = limit + 1;
  for (const key of shortened(word, limit)) {
    for (const candidate of NEIGHBOURS.of(key)) {
      const allowed = candidate.length >= TWO_SLIPS_FROM ? limit : 1;
      if (!sameStart(word, candidate)) continue;
      const count = slips(word, candidate, allowed);
      if (count <= allowed && count < fewest && (count > 1 || plausible(word, candidate))) {
        fewest = count;
        best = candidate;
      }
    }
    if (fewest === 1) break;
  }
  return best === null ? null : (SPELLINGS.get(best) ?? [best]);
}

const KEYBOARD = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];

/** In short words a replaced letter is believed where the keys touch or one vowel stands for another. */
function plausible(word: string, candidate: string): boolean {
  if (word.length !== candidate.length || word.length >= ANY_LETTER_FROM) return true;
  const at = [...word].findIndex((letter, i) => letter !== candidate[i]);
  const typed = word.charAt(at);
  const meant = candidate.charAt(at);
  if (word.charAt(at + 1) === meant && candidate.charAt(at + 1) === typed) return true;
  if (word.length === ONE_SLIP_FROM) return false;
  if (/[aeiou]/.test(typed) && /[aeiou]/.test(meant)) return true;
  return KEYBOARD.some((row) => row.includes(typed + meant) || row.includes(meant + typed));
}

function sameStart(a: string, b: string): boolean {
  return a[0] === b[0] || (a[0] === b[1] && a[1] === b[0]);
}
