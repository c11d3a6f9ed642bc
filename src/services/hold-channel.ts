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

/**
 * Runs a channel that only one process may run: begins it as soon as this process has its lease, waits while another one
 * has it, and ends it when another has taken it over. While the store cannot be asked, all stays as it is: nobody else
 * can take the lease then, and emergencies are answered without the store. Resolves at the stop, leaving it to the
 * caller to end what runs and to give the lease back.
 */
export async function holdChannel(
  channel: Channel,
  tenure: { begin(): Promise<void>; end(): Promise<void> },
  { leases, owner, timing, log, leaseMs, lease = channelLease(channel) }: HoldingParts,
  stop: AbortSignal,
): Promise<void> {
  let held = false;
  while (!stop.aborted) {
    try {
      const now = timing.now();
      const mine = await leases.take(lease, owner, now, now + leaseMs);
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
