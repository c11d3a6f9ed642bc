import type { Instant } from '../domain/time.js';
import type { Capabilities } from '../ports/channel.js';

/** Keeps what goes to one person below the provider's limit for one person. In memory: another process does not count. */
export interface PersonPace {
  /** How long the next one has to wait, in milliseconds; 0 takes the place of one. */
  take(contactId: string, now: Instant): number;
  /** One goes out without asking, as an emergency's card does: those after it wait for it. */
  pass(contactId: string, now: Instant): void;
  /** The provider said that this person gets too much: at the moment it named one may go, and from then on no burst. */
  exhaust(contactId: string, until: Instant): void;
}

/** Beyond so many people whoever was written to first is forgotten, and begins anew. */
const MOST_PEOPLE = 10_000;
const UNLIMITED: PersonPace = { take: () => 0, pass: () => undefined, exhaust: () => undefined };

/**
 * A burst at once, then one in so many milliseconds. Of each person the moment is kept at which their burst is whole
 * again.
 */
export function createPersonPace(limit: Capabilities['perPerson']): PersonPace {
  if (!limit) return UNLIMITED;
  const { burst, everyMs } = limit;
  const wholeAt = new Map<string, Instant>();

  function keep(contactId: string, at: Instant): void {
    wholeAt.delete(contactId);
    wholeAt.set(contactId, at);
    const oldest = wholeAt.keys().next();
    if (wholeAt.size > MOST_PEOPLE && !oldest.done) wholeAt.delete(oldest.value);
  }

  /** When the burst will be whole with one more; a clock that was set back does not hold anybody for long. */
  function withOneMore(contactId: string, now: Instant): Instant {
    const known = Math.min(wholeAt.get(contactId) ?? now, now + burst * everyMs);
    return Math.max(known, now) + everyMs;
  }

  return {
    take: (contactId, now) => {
      const at = withOneMore(contactId, now);
      const wait = at - now - burst * everyMs;
      if (wait > 0) return wait;
      keep(contactId, at);
      return 0;
    },
    pass: (contactId, now) => keep(contactId, withOneMore(contactId, now)),
    exhaust: (contactId, until) => keep(contactId, until + (burst - 1) * everyMs),
  };
}
