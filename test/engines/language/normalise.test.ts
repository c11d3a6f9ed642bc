import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/engines/language/index.js';

const cases: readonly [what: string, typed: string, read: string][] = [
  ['slang', 'pkm mana yg buka skrg', 'puskesmas mana yang buka sekarang'],
  ['missing spaces', 'gabisa ngomong', 'tidak bisa bicara'],
  ['missing spaces', 'TOLONGBAPAKSAYAPINGSAN', 'tolong bapak saya pingsan'],
  ['missing spaces', 'gasadar gabangun', 'tidak sadar tidak bangun'],
  ['reduplication by 2', 'muntah2 dan kejang2', 'muntah dan kejang'],
  ['reduplication with a suffix', 'muntah2an', 'muntah'],
  ['reduplication with a hyphen', 'terengah-engah', 'ngos-ngosan'],
  ['a word said twice', 'tiba tiba pingsan', 'mendadak pingsan'],
  ['a clock is not doubled', 'jam2', 'jam 2'],
  ['lengthening', 'sakiiit tolooong', 'sakit tolong'],
  ['clitics', 'mulutnya dadanya anakku', 'mulut dada anak'],
  ['dropped vowels', 'pngsn', 'pingsan'],
  ['a slip of the finger', 'kejag', 'kejang'],
  ['swapped letters', 'muntha', 'muntah'],
  ['decimal comma', 'suhu 39,5', 'suhu 39.5'],
  ['number and unit', 'anak 3bln', 'anak 3 bulan'],
  ['numbers in words', 'dua bulan', '2 bulan'],
  ['numbers in words', 'tiga puluh sembilan koma lima', '39.5'],
  ['half an hour', 'setengah jam', '30 menit'],
  ['one of a unit', 'sejam saminggu', '1 jam 1 minggu'],
  ['a clock by "pukul"', 'pukul 9', 'jam 9'],
  ['capitals and full width', 'ＫＥＪＡＮＧ', 'kejang'],
  ['invisible characters', 'ke\u200bja\u0000ng', 'kejang'],
  ['Javanese', 'bapakku semaput ora tangi', 'bapak pingsan tidak bangun'],
  ['Javanese two', 'loro dino', '2 hari'],
  ['Javanese pain', 'weteng loro', 'perut sakit'],
  ['Madurese', "ta' enga'", 'tidak sadar'],
  ['Banjar', 'kada kawa bapandir', 'tidak bisa bicara'],
  ['Banjar vowels', 'kapala', 'kepala'],
  ['fixed phrases', 'rumah sakit', 'rs'],
  ['fixed phrases', 'darah tinggi', 'hipertensi'],
  ['fixed phrases', 'step by step', 'bertahap'],
  ['English', "can't breathe", 'tidak bisa napas'],
  ['emoji that mean something', 'tolong 🆘', 'tolong darurat'],
];

/** Everyday words that resemble a health word: they must stay what they are. */
const lookAlikes = [
  'pisang',
  'kelapa',
  'nanas',
  'kejar',
  'pasuruan',
  'sebulu',
  'rambutan',
  'bengkel',
  'konstruksi',
  'kacamata',
];

describe('normalise', () => {
  it.each(cases)('%s: %s', (_what, typed, read) => {
    expect(normalise(typed).text).toBe(read);
  });

  it.each(lookAlikes)('leaves "%s" alone', (word) => {
    expect(normalise(word).text).toBe(word);
  });

  it('keeps negation, time and persons', () => {
    expect(normalise('kemarin ibu saya ga demam, blm muntah').text).toBe('kemarin ibu saya tidak demam belum muntah');
  });

  it('tells where each word stands and which pause follows', () => {
    const { tokens } = normalise('Demam, gabisa tidur. Tolong');
    expect(tokens.map(({ raw, form, boundary, stop }) => [raw, form, boundary, stop])).toEqual([
      ['Demam', 'demam', true, false],
      ['gabisa', 'tidak', false, false],
      ['gabisa', 'bisa', false, false],
      ['tidur', 'tidur', true, true],
      ['Tolong', 'tolong', false, false],
    ]);
    expect(tokens.map(({ start, end }) => [start, end])).toEqual([
      [0, 5],
      [7, 13],
      [7, 13],
      [14, 19],
      [21, 27],
    ]);
  });

  it('leaves the names of the served areas recognisable', () => {
    const names = readFileSync('prisma/seed/areas.csv', 'utf8')
      .split('\n')
      .slice(1)
      .flatMap(
        (line) =>
          line
            .split(',')[2]
            ?.toLowerCase()
            .match(/[a-z]{4,}/g) ?? [],
      );
    const changed = [...new Set(names)].filter((name) => normalise(name).text !== name);
    expect(changed.length / names.length).toBeLessThan(0.03);
  });

  it.each([
    ['puskesmas buka di kaang rejo', 'puskesmas buka di kaang rejo'],
    ['kec kaang rejo', 'kec kaang rejo'],
    ['desa kaang', 'desa kaang'],
    ['sakit di prut', 'sakit di perut'],
  ])('guesses no illness where a place is named: %s', (text, read) => expect(normalise(text).text).toBe(read));

  it.each([
    ['is damai health centre open', 'is damai puskesmas open'],
    ['emergency room', 'ugd'],
    ['puskesmas di kota bangun', 'puskesmas di kota bangun'],
    ['where is the dentist', 'where is the dokter gigi'],
    ['rumha sakit', 'rs'],
  ])('reads the house and who works there: %s', (text, read) => expect(normalise(text).text).toBe(read));

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
        for (const { start, end, raw } of normalise(text).tokens) expect(text.slice(start, end)).toBe(raw);
      }),
    );
  });

  it('reads its own reading the same way', () => {
    for (const [, , read] of cases) expect(normalise(read).text).toBe(read);
  });

  it('finds the end of a message of ten thousand characters', () => {
    const { tokens } = normalise(`${'puskesmas buka jam berapa '.repeat(380)} bapak tidak napas`);
    expect(tokens.at(-1)?.form).toBe('napas');
  });
});
