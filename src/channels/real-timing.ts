import { setTimeout as pause } from 'node:timers/promises';
import type { Timing } from '../ports/timing.js';

/** The machine's own clock and chance. */
export const realTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
};
