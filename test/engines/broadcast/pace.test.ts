import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arrived,
  blockUntil,
  FRESH_PACE,
  left,
  leftToday,
  letThrough,
  type PaceLimits,
  type PaceState,
  takenBack,
  underClock,
  waitFor,
} from '../../../src/engines/broadcast/index.js';

const TELEGRAM: PaceLimits = { perSecond: 30, gapMs: null, perDay: null };
const BAILEYS: PaceLimits = { perSecond: null, gapMs: [30_000, 60_000], perDay: 200 };
const NOON = Date.parse('2026-11-23T12:00:00+08:00');

/** Sends as fast as the pace allows; each takes so long to arrive. Resolves to the instants of arrival. */
function run(limits: PaceLimits, many: number, latency: (n: number) => number, chance: (n: number) => number) {
  let state: PaceState = FRESH_PACE;
  let now = NOON;
  const arrivals: number[] = [];
  let answers: { id: number; at: number }[] = [];
  for (let n = 0; n < many; n += 1) {
    for (;;) {
      for (const { id, at } of answers) if (at <= now) state = arrived(state, id, at);
      answers = answers.filter(({ at }) => at > now);
      const wait = waitFor(state, limits, now, chance(n));
      if (wait <= 0) break;
      const next = Math.min(...answers.map(({ at }) => at), now + wait);
      now = next;
    }
    state = left(letThrough(state, limits, n, now), n, now);
    const at = now + latency(n);
    arrivals.push(at);
    answers.push({ id: n, at });
  }
  return arrivals;
}

/** The most that arrive within any second. */
function busiest(arrivals: readonly number[]): number {
  const sorted = [...arrivals].sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  sorted.forEach((at, index) => {
    while ((sorted[from] ?? 0) <= at - 1000) from += 1;
    most = Math.max(most, index - from + 1);
  });
  return most;
}

describe('a limit per second', () => {
  test('is kept and used: within three percent', () => {
    const arrivals = run(
      TELEGRAM,
      3000,
      () => 8,
      () => 0,
    );
    const seconds = ((arrivals.at(-1) ?? 0) - NOON) / 1000;
    expect(busiest(arrivals)).toBeLessThanOrEqual(30);
    expect(3000 / seconds).toBeGreaterThan(30 * 0.97);
  });

  test('is never passed at the provider, however unevenly requests arrive within a quarter of a second', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 60, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (delays, perSecond) => {
          const limits = { ...TELEGRAM, perSecond };
          const arrivals = run(
            limits,
            120,
            (n) => delays[n % 60] ?? 0,
            () => 0,
          );
          expect(busiest(arrivals)).toBeLessThanOrEqual(perSecond);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('gives an unused place back', () => {
    let state: PaceState = FRESH_PACE;
    for (let id = 0; id < 30; id += 1) state = left(letThrough(state, TELEGRAM, id, NOON), id, NOON);
    expect(waitFor(state, TELEGRAM, NOON + 100, 0)).toBeGreaterThan(900);
    expect(waitFor(takenBack(state, 7), TELEGRAM, NOON + 100, 0)).toBe(0);
  });

  test('counts what has not left yet', () => {
    let state: PaceState = FRESH_PACE;
    for (let id = 0; id < 30; id += 1) state = letThrough(state, TELEGRAM, id, NOON);
    expect(waitFor(state, TELEGRAM, NOON + 5000, 0)).toBe(1000);
  });
});

describe('the pauses of a linked device', () => {
  test.each([
    [0, 30_000],
    [0.5, 45_000],
    [1, 60_000],
  ])('chance %d: %d ms', (random, pause) => {
    const state = letThrough(FRESH_PACE, BAILEYS, 1, NOON);
    expect(waitFor(FRESH_PACE, BAILEYS, NOON, random)).toBe(0);
    expect(waitFor(state, BAILEYS, NOON, random)).toBe(pause);
    expect(waitFor(state, BAILEYS, NOON + pause, random)).toBe(0);
  });

  test('and its day', () => {
    expect(leftToday(BAILEYS, 0)).toBe(200);
    expect(leftToday(BAILEYS, 260)).toBe(0);
    expect(leftToday(TELEGRAM, 100_000)).toBeNull();
  });
});

describe('a provider that says "later"', () => {
  const state = blockUntil(FRESH_PACE, NOON, NOON + 35_000);
  test('is obeyed to the millisecond', () => {
    expect(waitFor(state, TELEGRAM, NOON + 1000, 0)).toBe(34_000);
    expect(waitFor(state, TELEGRAM, NOON + 35_000, 0)).toBe(0);
  });
  test('is not talked out of it by a shorter word', () => {
    expect(waitFor(blockUntil(state, NOON + 1, NOON + 2000), TELEGRAM, NOON + 1000, 0)).toBe(34_000);
  });
});

describe('a clock that was set back by an hour', () => {
  const back = NOON - 3_600_000;
  test('does not stop sending for an hour', () => {
    let state: PaceState = FRESH_PACE;
    for (let id = 0; id < 40; id += 1)
      state = left(letThrough(state, TELEGRAM, id, NOON + id * 40), id, NOON + id * 40);
    expect(waitFor(underClock(state, back), TELEGRAM, back, 0)).toBeLessThanOrEqual(1250);
  });
  test('keeps the length of a block', () => {
    const state = underClock(blockUntil(FRESH_PACE, NOON, NOON + 35_000), back);
    expect(waitFor(state, TELEGRAM, back, 0)).toBe(35_000);
  });
  test('keeps the pause', () => {
    const state = underClock(letThrough(FRESH_PACE, BAILEYS, 1, NOON), back);
    expect(waitFor(state, BAILEYS, back, 0)).toBe(30_000);
  });
});
