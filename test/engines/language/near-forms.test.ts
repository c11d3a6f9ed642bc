import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NearForms } from '../../../src/engines/language/near-forms.js';

const shorter = (word: string) => [word, ...Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))];

describe('words by what slips leave of them', () => {
  const words = new NearForms(['sakit', 'sait', 'sakti', 'sakit'], shorter);

  it.each([
    ['sait', ['sakit', 'sait']],
    ['skit', ['sakit']],
    ['saki', ['sakit', 'sakti']],
    ['sakt', ['sakit', 'sakti']],
    ['sehat', []],
    ['', []],
  ])('%s: %j, each once and in their order', (form, expected) => {
    expect([...words.of(form)]).toEqual(expected);
  });

  it('finds whatever a table of strings finds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 })), fc.string({ maxLength: 6 }), (list, form) => {
        const expected = [...new Set(list)].filter((word) => shorter(word).includes(form));
        expect([...new NearForms(list, shorter).of(form)]).toEqual(expect.arrayContaining(expected));
      }),
    );
  });
});
