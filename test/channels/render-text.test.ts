import { describe, expect, it } from 'vitest';
import { placeAsText, shorten, splitText, withNumberedChoices } from '../../src/channels/render-text.js';
import { WORDS } from './support.js';

const a = { id: 'a', label: 'Puskesmas A' };
const b = { id: 'b', label: 'Puskesmas B' };

describe('choices as numbered text', () => {
  it.each([
    ['no choices', [], 'Halo'],
    ['all below the text', [a, b], 'Halo\n\n1. Puskesmas A\n2. Puskesmas B\n\nBalas dengan angka.'],
    [
      'one already in the text keeps its number',
      [{ ...a, inText: true }, b],
      'Halo\n\n2. Puskesmas B\n\nBalas dengan angka.',
    ],
    ['all already in the text', [{ ...a, inText: true }], 'Halo\n\nBalas dengan angka.'],
  ])('%s', (_, choices, expected) => {
    expect(withNumberedChoices('Halo', choices, WORDS.id)).toBe(expected);
  });
});

describe('splitting a text', () => {
  it.each([
    ['short stays whole', 'satu dua', 20, ['satu dua']],
    ['nothing gives nothing', '  ', 20, []],
    ['at an empty line', 'satu dua tiga\n\nempat lima', 20, ['satu dua tiga', 'empat lima']],
    ['at a line', 'satu dua tiga\nempat lima enam', 20, ['satu dua tiga', 'empat lima enam']],
    ['anywhere when there is no space', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['never within a character', 'aaa😀bbb', 4, ['aaa', '😀bb', 'b']],
  ])('%s', (_, text, limit, expected) => {
    expect(splitText(text, limit)).toEqual(expected);
  });

  it('loses no word', () => {
    const text = Array.from({ length: 3000 }, (_, n) => `kata${n}`).join(' ');
    const parts = splitText(text, 4096);
    expect(parts.every((part) => part.length <= 4096)).toBe(true);
    expect(parts.join(' ')).toBe(text);
  });
});

describe('shortening', () => {
  it.each([
    ['fits', 'Puskesmas', 20, 'Puskesmas'],
    ['too long', 'Puskesmas Contoh Sejahtera', 20, 'Puskesmas Contoh Se…'],
    ['never within a character', 'aa😀😀', 4, 'aa…'],
  ])('%s', (_, text, limit, expected) => {
    expect(shorten(text, limit)).toBe(expected);
    expect(expected.length).toBeLessThanOrEqual(limit);
  });
});

it('shows a place with a link for the phone map', () => {
  const place = {
    type: 'place' as const,
    facility: 'x',
    lat: -0.4,
    lng: 117.1,
    title: 'Puskesmas Contoh',
    address: '',
  };
  expect(placeAsText(place)).toBe('Puskesmas Contoh\nhttps://maps.google.com/?q=-0.4,117.1');
});
