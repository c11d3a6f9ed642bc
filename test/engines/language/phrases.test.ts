import { describe, expect, it } from 'vitest';
import { compilePhrases, match, normalise } from '../../../src/engines/language/index.js';

const cases: readonly [pattern: string, text: string, found: boolean][] = [
  ['bibir biru', 'bibirnya biru', true],
  ['bibir biru', 'bibir itu sangat biru', true],
  ['bibir biru', 'bibir ibu saya biru', false],
  ['bibir .. biru', 'bibir ibu kandung jadi biru', true],
  ['bibir .. biru', 'bibir sakit. Langit biru', false],
  ['gigit .. anjing', 'ular menggigit, bukan anjing', false],
  ['bibir & biru', 'biru bibirnya', true],
  ['bibir ..1 biru', 'bibir bawah kiri jadi biru', false],
  ['(wajah|bibir) biru', 'mukanya biru', true],
  ['@pain dada', 'nyeri dada', true],
  ['# hari', 'sudah 4 hari', true],
  ['demam (tinggi)? # hari', 'demam 4 hari', true],
  ['step !(by|aerobik)', 'anak step', true],
  ['step !(by|aerobik)', 'step aerobik', false],
  ['!(seperti) terbakar', 'seperti terbakar', false],
  ['^ tolong $', 'tolong!!', true],
  ['^ tolong $', 'tolong infonya', false],
  ['(ulu hati|perut) sakit', 'ulu hati sakit', true],
];

describe('match', () => {
  it.each(cases)('%s in "%s": %s', (pattern, text, found) => {
    const book = compilePhrases([{ id: 'x', say: [pattern] }], { pain: ['sakit'] });
    expect(match(book, normalise(text)).length > 0).toBe(found);
  });

  it('gives the span that was found', () => {
    const book = compilePhrases([{ id: 'x', say: ['tidak bisa napas'] }]);
    expect(match(book, normalise('tolong bapak gabisa napas'))).toEqual([{ id: 'x', span: { from: 2, to: 5 } }]);
  });

  it.each(['', '@nosuch', '(a||b)', '..4'])('refuses the pattern "%s"', (pattern) => {
    expect(() => compilePhrases([{ id: 'x', say: [pattern] }])).toThrow();
  });
});
