import { EMERGENCY_KINDS, type EmergencyKind, type EmergencyLevel } from '../../../domain/emergency.js';
import { normalise } from '../../language/index.js';
import { BUCKETS, type Features, featuresOf } from './features.js';
import { probability, type StoredModel, type StoredWeights, store } from './weights.js';

/** A labelled message to learn from. */
export interface Lesson {
  readonly text: string;
  /** `sure` is below 1 where a careful judge might decide otherwise. */
  readonly emergency: { readonly kind: EmergencyKind; readonly level: EmergencyLevel } | 'unspecified' | null;
  readonly sure: number;
  /** About hours, papers, services: what people add to any message. */
  readonly clerical: boolean;
  /** Levels that a careful judge accepts too. */
  readonly otherLevels: readonly string[];
}

interface Example {
  readonly features: Features;
  readonly yes: boolean;
  readonly weight: number;
}

const NOW_BUCKETS = 2 ** 14;
const KIND_BUCKETS = 2 ** 12;
/** Share of messages that are learnt once more with a clerical question before or after them. */
const MIXED = 0.7;
const CLERICAL_MIXED = 0.2;
const DOUBTFUL = 0.5;
const RATE = 0.5;
/** Pull of every heard weight towards zero. */
const PULL = 3e-4;
const FIRST_HEAT = 1e-3;
/** The weights are averaged over the rounds after these. */
const UNSETTLED = 4;

/**
 * Learns the model from the lessons: logistic regression by AdaGrad, in an order that depends on nothing but the lessons.
 * The same lessons give the same bytes on every machine.
 */
export function train(lessons: readonly Lesson[]): StoredModel {
  const chance = randomFrom(12345);
  const read = lessons.map((lesson) => ({ lesson, features: featuresOf(normalise(lesson.text)) }));
  const danger = read.map(({ lesson, features }) => example(features, lesson.emergency !== null, lesson.sure));
  const labelled = read.flatMap(({ lesson: { emergency, otherLevels }, features }) =>
    emergency === null || emergency === 'unspecified' ? [] : [{ ...emergency, otherLevels, features }],
  );
  const now = labelled.map(({ level, otherLevels, features }) => {
    const doubtful = level === 'now' ? otherLevels.length > 0 : otherLevels.includes('now');
    return example(features, level === 'now', doubtful ? DOUBTFUL : 1);
  });
  return {
    danger: learn([...danger, ...mixed(lessons, chance)], BUCKETS, 14, chance),
    now: learn(now, NOW_BUCKETS, 14, chance),
    kinds: EMERGENCY_KINDS.map((kind) => {
      const one = labelled.map((each) => example(meaningsOf(each.features), each.kind === kind, 1));
      return { kind, ...learn(one, KIND_BUCKETS, 8, chance) };
    }),
  };
}

function example(features: Features, yes: boolean, weight: number): Example {
  return { features, yes, weight };
}

function meaningsOf({ buckets, values, meanings }: Features): Features {
  return { buckets: buckets.subarray(0, meanings), values: values.subarray(0, meanings), meanings };
}

const JOINTS = [', ', ' ', '. ', '? ', ' trus ', ' '];

/** People ask about papers and danger in one breath: the danger must be heard all the same. */
function mixed(lessons: readonly Lesson[], chance: () => number): Example[] {
  const clerical = lessons.filter((each) => each.clerical);
  const examples: Example[] = [];
  for (const { text, emergency, sure, clerical: alone } of lessons) {
    const wanted = chance() < (alone ? CLERICAL_MIXED : MIXED);
    const other = clerical[Math.floor(chance() * clerical.length)]?.text;
    const joint = JOINTS[Math.floor(chance() * JOINTS.length)] ?? ' ';
    const first = chance() < 0.5;
    if (!wanted || other === undefined) continue;
    const whole = first ? `${text}${joint}${other}` : `${other}${joint}${text}`;
    examples.push(example(featuresOf(normalise(whole)), emergency !== null, sure));
  }
  return examples;
}

function learn(examples: readonly Example[], size: number, rounds: number, chance: () => number): StoredWeights {
  const weights = new Float64Array(size);
  const heat = new Float64Array(size).fill(FIRST_HEAT);
  const total = new Float64Array(size);
  let [bias, biasHeat, biasTotal] = [0, FIRST_HEAT, 0];
  const order = examples.map((_, at) => at);
  for (let round = 0; round < rounds; round++) {
    shuffle(order, chance);
    for (const at of order) {
      const { features, yes, weight } = examples[at] as Example;
      const { buckets, values } = features;
      let odds = bias;
      for (let k = 0; k < buckets.length; k++) odds += weights[buckets[k]! & (size - 1)]! * values[k]!;
      const error = weight * (probability(odds) - (yes ? 1 : 0));
      for (let k = 0; k < buckets.length; k++) {
        const bucket = buckets[k]! & (size - 1);
        const slope = error * values[k]! + PULL * weights[bucket]!;
        heat[bucket]! += slope * slope;
        weights[bucket]! -= (RATE * slope) / Math.sqrt(heat[bucket]!);
      }
      biasHeat += error * error;
      bias -= (RATE * error) / Math.sqrt(biasHeat);
    }
    if (round < UNSETTLED) continue;
    for (let bucket = 0; bucket < size; bucket++) total[bucket]! += weights[bucket]!;
    biasTotal += bias;
  }
  const settled = rounds - UNSETTLED;
  return store(
    total.map((sum) => sum / settled),
    biasTotal / settled,
  );
}

function shuffle(order: number[], chance: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(chance() * (at + 1));
    const held = order[at]!;
    order[at] = order[other]!;
    order[other] = held;
  }
}

/** Numbers from 0 to 1 that are the same on every run: a linear congruential generator. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
