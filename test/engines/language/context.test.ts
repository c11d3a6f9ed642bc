import { describe, expect, it } from 'vitest';
import { type Context, compilePhrases, context, match, normalise } from '../../../src/engines/language/index.js';

const FIND = compilePhrases([{ id: 'x', say: ['kejang', 'sesak', 'stroke', 'tidak sadar', 'pingsan', 'gigit'] }]);

function around(text: string): Partial<Context> {
  const normal = normalise(text);
  const first = match(FIND, normal)[0];
  if (!first) throw new Error(`nothing found in ${text}`);
  const { past, ...rest } = context(normal, first.span);
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value)),
    ...(past === 'none' ? {} : { past }),
  };
}

const cases: readonly [text: string, meant: Partial<Context>][] = [
  ['anak saya kejang', {}],
  ['anak tidak kejang', { negated: true }],
  ['ga ada kejang', { negated: true }],
  ['tanpa demam, muntah, atau kejang', { negated: true }],
  ['tidak mengeluh sesak', { negated: true }],
  ['kejang tidak ada', { negated: true }],
  ['kejang? ngga kok', { negated: true }],
  ['tidak sadar', {}],
  ['tidak bisa bangun, kejang', {}],
  ['tidak, anak saya kejang', {}],
  ['dulu pernah kejang', { past: 'far' }],
  ['stroke 3 tahun lalu', { past: 'far' }],
  ['kemarin kejang', { past: 'near' }],
  ['sejak kemarin kejang', {}],
  ['tadi kejang, sekarang sudah sadar', { over: true }],
  ['sudah sembuh dari stroke', { over: true }],
  ['kalau anak kejang bagaimana', { supposed: true }],
  ['takut kejang', { feared: true }],
  ['supaya tidak kejang', { negated: true, feared: true }],
  ['apa itu stroke', { asking: true }],
  ['gejala stroke apa saja', { asking: true }],
  ['penyebab kejang pada anak', { asking: true }],
  ['di film ada yang kejang', { told: true }],
  ['pingsan lihat tagihan wkwk', { figurative: true }],
  ['laptop kejang', { notHuman: true }],
  ['kucing saya kejang', { notHuman: true, animal: true }],
  ['digigit kucing', {}],
];

describe('context', () => {
  it.each(cases)('%s', (text, meant) => {
    expect(around(text)).toEqual(meant);
  });
});
