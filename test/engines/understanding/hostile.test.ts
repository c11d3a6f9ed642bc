import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise } from '../../../src/engines/language/index.js';
import { NOTHING_UNDERSTOOD, understand } from '../../../src/engines/understanding/index.js';
import { read, shippedWorld } from './shipped-world.js';

describe('whatever the message holds, it is read', () => {
  it('any text', () => {
    const world = shippedWorld();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        expect(understand(normalise(text), world).mentions.length).toBeLessThanOrEqual(8);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['emoji', '😂🙏🆘'.repeat(500)],
    ['control characters', '\u0000\u0007\u202e\u200b'],
    ['right-to-left text', 'السلام عليكم أين المستشفى'],
  ])('%s means nothing', (_, text) => {
    expect({ ...read(text), intents: [] }).toEqual(NOTHING_UNDERSTOOD);
  });

  it.each([
    ['places', 'bontang balikpapan tenggarong '],
    ['misspelt places', 'di bontong di samboya di tenggarang '],
    ['clocks', 'jam 7 '],
    ['wishes', 'puskesmas mana yang buka '],
    ['letters', 'a'],
  ])('10,000 characters of %s', (_, piece) => {
    const text = piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000);
    expect(read(text).mentions.length).toBeLessThanOrEqual(8);
  });

  it('gives the same for the same message and world', () => {
    expect(read('pkm samboja msh buka ga bsk')).toEqual(read('pkm samboja msh buka ga bsk'));
  });
});
