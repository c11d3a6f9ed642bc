import { context, match, type NormalText } from '../language/index.js';
import { type Figures, figuresOf } from './figures.js';
import { SIGNS } from './signs.js';

/** How surely a sign is there: 3 now, 2 a while ago or over, 1 perhaps ("kalau …"), 0 not at all. */
type Strength = 0 | 1 | 2 | 3;

/** Signs that describe who, when or how: they are not weakened by what surrounds them. */
const CIRCUMSTANTIAL = new Set([
  'pregnant', 'postpartum', 'newborn_age', 'infant', 'child', 'elderly', 'adult', 'diabetic', 'intent', 'self', 'minor',
  'small_wound', 'allwell', 'burn_small', 'burn_grave', 'eye_light', 'chest_mild', 'breath_mild', 'nose_blocked', 'trigger',
  'violence_now', 'violence_past', 'choke_over', 'fainted_ok', 'asthma', 'heat_exposure', 'mass', 'bad_victim', 'seizing_now',
  'drown_person', 'bitten_self', 'symptoms_poison', 'still_attached', 'high_voltage', 'hungry', 'eye_strong', 'fever_dropped',
]);
/** An animal is the subject of these, and a person is hurt. */
const BY_ANIMALS = new Set(['snake', 'snake_bite', 'bitten', 'croc', 'sting', 'sting_many', 'crash', 'burned', 'shock_electric', 'fall', 'crush']);

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
  for (const { id, span } of match(SIGNS, normal)) {
    const known = strength.get(id) ?? 0;
    if (known === 3) continue;
    const here = weigh(normal, id, span);
    if (here > known) strength.set(id, here);
  }
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

function weigh(normal: NormalText, sign: string, span: { from: number; to: number }): Strength {
  const around = context(normal, span);
  if (around.negated || around.told) return 0;
  if (CIRCUMSTANTIAL.has(sign)) return 3;
  if (around.figurative || around.asking || around.feared || around.past === 'far') return 0;
  if (around.notHuman && !BY_ANIMALS.has(sign)) return 0;
  if (around.supposed) return 1;
  return around.over || around.past === 'near' ? 2 : 3;
}
