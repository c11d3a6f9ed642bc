import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../../src/services/simulate.js';
import { MONDAY, WORLD } from '../../services/house.js';

/** A message of nothing but courtesy, and a word of the one answer that it gets. */
const SAID: readonly (readonly [text: string, word: RegExp])[] = [
  ['halo', /^Halo, ini Tanya Puskesmas/],
  ['sore min, menunya apa aja ya', /^Halo, ini Tanya Puskesmas/],
  ['assalamualaikum, ini layanan apa ya', /^Halo, ini Tanya Puskesmas/],
  ['makasih ya, kembali ke menu', /^Halo, ini Tanya Puskesmas/],
  ['halo kak makasih ya yang kemarin', /^Sama-sama/],
  ['alhamdulillah anak saya sudah sembuh, trims ya bot', /^Sama-sama/],
];

describe('courtesy alone', () => {
  it.each(SAID)('"%s" is answered by %s', (text, word) => {
    const simulator = createSimulator(WORLD, () => MONDAY);
    const { replies, trace } = JSON.parse(simulator.answer(JSON.stringify({ contact: 'a', text }), 1));
    expect(replies).toEqual([expect.objectContaining({ text: expect.stringMatching(word) })]);
    expect(trace.intents).not.toContain('out_of_scope');
  });
});
