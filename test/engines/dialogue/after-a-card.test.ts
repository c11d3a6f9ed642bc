import { describe, expect, it } from 'vitest';
import { createSimulator } from '../../../src/services/simulate.js';
import { MONDAY, WORLD } from '../../services/house.js';

/** What is said some minutes after a card for somebody unconscious, and what the answer is about. */
const SAID: readonly (readonly [text: string, intent: string])[] = [
  // The way to help: the card stays.
  ['puskesmas yang buka di tenggarong', 'emergency'],
  ['ugd puskesmas loa ipuh buka?', 'emergency'],
  ['rumah sakit terdekat dari loa kulu', 'emergency'],
  ['sekarang di mangkurawang', 'emergency'],
  ['ambulans loa ipuh ada?', 'emergency'],
  ['dia kejang di samboja', 'emergency'],
  // A question of its own, though it names a place.
  ['apakah puskesmas loa ipuh terima imunisasi?', 'facility_info'],
  ['besok puskesmas loa ipuh buka jam berapa', 'open_now'],
  ['puskesmas mangkurawang buka hari minggu?', 'open_now'],
  ['berobat gratis pakai ktp tenggarong?', 'eligibility'],
];

describe('after a card', () => {
  it.each(SAID)('"%s" is about %s', (text, intent) => {
    const simulator = createSimulator(WORLD, () => MONDAY);
    const say = (words: string, minute: number) =>
      simulator.answer(
        JSON.stringify({ contact: 'a', text: words, at: new Date(MONDAY + minute * 60_000).toISOString() }),
        1,
      );
    say('bapak saya pingsan', 0);
    expect(JSON.parse(say(text, 17))).toMatchObject({ trace: { intent } });
  });
});
