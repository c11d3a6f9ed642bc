import { afterEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { planSeed } from '../../src/services/seed.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { type HeldClock, heldClock } from '../fakes/held-clock.js';
import { scriptedChannel } from '../fakes/scripted-channel.js';
import { MONDAY, OPEN, recordingLog, written } from '../services/house.js';

const SECOND = 1_000;

describe('two machines whose clocks differ', () => {
  const ends: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });

  /** A store that has a clock of its own, as PostgreSQL has. */
  async function filled(clock: HeldClock) {
    const store = { ...createMemoryStore(), clock: async () => clock.now() };
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    return store;
  }

  async function machine(store: Awaited<ReturnType<typeof filled>>, clock: HeldClock, aheadMs: number) {
    const timing = { ...clock, now: () => clock.now() + aheadMs };
    const channel = scriptedChannel('telegram', timing.now, true);
    const lines: string[] = [];
    const app = await buildApp(readConfig({}), recordingLog(lines), {
      timing,
      store,
      channels: [channel],
      withoutWeb: true,
    });
    await app.start();
    await clock.settle();
    const stop = async () => {
      const stopped = app.stop();
      await clock.advance(60 * SECOND);
      await stopped;
    };
    ends.push(stop);
    return { channel, lines };
  }

  it.each([
    [5, 'a few seconds'],
    [30, 'half a minute'],
    [-30, 'half a minute, the other way'],
    [3_600, 'a wrong time zone'],
  ])('%d s (%s): nothing that lives is taken over, nothing is sent twice', async (seconds) => {
    const clock = heldClock(MONDAY);
    const store = await filled(clock);
    const first = await machine(store, clock, 0);
    const second = await machine(store, clock, seconds * SECOND);
    // Claimed by the first, whose provider is slow to answer: to a clock that is ahead this looks left behind.
    first.channel.script('hang');
    await first.channel.events()?.receive([written('1', OPEN, '777', clock.now())]);
    for (let step = 0; step < 20; step += 1) await clock.advance(3 * SECOND);
    expect([first, second].map(({ channel }) => channel.events() !== null)).toEqual([true, false]);
    expect(await store.outbox.counts()).toMatchObject({ sending: 1 });
    expect([...first.lines, ...second.lines].filter((line) => /lost to another|interrupted/.test(line))).toEqual([]);
    expect(second.lines.filter((line) => line.includes('clock differs'))).toHaveLength(1);
    // The first waits for its provider for ever, and could not end in order.
    ends.length = 0;
  });

  it('the one ahead takes over when the other dies, as soon as one in time would', async () => {
    const clock = heldClock(MONDAY);
    const store = await filled(clock);
    const first = await machine(store, clock, 0);
    const second = await machine(store, clock, 30 * SECOND);
    await ends.shift()?.();
    await clock.advance(3 * SECOND);
    expect([first, second].map(({ channel }) => channel.events() !== null)).toEqual([false, true]);
  });
});
