import type { EmergencyKind } from '../../../domain/emergency.js';
import type { Features } from './features.js';

/** Weights of one yes-or-no question as they are stored: bytes in base64 beside the largest weight and the bias. */
export interface StoredWeights {
  readonly largest: number;
  readonly bias: number;
  readonly bytes: string;
}

/** Everything that was learnt; weights.json. */
export interface StoredModel {
  readonly danger: StoredWeights;
  readonly now: StoredWeights;
  readonly kinds: readonly (StoredWeights & { readonly kind: EmergencyKind })[];
}

/** Weights ready for use; their number is a power of two, larger buckets wrap round. */
export interface Weights {
  readonly values: Float32Array;
  readonly bias: number;
}

/** Stores a weight in one byte, finer near zero: the byte is the signed square root of its share of the largest. */
export function store(values: Float64Array, bias: number): StoredWeights {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const bytes = new Int8Array(values.length);
  values.forEach((value, at) => {
    if (largest > 0) bytes[at] = Math.sign(value) * Math.round(127 * Math.sqrt(Math.abs(value) / largest));
  });
  return { largest: rounded(largest), bias: rounded(bias), bytes: Buffer.from(bytes.buffer).toString('base64') };
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}

/** The inverse of `store`, up to its rounding. */
export function load({ largest, bias, bytes }: StoredWeights): Weights {
  const raw = Buffer.from(bytes, 'base64');
  const values = Float32Array.from(new Int8Array(raw.buffer, raw.byteOffset, raw.length), (byte) => {
    const share = byte / 127;
    return share * Math.abs(share) * largest;
  });
  return { values, bias };
}

/** The log-odds of yes; with `count` only the first so many features are heard. */
export function logOdds({ values, bias }: Weights, features: Features, count = features.buckets.length): number {
  const wrap = values.length - 1;
  let sum = bias;
  for (let at = 0; at < count; at++) {
    sum += (values[(features.buckets[at] ?? 0) & wrap] ?? 0) * (features.values[at] ?? 0);
  }
  return sum;
}

export function probability(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
