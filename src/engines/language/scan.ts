/** A raw word or number of the message with the pause that follows it. */
export interface Piece {
  readonly raw: string;
  /** Lower case, NFKC, without accents and invisible characters. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly pause: 0 | 1 | 2;
}

/** What is read of a message; beyond it nobody types an emergency. In UTF-16 units. */
const MAX_CHARS = 12_000;
/** A longer run of letters is not a word; it is cut so that no step depends on its length. */
const MAX_WORD = 64;

const LETTER = /[\p{L}\p{M}]/u;
const DIGIT = /\p{Nd}/u;
const INVISIBLE = /\p{DI}/u;
const MARK = /\p{M}/gu;
/** Pictures that carry a meaning the words may lack. */
const PICTURES = new Set(['🆘', '😂', '🤣', '😹', '😆']);
const APOSTROPHES = new Set(["'", '’', '‘', '`', '´', 'ʼ']);

enum Kind {
  letter,
  digit,
  joiner,
  hyphen,
  point,
  invisible,
  picture,
  comma,
  stop,
  space,
}

function kindOfAscii(code: number): Kind {
  if (code >= 97 && code <= 122) return Kind.letter;
  if (code >= 65 && code <= 90) return Kind.letter;
  if (code >= 48 && code <= 57) return Kind.digit;
  switch (code) {
    case 10:
    case 13:
    case 33:
    case 59:
    case 63:
      return Kind.stop;
    case 46:
      return Kind.point;
    case 40:
    case 41:
    case 44:
      return Kind.comma;
    case 45:
      return Kind.hyphen;
    case 39:
    case 96:
      return Kind.joiner;
    default:
      return code < 32 && code !== 9 ? Kind.invisible : Kind.space;
  }
}

function kindOf(char: string): Kind {
  const code = char.codePointAt(0) ?? 32;
  if (code < 128) return kindOfAscii(code);
  if (PICTURES.has(char)) return Kind.picture;
  if (INVISIBLE.test(char)) return Kind.invisible;
  if (APOSTROPHES.has(char)) return Kind.joiner;
  if (LETTER.test(char)) return Kind.letter;
  if (DIGIT.test(char.normalize('NFKC'))) return Kind.digit;
  if (char === '…') return Kind.comma;
  if (char === '‐' || char === '‑') return Kind.hyphen;
  return Kind.space;
}

function tidy(raw: string): string {
  if (PICTURES.has(raw)) return raw;
  let word = raw.toLowerCase();
  if (/^[\x21-\x7e]*$/.test(word)) return word;
  word = word.normalize('NFKC').toLowerCase().normalize('NFD').replace(MARK, '');
  let clean = '';
  for (const char of word) {
    const kind = kindOf(char);
    if (kind === Kind.invisible) continue;
    clean += kind === Kind.joiner ? "'" : kind === Kind.hyphen ? '-' : char;
  }
  return clean;
}

interface Draft {
  raw: string;
  start: number;
  end: number;
  pause: 0 | 1 | 2;
}

/**
 * Cuts a message into words, numbers and pauses, in one pass. Letters and digits part company ("3hr" → 3, hr) except the
 * "2" of reduplication; a decimal point or comma and the colon of a clock stay inside their number.
 */
export function scan(text: string): Piece[] {
  const chars = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text;
  const drafts: Draft[] = [];
  let at = 0;
  let open: { start: number; kind: Kind.letter | Kind.digit } | null = null;
  const close = (end: number) => {
    if (open === null) return;
    drafts.push({ raw: chars.slice(open.start, end), start: open.start, end, pause: 0 });
    open = null;
  };
  const pause = (size: 1 | 2) => {
    const last = drafts.at(-1);
    if (last && last.pause < size) last.pause = size;
  };
  while (at < chars.length) {
    const code = chars.charCodeAt(at);
    const char = code < 128 ? chars.charAt(at) : String.fromCodePoint(chars.codePointAt(at) ?? 32);
    const next = at + char.length;
    const kind = code < 128 ? kindOfAscii(code) : kindOf(char);
    if (kind === Kind.letter || kind === Kind.digit) {
      if (open !== null && (open.kind !== kind || at - open.start >= MAX_WORD)) close(at);
      if (open === null) open = { start: at, kind };
    } else if (kind === Kind.invisible) {
      // It neither parts nor joins words.
    } else if (open !== null && staysInside(kind, open.kind, chars, next)) {
      // Part of the word or number.
    } else if (kind === Kind.joiner && open !== null && (open as { kind: Kind }).kind === Kind.letter) {
      // A closing apostrophe is a letter of Madurese and of "ga'".
      close(next);
    } else {
      close(at);
      if (kind === Kind.picture) drafts.push({ raw: char, start: at, end: next, pause: 0 });
      else if (kind === Kind.comma) pause(1);
      else if (kind === Kind.stop) pause(2);
      else if (kind === Kind.point) {
        // Dots in a row are hesitation, not the end of a sentence.
        const run = chars.charAt(next) === '.' || (at > 0 && chars.charAt(at - 1) === '.');
        const last = drafts.at(-1);
        if (run && last && last.pause === 2 && last.end === at - 1) last.pause = 1;
        pause(run ? 1 : 2);
      }
    }
    at = next;
  }
  close(chars.length);
  return drafts.map((draft) => ({ ...draft, word: tidy(draft.raw) })).filter((piece) => piece.word !== '');
}

function staysInside(kind: Kind, open: Kind, chars: string, next: number): boolean {
  const following = chars.charCodeAt(next);
  const digit = following >= 48 && following <= 57;
  const letter = (following >= 97 && following <= 122) || (following >= 65 && following <= 90) || following > 191;
  if (open === Kind.digit)
    return digit && (kind === Kind.point || kind === Kind.comma || chars.charAt(next - 1) === ':');
  if (open === Kind.letter) return letter && (kind === Kind.hyphen || kind === Kind.joiner);
  return false;
}
