import { type Instant, MINUTE } from '../domain/time.js';

/** What to do with a message: answer it, answer with the one polite word, or drop it. */
export type FloodVerdict = 'pass' | 'warn' | 'drop';

export interface FloodGate {
  /** Asked once for each message, with the moment at which it was written. */
  check(contactId: string, writtenAt: Instant): FloodVerdict;
}

interface Count {
  readonly minute: number;
  messages: number;
}

/**
 * Counts the messages that a contact wrote within one minute, in memory: more than `perMinute` get one word, then silence
 * until the next minute. It goes by when they were written, so that what waited while we were off is no flood when it
 * comes all at once. `mostContacts` are remembered; beyond that, whoever came first is counted anew.
 */
export function createFloodGate(perMinute: number, mostContacts = 10_000): FloodGate {
  const counts = new Map<string, Count>();
  return {
    check: (contactId, writtenAt) => {
      const minute = Math.floor(writtenAt / MINUTE);
      const known = counts.get(contactId);
      const count = known?.minute === minute ? known : { minute, messages: 0 };
      count.messages += 1;
      if (count !== known) {
        counts.delete(contactId);
        counts.set(contactId, count);
        const oldest = counts.keys().next();
        if (counts.size > mostContacts && !oldest.done) counts.delete(oldest.value);
      }
      if (count.messages <= perMinute) return 'pass';
      return count.messages === perMinute + 1 ? 'warn' : 'drop';
    },
  };
}
