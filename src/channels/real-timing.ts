import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Timing } from '../ports/timing.js';

/** The machine's own clock and chance. */
export const realTiming: Timing = {
  now: () => Date.now(),
  random: () => Math.random(),
  wait: (ms, signal) => {
    // Any number may wait for one end: after ten, Node would suspect a leak.
    setMaxListeners(0, signal);
    return pause(ms, undefined, { signal }).catch(() => undefined);
  },
};
