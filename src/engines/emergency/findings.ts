import { context, isNegated, match, type NormalText, type PhraseMatch, type Span } from '../language/index.js';
import { type Figures, figuresOf } from './figures.js';
import { CIRCUMSTANCES, SIGNS } from './signs.js';

/** How surely a sign is there: 3 now, 2 a while ago or over, 1 perhaps ("kalau …"), 0 not at all. */
type Strength = 0 | 1 | 2 | 3;

/** An animal or a thing is the subject of these, and a person is hurt. */
const BY_OTHERS = new Set(
  'snake snake_bite bitten croc sting sting_many crash burned shock_electric fall fall_slip fall_high crush gas'.split(
    ' ',
  ),
);
const BITES = new Set('snake_bite bitten croc sting sting_many any_bite snake_word snake_seen'.split(' '));
/** What is said of these is meant even among words that make other signs a figure of speech. */
const NEVER_PLAYFUL = new Set('suicide_act suicide_wish poison_taken overdose rape beaten'.split(' '));
const JOKING = new Set(['wkwk', 'lucu', 'gaya', 'ketawa']);
/** So many signs told with "kalau" are no supposition: someone is describing what they see. */
const TOO_MANY_TO_SUPPOSE = 3;

/** A temperature below this is told to say that there is none, unless the word fever stands beside it; in °C. */
const FEVER_FROM = 37.5;
const FEVER_WORD = /\b(demam|panas|menggigil|fever)\b/;

/** What a message says about someone's body, with the numbers in it. */
export interface Findings {
  readonly figures: Figures;
  /** The sign is there now. */
  is(...signs: readonly string[]): boolean;
  /** At least one is there now, lately, or was and is over. */
  any(...signs: readonly string[]): boolean;
  /** It was there and is no more, or was yesterday. */
  was(sign: string): boolean;
  /** It may be there: said with "kalau". */
  perhaps(...signs: readonly string[]): boolean;
  /** How many of these are there. */
  count(...signs: readonly string[]): number;
  /** How many of these are said not to be there ("tidak pingsan, tidak muntah"). */
  denied(...signs: readonly string[]): number;
  /** How many danger signs are denied in all. */
  readonly deniedSigns: number;
  /** The names of the signs that are there: the reasons of a judgement. */
  readonly signs: readonly string[];
}

/** Collects the danger signs of a message, each weighed by what surrounds it (see `context`). */
export function findingsOf(normal: NormalText): Findings {
  const strength = new Map<string, Strength>();
  const joking = normal.tokens.some((token) => JOKING.has(token.form));
  const found = match(SIGNS, normal);
  const deniedUpTo = deniedFrom(normal, found);
  const denied = new Set<string>();
  for (const { id, span } of found) {
    const known = strength.get(id) ?? 0;
    if (known === 3 || span.to < (deniedUpTo.get(`${id} ${span.from}`) ?? 0)) continue;
    const here = weigh(normal, id, span, joking);
    if (here > known) strength.set(id, here);
    if (here === 0 && isNegated(normal, span)) denied.add(id);
  }
  settle(strength);
  const figures = figuresOf(normal);
  if (figures.celsius !== null && figures.celsius < FEVER_FROM && !FEVER_WORD.test(normal.text))
    strength.delete('fever');
  const level = (sign: string) => strength.get(sign) ?? 0;
  return {
    figures,
    is: (...signs) => signs.every((sign) => level(sign) === 3),
    any: (...signs) => signs.some((sign) => level(sign) >= 2),
    was: (sign) => level(sign) === 2,
    perhaps: (...signs) => signs.some((sign) => level(sign) >= 1),
    count: (...signs) => signs.filter((sign) => level(sign) >= 2).length,
    denied: (...signs) => signs.filter((sign) => denied.has(sign) && level(sign) === 0).length,
    deniedSigns: [...denied].filter((sign) => level(sign) === 0).length,
    signs: [...strength].filter(([, value]) => value >= 2).map(([sign]) => sign),
  };
}

/**
 * Where a denied phrase ends, by sign and first token: "bintik" inside "bintik merah" is the same finding, and what is said
 * behind it ("juga tidak ada") is said of both.
 */
function deniedFrom(normal: NormalText, found: readonly PhraseMatch[]): ReadonlyMap<string, number> {
  const longest = new Map<string, Span>();
  for (const { id, span } of found) {
    const key = `${id} ${span.from}`;
    if (span.to > (longest.get(key)?.to ?? 0)) longest.set(key, span);
  }
  return new Map([...longest].flatMap(([key, span]) => (isNegated(normal, span) ? [[key, span.to] as const] : [])));
}

/** What holds for the message as a whole: a chain letter or drill means nothing; a long "kalau" list is a report. */
function settle(strength: Map<string, Strength>): void {
  const danger = [...strength].filter(([sign]) => !CIRCUMSTANCES.has(sign));
  const staged = strength.get('chain') === 3 || (strength.get('veterinary') === 3 && !strength.get('bitten'));
  if (staged) for (const [sign] of danger) strength.set(sign, 0);
  const supposed = danger.filter(([, value]) => value === 1);
  if (supposed.length >= TOO_MANY_TO_SUPPOSE && !staged) {
    for (const [sign] of supposed) strength.set(sign, 2);
  }
}

function weigh(normal: NormalText, sign: string, span: Span, joking: boolean): Strength {
  if (CIRCUMSTANCES.has(sign)) return isNegated(normal, span) ? 0 : 3;
  const around = context(normal, span);
  if (around.negated || around.asking || around.feared) return 0;
  if (around.told && !(around.posted && NEVER_PLAYFUL.has(sign))) return 0;
  if (around.bittenAnimal) return 0;
  if (around.notHuman && (around.animal ? !BITES.has(sign) : !BY_OTHERS.has(sign))) return 0;
  if (NEVER_PLAYFUL.has(sign) ? joking : around.figurative) return 0;
  if (around.past === 'far' && sign !== 'rape') return 0;
  if (around.past === 'far') return 2;
  if (around.supposed) return 1;
  return around.over || around.past === 'near' ? 2 : 3;
}
