import { wordsOf } from './circumstances.js';
import type { NormalText, Span, Token } from './token.js';

/** What to look for: an id and the ways in which it is said, in the pattern language of `compilePhrases`. */
export interface PhraseEntry {
  readonly id: string;
  readonly say: readonly string[];
}

/** Words that may stand for each other in patterns, by name: `{ pain: ['sakit', 'nyeri'] }` is written `@pain`. */
export type WordClasses = Readonly<Record<string, readonly string[]>>;

export interface PhraseMatch {
  readonly id: string;
  readonly span: Span;
}

interface Element {
  /** Null: any token. */
  readonly words: ReadonlySet<string> | null;
  /** A number will do as well. */
  readonly number: boolean;
  readonly optional: boolean;
  /** The token at this place must not be one of the words; nothing is taken. */
  readonly not: boolean;
  /** How many tokens may stand between this element and the one before it. */
  readonly gap: number;
}

interface Pattern {
  readonly id: string;
  readonly elements: readonly Element[];
  readonly anchor: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Compiled phrases; made once, used for every message. */
export interface PhraseBook {
  readonly byAnchor: ReadonlyMap<string, readonly Pattern[]>;
  readonly byNumber: readonly Pattern[];
}

const DEFAULT_GAP = 4;
/** Fillers ("sih", "itu", "banget") that may be passed over between neighbours. */
const MAX_FILLERS = 3;
/** A phrase that was found this often in one message need not be found again. */
const MAX_MATCHES = 16;

/**
 * Compiles patterns over standard forms (see `normalise`):
 *
 * - `bibir biru`: neighbours; fillers may stand between them
 * - `bibir .. biru`: up to four tokens between, `..8`: up to eight; never across the end of a sentence or a negation
 * - `bibir & biru`, `bibir &8 biru`: in either order, with that gap
 * - `(biru|pucat|tidak merah)`: one of these; `@class`: one of a class; `#`: a number; `*`: any token
 * - `sekali?`, `(a|b)?`: may be missing; `!by`, `!(by|1)`: the token here must be none of these
 * - `^` first and `$` last: the whole message begins or ends here
 *
 * Throws an `Error` naming the pattern when it cannot be read: patterns are ours, not a resident's.
 */
export function compilePhrases(entries: readonly PhraseEntry[], classes: WordClasses = {}): PhraseBook {
  const drafts: Omit<Pattern, 'anchor'>[] = [];
  const known: KnownElements = new Map();
  for (const { id, say } of entries) {
    for (const text of say) for (const variant of variants(text)) drafts.push(parse(id, variant, classes, known));
  }
  return index(drafts);
}

/** Finds every phrase of the book in the message, in order of the message. Linear in the message's length. */
export function match(book: PhraseBook, normal: NormalText): PhraseMatch[] {
  const tokens = normal.tokens;
  const found: PhraseMatch[] = [];
  const seen = new Map<string, Set<number>>();
  const note = (pattern: Pattern, at: number) => {
    const spans = seen.get(pattern.id);
    if (spans && spans.size >= MAX_MATCHES) return;
    const span = matchAt(pattern, tokens, at);
    if (span === null) return;
    const key = span.from * 10_000 + span.to;
    if (spans?.has(key)) return;
    if (spans) spans.add(key);
    else seen.set(pattern.id, new Set([key]));
    found.push({ id: pattern.id, span });
  };
  for (let at = 0; at < tokens.length; at++) {
    const form = tokens[at]?.form ?? '';
    const patterns = book.byAnchor.get(form);
    if (patterns) for (const pattern of patterns) note(pattern, at);
    if (book.byNumber.length > 0 && isNumber(form)) for (const pattern of book.byNumber) note(pattern, at);
  }
  return found.sort((a, b) => a.span.from - b.span.from || a.span.to - b.span.to);
}

function isNumber(form: string): boolean {
  const code = form.charCodeAt(0);
  return code >= 48 && code <= 57;
}

function fits(element: Element, token: Token): boolean {
  if (element.number && isNumber(token.form)) return true;
  return element.words === null || element.words.has(token.form);
}

function matchAt(pattern: Pattern, tokens: readonly Token[], at: number): Span | null {
  const right = rightwards(pattern, tokens, pattern.anchor + 1, at);
  if (right < 0) return null;
  const left = leftwards(pattern, tokens, pattern.anchor - 1, at);
  return left < 0 ? null : { from: left, to: right + 1 };
}

/** Index of the last token taken by the elements from `k` on, when `last` is taken already; -1 when they do not fit. */
function rightwards(pattern: Pattern, tokens: readonly Token[], k: number, last: number): number {
  const element = pattern.elements[k];
  if (element === undefined) return pattern.atEnd && tokens.length - 1 - last > 0 ? -1 : last;
  let gap = element.gap;
  let fillers = MAX_FILLERS;
  for (let at = last + 1; ; at++) {
    const token = tokens[at];
    if (element.not) {
      const clear = token === undefined || tokens[last]?.stop === true || !fits(element, token);
      return clear ? rightwards(pattern, tokens, k + 1, last) : -1;
    }
    if (token === undefined || tokens[at - 1]?.stop === true) break;
    if (fits(element, token)) {
      const end = rightwards(pattern, tokens, k + 1, at);
      if (end >= 0) return end;
    }
    if (FILLER.has(token.form) && fillers > 0) fillers -= 1;
    else if (gap > 0 && !NEGATOR.has(token.form)) gap -= 1;
    else break;
  }
  return element.optional ? rightwards(pattern, tokens, k + 1, last) : -1;
}

/** The mirror of `rightwards`: index of the first token taken by the elements from `k` down, or -1. */
function leftwards(pattern: Pattern, tokens: readonly Token[], k: number, first: number): number {
  const element = pattern.elements[k];
  if (element === undefined) return pattern.atStart && first > 0 ? -1 : first;
  let gap = pattern.elements[k + 1]?.gap ?? 0;
  let fillers = MAX_FILLERS;
  for (let at = first - 1; ; at--) {
    const token = tokens[at];
    if (element.not) {
      const clear = token === undefined || token.stop || !fits(element, token);
      return clear ? leftwards(pattern, tokens, k - 1, first) : -1;
    }
    if (token === undefined || token.stop) break;
    if (fits(element, token)) {
      const start = leftwards(pattern, tokens, k - 1, at);
      if (start >= 0) return start;
    }
    if (FILLER.has(token.form) && fillers > 0) fillers -= 1;
    else if (gap > 0 && !NEGATOR.has(token.form)) gap -= 1;
    else break;
  }
  return element.optional ? leftwards(pattern, tokens, k - 1, first) : -1;
}

const FILLER = wordsOf('filler');
/** A gap never passes over these: "ularnya tidak menggigit" is no bite. */
const NEGATOR = wordsOf('negator');

/** Writes out alternatives of several words and either-order pairs. */
function variants(text: string): string[] {
  const group = /\(([^()]*\s[^()]*)\)(\?)?/.exec(text);
  if (group) {
    const options = (group[1] ?? '').split('|').map((option) => option.trim());
    if (group[2]) options.push('');
    const before = text.slice(0, group.index);
    const after = text.slice(group.index + group[0].length);
    return options.flatMap((option) => variants(`${before}${option}${after}`));
  }
  const pair = /\s&(\d*)\s/.exec(text);
  if (!pair) return [text];
  const one = text.slice(0, pair.index);
  const other = text.slice(pair.index + pair[0].length);
  const gap = `..${pair[1] || DEFAULT_GAP}`;
  return [`${one} ${gap} ${other}`, `${other} ${gap} ${one}`].flatMap(variants);
}

/** Thousands of patterns are made of the same few elements; each is kept once. */
type KnownElements = Map<string, Element>;

function parse(id: string, text: string, classes: WordClasses, known: KnownElements): Omit<Pattern, 'anchor'> {
  const elements: Element[] = [];
  let gap = 0;
  let atStart = false;
  let atEnd = false;
  for (const part of text.trim().split(/\s+/)) {
    const dots = /^\.\.(\d*)$/.exec(part);
    if (dots) gap = dots[1] ? Number(dots[1]) : DEFAULT_GAP;
    else if (part === '^') atStart = true;
    else if (part === '$') atEnd = true;
    else {
      const name = `${gap} ${part}`;
      const made = known.get(name) ?? element(part, gap, classes, text);
      known.set(name, made);
      elements.push(made);
      gap = 0;
    }
  }
  if (!elements.some((each) => !each.not && !each.optional && (each.words !== null || each.number))) {
    throw new Error(`pattern without a word: ${id}: ${text}`);
  }
  return { id, elements, atStart, atEnd };
}

function element(part: string, gap: number, classes: WordClasses, text: string): Element {
  const optional = part.endsWith('?');
  const not = part.startsWith('!');
  const body = part.slice(not ? 1 : 0, optional ? -1 : undefined).replace(/^\((.*)\)$/, '$1');
  if (body === '*') return { words: null, number: false, optional, not, gap };
  const words = new Set<string>();
  let number = false;
  for (const name of body.split('|')) {
    if (name === '#') number = true;
    else if (!name.startsWith('@')) words.add(name);
    else {
      const members = classes[name.slice(1)];
      if (members === undefined) throw new Error(`unknown word class ${name} in pattern: ${text}`);
      for (const member of members) words.add(member);
    }
  }
  if ((words.size === 0 && !number) || words.has('')) throw new Error(`empty word in pattern: ${text}`);
  return { words, number, optional, not, gap };
}

/**
 * Files each pattern under the words of one of its elements, so that a token is compared with few patterns: the element
 * whose words lead to the fewest patterns so far.
 */
function index(drafts: readonly Omit<Pattern, 'anchor'>[]): PhraseBook {
  const uses = new Map<string, number>();
  for (const { elements } of drafts) {
    for (const { words } of elements) for (const word of words ?? []) uses.set(word, (uses.get(word) ?? 0) + 1);
  }
  const byAnchor = new Map<string, Pattern[]>();
  const byNumber: Pattern[] = [];
  for (const draft of drafts) {
    let anchor = -1;
    let least = Number.POSITIVE_INFINITY;
    draft.elements.forEach(({ words, optional, not, number }, k) => {
      if (optional || not || number || words === null) return;
      let load = 0;
      for (const word of words) load = Math.max(load, (byAnchor.get(word)?.length ?? 0) * 4 + (uses.get(word) ?? 0));
      if (load < least) {
        least = load;
        anchor = k;
      }
    });
    if (anchor < 0) {
      byNumber.push({
        ...draft,
        anchor: draft.elements.findIndex((each) => each.number && !each.optional && !each.not),
      });
      continue;
    }
    const pattern = { ...draft, anchor };
    for (const word of draft.elements[anchor]?.words ?? []) {
      const list = byAnchor.get(word);
      if (list) list.push(pattern);
      else byAnchor.set(word, [pattern]);
    }
  }
  return { byAnchor, byNumber };
}
