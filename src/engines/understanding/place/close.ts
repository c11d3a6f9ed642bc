import type { Cue } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import type { CloseName, NameIndex } from './name-index.js';
import type { Name } from './names.js';
import { type Candidate, isWhole, namesFor, type Search } from './search.js';
import { dropsOnlyVowels, slips, slipsAllowed } from './spelling.js';
import type { PlaceWord } from './words.js';

const SLIP_COST = 3;
/** A name of this length may hold a slip where nothing says that a place follows, and two from the greater one on. */
const SURE_LENGTH = 6;
const VERY_SURE_LENGTH = 9;
const MOST_WORDS = 4;
const MOST_WORDS_TOGETHER = 3;

/**
 * A misspelt name in the words from `start` to `end`, whose folded key is `key`; null when nothing is near enough.
 * Everyday words are never misspelt names. Where nothing leads to a place only longer names of ours are guessed.
 */
export function closeCandidate(search: Search, cue: Cue, start: number, end: number, key: string): Candidate | null {
  const { words } = search;
  const first = words[start];
  if (first === undefined || (first.around && end - start === 1) || end - start > MOST_WORDS || search.allowance <= 0)
    return null;
  const led =
    cue.at || cue.origin || cue.level !== null || cue.facility !== null || search.bare || isWhole(words, start, end);
  if (key.length < (led ? 3 : 5)) return null;
  const best =
    end - start === 1 ? closeWord(search, cue, first, key, led) : closeWords(search, cue, start, end, key, led);
  return best === null ? null : { start, end, cue, guessed: true, ...best };
}

interface Best {
  readonly names: readonly Name[];
  readonly score: number;
}

function closeWord(search: Search, cue: Cue, word: PlaceWord, key: string, led: boolean): Best | null {
  if (word.known || /^\d/.test(word.text)) return null;
  const { areas, facilities } = search.gazetteer;
  let best: Best | null = null;
  for (const index of [areas, facilities] satisfies NameIndex[]) {
    for (const near of nearKeys(search, index, key, led))
      best = better(best, near, namesOf(search, cue, near, key, led));
  }
  return best;
}

function nearKeys(search: Search, index: NameIndex, key: string, led: boolean): readonly CloseName[] {
  const near = index.near(key);
  if (!led && key.length < VERY_SURE_LENGTH) return near;
  search.allowance -= 1;
  return [...near, ...index.nearby(key)];
}

function namesOf({ gazetteer }: Search, cue: Cue, near: CloseName, typed: string, led: boolean): readonly Name[] {
  const isVowelDrop = near.slips === 1 && typed.length < near.key.length && dropsOnlyVowels(typed, near.key);
  if (near.slips > slipsAllowed(near.key.length) && !isVowelDrop) return [];
  if (!led && Math.min(near.key.length, typed.length) < SURE_LENGTH) return [];
  return guessable(gazetteer, cue, near, led);
}

function guessable(gazetteer: Gazetteer, cue: Cue, near: CloseName, led: boolean): readonly Name[] {
  return namesFor(gazetteer, cue, near.key).filter((name) => mayBeGuessed(name, near, cue, led));
}

/** Places elsewhere are guessed only where a place is named for certain; parts of names only behind "puskesmas" or "rs". */
function mayBeGuessed(name: Name, near: CloseName, cue: Cue, led: boolean): boolean {
  if (name.exactly === true) return false;
  if (name.target.kind === 'outside') return isSureOutside(near) && led && cue.facility === null;
  return name.form === 'whole' || cue.facility !== null || name.target.kind === 'area';
}

/** Whoever misspells a place elsewhere misses one letter of a long name; anything further is rather a word unknown. */
function isSureOutside(near: CloseName): boolean {
  return near.slips <= 1 && near.key.length >= SURE_LENGTH;
}

/** Words typed apart are compared one by one with names of as many words that begin with the same letters. */
function closeWords(search: Search, cue: Cue, start: number, end: number, key: string, led: boolean): Best | null {
  const span = search.words.slice(start, end);
  if (span.every((word) => word.known || word.around)) return null;
  const initials = span.map((word) => word.full.charAt(0)).join('');
  const { areas, facilities } = search.gazetteer;
  const opens = start === 0 || span[0]?.boundary === true;
  let best = led || opens ? closeWhole(search, cue, span, key, led) : null;
  for (const name of [...areas.withInitials(initials), ...facilities.withInitials(initials)]) {
    const count = slipsBetween(span, name);
    if (count === null || count > slipsAllowed(name.key.length) || (!led && name.key.length < SURE_LENGTH)) continue;
    const near = { key: name.key, slips: count };
    if (near.key !== key) best = better(best, near, guessable(search.gazetteer, cue, near, led));
  }
  return best;
}

/** One slip in the name as a whole, the first letter of a word and the space between words included: "loa anan", "marang akyu". */
function closeWhole(search: Search, cue: Cue, span: readonly PlaceWord[], key: string, led: boolean): Best | null {
  const typed = span.map((word) => word.text).join('');
  if (typed.length < SURE_LENGTH || span.length > MOST_WORDS_TOGETHER) return null;
  const { areas, facilities } = search.gazetteer;
  let best: Best | null = null;
  search.allowance -= 1;
  for (const index of [areas, facilities] satisfies NameIndex[]) {
    for (const near of typed === key ? index.near(key) : [...index.near(key), ...index.near(typed)]) {
      if (near.key === key || near.key.length < SURE_LENGTH) continue;
      const names = guessable(search.gazetteer, cue, near, led).filter((name) => mayBeWritten(span, name));
      best = better(best, near, names);
    }
  }
  return best;
}

/**
 * An everyday word must be a word of the name. Where it is one letter from it ("sanga sana", "handil bau"), another word
 * must be the name's own and no everyday one; "jembayan malam" is a place at night, so the first letter has to be right.
 */
function mayBeWritten(span: readonly PlaceWord[], name: Name): boolean {
  const isOwn = (word: PlaceWord, at: number): boolean =>
    word.full === name.words[at] || word.folded === name.words[at];
  const isApart = span.length === name.words.length;
  if (!isApart) return name.target.kind !== 'outside' && span.every((word) => !word.known && !word.around);
  const strange = span.filter((word, at) => !isOwn(word, at));
  const known = strange.filter((word) => word.known || word.around);
  if (known.length === 0) return true;
  const anchored = span.some((word, at) => isOwn(word, at) && !word.known);
  return (
    name.target.kind !== 'outside' &&
    strange.length === 1 &&
    anchored &&
    span.every((word, at) => isOwn(word, at) || name.words[at]?.charAt(0) === word.text.charAt(0))
  );
}

/** Slips over all words; null when one of them is too far away, or is an everyday word that the name does not hold. */
function slipsBetween(span: readonly PlaceWord[], name: Name): number | null {
  let total = 0;
  for (const [at, word] of span.entries()) {
    const meant = name.words[at] ?? '';
    if (word.full === meant || word.folded === meant) continue;
    if (word.known || word.around) return null;
    const count =
      dropsOnlyVowels(word.folded, meant) && word.folded.length > 1
        ? 1
        : Math.min(slips(word.full, meant), slips(word.text, meant));
    if (count > slipsAllowed(meant.length) && count !== 1) return null;
    total += count;
  }
  return total;
}

function better(best: Best | null, near: CloseName, names: readonly Name[]): Best | null {
  if (names.length === 0) return best;
  // A place elsewhere is guessed last: any name of ours beats it.
  const isOutside = names.every(({ target }) => target.kind === 'outside');
  const score = isOutside ? 1 : near.key.length - SLIP_COST * near.slips;
  if (best === null || score > best.score) return { names, score };
  if (score < best.score) return best;
  return { score, names: [...best.names, ...names.filter((name) => !best.names.includes(name))] };
}
