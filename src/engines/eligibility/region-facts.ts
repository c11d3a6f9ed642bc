import type { AskedFact, ProgrammeId } from '../../domain/eligibility.js';
import type { PlaceMention } from '../understanding/index.js';
import type { WordForms } from './cues.js';
import type { EligibilityFacts } from './facts.js';
import { type RoledRegion, regionsWithRoles, roleAt } from './ktp-region.js';
import { says } from './membership.js';
import { KOTA_PASURUAN } from './region-names.js';

/** Whose KTP a programme is for, by region. */
const LOCAL_PROGRAMME: Readonly<Record<string, Exclude<ProgrammeId, 'jkn'>>> = {
  '64.02': 'kukar',
  '64.74': 'bontang',
  '64.71': 'balikpapan',
  '35.14': 'pasuruan',
};

/** What else bears on whose region is meant. */
export interface RegionContext {
  readonly asked: AskedFact | null;
  /** They told that they have no active membership: then the region they name is the one they ask help of. */
  readonly statusTold: boolean;
}

/**
 * The KTP's region, where the person is, and the programme that the question names. The KTP's own words count most,
 * then where people say they are from, then the government or programme they turn to, then where they live; where they
 * merely are or go never makes a KTP of it, except in answer to our question.
 */
export function regionFacts(
  words: readonly WordForms[],
  mentions: readonly PlaceMention[],
  context: RegionContext,
): EligibilityFacts {
  const isFromThere = says('ktpAnywhere', words) || says('originWords', words);
  const hints = mentions
    .flatMap((mention) => fromHint(mention, words))
    .filter(({ code }) => code !== null || isFromThere);
  const named = regionsWithRoles(words).filter((region) => !isPartOf(region, hints));
  const regions = withHints(named, hints);
  const ktp = ktpOf(regions, words, context);
  const here = regions.find((region) => region !== ktp && (region.role === 'place' || region.role === 'residence'));
  // Whether a foreigner has a KTP that counts is for the office to say; where they live tells nothing.
  if (says('foreigner', words)) return { ktpRegion: 'unknown', ...locationFact(here, words) };
  return {
    ...(ktp === null ? {} : ktpFacts(isKota(ktp, words) ? { ...ktp, code: null, name: KOTA_PASURUAN } : ktp)),
    ...locationFact(here, words),
    ...namedFact(regions, ktp, words),
  };
}

function ktpOf(
  regions: readonly RoledRegion[],
  words: readonly WordForms[],
  context: RegionContext,
): RoledRegion | null {
  const of = (role: RoledRegion['role']) => regions.find((region) => region.role === role);
  const told = of('ktp') ?? of('origin');
  if (told !== undefined) return told;
  const lacked = of('lacked');
  if (lacked !== undefined) return { ...lacked, code: null, kaltim: false, name: '' };
  const mine = of('programme') ?? of('residence');
  if (mine !== undefined) return mine;
  const presumed =
    context.asked === 'ktp' ||
    says('here', words) ||
    says('onlyKtp', words) ||
    says('uhc', words) ||
    isAtHome(regions, words, context);
  return presumed
    ? (regions.find((region) => region.role === 'place' && (region.code !== null || context.asked === 'ktp')) ?? null)
    : null;
}

function isAtHome(
  regions: readonly RoledRegion[],
  words: readonly WordForms[],
  { statusTold }: RegionContext,
): boolean {
  const codes = new Set(regions.map((region) => region.code));
  return (statusTold || says('ktpAnywhere', words)) && codes.size === 1 && !says('visiting', words);
}

/** "KTP Pasuruan tapi yang kota": Kota Pasuruan is another government. */
function isKota({ code }: RoledRegion, words: readonly WordForms[]): boolean {
  return code === '35.14' && says('cityNotRegency', words);
}

function ktpFacts({ code, kaltim, name }: RoledRegion): EligibilityFacts {
  if (code !== null) return { ktpRegion: code };
  return { ktpRegion: 'elsewhere', elsewhereName: name, elsewhereInKaltim: kaltim };
}

function locationFact(here: RoledRegion | undefined, words: readonly WordForms[]): EligibilityFacts {
  if (here !== undefined) return { location: here.code ?? 'away' };
  return says('away', words) ? { location: 'away' } : {};
}

function namedFact(
  regions: readonly RoledRegion[],
  ktp: RoledRegion | null,
  words: readonly WordForms[],
): EligibilityFacts {
  if (says('gratispol', words)) return { named: 'gratispol' };
  const programme = regions.find((region) => region.role === 'programme' && region !== ktp) ?? null;
  const meant = programme ?? (says('localProgramme', words) ? regions.find((region) => region !== ktp) : undefined);
  const named = meant?.code ? LOCAL_PROGRAMME[meant.code] : undefined;
  if (named !== undefined) return { named };
  return says('uhc', words) && ktp?.name === KOTA_PASURUAN ? { named: 'pasuruan' } : {};
}

/**
 * What the place engine found and this one did not: villages, typing errors, far-off towns. Its findings count where
 * this engine has none that tells whose KTP it is; a far-off town only where people say that they are from there.
 */
function withHints(regions: readonly RoledRegion[], hints: readonly RoledRegion[]): readonly RoledRegion[] {
  if (regions.some((region) => region.role !== 'place')) return regions;
  return [...regions, ...hints.filter(({ code }) => !regions.some((known) => known.code === code))];
}

/** "batu" of "Batu Ampar", "samarinda" of "Gunung Samarinda": part of a place's longer name. */
function isPartOf({ code, bare, from, to }: RoledRegion, hints: readonly RoledRegion[]): boolean {
  return hints.some(
    (hint) => (bare || hint.code !== code) && hint.from <= from && to <= hint.to && hint.to - hint.from > to - from,
  );
}

function fromHint({ place, role }: PlaceMention, words: readonly WordForms[]): readonly RoledRegion[] {
  const base = { from: 0, to: 0, bare: false, kaltim: false, role: role === 'origin' ? 'ktp' : 'place' } as const;
  if (place.kind === 'area') {
    return [located({ ...base, code: place.area.code.slice(0, 5), name: place.area.name }, words)];
  }
  if (place.kind === 'facility')
    return [{ ...base, code: place.facility.regionCode, name: place.facility.name, role: 'place' }];
  return place.kind === 'outside' && role === 'origin' ? [{ ...base, code: null, name: place.name }] : [];
}

const TOLD: readonly (RoledRegion['role'] | null)[] = ['ktp', 'origin', 'residence'];

/** A village as the message names it, with what the words around it say: "alamat Loa Tebu", "KTP Prapatan". */
function located(hint: RoledRegion, words: readonly WordForms[]): RoledRegion {
  const parts = hint.name.toLowerCase().split(' ');
  const from = words.findIndex((_, at) => parts.every((part, offset) => words[at + offset]?.forms.includes(part)));
  if (from < 0) return hint;
  const placed = { ...hint, from, to: from + parts.length };
  const role = roleAt(words, placed);
  return hint.role === 'place' && role !== null && TOLD.includes(role) ? { ...placed, role } : placed;
}
