import type { ServiceKind } from '../../domain/facility.js';
import { compilePhrases, match, type NormalText, type PhraseMatch, type Span } from '../language/index.js';
import { canonicalClasses, canonicalPattern } from './canonical.js';
import lexicon from './lexicon/services.json' with { type: 'json' };

const ENTRIES = lexicon.services.map(({ service, say }) => ({ id: service, say: say.map(canonicalPattern) }));
const BOOK = compilePhrases(ENTRIES, canonicalClasses(lexicon.classes));

/** Every word of the service patterns, so that a misspelling guessed to be one of them is believed. */
export const SERVICE_WORDS: ReadonlySet<string> = new Set(
  ENTRIES.flatMap(({ say }) => say.flatMap((pattern) => pattern.match(/[a-z]{4,}/g) ?? [])),
);

/** A service that is only the way to another: who collects TB medicine asks for TB care. */
const GIVES_WAY: Readonly<Partial<Record<ServiceKind, readonly ServiceKind[]>>> = {
  immunisation: ['rabies_vaccine'],
  pharmacy: ['tb', 'hiv', 'mental_health', 'family_planning', 'rabies_vaccine', 'immunisation'],
  registration: ['ugd'],
  laboratory: ['tb', 'hiv'],
  kia: ['family_planning', 'immunisation', 'delivery', 'dental', 'elderly'],
};

/** A service named in a message and where. */
export interface ServiceFound {
  readonly service: ServiceKind;
  readonly span: Span;
}

/** The services named, each where it first stands, in the order of the message. */
export function findServices(normal: NormalText): readonly ServiceFound[] {
  const found = match(BOOK, normal);
  const standing = found.filter((one) => !found.some((other) => covers(other, one)));
  const kinds = new Set(standing.map((one) => one.id as ServiceKind));
  const first = standing.filter((one, at) => standing.findIndex((other) => other.id === one.id) === at);
  return first
    .map(({ id, span }) => ({ service: id as ServiceKind, span }))
    .filter(({ service }) => GIVES_WAY[service]?.some((other) => kinds.has(other)) !== true);
}

function covers(other: PhraseMatch, one: PhraseMatch): boolean {
  const longer = other.span.to - other.span.from > one.span.to - one.span.from;
  return other.id !== one.id && longer && other.span.from <= one.span.from && one.span.to <= other.span.to;
}
