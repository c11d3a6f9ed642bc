import { EMERGENCY_KINDS, type EmergencyKind, type EmergencyLevel } from '../../domain/emergency.js';
import type { NormalText } from '../language/index.js';
import { featuresOf, LONGEST_WEIGHED } from './features.js';
import type { Findings } from './findings.js';
import model from './second-opinion.json' with { type: 'json' };

/** Below this the rules' alarm becomes a question: alarm words, but told like news, figures of speech or paperwork. */
const DOUBT_BELOW = 0.25;
/** From here on a message in which the rules found nothing is asked about. */
const ASK_FROM = 0.45;
/** From here on it is sent to an emergency unit. */
const URGENT_FROM = 0.88;

/**
 * A learnt, linear second opinion beside the rules (scripts/train-second-opinion.mjs; its words, signs and weights are in
 * second-opinion.json). It never acts alone below `ASK_FROM`, and never raises anything to `now`.
 */
export interface Opinion {
  /** How likely it is an emergency at all, 0 to 1. */
  readonly likely: number;
  /** The kind that its words speak for. */
  readonly kind: EmergencyKind;
}

const WEIGHTS: ReadonlyMap<string, number> = new Map(Object.entries(model.weights));
const KINDS: ReadonlyMap<string, readonly [string, number]> = new Map(
  Object.entries(model.kinds as unknown as Record<string, [string, number]>),
);

/** The opinion on a message, or null on one too long to be weighed. */
export function opinionOn(normal: NormalText, findings: Findings): Opinion | null {
  if (normal.tokens.length > LONGEST_WEIGHED) return null;
  let sum = model.bias;
  const votes = new Map<string, number>();
  for (const feature of featuresOf(normal, findings)) {
    sum += WEIGHTS.get(feature) ?? 0;
    const vote = KINDS.get(feature);
    if (vote) votes.set(vote[0], (votes.get(vote[0]) ?? 0) + vote[1]);
  }
  return { likely: 1 / (1 + Math.exp(-sum)), kind: mostVoted(votes) };
}

function mostVoted(votes: ReadonlyMap<string, number>): EmergencyKind {
  let best: EmergencyKind = 'other';
  let most = 0;
  for (const kind of EMERGENCY_KINDS) {
    const count = votes.get(kind) ?? 0;
    if (count > most) {
      most = count;
      best = kind;
    }
  }
  return best;
}

/** The level after the second opinion: alarms that it doubts are asked about, silence that it doubts is too. */
export function revised(level: EmergencyLevel | null, likely: number): EmergencyLevel | null {
  if (level === null) return likely >= URGENT_FROM ? 'urgent' : likely >= ASK_FROM ? 'ask' : null;
  if (level === 'ask') return likely >= URGENT_FROM ? 'urgent' : 'ask';
  return likely < DOUBT_BELOW ? 'ask' : level;
}
