import type { FacilityKind } from '../../../domain/facility.js';
import type { AreaLevel } from '../../../domain/place.js';
import lexicon from '../lexicon/place-words.json' with { type: 'json' };
import type { PlaceWord } from './words.js';

/** What the words before a possible name say about it. */
export interface Cue {
  readonly at: boolean;
  readonly origin: boolean;
  readonly street: boolean;
  readonly level: AreaLevel | null;
  /** The name stands right behind a word such as puskesmas: it is the facility's own name. */
  readonly facility: readonly FacilityKind[] | null;
}

const AT = new Set(lexicon.at);
const ORIGIN = new Set(lexicon.origin);
const STREET = new Set(lexicon.street);
const VOCATIVE = new Set(lexicon.vocative);
const LEVEL = new Map<string, AreaLevel>(
  (Object.entries(lexicon.level) as [AreaLevel, string[]][]).flatMap(([level, words]) =>
    words.map((word) => [word, level] as const),
  ),
);
const PUSKESMAS: ReadonlySet<string> = new Set(lexicon.facility.puskesmas);
const PUSTU: ReadonlySet<string> = new Set(lexicon.facility.pustu);
const HOSPITAL: ReadonlySet<string> = new Set(lexicon.facility.hospital);
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map(Object.entries(lexicon.abbreviations));

/** The full word behind an abbreviation used in names ("tj" tanjung), or the word itself. */
export function expanded(word: string): string {
  return ABBREVIATIONS.get(word) ?? word;
}

/** True for a word that says puskesmas, pustu or hospital in any spelling. */
export function isFacilityWord(word: string): boolean {
  return PUSKESMAS.has(word) || PUSTU.has(word) || HOSPITAL.has(word);
}

const OPENING = /^(buka|bukak|bukka|bka|buko|tutup|tukup|totop|mbukak|mana|endi|dimma)$/;

/** True for a word of a facility or of opening: the message asks where care is given. */
export function isHouseOrOpening(word: string): boolean {
  return isFacilityWord(word) || OPENING.test(word);
}

/** True for "kec", "kecamatan" and their spellings. */
export function isKecamatanWord(word: string): boolean {
  return LEVEL.get(word) === 'kecamatan';
}

/** True for a word that leads to a place or addresses the reader, and is not a name itself. */
export function isAroundNames(word: string): boolean {
  return (
    AT.has(word) ||
    ORIGIN.has(word) ||
    LEVEL.has(word) ||
    VOCATIVE.has(word) ||
    STREET.has(word) ||
    isFacilityWord(word)
  );
}

/** Reads back from the word at `start`: up to four words, not across punctuation. */
export function cueBefore(words: readonly PlaceWord[], start: number): Cue {
  let at = false;
  let origin = false;
  let level: AreaLevel | null = null;
  for (let back = start - 1; back >= Math.max(0, start - 4); back -= 1) {
    if (words[back + 1]?.boundary === true) break;
    const word = words[back]?.text ?? '';
    const levelHere = LEVEL.get(word);
    if (levelHere !== undefined && level === null && !at) level = levelHere;
    else if (AT.has(word)) at = true;
    else if (ORIGIN.has(word)) origin = true;
    else break;
  }
  return {
    at,
    origin: origin && !(at && !lastIsOrigin(words, start)),
    level,
    street: isStreet(words, start),
    facility: facilityBefore(words, start),
  };
}

/** English names the house behind the name: "Damai health center", "Bangil hospital". */
export function withHouseBehind(cue: Cue, words: readonly PlaceWord[], end: number): Cue {
  const [word, next] = [words[end], words[end + 1]];
  if (cue.facility !== null || word === undefined || word.boundary) return cue;
  if (word.text === 'clinic' || (word.text === 'health' && /^(cent(er|re)|clinic)$/.test(next?.text ?? '')))
    return { ...cue, facility: ['puskesmas', 'pustu'] };
  return word.text === 'hospital' ? { ...cue, facility: ['hospital', 'clinic'] } : cue;
}

/** In "warga di Tenggarong" both kinds of words stand there: the person comes from it unless only the far one says so. */
function lastIsOrigin(words: readonly PlaceWord[], start: number): boolean {
  const further = words.slice(Math.max(0, start - 4), start).map((word) => word.text);
  return further.some((word) => ORIGIN.has(word));
}

function isStreet(words: readonly PlaceWord[], start: number): boolean {
  return words[start]?.boundary !== true && STREET.has(words[start - 1]?.text ?? '');
}

function facilityBefore(words: readonly PlaceWord[], start: number): readonly FacilityKind[] | null {
  if (words[start]?.boundary === true) return null;
  const word = words[start - 1]?.text ?? '';
  if (PUSTU.has(word)) return ['pustu'];
  if (PUSKESMAS.has(word)) return ['puskesmas', 'pustu'];
  const isHospital =
    HOSPITAL.has(word) ||
    (word === 'sakit' && /^(rumah|rumha|ruamh|urmah|rumh|rmh)$/.test(words[start - 2]?.text ?? ''));
  return isHospital ? ['hospital', 'clinic'] : null;
}
