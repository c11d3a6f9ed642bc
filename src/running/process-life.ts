import { bulkLease, channelLease } from '../services/hold-channel.js';
import { surelyDead } from '../store/owner.js';
import { type Foundation, LEASE_MS } from './foundation.js';

/** Keeps this process known as alive; what a dead one had begun to send is settled by whoever lives. */
export async function heartbeat({ store, owner, common, log, channels }: Foundation): Promise<void> {
  await common.adjust();
  const now = common.timing.now();
  await store.leases.take(`process/${owner}`, owner, now, now + LEASE_MS);
  const left = await store.outbox.interrupted(
    now,
    channels.filter(({ repeatable }) => repeatable).map(({ name }) => name),
  );
  if (left.unsure + left.again > 0) log.warn('sends were interrupted', { count: left.unsure + left.again });
  const announced = await store.broadcasts.interrupted(now);
  if (announced.unsure > 0) log.warn('announcements were interrupted', { count: announced.unsure });
}

/**
 * Ends the leases of the process before this one when it certainly died, so that nobody waits for them to run out.
 * `alone` are those of the jobs that only one process at a time may do.
 */
export async function bury({ store, owner, channels }: Foundation, alone: readonly string[]): Promise<void> {
  const before = await store.meta.get('last_process');
  await store.meta.set('last_process', owner);
  if (before === null || !surelyDead(before)) return;
  await store.leases.release(`process/${before}`, before);
  for (const channel of channels) {
    await store.leases.release(channelLease(channel), before);
    await store.leases.release(bulkLease(channel), before);
  }
  for (const lease of alone) await store.leases.release(lease, before);
}

/** Gives back what this process held of the work of the house; its channels give back their own. */
export async function depart({ store, owner }: Foundation, alone: readonly string[]): Promise<void> {
  for (const lease of [...alone, `process/${owner}`]) await store.leases.release(lease, owner).catch(() => undefined);
}
