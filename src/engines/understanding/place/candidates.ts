import { closeCandidate } from './close.js';
import { type Cue, cueBefore, isFacilityWord, isHouseOrOpening, isKecamatanWord, withHouseBehind } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import type { Name } from './names.js';
import { needsLevel } from './ordinary.js';
import { type Candidate, isWhole, namesFor, type Search } from './search.js';
import { joinFolded } from './spelling.js';
import type { PlaceWord } from './words.js';

/** Dear look-ups that one message may cause. */
const ALLOWANCE = 60;
/** More places than this nobody means; what follows is not looked at. */
const MOST_CANDIDATES = 60;

/** "baru uul" is rather Baru Ulu with a slip than "baru" alone. */
const PIECE_COST = 3;

/** Every stretch of words that may be a place's name, exactly or with slips, overlapping ones included. */
export function findCandidates(
  words: readonly PlaceWord[],
  gazetteer: Gazetteer,
  awaitingPlace: boolean,
): readonly Candidate[] {
  const search: Search = { words, gazetteer, bare: awaitingPlace, allowance: ALLOWANCE };
  const found: Candidate[] = [];
  for (let start = 0; start < words.length && found.length < MOST_CANDIDATES; start += 1)
    addCandidatesAt(search, start, found);
  return found;
}

function addCandidatesAt(search: Search, start: number, found: Candidate[]): void {
  const { words, gazetteer } = search;
  const cue = cueBefore(words, start);
  if (cue.street || isHour(words, start)) return;
  const longest = Math.max(gazetteer.areas.longest, gazetteer.facilities.longest);
  let typed = '';
  let full = '';
  for (let end = start + 1; end <= Math.min(words.length, start + longest); end += 1) {
    const word = words[end - 1];
    if (word === undefined || (end > start + 1 && word.boundary)) return;
    typed = joinFolded(typed, word.folded);
    full = joinFolded(full, word.full);
    const here = withHouseBehind(cue, words, end);
    const candidate = exact(search, here, start, end, typed, full) ?? closeCandidate(search, here, start, end, full);
    if (candidate !== null) found.push(candidate);
  }
}

/** "jam sanga" is nine o'clock in Javanese and Madurese, and no part of Sanga Sanga. */
function isHour(words: readonly PlaceWord[], start: number): boolean {
  const [hour, next] = [words[start]?.text ?? '', words[start + 1]?.text];
  return /^(jam|pukul|jm)$/.test(words[start - 1]?.text ?? '') && /^s[ao]ng[ao]$/.test(hour) && next !== hour;
}

function exact(search: Search, cue: Cue, start: number, end: number, typed: string, full: string): Candidate | null {
  const plain = namesFor(search.gazetteer, cue, typed);
  const found = plain.length > 0 || full === typed ? plain : namesFor(search.gazetteer, cue, full);
  const names = found.filter((name) => !isFoldedApart(name, search.words.slice(start, end)));
  if (names.length === 0 || !(isOutsideOfWords(names, start, end) || isAllowed(search, cue, start, end))) return null;
  const piece = names.every(({ form }) => form === 'part') ? PIECE_COST : 0;
  return { start, end, names, cue, guessed: false, score: (plain.length > 0 ? typed.length : full.length) - piece };
}

/** "baru" is the everyday word, not Barru with a letter saved. */
function isFoldedApart(name: Name, span: readonly PlaceWord[]): boolean {
  return (
    name.target.kind === 'outside' &&
    span.every((word) => word.ordinary) &&
    name.spelled.replaceAll(' ', '') !== span.map((word) => word.text).join('')
  );
}

/** "jawa tengah": everyday words each, together only a province. */
function isOutsideOfWords(names: readonly Name[], start: number, end: number): boolean {
  return end - start > 1 && names.every(({ target }) => target.kind === 'outside');
}

/** A name that is an everyday word counts only where the words around it say that it is a place. */
function isAllowed(search: Search, cue: Cue, start: number, end: number): boolean {
  if (cue.level !== null || cue.facility !== null) return true;
  const span = search.words.slice(start, end);
  const ordinary = span.every((word) => word.ordinary);
  const joined = span.map((word) => word.text).join(' ');
  if (!ordinary && !needsLevel(joined)) return true;
  if (search.bare || isWhole(search.words, start, end)) return true;
  if (needsLevel(joined)) return isPlacedByWords(search, cue, start, end);
  // "Kampung Baru puskesmas mana": everyday words, yet two of them, and they open the message or a facility word follows.
  const opens = span.length > 1 && (start === 0 || isFacilityWord(search.words[end]?.text ?? ''));
  return cue.at || cue.origin || opens;
}

/** Words that stay no place even where a place is asked for: "buka di kota", "puskesmas di jalan". */
const NEVER_ALONE = /^(sumber|suka|batu|tengah|kota|baru|rumah|jalan)$/;

/**
 * "di Jeruk kec Kraton", "puskesmas mana yang buka di Semut?": behind di and before a kecamatan, or where the message
 * asks for a puskesmas and nothing follows that "di gunting" or "di kandung (kemih)" would need, the village is meant.
 */
function isPlacedByWords({ words, gazetteer }: Search, cue: Cue, start: number, end: number): boolean {
  if (!cue.at && !cue.origin) return false;
  const next = words[end];
  if (next !== undefined && !next.boundary && isKecamatanWord(next.text)) return true;
  if (NEVER_ALONE.test(words[start]?.text ?? '') || !words.some((word) => isHouseOrOpening(word.text))) return false;
  if (next === undefined || next.boundary || next.around || isHouseOrOpening(next.text)) return true;
  return !next.ordinary && gazetteer.areas.has(next.full);
}
