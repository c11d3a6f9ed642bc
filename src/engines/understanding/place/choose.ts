import type { Facility } from '../../../domain/facility.js';
import type { Area } from '../../../domain/place.js';
import type { PlaceAsked, PlaceMention, PlaceOption } from '../types.js';
import type { Gazetteer } from './gazetteer.js';
import { type Name, type Target, wordsOf } from './names.js';
import { isOrdinary } from './ordinary.js';
import type { Candidate } from './search.js';
import type { PlaceWord } from './words.js';

/** More places than this no message means. */
const MOST_PLACES = 8;

/** A place named, and where in the raw message. */
export interface PlaceFound {
  readonly mention: PlaceMention;
  readonly from: number;
  readonly to: number;
}

interface Chosen extends Candidate {
  readonly targets: readonly Target[];
  /** Its words in small letters. */
  readonly typed: string;
}

/** The candidates that stand: longer and truer names first, none across another. In the order of the message. */
function withoutOverlaps(candidates: readonly Candidate[]): readonly Candidate[] {
  const taken: Candidate[] = [];
  const byWorth = [...candidates].sort((a, b) => b.score - a.score || a.start - b.start);
  for (const candidate of byWorth) {
    if (taken.every((other) => candidate.end <= other.start || other.end <= candidate.start)) taken.push(candidate);
  }
  return taken.sort((a, b) => a.start - b.start);
}

/**
 * Settles what each name stands for. By contract a kecamatan beats its namesake village; a kabupaten or
 * kecamatan named beside a village tells which one is meant, and so does the region chosen earlier.
 */
export function settle(
  candidates: readonly Candidate[],
  words: readonly PlaceWord[],
  gazetteer: Gazetteer,
  homeRegion: string | null,
): readonly PlaceFound[] {
  const chosen = withoutOverlaps(candidates)
    .slice(0, MOST_PLACES)
    .map((candidate) => ({ ...candidate, targets: targetsOf(candidate), typed: typedOf(candidate, words) }));
  const named = chosen.filter(({ targets }) => targets.some((target) => target.kind !== 'wider'));
  const settled = named.map((one, at) => ({ one, targets: narrowed(one, named, at, homeRegion) }));
  return settled
    .filter(({ one, targets }) => !settled.some((other) => other.one !== one && holds(targets, other.targets)))
    .filter(({ one }, at, all) => !isQualifiedOutside(one, all[at + 1]?.one))
    .filter(({ one, targets }, at, all) => !liesElsewhere(one, targets, all[at + 1]))
    .filter(({ one, targets }, at, all) => !onlySaysWhere(one, targets, all[at - 1]))
    .filter(({ one }, _, all) => !isVague(one) || all.every((other) => other.one === one || other.one.cue.origin))
    .map(({ one, targets }) => ({
      mention: { place: placeOf(one, targets, gazetteer), role: one.cue.origin ? 'origin' : 'there' },
      from: words[one.start]?.from ?? 0,
      to: words[one.end - 1]?.to ?? 0,
    }));
}

/** "puskesmas baru di Kota Bangun" is a new one: a piece of a name that is an everyday word gives way to any other name. */
function isVague({ names }: Chosen): boolean {
  return names.every(({ form, spelled }) => form === 'part' && isOrdinary(spelled));
}

/** "Gadingrejo Pasuruan": the region's name behind a place elsewhere that is called after it as well. */
function onlySaysWhere(
  one: Chosen,
  targets: readonly Target[],
  before: { one: Chosen; targets: readonly Target[] } | undefined,
): boolean {
  const [region] = targets;
  const [outside] = before?.targets ?? [];
  if (before === undefined || region?.kind !== 'area' || outside?.kind !== 'outside') return false;
  if (region.area.level !== 'kabupaten_kota' || one.start !== before.one.end || one.cue.level !== null) return false;
  return wordsOf(outside.name).includes(wordsOf(region.area.name).at(-1) ?? '');
}

function typedOf({ start, end }: Candidate, words: readonly PlaceWord[]): string {
  return words
    .slice(start, end)
    .map((word) => word.text)
    .join(' ');
}

function targetsOf({ names }: Candidate): readonly Target[] {
  const whole = names.filter((name) => name.form === 'whole');
  return unique((whole.length > 0 ? whole : names).map((name) => name.target));
}

function unique(targets: readonly Target[]): readonly Target[] {
  return targets.filter((target, at) => targets.findIndex((other) => codeOf(other) === codeOf(target)) === at);
}

function codeOf(target: Target): string {
  if (target.kind === 'area') return target.area.code;
  if (target.kind === 'facility') return target.facility.id;
  return target.kind === 'outside' ? `outside ${target.name}` : 'wider';
}

function narrowed(one: Chosen, all: readonly Chosen[], at: number, homeRegion: string | null): readonly Target[] {
  const others = all.filter((_, other) => other !== at).flatMap((other) => other.targets);
  const inNamed = keep(one.targets, (target) =>
    others.some((other) => other.kind === 'area' && isWithin(target, other.area)),
  );
  const byLevel = keep(
    inNamed,
    (target) => one.cue.level !== null && target.kind === 'area' && target.area.level === one.cue.level,
  );
  const ours = keep(byLevel, (target) => target.kind === 'area' || target.kind === 'facility');
  const greatest = one.cue.level === 'kelurahan_desa' || inNamed !== one.targets ? ours : greatestLevel(ours);
  const atHome = keep(greatest, (target) => homeRegion !== null && regionOf(target) === homeRegion);
  return atHome.length < 2 ? atHome : asSpelled(one, atHome);
}

/** Those that fulfil the test, or all when none does. */
function keep(targets: readonly Target[], test: (target: Target) => boolean): readonly Target[] {
  const kept = targets.filter(test);
  return kept.length > 0 && kept.length < targets.length ? kept : targets;
}

function greatestLevel(targets: readonly Target[]): readonly Target[] {
  for (const level of ['kabupaten_kota', 'kecamatan'] as const) {
    const kept = targets.filter((target) => target.kind === 'area' && target.area.level === level);
    if (kept.length > 0) return kept;
  }
  return targets;
}

/**
 * Of "Karang Rejo" and "Karangrejo" the one that was typed, where it was typed in two words: a space left out
 * is a habit, a space put in is not.
 */
function asSpelled(one: Chosen, targets: readonly Target[]): readonly Target[] {
  if (one.end - one.start < 2) return targets;
  const exact = new Set(
    one.names.filter((name: Name) => name.spelled === one.typed).map((name) => codeOf(name.target)),
  );
  return keep(targets, (target) => exact.has(codeOf(target)));
}

function regionOf(target: Target): string | null {
  if (target.kind === 'area') return target.area.code.slice(0, 5);
  return target.kind === 'facility' ? target.facility.regionCode : null;
}

/** Kemendagri codes hold their parents: 64.02.06.1001 lies in 64.02.06. */
function isWithin(target: Target, area: Area): boolean {
  const under = (code: string | null): boolean => code?.startsWith(`${area.code}.`) === true;
  if (target.kind === 'area') return under(target.area.code);
  if (target.kind !== 'facility') return false;
  const { regionCode, kecamatanCode, kelurahanCode } = target.facility;
  return [regionCode, kecamatanCode, kelurahanCode].some((code) => code === area.code || under(code));
}

/** True when the first only says where the second lies: "Loa Ipuh, Tenggarong". */
function holds(outer: readonly Target[], inner: readonly Target[]): boolean {
  const [area, ...more] = outer;
  return (
    area?.kind === 'area' &&
    more.length === 0 &&
    inner.length > 0 &&
    inner.every((target) => isWithin(target, area.area))
  );
}

/** "Sukorejo Blitar": ours by name, but the next word says that another is meant. */
function isQualifiedOutside(one: Chosen, next: Chosen | undefined): boolean {
  if (next === undefined || next.start - one.end > 1 || next.cue.at || next.cue.origin) return false;
  return next.targets.every((target) => target.kind === 'outside');
}

/** "Kampung Baru Balikpapan" where ours lie in another kabupaten: only the region that was named is sure. */
function liesElsewhere(
  one: Chosen,
  targets: readonly Target[],
  next: { one: Chosen; targets: readonly Target[] } | undefined,
): boolean {
  const region = next?.targets[0];
  if (next === undefined || next.one.start - one.end > 1 || next.one.cue.at || next.one.cue.origin) return false;
  if (region?.kind !== 'area' || region.area.level !== 'kabupaten_kota') return false;
  return targets.every(
    (target) => target.kind === 'area' && target.area.level === 'kelurahan_desa' && !isWithin(target, region.area),
  );
}

/** What the options share, as it was typed ("Klandasan"), or as it is spelt where it was misspelt. */
function sharedName({ names, guessed, typed }: Chosen): string {
  const said = guessed ? (names[0]?.spelled ?? typed) : typed;
  return said.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function placeOf(one: Chosen, targets: readonly Target[], gazetteer: Gazetteer): PlaceAsked {
  const options = targets.flatMap((target) => optionOf(target, gazetteer));
  const [first] = options;
  if (first !== undefined && options.length === 1) {
    return first.kind === 'area' ? { kind: 'area', area: first.area } : { kind: 'facility', facility: first.facility };
  }
  if (first !== undefined) return { kind: 'ambiguous', name: sharedName(one), options };
  const outside = targets.find((target) => target.kind === 'outside');
  return { kind: 'outside', name: outside?.name ?? '' };
}

function optionOf(target: Target, gazetteer: Gazetteer): readonly PlaceOption[] {
  if (target.kind === 'area')
    return [{ kind: 'area', area: target.area, within: nameOfArea(target.area.parentCode, gazetteer) }];
  if (target.kind !== 'facility') return [];
  const { facility } = target;
  return [{ kind: 'facility', facility, within: placeOfFacility(facility, gazetteer) }];
}

function placeOfFacility(facility: Facility, gazetteer: Gazetteer): string {
  return nameOfArea(facility.kecamatanCode ?? facility.regionCode, gazetteer);
}

function nameOfArea(code: string | null, gazetteer: Gazetteer): string {
  return code === null ? '' : (gazetteer.areaByCode.get(code)?.name ?? '');
}
