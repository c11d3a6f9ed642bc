import { setMaxListeners } from 'node:events';
import type { Timing } from '../../src/ports/timing.js';

export interface HeldClock extends Timing {
  /** Lets everything that can happen at this instant happen. */
  settle(): Promise<void>;
  /** Moves on, ending each wait at its own instant and in order. */
  advance(ms: number): Promise<void>;
}

interface Wait {
  readonly until: number;
  end(): void;
}

/** A clock that moves only when told to, without chance: waits end when their time has come, and nobody sleeps. */
export function heldClock(start: number): HeldClock {
  let now = start;
  const waits = new Set<Wait>();

  async function settle(): Promise<void> {
    for (let round = 0; round < 12; round += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    now: () => now,
    random: () => 0.5,
    wait: (ms, signal) =>
      new Promise<void>((resolve) => {
        if (signal.aborted) return resolve();
        setMaxListeners(0, signal);
        const wait: Wait = {
          until: now + ms,
          end: () => {
            waits.delete(wait);
            signal.removeEventListener('abort', wait.end);
            resolve();
          },
        };
        waits.add(wait);
        signal.addEventListener('abort', wait.end);
      }),
    settle,
    advance: async (ms) => {
      const goal = now + ms;
      await settle();
      for (;;) {
        const next = [...waits].reduce<Wait | null>((a, b) => (a && a.until <= b.until ? a : b), null);
        if (!next || next.until > goal) break;
        now = Math.max(now, next.until);
        next.end();
        await settle();
      }
      now = goal;
      await settle();
    },
  };
}
