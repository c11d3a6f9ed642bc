import type { EmergencyKind } from '../../../domain/emergency.js';
import type { NormalText } from '../../language/index.js';
import { type Features, featuresOf } from './features.js';
import { load, logOdds, probability, type StoredModel } from './weights.js';
import learnt from './weights.json' with { type: 'json' };

/** What the learned judge thinks of a message. All numbers are probabilities from 0 to 1. */
export interface Opinion {
  /** That someone is in danger: an emergency of any level. */
  readonly p: number;
  /** If it is one: that it is a matter of this minute. */
  readonly pNow: number;
  /** If it is one: the likeliest kind. */
  readonly kind: EmergencyKind;
  /** The log-odds of each kind; empty where danger is out of the question. */
  readonly kinds: ReadonlyMap<EmergencyKind, number>;
}

/** A longer message is a forwarded text or a stream of many things; its words no longer tell what it is about. */
export const LONGEST_WEIGHED = 200;
/** Below this nobody asks for the kind, and it is not looked for. */
const HARDLY_DANGER = 0.004;
const NO_KINDS: ReadonlyMap<EmergencyKind, number> = new Map();

/** Forms an opinion on a message, or null on one that is too long (`LONGEST_WEIGHED` words). */
export type SecondJudge = (normal: NormalText) => Opinion | null;

/** A judge made of stored weights. */
export function judgeFrom(model: StoredModel): SecondJudge {
  const danger = load(model.danger);
  const now = load(model.now);
  const kinds = model.kinds.map((each) => ({ kind: each.kind, weights: load(each) }));
  const kindsOf = (features: Features): ReadonlyMap<EmergencyKind, number> =>
    new Map(kinds.map(({ kind, weights }) => [kind, logOdds(weights, features, features.meanings)]));
  return (normal) => {
    if (normal.tokens.length > LONGEST_WEIGHED) return null;
    const features = featuresOf(normal);
    const p = probability(logOdds(danger, features));
    if (p < HARDLY_DANGER) return { p, pNow: 0, kind: 'other', kinds: NO_KINDS };
    const odds = kindsOf(features);
    return { p, pNow: probability(logOdds(now, features)), kind: likeliest(odds), kinds: odds };
  };
}

/** The kind with the highest log-odds; `other` when there are none. */
export function likeliest(odds: ReadonlyMap<EmergencyKind, number>): EmergencyKind {
  let best: EmergencyKind = 'other';
  let highest = Number.NEGATIVE_INFINITY;
  for (const [kind, value] of odds) {
    if (value <= highest) continue;
    best = kind;
    highest = value;
  }
  return best;
}

/** A second opinion on a message, from what was learnt (weights.json). Pure; linear in the message's length. */
export const secondOpinion: SecondJudge = judgeFrom(learnt as StoredModel);
