import { type NormalText, type Token, wordsOf } from '../../language/index.js';
import { CONCEPTS } from './concepts.js';

/** A message as the learned opinion sees it: the buckets that are filled, and how strongly, scaled to length 1. */
export interface Features {
  readonly buckets: Int32Array;
  readonly values: Float64Array;
  /** So many of them, the first, come from words and concepts; the others from letters. */
  readonly meanings: number;
}

/** Buckets into which features are hashed; a power of two. */
export const BUCKETS = 2 ** 16;

/** How strongly each family of features speaks before scaling. */
const WORD = 1;
const PAIR = 0.8;
const SKIP = 0.5;
const FAR_SKIP = 0.35;
const CONCEPT = 1;
const CONCEPT_PAIR = 0.8;
const NEGATED = 1;
const SHAPE = 0.7;
const LETTERS = 0.25;
/** Two concepts within so many tokens are a pair; a negation reaches so many tokens. */
const CONCEPT_REACH = 8;
const NEGATION_REACH = 3;

const NEGATORS = wordsOf('negator');

/** Families of features are hashed apart. */
enum Family {
  next = 1,
  skip,
  concept,
  conceptPair,
  negated,
  negatedConcept,
  length,
  asks,
  calls,
  letters,
}

/**
 * What is looked at: words, neighbours and near neighbours in standard form; concepts and pairs of them; words after a
 * negation; length, "?" and "!"; and the letters of each word three to five at a time, so that a typing error still
 * resembles the word. Linear in the message's length.
 */
export function featuresOf(normal: NormalText): Features {
  const bag = new Bag();
  const tokens = normal.tokens;
  addWords(bag, tokens);
  addConcepts(bag, tokens);
  bag.add(mix(Family.length, Math.min(8, Math.floor(Math.log2(tokens.length + 1) * 2))), SHAPE);
  if (normal.raw.includes('?')) bag.add(Family.asks, SHAPE);
  if (normal.raw.includes('!')) bag.add(Family.calls, SHAPE);
  const meanings = bag.size;
  for (const token of tokens) addLetters(bag, token.form);
  return { ...bag.scaled(), meanings };
}

function addWords(bag: Bag, tokens: readonly Token[]): void {
  const words = tokens.map(({ form }) => (isNumber(form) ? hash('#') : hash(form)));
  let negated = 0;
  words.forEach((word, at) => {
    bag.add(word, WORD);
    const [next, second, third] = [words[at + 1], words[at + 2], words[at + 3]];
    if (next !== undefined) bag.add(mix(mix(word, Family.next), next), PAIR);
    if (second !== undefined) bag.add(mix(mix(word, Family.skip), second), SKIP);
    if (third !== undefined) bag.add(mix(mix(word, Family.skip), third), FAR_SKIP);
    const token = tokens[at];
    if (token === undefined) return;
    if (negated > 0) {
      bag.add(mix(word, Family.negated), NEGATED);
      const concept = CONCEPTS.get(token.form);
      if (concept !== undefined) bag.add(mix(Family.negatedConcept, concept), NEGATED);
    }
    negated = NEGATORS.has(token.form) ? NEGATION_REACH : token.stop ? 0 : negated - 1;
  });
}

function addConcepts(bag: Bag, tokens: readonly Token[]): void {
  const concepts = tokens.map(({ form }) => CONCEPTS.get(form));
  concepts.forEach((concept, at) => {
    if (concept === undefined) return;
    bag.add(mix(Family.concept, concept), CONCEPT);
    for (let to = at + 1; to <= at + CONCEPT_REACH; to++) {
      const other = concepts[to];
      if (other === undefined || other === concept) continue;
      bag.add(mix(mix(Family.conceptPair, Math.min(concept, other)), Math.max(concept, other)), CONCEPT_PAIR);
    }
  });
}

function addLetters(bag: Bag, form: string): void {
  if (isNumber(form)) return;
  const word = `<${form}>`;
  for (let size = 3; size <= 5; size++) {
    for (let at = 0; at + size <= word.length; at++) {
      bag.add(mix(hash(word, at, at + size), Family.letters), LETTERS);
    }
  }
}

function isNumber(form: string): boolean {
  const code = form.charCodeAt(0);
  return code >= 48 && code <= 57;
}

/** FNV-1a over the characters. */
function hash(text: string, from = 0, to = text.length): number {
  let h = 0x811c9dc5;
  for (let at = from; at < to; at++) h = Math.imul(h ^ text.charCodeAt(at), 16777619);
  return h;
}

function mix(a: number, b: number): number {
  let h = Math.imul(a ^ (b + 0x9e3779b9), 0x85ebca6b);
  h ^= h >>> 13;
  return Math.imul(h, 0xc2b2ae35);
}

/** Which message last filled each bucket: a scratch pad, so that no set need be built for every message. */
const filledBy = new Int32Array(BUCKETS);
let messages = 0;

/** Collects features; each bucket counts once, as strongly as it was first filled. */
class Bag {
  private readonly buckets: number[] = [];
  private readonly values: number[] = [];
  private readonly message: number;

  constructor() {
    messages = messages === 2 ** 31 - 1 ? 1 : messages + 1;
    if (messages === 1) filledBy.fill(0);
    this.message = messages;
  }

  get size(): number {
    return this.buckets.length;
  }

  add(code: number, value: number): void {
    const bucket = (code ^ (code >>> 15)) & (BUCKETS - 1);
    if (filledBy[bucket] === this.message) return;
    filledBy[bucket] = this.message;
    this.buckets.push(bucket);
    this.values.push(value);
  }

  scaled(): { readonly buckets: Int32Array; readonly values: Float64Array } {
    let squares = 0;
    for (const value of this.values) squares += value * value;
    const scale = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    return { buckets: Int32Array.from(this.buckets), values: Float64Array.from(this.values, (value) => value * scale) };
  }
}
