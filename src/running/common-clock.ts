import type { Instant } from '../domain/time.js';
import type { Log } from '../log.js';
import type { Store } from '../ports/store.js';
import type { Timing } from '../ports/timing.js';

/** The clock for leases: machines differ by seconds, and who is ahead would take what another still holds. */
export interface CommonClock {
  /** As this machine's, but set by the store's clock. */
  readonly timing: Timing;
  /** Compares the clocks anew. Throws when the store cannot be asked; the last comparison then holds. */
  adjust(): Promise<void>;
}

/** A comparison that took longer says too little, in milliseconds. */
const LONGEST_ROUND = 2_000;
/** From this difference on somebody should look after the machine's clock, in milliseconds. */
const WORTH_TELLING = 2_000;

/** On a store whose processes share one machine, the machine's own clock. */
export function createCommonClock(store: Pick<Store, 'clock'>, timing: Timing, log: Log): CommonClock {
  let ahead = 0;
  let told = false;
  return {
    timing: { ...timing, now: () => Math.round(timing.now() + ahead) as Instant },
    adjust: async () => {
      const asked = timing.now();
      const theirs = await store.clock();
      const round = timing.now() - asked;
      if (theirs === null || round > LONGEST_ROUND) return;
      ahead = theirs - (asked + round / 2);
      const worth = Math.abs(ahead) >= WORTH_TELLING;
      if (worth && !told) log.warn('clock differs from the database', { ms: Math.round(ahead) });
      told = worth;
    },
  };
}
