import { type Instant, MINUTE } from '../domain/time.js';

/** What to do with a message: answer it, answer with the one polite word, or drop it. */
export type FloodVerdict = 'pass' | 'warn' | 'drop';

export interface FloodGate {
  check(contactId: string, now: Instant): FloodVerdict;
}

/**
 * Counts messages of a contact by the minute, in memory: more than `perMinute` in one minute gets one word, then silence
 * until the next minute. Whoever was quiet for a minute is forgotten, so the memory stays small.
 */
export function createFloodGate(perMinute: number): FloodGate {
  let counts = new Map<string, number>();
  let minute = 0;
  return {
    check: (contactId, now) => {
      const present = Math.floor(now / MINUTE);
      if (present !== minute) {
        counts = new Map();
        minute = present;
      }
      const count = (counts.get(contactId) ?? 0) + 1;
      counts.set(contactId, count);
      if (count <= perMinute) return 'pass';
      return count === perMinute + 1 ? 'warn' : 'drop';
    },
  };
}
