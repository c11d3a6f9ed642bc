import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { killLine, killWhileAnnouncing } from '../../bench/load/kill-while-announcing.js';

const PEOPLE = 1_500;
const KILLS = 4;

/** The same with 20 000 people and ten kills is `npm run bench broadcast`. */
it('an announcement survives kills: each person once, or listed as unsure', { timeout: 300_000 }, async () => {
  expect(existsSync('dist/src/main.js'), 'dist is missing: node scripts/build.mjs').toBe(true);
  const figures = await killWhileAnnouncing(PEOPLE, KILLS, 20_261_124);
  process.stdout.write(`\n  broadcast kill test: ${killLine(figures)}\n`);
  expect(figures.wrong).toBe(0);
  expect(figures.sentOnce + figures.unsure).toBe(PEOPLE);
  expect(figures.unsure).toBeLessThanOrEqual(KILLS * figures.mostInFlight);
});
