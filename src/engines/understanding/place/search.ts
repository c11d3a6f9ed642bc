import type { FacilityKind } from '../../../domain/facility.js';
import type { Cue } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import type { Name } from './names.js';
import { isOrdinary } from './ordinary.js';
import type { PlaceWord } from './words.js';

/** Words of the message that may name a place. */
export interface Candidate {
  readonly start: number;
  /** First word behind it. */
  readonly end: number;
  readonly names: readonly Name[];
  readonly cue: Cue;
  /** Found in spite of slips. */
  readonly guessed: boolean;
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

/** Names of the key: facilities behind a facility word; without one only where no area has the name. */
export function namesFor(gazetteer: Gazetteer, cue: Cue, key: string): readonly Name[] {
  const areas = gazetteer.areas.get(key);
  if (cue.facility === null && areas.length > 0) return areas;
  const facilities = gazetteer.facilities.get(key);
  if (facilities.length === 0) return areas;
  if (cue.facility === null) return fullest(facilities.filter((name) => name.form === 'whole' || isTelling(name, cue)));
  for (const kind of cue.facility) {
    const ofKind = fullest(facilities.filter((name) => isOfKind(name, kind, cue.facility?.[0])));
    // "puskesmas samarinda": the whole name of a place elsewhere before a piece of one of ours.
    const isPiece = ofKind.every(({ form }) => form === 'part') && areas.some(isWholeOutside);
    if (ofKind.length > 0 && !isPiece) return ofKind;
  }
  return areas;
}

/** Of a pustu only what calls itself one is known by the beginning of its name: "pustu lama". */
function isOfKind({ target, form }: Name, kind: FacilityKind, first: FacilityKind | undefined): boolean {
  if (target.kind !== 'facility' || target.facility.kind !== kind) return false;
  return form === 'whole' || kind !== 'pustu' || first === 'pustu';
}

function isWholeOutside({ target, form }: Name): boolean {
  return target.kind === 'outside' && form === 'whole';
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
  const kind = name.target.kind === 'facility' ? name.target.facility.kind : null;
  if (kind === 'pustu') return false;
  const isHospital = kind === 'hospital';
  return (isHospital || !(cue.at || cue.origin)) && name.key.length > 4 && !name.words.every(isOrdinary);
}

/** True when the message says nothing else: "Damai", "di Damai kak". */
export function isWhole(words: readonly PlaceWord[], start: number, end: number): boolean {
  return words.every((word, at) => (at >= start && at < end) || word.around);
}
