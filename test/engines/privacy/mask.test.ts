import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, maskIdentifiers } from '../../../src/engines/privacy/index.js';

// Every number here is made up: 99 is no province.
const COVERED: readonly [label: string, text: string, stored: string][] = [
  ['a NIK in one piece', 'nik saya 9902061234560001 bisa gratis?', `nik saya ${MASK} bisa gratis?`],
  ['a NIK in fours', '9902 0612 3456 0001', MASK],
  ['a NIK with dashes', 'NIK:9902-0612-3456-0001.', `NIK:${MASK}.`],
  ['a NIK with dots', '9902.0612.3456.0001', MASK],
  ['a NIK in twos', '99 02 06 12 34 56 00 01', MASK],
  ['a NIK digit by digit', '9 9 0 2 0 6 1 2 3 4 5 6 0 0 0 1', MASK],
  ['a NIK over two lines', 'nik 99020612\n34560001 ya', `nik ${MASK} ya`],
  ['a NIK with slashes and spaces', '990206 / 123456 / 0001', MASK],
  ['a NIK in full-width digits', '９９０２０６１２３４５６０００１', MASK],
  ['a NIK glued to a word', 'ktp9902061234560001kukar', `ktp${MASK}kukar`],
  ['a KK and a NIK', 'kk 9902061234560002, nik 9902061234560001', `kk ${MASK}, nik ${MASK}`],
  ['a BPJS card', 'no bpjs 0009991234567', `no bpjs ${MASK}`],
  ['a BPJS card in groups', '000 999 123 4567', MASK],
  ['a mobile number', 'hub 0800-0000-0001 ya', `hub ${MASK} ya`],
  ['an international number', '+62 800 0000 0001', `+${MASK}`],
  ['the first ten digits of a NIK', '9902061234', MASK],
];

const KEPT: readonly [label: string, text: string][] = [
  ['emergency and service numbers', 'telepon 119 atau 112 atau 165'],
  ['a day and a time', 'besok 23-11-2026 21:40'],
  ['an ISO time', '2026-11-23 21.40'],
  ['opening hours', '07.30-14.00, 07.30-11.00'],
  ['an amount', 'nunggak Rp 1.250.000.000'],
  ['coordinates', '-0.4172345, 116.9925123'],
  ['long coordinates', '-7.742431123456 112.831844123456'],
  ['numbers apart from each other', 'nomor 2 jam 8 anak 3 hari panas 39'],
  ['a house number and a postcode', 'jl melati no 12 rt 05 75511'],
];

describe('numbers that could identify a person are covered', () => {
  it.each(COVERED)('%s', (_label, text, stored) => {
    expect(maskIdentifiers(text)).toEqual({ text: stored, masked: true });
  });
});

describe('what names nobody stays', () => {
  it.each(KEPT)('%s', (_label, text) => {
    expect(maskIdentifiers(text)).toEqual({ text, masked: false });
  });
});

describe('whatever the separators', () => {
  it('no sixteen digits of a NIK survive', () => {
    const separator = fc.constantFrom('', ' ', '-', '.', ' - ', '/', '\n', '_');
    const nik = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), separator), { minLength: 16, maxLength: 16 });
    const words = fc.constantFrom('', 'nik saya', 'ini ktp', 'tolong cek');
    fc.assert(
      fc.property(words, nik, words, (before, digits, after) => {
        const written = `99${digits.map(([digit, gap]) => `${digit}${gap}`).join('')}`;
        const kept = maskIdentifiers(`${before} ${written} ${after}`);
        expect(kept.masked).toBe(true);
        expect(kept.text).not.toMatch(/\d/);
      }),
    );
  });

  it('covering twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = maskIdentifiers(text).text;
        expect(maskIdentifiers(once).text).toBe(once);
      }),
    );
  });
});
