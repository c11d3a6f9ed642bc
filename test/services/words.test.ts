import { describe, expect, test } from 'vitest';
import { EMERGENCY_KINDS } from '../../src/domain/emergency.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { textsOf, wordsPage } from '../../src/services/words.js';
import { buildWorld } from '../../src/world.js';

const page = wordsPage(buildWorld(loadSeedSnapshot()).directory, Date.parse('2026-11-23T21:40:00+08:00'));

describe('the page of all words', () => {
  test.each(EMERGENCY_KINDS)('shows %s as a whole card, not yet signed off', (kind) => {
    expect(page).toContain(`Jenis \`${kind}\``);
  });

  test('marks every card as not reviewed, with its sources', () => {
    const cards = page.split('\n### ').slice(1);
    expect(cards.length).toBeGreaterThan(EMERGENCY_KINDS.length);
    for (const card of cards) expect(card).toContain('Belum ditinjau klinisi');
    for (const card of cards.filter((each) => !each.includes('· tanya')))
      expect(card).toMatch(/- Sumber: .+ dicek \d{4}/);
  });

  test('holds every text of every namespace, filled and measured', () => {
    for (const key of textsOf('id', 'facility').keys()) expect(page).toContain(`| \`${key}\` |`);
    expect(page).not.toContain('{{');
    expect(page).not.toContain('TERLALU PANJANG');
  });
});
