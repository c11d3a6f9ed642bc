import type { NormalText, Span, Token } from '../language/index.js';
import lexicon from './lexicon/cues.json' with { type: 'json' };

/** One place of a pattern: the words that may stand there, a gap, or the end of a sentence or clause. */
type Element = { readonly skip: number } | 'end' | 'pause' | ReadonlySet<string>;

/** A list of patterns that all mean the same. */
export interface Cues {
  /** How far a gap may reach: up to the next comma, or to the end of the sentence. */
  readonly reach: 'clause' | 'sentence';
  readonly byFirst: ReadonlyMap<string, readonly (readonly Element[])[]>;
}

/** The words by which a token may be known: as typed, without a clitic, and as the text layer reads it. */
export interface WordForms {
  readonly forms: readonly string[];
  /** A sentence ends behind the word. */
  readonly stop: boolean;
  /** A comma or more stands behind it; no gap reaches over it. */
  readonly pause: boolean;
}

/** Rows of words that mean the same, by their first: "punya" stands for "duwe" and "beisi" too. */
const SAME = new Map(lexicon.same.map((row) => row.split('|')).map((row) => [row[0] ?? '', row] as const));

/** Words that the text layer reads as something of medicine ("kepotong" → "putus"), and that count here as typed only. */
const AS_TYPED = new Set(lexicon.asTyped.flatMap((row) => row.split('|')));

/** Most tokens that `~` may skip. */
const WIDEST_GAP = 4;

/**
 * Compiles patterns such as `tidak|belum punya ~ bpjs|jkn`: words apart by spaces, alternatives by `|`, `~` for up to
 * four words within the reach (`~2` for up to two), `$` for the end of a sentence, `,` for the end of a clause. The first
 * place is always a word.
 */
export function compileCues(patterns: readonly string[], reach: Cues['reach'] = 'clause'): Cues {
  const byFirst = new Map<string, (readonly Element[])[]>();
  for (const pattern of patterns) {
    const elements = pattern.split(' ').map(elementOf);
    const [first] = elements;
    if (!(first instanceof Set)) throw new RangeError(`begins with no word: ${pattern}`);
    for (const word of first) byFirst.set(word, [...(byFirst.get(word) ?? []), elements]);
  }
  return { reach, byFirst };
}

function elementOf(text: string): Element {
  if (text.startsWith('~')) return { skip: text === '~' ? WIDEST_GAP : Number(text.slice(1)) };
  if (text === '$') return 'end';
  if (text === ',') return 'pause';
  return new Set(text.split('|').flatMap((word) => SAME.get(word) ?? [word]));
}

/** The forms of every token; made once a message and used with every list of cues. */
export function wordForms(normal: NormalText): readonly WordForms[] {
  return normal.tokens.map((token) => ({ forms: formsOf(token), stop: token.stop, pause: token.boundary }));
}

function formsOf(token: Token): readonly string[] {
  const typed = token.raw.toLowerCase().replace(/['’`.]/g, '');
  if (AS_TYPED.has(typed)) return [typed];
  const bare = typed.replace(/-?(?:nya|ku|kah|lah|mu|ne|na)$/, '');
  return [...new Set([typed, bare, token.form])];
}

/** Every place where one of the cues stands, in the order of the message. */
export function findCues(cues: Cues, words: readonly WordForms[]): readonly Span[] {
  const found: Span[] = [];
  for (let from = 0; from < words.length; from += 1) {
    const to = matchAt(cues, words, from);
    if (to !== null) found.push({ from, to });
  }
  return found;
}

/** True when one of the cues stands anywhere in the message. */
export function hasCue(cues: Cues, words: readonly WordForms[]): boolean {
  return words.some((_, from) => matchAt(cues, words, from) !== null);
}

/** The longest match that begins at the token, as its exclusive end. */
export function matchAt(cues: Cues, words: readonly WordForms[], from: number): number | null {
  let longest: number | null = null;
  for (const form of words[from]?.forms ?? []) {
    for (const elements of cues.byFirst.get(form) ?? []) {
      const end = endOf(elements, 1, words, from + 1, cues.reach);
      if (end !== null && (longest === null || end > longest)) longest = end;
    }
  }
  return longest;
}

function endOf(
  elements: readonly Element[],
  at: number,
  words: readonly WordForms[],
  from: number,
  reach: Cues['reach'],
): number | null {
  const element = elements[at];
  if (element === undefined) return from;
  const ended = words[from - 1]?.stop === true || from >= words.length;
  if (element === 'end') return ended ? from : null;
  if (element === 'pause') return ended || words[from - 1]?.pause === true ? from : null;
  if (ended) return null;
  if (!('skip' in element)) {
    const fits = words[from]?.forms.some((form) => element.has(form)) === true;
    return fits ? endOf(elements, at + 1, words, from + 1, reach) : null;
  }
  for (let skipped = 0; skipped <= element.skip; skipped += 1) {
    const end = endOf(elements, at + 1, words, from + skipped, reach);
    if (end !== null) return end;
    const ends = (word: WordForms | undefined) => word?.stop === true || (reach === 'clause' && word?.pause === true);
    if (words[from + skipped] === undefined || ends(words[from + skipped]) || ends(words[from + skipped - 1]))
      return null;
  }
  return null;
}
