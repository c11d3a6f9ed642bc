import type { NormalText, Span } from '../../language/index.js';
import type { ServiceFound } from '../services.js';
import type { PlaceAsked, TimeAsked } from '../types.js';
import type { Signs } from './signs.js';

/** What is known of a message when its intents are decided. */
export interface Evidence {
  readonly normal: NormalText;
  readonly signs: Signs;
  readonly place: PlaceAsked | null;
  readonly services: readonly ServiceFound[];
  readonly time: TimeAsked | null;
}

const HEALTH =
  /^(puskesmas|pustu|rs|rsud|klinik|ugd|igd|poli|faskes|posyandu|bidan|dokter|loket|apotek|lab|berobat|periksa|bpjs|pelayanan|layanan)$/;
/** A kind of facility. */
export const HOUSE = /^(puskesmas|rs|pustu|klinik|faskes|ugd|igd)$/;
/** Words by which something is told of the past. */
export const PAST = /^(tadi|kemarin|semalam|barusan|padahal|wingi)$/;
const JOINS = /^(dan|terus|lalu|sekalian|serta|tapi|tetapi|padahal|kalau|selain)$/;
const CLAUSE_REACH = 8;

/** True when a word of the message, in its standard form, fits the pattern. */
export function says({ normal }: Evidence, pattern: RegExp): boolean {
  return normal.tokens.some((token) => pattern.test(token.form));
}

/** True when the message is about care at all. */
export function speaksOfHealth(evidence: Evidence): boolean {
  return evidence.place?.kind === 'facility' || evidence.services.length > 0 || says(evidence, HEALTH);
}

/** Asks of a bank, a ship or the hour of prayer, and says no word of care: "samsat Bangil" is no puskesmas. */
export function isOfOthers(evidence: Evidence): boolean {
  const { signs, services } = evidence;
  if (!signs.has('other_matter') || signs.has('health_letter') || services.length > 0) return false;
  return !isOfPapers(evidence) && !says(evidence, HEALTH);
}

/** Of recipes, offices, politics; a letter of health for a driving licence is ours. */
export function isUnrelated({ signs }: Evidence): boolean {
  return signs.has('unrelated') && !signs.has('health_letter');
}

/** A card or a KTP is spoken of. */
export function isOfPapers({ signs }: Evidence): boolean {
  return signs.has('card') || signs.has('ktp');
}

/** A facility by its name or kind. */
export function namesHouse(evidence: Evidence): boolean {
  return evidence.place?.kind === 'facility' || says(evidence, HOUSE);
}

/** A service other than the way to one: a referral letter is a matter of papers. */
export function isAboutService({ services }: Evidence): boolean {
  return services.some(({ service }) => service !== 'referral_letter');
}

/** A question, or a request for information. */
export function isQuestion({ signs, normal }: Evidence): boolean {
  return signs.has('question') || normal.raw.includes('?');
}

/** Words that only a question has; "ada" or "kan" may also tell. */
export function asksPlainly(evidence: Evidence): boolean {
  return (
    evidence.normal.raw.includes('?') || says(evidence, /^(apa|apakah|berapa|mana|dimana|kapan|tidak|bagaimana|siapa)$/)
  );
}

/** The standard forms of a stretch of words. */
export function formsIn({ tokens }: NormalText, { from, to }: Span): readonly string[] {
  return tokens.slice(from, to).map((token) => token.form);
}

/** The clause around a finding: up to eight words to either side, not across a pause or a word that begins another question. */
export function clauseSpan({ tokens }: NormalText, span: Span): Span {
  const opens = (at: number) => at <= 0 || tokens[at - 1]?.boundary === true || JOINS.test(tokens[at - 1]?.form ?? '');
  const ends = (at: number) =>
    at >= tokens.length || tokens[at - 1]?.boundary === true || JOINS.test(tokens[at]?.form ?? '');
  let { from, to } = span;
  while (!opens(from) && span.from - from < CLAUSE_REACH) from -= 1;
  while (!ends(to) && to - span.to < CLAUSE_REACH) to += 1;
  return { from, to };
}
