import type { Facility } from '../../../domain/facility.js';
import type { Area } from '../../../domain/place.js';
import { foldWord, foldWords } from './spelling.js';

/** What a name stands for. `wider`: something that holds ours and others ("Kaltim"), which names no place of ours. */
export type Target =
  | { readonly kind: 'area'; readonly area: Area }
  | { readonly kind: 'facility'; readonly facility: Facility }
  | { readonly kind: 'outside'; readonly name: string }
  | { readonly kind: 'wider' };

/** One way of writing one place. */
export interface Name {
  readonly target: Target;
  readonly key: string;
  /** Its words, folded. */
  readonly words: readonly string[];
  /** The words as written in the data, in small letters: tells "Karang Rejo" from "Karangrejo". */
  readonly spelled: string;
  /** `whole`: the name or a nickname of its own. `start`: its beginning ("Rapak" of "Rapak Mahang"). `part`: another piece. */
  readonly form: 'whole' | 'start' | 'part';
  /** A short name such as "balbar": never guessed from something like it. */
  readonly exactly?: true;
}

const WORDS = /[a-z]+|[0-9]+/g;

/** Small-letter words of a name as the data writes it. */
export function wordsOf(name: string): readonly string[] {
  return (
    name
      .normalize('NFKD')
      .replace(/[\u0300-\u036f'’]/g, '')
      .toLowerCase()
      .match(WORDS) ?? []
  );
}

/** Builds one written form; null when nothing is left to write. */
export function nameOf(target: Target, words: readonly string[], form: Name['form'] = 'whole'): Name | null {
  const key = foldWords(words);
  return key.length < 2 ? null : { target, key, words: words.map(foldWord), spelled: words.join(' '), form };
}

/** Words behind a name that people leave out when they speak of the whole neighbourhood. */
const SIDES = new Set([
  'ulu',
  'ilir',
  'hulu',
  'hilir',
  'tengah',
  'darat',
  'laut',
  'wetan',
  'kulon',
  'lor',
  'kidul',
  'atas',
  'bawah',
  'kuala',
]);
const KINDS_OF_REGION: Readonly<Record<string, readonly string[]>> = {
  kabupaten: ['kabupaten', 'kab'],
  kota: ['kota', 'kotamadya', 'kodya'],
};

/** Every way of writing an area. */
export function areaNames(area: Area): readonly Name[] {
  const target: Target = { kind: 'area', area };
  const words = wordsOf(area.name);
  const [first, ...rest] = words;
  const kinds = area.level === 'kabupaten_kota' && first !== undefined ? KINDS_OF_REGION[first] : undefined;
  if (kinds !== undefined) {
    return [nameOf(target, rest), ...kinds.map((kind) => nameOf(target, [kind, ...rest]))].filter(
      (name) => name !== null,
    );
  }
  const stem = words.length > 1 && SIDES.has(words.at(-1) ?? '') ? nameOf(target, words.slice(0, -1), 'part') : null;
  return [nameOf(target, words), stem].filter((name) => name !== null);
}

/** Words that say what a facility is, not which. */
const FACILITY_WORDS = new Set(
  'puskesmas pembantu pustu pusban rs rsud rsu rsia rsi rsb rumah sakit hospital hospitals klinik bersalin mata tk dr drg r desa umum daerah formerly'.split(
    ' ',
  ),
);

/** Every way of writing a facility: its core, parts of it, initials, and its aliases. */
export function facilityNames(facility: Facility): readonly Name[] {
  const target: Target = { kind: 'facility', facility };
  const names = [facility.name.replace(/\(.*?\)/g, ' '), ...bracketed(facility.name), ...facility.aliases];
  return names.flatMap((name) => [...fullForm(target, name), ...formsOf(target, coreWords(name), facility.kind)]);
}

/** "baru desa sepatin": all that follows the kind of the facility, as its sign has it. */
function fullForm(target: Target, name: string): readonly Name[] {
  const words = wordsOf(name);
  const first = words.findIndex((word) => !FACILITY_WORDS.has(word));
  const full = first < 0 ? null : nameOf(target, words.slice(first));
  return full === null ? [] : [full];
}

function bracketed(name: string): readonly string[] {
  return [...name.matchAll(/\((.*?)\)/g)].map((match) => match[1] ?? '');
}

function coreWords(name: string): readonly string[] {
  const words = wordsOf(name);
  const core = words.filter(
    (word, at) => !FACILITY_WORDS.has(word) && !(words[at - 1] === 'tk' && /^[iv]+$/.test(word)),
  );
  return core.length > 0 ? core : words;
}

function formsOf(target: Target, core: readonly string[], kind: Facility['kind']): readonly Name[] {
  const cuts = core.slice(1).map((_, at) => at + 1);
  const starts = cuts.map((cut) => core.slice(0, cut));
  const ends = kind === 'pustu' ? [] : cuts.map((cut) => core.slice(cut));
  const pieces = kind === 'hospital' || kind === 'clinic' ? [...core.map((word) => [word]), ...initials(core)] : [];
  return [
    nameOf(target, core),
    ...starts.filter(isLongEnough).map((words) => nameOf(target, words, 'start')),
    ...[...ends, ...pieces].filter(isLongEnough).map((words) => nameOf(target, words, 'part')),
  ].filter((name) => name !== null);
}

/** "rapak", "mahang", "utara 2"; a numeral or two letters alone are no name. */
function isLongEnough(words: readonly string[]): boolean {
  return words.join('').length > 2 && !/^[0-9]+$/.test(words.join('')) && !/^i+$/.test(words.join(''));
}

/** "aji muhammad parikesit" → "am parikesit", "aji m parikesit", "amp". */
function initials(core: readonly string[]): readonly (readonly string[])[] {
  if (core.length < 3) return [];
  const letters = core.map((word) => word.charAt(0));
  const last = core.at(-1) ?? '';
  return [[...letters.slice(0, -1), last], [core[0] ?? '', ...letters.slice(1, -1), last], [letters.join('')]];
}
