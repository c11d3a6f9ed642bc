import { isHouseMisspelt } from '../../language/index.js';
import { expanded, isAroundNames } from './cues.js';
import type { Gazetteer } from './gazetteer.js';
import { isOrdinary, isRightlySpelt } from './ordinary.js';
import { foldWord } from './spelling.js';

/** A word of the message as the place finder reads it. */
export interface PlaceWord {
  /** Small letters or digits, without accents and apostrophes. */
  readonly text: string;
  /** As it is compared with names; `full` has an abbreviation written out ("tj" → "tanjung"). */
  readonly folded: string;
  readonly full: string;
  /** Leads to a name or addresses the reader, and is none itself. */
  readonly around: boolean;
  /** An everyday word: a name only where something says so. */
  readonly ordinary: boolean;
  /** Known as it is: no misspelt name. */
  readonly known: boolean;
  /** Where it stands in the raw message. */
  readonly from: number;
  readonly to: number;
  /** True when a comma, a full stop, a line break or the like stands before it. */
  readonly boundary: boolean;
}

/** A message is read up to here; beyond, nobody names a place for the first time. */
const MOST_LETTERS_READ = 4000;
const MOST_WORDS = 240;
const LONGEST_WORD = 24;

const WORD = /[a-z]+2(?![0-9a-z])|[a-z]+|[0-9]+/g;
const BREAK = /[,;:!?\n()]|\.(\s|$)/;

/**
 * Splits the raw message into words. Names are read from the raw text because normalising slang may turn
 * a name into another word. "sanga2" becomes "sanga sanga", "utara2" "utara 2", "dibontang" "di bontang".
 */
export function placeWords(raw: string, gazetteer: Gazetteer): readonly PlaceWord[] {
  const { text, offsets } = plainLetters(raw.slice(0, MOST_LETTERS_READ));
  const words: PlaceWord[] = [];
  let end = 0;
  for (const match of text.matchAll(WORD)) {
    if (words.length >= MOST_WORDS) break;
    const boundary = BREAK.test(text.slice(end, match.index));
    end = match.index + match[0].length;
    const from = offsets[match.index] ?? match.index;
    const to = (offsets[end - 1] ?? end - 1) + 1;
    for (const [at, part] of parts(match[0], gazetteer).entries()) {
      words.push(placeWord(part.slice(0, LONGEST_WORD), boundary && at === 0, from, to));
    }
  }
  return words;
}

/** Small letters without accents and apostrophes; `offsets` tells where each stood, empty when nothing moved. */
function plainLetters(raw: string): { readonly text: string; readonly offsets: readonly number[] } {
  if (!/[^\p{ASCII}]|['`]/u.test(raw)) return { text: raw.toLowerCase(), offsets: [] };
  let text = '';
  const offsets: number[] = [];
  for (let at = 0; at < raw.length; at += 1) {
    const plain = plainLetter(raw.charAt(at));
    for (let letter = 0; letter < plain.length; letter += 1) offsets.push(at);
    text += plain;
  }
  return { text, offsets };
}

function plainLetter(letter: string): string {
  if (letter < '\u0080') return letter === "'" || letter === '`' ? '' : letter.toLowerCase();
  return letter
    .normalize('NFKD')
    .replace(/[\u0300-\u036f’´]/g, '')
    .toLowerCase();
}

function placeWord(typed: string, boundary: boolean, from: number, to: number): PlaceWord {
  const text = isHouseMisspelt(typed) ? 'puskesmas' : typed;
  const whole = expanded(text);
  const folded = foldWord(text);
  return {
    text,
    from,
    to,
    folded,
    full: whole === text ? folded : foldWord(whole),
    around: isAroundNames(text),
    ordinary: isOrdinary(text),
    known: isRightlySpelt(text),
    boundary,
  };
}

function parts(word: string, gazetteer: Gazetteer): readonly string[] {
  if (/[a-z]2$/.test(word)) {
    const stem = word.slice(0, -1);
    return gazetteer.numbered.has(stem) ? [stem, '2'] : [stem, stem];
  }
  return attached(word, gazetteer) ?? [word];
}

/** Prepositions and endings written onto a name, when the rest is a name and the whole is not. */
function attached(word: string, gazetteer: Gazetteer): readonly string[] | null {
  if (word.length < 5 || isRightlySpelt(word) || gazetteer.areas.has(foldWord(word))) return null;
  const [, before, rest] = /^(di|ke)([a-z]{3,})$/.exec(word) ?? [];
  if (before !== undefined && rest !== undefined && gazetteer.areas.has(foldWord(rest))) return [before, rest];
  const [, stem] = /^([a-z]{5,})(?:nya|kah|lah)$/.exec(word) ?? [];
  return stem !== undefined && gazetteer.areas.has(foldWord(stem)) ? [stem] : null;
}
