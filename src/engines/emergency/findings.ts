import { context, isNegated, match, type NormalText, type Span } from '../language/index.js';
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
  /** The names of the signs that are there: the reasons of a judgement. */
  readonly signs: readonly string[];
}

/** Collects the danger signs of a message, each weighed by what surrounds it (see `context`). */
export function findingsOf(normal: NormalText): Findings {
  const strength = new Map<string, Strength>();
  const joking = normal.tokens.some((token) => JOKING.has(token.form));
  for (const { id, span } of match(SIGNS, normal)) {
    const known = strength.get(id) ?? 0;
    if (known === 3) continue;
    const here = weigh(normal, id, span, joking);
    if (here > known) strength.set(id, here);
  }
  settle(strength);
  const level = (sign: string) => strength.get(sign) ?? 0;
  return {
    figures: figuresOf(normal),
    is: (...signs) => signs.every((sign) => level(sign) === 3),
    any: (...signs) => signs.some((sign) => level(sign) >= 2),
    was: (sign) => level(sign) === 2,
    perhaps: (...signs) => signs.some((sign) => level(sign) >= 1),
    count: (...signs) => signs.filter((sign) => level(sign) >= 2).length,
    signs: [...strength].filter(([, value]) => value >= 2).map(([sign]) => sign),
  };
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
  if (around.notHuman && (around.animal ? !BITES.has(sign) : !BY_OTHERS.has(sign))) return 0;
  if (NEVER_PLAYFUL.has(sign) ? joking : around.figurative) return 0;
  if (around.past === 'far' && sign !== 'rape') return 0;
  if (around.past === 'far') return 2;
  if (around.supposed) return 1;
  return around.over || around.past === 'near' ? 2 : 3;
}
