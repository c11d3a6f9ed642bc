import { type Foundation, LEASE_MS } from './foundation.js';
import type { Job } from './jobs.js';

/** Does the jobs of this process's role, each at its own pace, until the stop; resolves when the last run has ended. */
export async function repeat(jobs: readonly Job[], parts: Foundation, stop: AbortSignal): Promise<void> {
  const mine = jobs.filter(({ roles }) => roles.includes(parts.config.role));
  await Promise.all(mine.map((job) => keepDoing(job, parts, stop)));
}

async function keepDoing(job: Job, parts: Foundation, stop: AbortSignal): Promise<void> {
  const { timing, log, meters } = parts;
  while (!stop.aborted) {
    await timing.wait(job.everyMs, stop);
    if (stop.aborted) return;
    await once(job, parts).catch(() => {
      meters.jobFailed(job.name);
      log.warn('job failed', { job: job.name });
    });
  }
}

async function once(job: Job, parts: Foundation): Promise<void> {
  const { alone } = job;
  if (alone === undefined) return job.work();
  if (!(await take(alone, parts))) return;
  const over = new AbortController();
  const renewing = renew(alone, parts, over.signal);
  try {
    await job.work();
  } finally {
    over.abort();
    await renewing;
  }
}

function take(lease: string, { store, owner, common }: Foundation): Promise<boolean> {
  const now = common.timing.now();
  return store.leases.take(lease, owner, now, now + LEASE_MS);
}

/** Planning for a million people takes longer than a lease lasts. */
async function renew(lease: string, parts: Foundation, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    await parts.timing.wait(LEASE_MS / 3, over);
    if (over.aborted) return;
    const mine = await take(lease, parts).catch(() => false);
    if (!mine) parts.log.warn('lease could not be renewed', { job: lease });
  }
}
