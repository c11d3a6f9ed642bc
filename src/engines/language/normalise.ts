import { FIXED_PHRASES, SPELLINGS } from './lexicon.js';
import { readNumbers, type Word } from './numbers.js';
import { type Piece, scan } from './scan.js';
import type { NormalText, Token } from './token.js';
import { read } from './word.js';

/** After these a digit is a clock, a class or a date, not a doubled word ("jam2", "tgl2"). */
const COUNTED = new Set([
  'jam',
  'jm',
  'pukul',
  'pkl',
  'tgl',
  'tanggal',
  'kelas',
  'kls',
  'hari',
  'usia',
  'umur',
  'b',
  'o',
  'hr',
  'sesi',
  'poli',
]);
/** "loro loro", "tiba tiba": a word said twice is a doubled word; further repeats are only insistence. */
const AGAIN = new Set(['tiba', 'ujug', 'tau', 'moro']);
/** Of a message with more words than any person types the beginning and the end are read, so many of each. */
const MANY_WORDS = 1_200;
/** So many letters of unknown words are guessed at; beyond, a word that nobody knows stays as typed. */
const GUESSED_LETTERS = 1_200;

/**
 * Reads a message: standard lower-case forms with their place in it, in time linear in its length (the first 12,000
 * characters count). Never throws. No word is dropped, so negation, time and persons survive; what is not known stays
 * as it was typed.
 */
export function normalise(text: string): NormalText {
  const pieces = endsOf(scan(text));
  const words = fix(
    readNumbers(readWords(pieces), (word) => pieces[word.first]?.word ?? ''),
    (word) => (pieces[word.last]?.pause ?? 0) > 0,
  );
  const tokens = words.map((word, i) => tokenOf(word, words[i + 1], pieces, text));
  return { raw: text, tokens, text: tokens.map((token) => token.form).join(' ') };
}

function endsOf(pieces: readonly Piece[]): readonly Piece[] {
  if (pieces.length <= 2 * MANY_WORDS) return pieces;
  return [...pieces.slice(0, MANY_WORDS), ...pieces.slice(-MANY_WORDS)];
}

function tokenOf(word: Word, next: Word | undefined, pieces: readonly Piece[], text: string): Token {
  const start = pieces[word.first]?.start ?? 0;
  const end = pieces[word.last]?.end ?? start;
  const pause = next?.last === word.last ? 0 : (pieces[word.last]?.pause ?? 0);
  return {
    raw: text.slice(start, end),
    form: word.form,
    start,
    end,
    boundary: pause > 0,
    stop: pause === 2,
    guessed: word.guessed,
  };
}

function readWords(pieces: readonly Piece[]): Word[] {
  const words: Word[] = [];
  const seen = new Map<string, ReturnType<typeof read>>();
  let guessed = 0;
  for (let at = 0; at < pieces.length; at++) {
    const piece = pieces[at];
    if (!piece) break;
    if (/^\d/.test(piece.word)) {
      words.push({ form: piece.word.replace(',', '.'), first: at, last: at, guessed: false });
      continue;
    }
    if (piece.word === 'g' && /^\d$/.test(pieces[at + 1]?.word ?? '') && pieces[at + 1]?.start === piece.end) {
      // "G2P1A0": how midwives count pregnancies.
      words.push({ form: 'gravida', first: at, last: at, guessed: false });
      continue;
    }
    if (piece.word === 'cm' && !isMeasured(pieces[at - 1])) {
      words.push({ form: 'cuma', first: at, last: at, guessed: false });
      continue;
    }
    const tail = doubledBy(pieces, at);
    const twice = tail > 0 || pieces[at + 1]?.word === piece.word;
    const key = twice ? `${piece.word}2` : piece.word;
    let reading = seen.get(key);
    if (!reading) {
      reading = twice ? readDoubled(piece.word) : read(piece.word, guessed < GUESSED_LETTERS);
      if (!SPELLINGS.has(piece.word)) guessed += piece.word.length;
      seen.set(key, reading);
    }
    let last = at + tail;
    // "muntah muntah muntah" says no more than "muntah".
    while (piece.pause === 0 && tail === 0 && pieces[last + 1]?.word === piece.word && pieces[last]?.pause === 0)
      last += 1;
    if (reading.guessed && isPlaceNamedAt(pieces, at)) reading = { forms: [piece.word], guessed: false };
    for (const form of reading.forms) words.push({ form, first: at, last, guessed: reading.guessed });
    at = last;
  }
  return words;
}

/** "5 cm" and "dua cm" are centimetres; "cm lecet" is only a graze. */
function isMeasured(before: Piece | undefined): boolean {
  return (
    before !== undefined &&
    before.pause === 0 &&
    /^(\d|(se|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)?(belas|puluh)?$|sepuluh|beberapa|berapa|brp|setengah|per)/.test(
      before.word,
    )
  );
}

/** What is named right behind these is a place, however it is spelt: "kec kaang rejo" is no fit. */
const NAMES_PLACE =
  /^(kec|kecamatan|desa|ds|kel|kelurahan|kab|kabupaten|puskesmas|pkm|puskes|pusk|pustu|pusban|rsud|kampung|dusun)$/;
/** Before "di" or "ke" these say that a place follows; "sakit di prut" names a part of the body. */
const LEADS_TO_PLACE =
  /^(buka|bukak|tutup|puskesmas|pkm|puskes|pustu|rs|rsud|tinggal|alamat|mana|rumah|lokasi|posisi)$/;

/** True where a word that nobody knows names a place; "di gigt" and "ke setrm" are verbs, and stay guesses. */
function isPlaceNamedAt(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1];
  if (before === undefined || before.pause > 0) return false;
  if (NAMES_PLACE.test(before.word)) return true;
  if (!/^(di|ke)$/.test(before.word)) return false;
  const lead = pieces[at - 2];
  return lead !== undefined && lead.pause === 0 && LEADS_TO_PLACE.test(lead.word);
}

/** How many pieces after this one belong to its "2": "muntah2" and "muntah2an". */
function doubledBy(pieces: readonly Piece[], at: number): number {
  const piece = pieces[at];
  const digit = pieces[at + 1];
  if (!piece || !digit || digit.word !== '2' || digit.start !== piece.end) return 0;
  if (COUNTED.has(piece.word) || piece.word.length < 2) return 0;
  const tail = pieces[at + 2];
  return tail && tail.start === digit.end && /^(an|nya|in|e|ne|i|ku)$/.test(tail.word) ? 2 : 1;
}

function readDoubled(word: string): ReturnType<typeof read> {
  if (AGAIN.has(word)) return read(`${word}-${word}`);
  const whole = read(`${word}2`);
  return whole.forms.length === 1 && whole.forms[0] === `${word}2` ? read(word) : whole;
}

/** Replaces fixed phrases ("rumah sakit" → "rs"); none reaches across a pause ("wis metu sirahe, puskesmas endi"). */
function fix(words: readonly Word[], pauses: (after: Word) => boolean): Word[] {
  const out: Word[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    if (!word) break;
    const phrase = FIXED_PHRASES.get(word.form)?.find(({ say }) =>
      say.every((form, i) => {
        const said = words[at + i];
        return said?.form === form && (i === say.length - 1 || !pauses(said));
      }),
    );
    if (phrase) {
      const last = words[at + phrase.say.length - 1] ?? word;
      for (const form of phrase.means) out.push({ form, first: word.first, last: last.last, guessed: false });
      at += phrase.say.length;
    } else {
      out.push(word);
      at += 1;
    }
  }
  return out;
}
