import { closeCandidate } from './close.js';
import { type Cue, cueBefore, isFacilityWord } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import { needsLevel } from './ordinary.js';
import { type Candidate, isWhole, namesFor, type Search } from './search.js';
import { joinFolded } from './spelling.js';
import type { PlaceWord } from './words.js';

/** Dear look-ups that one message may cause. */
const ALLOWANCE = 60;
/** More places than this nobody means; what follows is not looked at. */
const MOST_CANDIDATES = 60;

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
  if (cue.street) return;
  const longest = Math.max(gazetteer.areas.longest, gazetteer.facilities.longest);
  let typed = '';
  let full = '';
  for (let end = start + 1; end <= Math.min(words.length, start + longest); end += 1) {
    const word = words[end - 1];
    if (word === undefined || (end > start + 1 && word.boundary)) return;
    typed = joinFolded(typed, word.folded);
    full = joinFolded(full, word.full);
    const candidate = exact(search, cue, start, end, typed, full) ?? closeCandidate(search, cue, start, end, full);
    if (candidate !== null) found.push(candidate);
  }
}

function exact(search: Search, cue: Cue, start: number, end: number, typed: string, full: string): Candidate | null {
  const plain = namesFor(search.gazetteer, cue, typed);
  const names = plain.length > 0 || full === typed ? plain : namesFor(search.gazetteer, cue, full);
  if (names.length === 0 || !isAllowed(search, cue, start, end)) return null;
  return { start, end, names, cue, score: plain.length > 0 ? typed.length : full.length };
}

/** A name that is an everyday word counts only where the words around it say that it is a place. */
function isAllowed(search: Search, cue: Cue, start: number, end: number): boolean {
  if (cue.level !== null || cue.facility !== null) return true;
  const span = search.words.slice(start, end);
  const ordinary = span.every((word) => word.ordinary);
  const joined = span.map((word) => word.text).join(' ');
  if (!ordinary && !needsLevel(joined)) return true;
  if (search.bare || isWhole(search.words, start, end)) return true;
  if (needsLevel(joined)) return false;
  // "Kampung Baru puskesmas mana": everyday words, yet two of them, and they open the message or a facility word follows.
  const opens = span.length > 1 && (start === 0 || isFacilityWord(search.words[end]?.text ?? ''));
  return cue.at || cue.origin || opens;
}
