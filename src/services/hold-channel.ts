import { type Instant, MINUTE } from '../domain/time.js';
import type { Log } from '../log.js';
import type { Channel } from '../ports/channel.js';
import type { Leases } from '../ports/leases.js';
import type { Timing } from '../ports/timing.js';

export interface HoldingParts {
  readonly leases: Leases;
  readonly owner: string;
  readonly timing: Timing;
  readonly log: Log;
  /** How long a lease lasts when its owner dies, in milliseconds; it is renewed three times within. */
  readonly leaseMs: number;
  /** Another lease than that on the channel itself. */
  readonly lease?: string;
}

/** The name of the lease on a channel. */
export function channelLease({ name }: Channel): string {
  return `channel/${name}`;
}

/** The name of the lease on sending announcements over it. */
export function bulkLease({ name }: Channel): string {
  return `announcements/${name}`;
}

/** How long a channel that ended by itself is left alone, in milliseconds: most often a person has to act first. */
const LEFT_ALONE_MS = 10 * MINUTE;

export interface Tenure {
  begin(): Promise<void>;
  end(): Promise<void>;
  /** True when what was begun has ended by itself: banned, or thrown out by another program. */
  gaveUp?(): boolean;
}

/**
 * Runs a channel that only one process may run: begins it as soon as this process has its lease, waits while another one
 * has it, and ends it when another has taken it over. While the store cannot be asked, all stays as it is: nobody else
 * can take the lease then, and emergencies are answered without the store. Resolves at the stop, leaving it to the
 * caller to end what runs and to give the lease back. What ends by itself loses the lease, and is begun again only after
 * a while: until then nothing is claimed for it, and another process may try.
 */
export async function holdChannel(
  channel: Channel,
  tenure: Tenure,
  { leases, owner, timing, log, leaseMs, lease = channelLease(channel) }: HoldingParts,
  stop: AbortSignal,
): Promise<void> {
  let held = false;
  let aloneUntil: Instant = 0;
  while (!stop.aborted) {
    try {
      const now = timing.now();
      if (held && tenure.gaveUp?.()) {
        log.warn('channel ended by itself', { channel: channel.name, job: lease });
        aloneUntil = now + LEFT_ALONE_MS;
        await tenure.end();
        held = false;
        await leases.release(lease, owner);
      }
      const mine = now >= aloneUntil && (await leases.take(lease, owner, now, now + leaseMs));
      if (mine !== held && !stop.aborted) {
        log.info(mine ? 'channel taken' : 'channel lost to another process', { channel: channel.name, job: lease });
        await (mine ? tenure.begin() : tenure.end());
        held = mine;
      }
    } catch {
      log.warn('lease could not be asked for', { channel: channel.name });
    }
    await timing.wait(leaseMs / 3, stop);
  }
}
