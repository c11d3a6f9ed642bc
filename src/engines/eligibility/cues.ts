import type { NormalText, Span, Token } from '../language/index.js';

/** One place of a pattern: the words that may stand there, a gap, or the end of a sentence. */
type Element = 'gap' | 'end' | ReadonlySet<string>;

/** A list of patterns that all mean the same. */
export interface Cues {
  readonly byFirst: ReadonlyMap<string, readonly (readonly Element[])[]>;
}

/** The words by which a token may be known: as typed, without a clitic, and as the text layer reads it. */
export interface WordForms {
  readonly forms: readonly string[];
  readonly stop: boolean;
}

/** Most tokens that `~` may skip. */
const WIDEST_GAP = 4;

/**
 * Compiles patterns such as `tidak|belum punya ~ bpjs|jkn`: words apart by spaces, alternatives by `|`, `~` for up to
 * four words of the same sentence, `$` for its end. The first place is always a word.
 */
export function compileCues(patterns: readonly string[]): Cues {
  const byFirst = new Map<string, (readonly Element[])[]>();
  for (const pattern of patterns) {
    const elements = pattern.split(' ').map(elementOf);
    const [first] = elements;
    if (first === undefined || typeof first === 'string') throw new RangeError(`begins with no word: ${pattern}`);
    for (const word of first) byFirst.set(word, [...(byFirst.get(word) ?? []), elements]);
  }
  return { byFirst };
}

function elementOf(text: string): Element {
  if (text === '~') return 'gap';
  return text === '$' ? 'end' : new Set(text.split('|'));
}

/** The forms of every token; made once a message and used with every list of cues. */
export function wordForms(normal: NormalText): readonly WordForms[] {
  return normal.tokens.map((token) => ({ forms: formsOf(token), stop: token.stop }));
}

function formsOf(token: Token): readonly string[] {
  const typed = token.raw.toLowerCase().replace(/['’`.]/g, '');
  const bare = typed.replace(/-?(?:nya|ku|kah|lah|mu)$/, '');
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
      const end = endOf(elements, 1, words, from + 1);
      if (end !== null && (longest === null || end > longest)) longest = end;
    }
  }
  return longest;
}

function endOf(elements: readonly Element[], at: number, words: readonly WordForms[], from: number): number | null {
  const element = elements[at];
  if (element === undefined) return from;
  const ended = words[from - 1]?.stop === true || from >= words.length;
  if (element === 'end') return ended ? from : null;
  if (ended) return null;
  if (element !== 'gap') {
    const fits = words[from]?.forms.some((form) => element.has(form)) === true;
    return fits ? endOf(elements, at + 1, words, from + 1) : null;
  }
  for (let skipped = 0; skipped <= WIDEST_GAP; skipped += 1) {
    const end = endOf(elements, at + 1, words, from + skipped);
    if (end !== null) return end;
    if (words[from + skipped]?.stop !== false) return null;
  }
  return null;
}
