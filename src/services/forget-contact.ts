import { KEEP_DAYS, keptSince } from '../domain/retention.js';
import { DAY, type Instant } from '../domain/time.js';
import type { Log } from '../log.js';
import type { Channel } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';
import type { Meta } from '../ports/store.js';
import type { Timing } from '../ports/timing.js';

export interface ForgettingParts {
  readonly contacts: ContactStore;
  readonly channels: readonly Pick<Channel, 'name' | 'forget'>[];
  readonly log: Log;
}

/**
 * Removes what is left of people whose last answer is out: what their channel keeps of them first, then the address.
 * Safe to run at any time and by several processes; what a dead one left, the next run does. Resolves to how many.
 */
export async function seeOff({ contacts, channels, log }: ForgettingParts): Promise<number> {
  const gone = await contacts.departed();
  for (const departed of gone) {
    const channel = channels.find(({ name }) => name === departed.channel);
    await channel?.forget?.(departed.address);
    await contacts.depart(departed);
  }
  if (gone.length > 0) log.info('people were forgotten', { count: gone.length });
  return gone.length;
}

const LAST_RUN = 'retention/silent';

export interface SilenceParts {
  readonly contacts: ContactStore;
  readonly meta: Meta;
  readonly timing: Timing;
  readonly log: Log;
  /** How long a person is kept who writes nothing and gets no announcements. */
  readonly contactDays: number;
}

/**
 * Once a day: the state of talks that rest, the person behind old facts, and people who are silent for too long. It looks
 * through whole tables, so it is not done more often. Resolves to how many people were forgotten.
 */
export async function forgetSilent({ contacts, meta, timing, log, contactDays }: SilenceParts): Promise<number> {
  const now = timing.now();
  const last: Instant = Number((await meta.get(LAST_RUN)) ?? 0);
  if (now - last < DAY) return 0;
  await contacts.dropSessions(keptSince(now, KEEP_DAYS.session));
  await contacts.detachEvents(keptSince(now, KEEP_DAYS.record));
  const many = await contacts.forgetSilent(keptSince(now, contactDays));
  await meta.set(LAST_RUN, String(now));
  if (many > 0) log.info('silent people were forgotten', { count: many });
  return many;
}
