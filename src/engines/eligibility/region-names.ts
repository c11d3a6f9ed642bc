import type { Span } from '../language/index.js';
import { compileCues, matchAt, type WordForms } from './cues.js';
import regions from './lexicon/regions.json' with { type: 'json' };

/** A region that the message names, with where it stands. */
export interface RegionMention extends Span {
  /** Kemendagri code when it is one of ours; null for any other. */
  readonly code: string | null;
  /** True for another region of East Kalimantan. */
  readonly kaltim: boolean;
  /** As it was written; shown to nobody when it is one of ours. */
  readonly name: string;
  /** A word that is a name only beside a cue ("beji", "rembang"). */
  readonly bare: boolean;
}

type Kind = Omit<RegionMention, 'name' | 'from' | 'to'>;

const TABLES = [
  ...regions.ours.map(({ code, names }) => table(names, { code, kaltim: false, bare: false })),
  table(regions.oursBare.names, { code: regions.oursBare.code, kaltim: false, bare: true }),
  table(regions.kaltim, { code: null, kaltim: true, bare: false }),
  table(regions.elsewhere, { code: null, kaltim: false, bare: false }),
  table(regions.elsewhereBare, { code: null, kaltim: false, bare: true }),
];

function table(names: string, kind: Kind) {
  return { kind, cues: compileCues(names.split('|')), typed: new Set(names.split('|')) };
}

/** "pupuk kaltim" is a company, not a place: what stands before a name and makes it none. */
const NOT_A_PLACE = new Set(['pupuk', 'pkt', 'bank', 'bankaltimtara', 'bpd']);
/** Another government than the Kabupaten, of the same name. */
export const KOTA_PASURUAN = 'Kota Pasuruan';
const LEVEL_KOTA = new Set(['kota', 'kodya', 'kotamadya']);

/** Every region named, longest name first, none across another, in the order of the message. */
export function findRegions(words: readonly WordForms[]): readonly RegionMention[] {
  const found: RegionMention[] = [];
  for (let from = 0; from < words.length; ) {
    const mention = mentionAt(words, from);
    if (mention === null) from += 1;
    else {
      found.push(mention);
      from = mention.to;
    }
  }
  return found;
}

function mentionAt(words: readonly WordForms[], from: number): RegionMention | null {
  if (words[from - 1]?.forms.some((form) => NOT_A_PLACE.has(form)) === true) return null;
  let best: RegionMention | null = null;
  for (const { kind, cues, typed } of TABLES) {
    const to = matchAt(cues, words, from);
    if (to === null || (best !== null && to <= best.to)) continue;
    const name = nameOf(words, { from, to });
    // "batubara" is read as "batu …": a common word is a name only as it was typed.
    if (kind.bare && !typed.has(name)) continue;
    best = { ...kind, from, to, name };
  }
  if (best !== null && isKotaPasuruan(words, best)) return { ...best, code: null, name: KOTA_PASURUAN };
  return best;
}

function nameOf(words: readonly WordForms[], { from, to }: Span): string {
  const typed = words.slice(from, to).map((word) => word.forms[0] ?? '');
  return typed.join(' ');
}

/** A bare "Pasuruan" is taken for the Kabupaten, which is ten times as large. */
function isKotaPasuruan(words: readonly WordForms[], { from, name }: RegionMention): boolean {
  if (name === 'kota pasuruan' || name === 'pasuruan kota') return true;
  return name === 'pasuruan' && words[from - 1]?.forms.some((form) => LEVEL_KOTA.has(form)) === true;
}
