import { type Cue, cueBefore, expanded, isAroundNames, isFacilityWord } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import type { NameIndex } from './name-index.js';
import type { Name } from './names.js';
import { isOrdinary, needsLevel } from './ordinary.js';
import { dropsOnlyVowels, foldWord, foldWords, slips, slipsAllowed } from './spelling.js';
import type { PlaceWord } from './words.js';

/** Words of the message that may name a place. */
export interface Candidate {
  readonly start: number;
  /** First word behind it. */
  readonly end: number;
  readonly names: readonly Name[];
  readonly cue: Cue;
  /** Letters matched less what slips cost: longer and truer names win. */
  readonly score: number;
}

/** Costly look-ups a message may cause; a message made of names' beginnings stays within the time allowed. */
const MOST_CLOSE_LOOKUPS = 60;
const SLIP_COST = 3;

interface Search {
  readonly words: readonly PlaceWord[];
  readonly gazetteer: Gazetteer;
  /** The message is an answer to "di mana?". */
  readonly bare: boolean;
  lookups: number;
}

/** Every stretch of words that may be a place's name, exactly or with slips, overlapping ones included. */
export function findCandidates(
  words: readonly PlaceWord[],
  gazetteer: Gazetteer,
  awaitingPlace: boolean,
): readonly Candidate[] {
  const search: Search = { words, gazetteer, bare: awaitingPlace, lookups: 0 };
  return words.flatMap((_, start) => candidatesAt(search, start));
}

function candidatesAt(search: Search, start: number): readonly Candidate[] {
  const cue = cueBefore(search.words, start);
  if (cue.street) return [];
  const found: Candidate[] = [];
  const most = Math.max(search.gazetteer.areas.longest, search.gazetteer.facilities.longest);
  for (let length = 1; length <= most; length += 1) {
    const span = search.words.slice(start, start + length);
    if (span.length < length || (length > 1 && span.at(-1)?.boundary === true)) break;
    const candidate = exact(search, cue, start, span) ?? close(search, cue, start, span);
    if (candidate !== null) found.push(candidate);
  }
  return found;
}

function exact(search: Search, cue: Cue, start: number, span: readonly PlaceWord[]): Candidate | null {
  const typed = span.map((word) => word.text);
  for (const words of spellings(typed)) {
    const key = foldWords(words);
    const names = named(search.gazetteer, cue, key);
    if (names.length > 0 && allowed(search, cue, start, typed))
      return { start, end: start + span.length, names, cue, score: key.length };
  }
  return null;
}

function spellings(typed: readonly string[]): readonly (readonly string[])[] {
  const full = typed.map(expanded);
  return full.some((word, at) => word !== typed[at]) ? [typed, full] : [typed];
}

/** Facilities count behind a facility word; without one, only where no area has the name. */
function named(gazetteer: Gazetteer, cue: Cue, key: string): readonly Name[] {
  const areas = gazetteer.areas.get(key);
  const facilities = gazetteer.facilities.get(key);
  const kinds = cue.facility;
  if (kinds === null)
    return areas.length > 0 ? areas : facilities.filter((name) => name.form === 'whole' || isTelling(name));
  const first = kinds
    .map((kind) => facilities.filter(({ target }) => target.kind === 'facility' && target.facility.kind === kind))
    .find((some) => some.length > 0);
  const chosen =
    first?.some((name) => name.form === 'whole') === true ? first.filter((name) => name.form === 'whole') : first;
  return chosen ?? areas;
}

/** A part of a name that needs no "puskesmas" or "rs" before it: "parikesit", "rapak". */
function isTelling(name: Name): boolean {
  return name.key.length > 4 && !name.words.every(isOrdinary);
}

/** A name that is an everyday word counts only where the words around it say that it is a place. */
function allowed(search: Search, cue: Cue, start: number, typed: readonly string[]): boolean {
  if (cue.level !== null || cue.facility !== null || search.bare || isWhole(search.words, start, typed.length))
    return true;
  const joined = typed.join(' ');
  if (needsLevel(joined)) return false;
  if (cue.at || cue.origin || !typed.every(isOrdinary)) return true;
  // "Kampung Baru puskesmas mana": everyday words, yet two of them, and they open the message or a facility word follows.
  return typed.length > 1 && (start === 0 || isFacilityWord(search.words[start + typed.length]?.text ?? ''));
}

/** True when the message says nothing else: "Damai", "di Damai kak". */
function isWhole(words: readonly PlaceWord[], start: number, length: number): boolean {
  return words.every((word, at) => (at >= start && at < start + length) || isAroundNames(word.text));
}

function close(search: Search, cue: Cue, start: number, span: readonly PlaceWord[]): Candidate | null {
  const typed = span.map((word) => word.text);
  if (span.length > 4 || search.lookups >= MOST_CLOSE_LOOKUPS || !mayBeSlip(search, typed)) return null;
  const led =
    cue.at ||
    cue.origin ||
    cue.level !== null ||
    cue.facility !== null ||
    search.bare ||
    isWhole(search.words, start, span.length);
  const key = foldWords(typed.map(expanded));
  if (key.length < (led ? 3 : 5)) return null;
  search.lookups += 1;
  const best = bestClose(search.gazetteer, cue, key, typed, led);
  return best === null ? null : { start, end: start + span.length, cue, ...best };
}

/** Words around names and everyday words are never misspelt names; in a longer name one of them may be right. */
function mayBeSlip(search: Search, typed: readonly string[]): boolean {
  const odd = typed.filter((word) => !isOrdinary(word) && !isAroundNames(word) && !/^\d/.test(word));
  if (odd.length === 0) return false;
  const first = typed[0] ?? '';
  return typed.length === 1 || !isAroundNames(first) || search.gazetteer.areas.has(foldWords(typed));
}

function bestClose(
  gazetteer: Gazetteer,
  cue: Cue,
  key: string,
  typed: readonly string[],
  led: boolean,
): { names: readonly Name[]; score: number } | null {
  const indexes: readonly NameIndex[] =
    cue.facility === null ? [gazetteer.areas, gazetteer.facilities] : [gazetteer.facilities, gazetteer.areas];
  const plain = typed.filter((word) => isOrdinary(word) || isAroundNames(word));
  let best: { names: readonly Name[]; score: number } | null = null;
  for (const index of indexes) {
    for (const near of [...index.near(key), ...(led || key.length >= 9 ? index.nearby(key) : [])]) {
      const score = near.key.length - SLIP_COST * near.slips;
      if (near.slips > slipsAllowed(near.key.length) && !isVowelDrop(near.slips, key, near.key)) continue;
      if (!led && near.key.length < 6) continue;
      const names = named(gazetteer, cue, near.key).filter(
        (name) =>
          (led || name.target.kind !== 'outside') &&
          sameWords(typed, name) &&
          plain.every((word) => name.words.includes(foldWords([word]))),
      );
      if (names.length > 0 && (best === null || score > best.score)) best = { names, score };
      else if (best !== null && names.length > 0 && score === best.score)
        best = { names: [...best.names, ...names.filter((name) => !best?.names.includes(name))], score };
    }
  }
  return best;
}

/** Words typed apart are compared one by one; only a single word may stand for several. */
function sameWords(typed: readonly string[], name: Name): boolean {
  if (typed.length === 1) return true;
  return (
    typed.length === name.words.length &&
    typed.every((word, at) => isNear(foldWord(expanded(word)), name.words[at] ?? ''))
  );
}

function isNear(typed: string, word: string): boolean {
  return (
    typed === word ||
    slips(typed, word) <= slipsAllowed(word.length) ||
    (typed.length > 1 && dropsOnlyVowels(typed, word))
  );
}

function isVowelDrop(count: number, typed: string, key: string): boolean {
  return count === 1 && typed.length >= 3 && typed.length < key.length;
}
