import { type Cues, compileCues, findCues, matchAt, type WordForms } from './cues.js';
import lexicon from './lexicon/cues.json' with { type: 'json' };
import { findRegions, type RegionMention } from './region-names.js';

/**
 * What a named region is to the person. `ktp`: their KTP's or KK's. `origin`: they are from there. `programme`: whose
 * programme or government is named. `residence`: they live there. `place`: where they are, go or work. `lacked`:
 * the region whose KTP they say they do not have.
 */
export type RegionRole = 'ktp' | 'lacked' | 'origin' | 'programme' | 'residence' | 'place';

export interface RoledRegion extends RegionMention {
  readonly role: RegionRole;
}

/** How many words back a cue may stand. */
const REACH = 5;

const CUES: readonly (readonly [RegionRole, Cues])[] = [
  ['ktp', compileCues(lexicon.ktpWords)],
  ['origin', compileCues(lexicon.originWords)],
  ['programme', compileCues(lexicon.programmeWords)],
  ['residence', compileCues(lexicon.residence)],
  ['place', compileCues(lexicon.place)],
];
const VISITOR_FROM = compileCues(lexicon.visitorFrom);
const CORRECTION = compileCues(lexicon.correction);
const LACKED = compileCues(lexicon.lackOfKtp);
const MOVED = compileCues(lexicon.moved);
const MOVED_TO = compileCues(lexicon.movedTo);
const NOT_YET = compileCues(lexicon.notYet);
const FORMERLY = compileCues(lexicon.formerly);
const NOT_ORIGIN = compileCues(lexicon.notOrigin);
const GOING = compileCues(lexicon.going);
const HERE = compileCues(lexicon.here);
/**
 * Every region that the message names, with what it is to the person. One of ours that no word places anywhere
 * ("bontang bisa gratis kan") is where they live. After "eh salah" only what follows counts.
 */
export function regionsWithRoles(words: readonly WordForms[]): readonly RoledRegion[] {
  const corrected = findCues(CORRECTION, words).at(-1)?.from ?? 0;
  const all = findRegions(words);
  const after = all.filter((mention) => mention.from >= corrected);
  const counted = after.length > 0 ? after : all;
  const mentions = counted.filter((mention) => !isLeft(words, mention, counted));
  const moved = mentions.length < counted.length;
  return mentions
    .filter((mention) => !isSender(words, mention))
    .flatMap((mention, at) => {
      const role = moved && isAfterTo(words, mention) ? 'ktp' : roleOf(words, mention, mentions[at - 1]?.to ?? 0);
      const isTold = role === 'ktp' || role === 'origin' || role === 'residence';
      return mention.bare && !isTold
        ? []
        : [{ ...mention, role: role ?? (mention.code === null ? 'place' : 'residence') }];
    });
}

/** "pindah KTP dari Makassar ke Balikpapan", "dulu KTP Balikpapan, sekarang Samboja": the place left counts no more. */
function isLeft(words: readonly WordForms[], mention: RegionMention, all: readonly RegionMention[]): boolean {
  if (isLeftWithDari(words, mention, all)) return true;
  const isLaterTold = all.some((other) => other.from >= mention.to && isTheirs(words, other));
  return (isLaterTold && isFormer(words, mention)) || isBeforeMove(words, mention, all);
}

function isTheirs(words: readonly WordForms[], mention: RegionMention): boolean {
  const role = roleOf(words, mention, 0);
  return role === 'ktp' || role === 'origin' || role === 'residence';
}

function isFormer(words: readonly WordForms[], { from }: RegionMention): boolean {
  return [1, 2, 3].some(
    (back) => matchAt(FORMERLY, words, from - back) !== null && !isPausedWithin(words, from - back, from),
  );
}

/** "dari Probolinggo tapi sudah pindah KK ke Sukorejo"; a move that is only planned has not happened. */
function isBeforeMove(words: readonly WordForms[], mention: RegionMention, all: readonly RegionMention[]): boolean {
  return findCues(MOVED_TO, words).some(
    (move) =>
      move.from >= mention.to &&
      all.some((other) => other.from >= move.to && other.from - move.to <= REACH) &&
      ![1, 2].some((back) => matchAt(NOT_YET, words, move.from - back) !== null),
  );
}

function isPausedWithin(words: readonly WordForms[], from: number, to: number): boolean {
  return words.slice(from, to).some((word) => word.pause);
}

function isLeftWithDari(words: readonly WordForms[], { from }: RegionMention, all: readonly RegionMention[]): boolean {
  if (words[from - 1]?.forms.includes('dari') !== true || findCues(MOVED, words).length === 0) return false;
  return all.some((other) => other.from > from && isAfterTo(words, other));
}

function isAfterTo(words: readonly WordForms[], { from }: RegionMention): boolean {
  return words[from - 1]?.forms.includes('ke') === true;
}

/** "bantuan dari Jakarta", "rujukan dari Samarinda": who sent it, not where they are from. */
function isSender(words: readonly WordForms[], { code, from }: RegionMention): boolean {
  if (code !== null || matchAt(VISITOR_FROM, words, from - 1) === null) return false;
  return [2, 3].some((back) => matchAt(NOT_ORIGIN, words, from - back) !== null);
}

/** What a place of the place engine is to the person, by the words around its name; null when none tells. */
export function roleAt(words: readonly WordForms[], mention: RegionMention): RegionRole | null {
  return roleOf(words, mention, 0);
}

/** Reads back from the name to the nearest cue; "program KTP Kukar" names the programme, not the person's KTP. */
function roleOf(words: readonly WordForms[], mention: RegionMention, floor: number): RegionRole | null {
  for (let at = mention.from - 1; at >= Math.max(floor, mention.from - REACH); at -= 1) {
    if (words[at]?.stop === true) break;
    const role = CUES.find(([, cues]) => matchAt(cues, words, at) !== null)?.[0];
    if (role === 'ktp' && !isProgramme(words, at)) return isLacked(words, at) ? 'lacked' : 'ktp';
    if (role === 'ktp') return 'programme';
    const behind = role === 'place' ? roleBehindIn(words, at, floor) : null;
    if (behind !== null) return behind;
    if (role !== undefined) return role;
    // "berobat Kukar", but not "berobat gratis Kukar": only right before the name it says where they go.
    if (at === mention.from - 1 && matchAt(GOING, words, at) !== null) return 'place';
    if (matchAt(VISITOR_FROM, words, at) !== null) return 'origin';
  }
  return roleAfter(words, mention);
}

/** "Kukar ktp-nya", "bontang asli", "bontang kuala sini": the cue stands behind the name. */
function roleAfter(words: readonly WordForms[], { to }: RegionMention): RegionRole | null {
  for (const at of [to, to + 1]) {
    if (words[at - 1]?.pause === true) return null;
    const role = CUES.find(([, cues]) => matchAt(cues, words, at) !== null)?.[0];
    if (role === 'ktp' && at === to) return 'ktp';
    if (role === 'origin') return 'origin';
    if (matchAt(HERE, words, at) !== null && at === to) return 'residence';
  }
  return null;
}

/** "belum punya KTP Balikpapan": wherever theirs is from, it is not from there. */
function isLacked(words: readonly WordForms[], ktpAt: number): boolean {
  if (words[ktpAt - 1]?.pause === true) return false;
  return [1, 2, 3].some((back) => {
    const end = matchAt(LACKED, words, ktpAt - back);
    return end !== null && end > ktpAt;
  });
}

function isProgramme(words: readonly WordForms[], ktpAt: number): boolean {
  return [ktpAt - 1, ktpAt - 2].some(
    (at) => words[at]?.forms.some((form) => form === 'program' || form === 'uhc') === true,
  );
}

/** "tinggal di Tenggarong", "KTP saya di Bontang": whose it is, though "di" stands nearest; not "cukup KTP berobat di Balikpapan". */
function roleBehindIn(words: readonly WordForms[], placeAt: number, floor: number): RegionRole | null {
  if (words[placeAt]?.forms.some((form) => form === 'di' || form === 'ke') !== true) return null;
  let isGoing = false;
  for (let at = placeAt - 1; at >= Math.max(floor, placeAt - 3); at -= 1) {
    if (words[at]?.stop === true) return null;
    isGoing = isGoing || matchAt(GOING, words, at) !== null;
    const role = CUES.find(([, cues]) => matchAt(cues, words, at) !== null)?.[0];
    if (role === 'residence' || (role === 'ktp' && !isGoing)) return role;
  }
  return null;
}
