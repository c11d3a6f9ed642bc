import { DAY, type Instant } from '../../domain/time.js';

const KEPT = 1000;

/**
 * Remembers which groups were told that the bot answers in private only, so that each hears it once a day at most.
 * Holds a thousand groups; beyond that the oldest are forgotten.
 */
export function createGroupMemory(): { mayTell(group: number, now: Instant): boolean } {
  const toldAt = new Map<number, Instant>();
  return {
    mayTell(group, now) {
      const last = toldAt.get(group);
      if (last !== undefined && now - last < DAY) return false;
      toldAt.delete(group);
      toldAt.set(group, now);
      const oldest = toldAt.keys().next();
      if (toldAt.size > KEPT && !oldest.done) toldAt.delete(oldest.value);
      return true;
    },
  };
}
