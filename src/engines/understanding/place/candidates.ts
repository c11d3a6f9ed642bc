import { closeCandidate } from './close.js';
import { type Cue, cueBefore, isFacilityWord } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import type { Name } from './names.js';
import { isOrdinary, needsLevel } from './ordinary.js';
import { joinFolded } from './spelling.js';
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

/** What the finding of one message works on. */
export interface Search {
  readonly words: readonly PlaceWord[];
  readonly gazetteer: Gazetteer;
  /** The message is an answer to "di mana?". */
  readonly bare: boolean;
  /** Dear look-ups still allowed, so that no message is slow. */
  allowance: number;
}

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

/** Names of the key: facilities behind a facility word; without one only where no area has the name. */
export function namesFor(gazetteer: Gazetteer, cue: Cue, key: string): readonly Name[] {
  const areas = gazetteer.areas.get(key);
  if (cue.facility === null && areas.length > 0) return areas;
  const facilities = gazetteer.facilities.get(key);
  if (facilities.length === 0) return areas;
  if (cue.facility === null) return fullest(facilities.filter((name) => name.form === 'whole' || isTelling(name, cue)));
  for (const kind of cue.facility) {
    const ofKind = facilities.filter(({ target }) => target.kind === 'facility' && target.facility.kind === kind);
    if (ofKind.length > 0) return fullest(ofKind);
  }
  return areas;
}

/** Whole names before beginnings, beginnings before other pieces: "Puskesmas Rapak" is Rapak Mahang, not Muara Rapak. */
function fullest(names: readonly Name[]): readonly Name[] {
  for (const form of ['whole', 'start'] as const) {
    const kept = names.filter((name) => name.form === form);
    if (kept.length > 0) return kept;
  }
  return names;
}

/** A part of a name that needs no "puskesmas" or "rs" before it: "parikesit", "rapak"; "di handil" is a place. */
function isTelling(name: Name, cue: Cue): boolean {
  const isHospital = name.target.kind === 'facility' && name.target.facility.kind === 'hospital';
  return (isHospital || !(cue.at || cue.origin)) && name.key.length > 4 && !name.words.every(isOrdinary);
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

/** True when the message says nothing else: "Damai", "di Damai kak". */
export function isWhole(words: readonly PlaceWord[], start: number, end: number): boolean {
  return words.every((word, at) => (at >= start && at < end) || word.around);
}
