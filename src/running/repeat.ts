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

async function once(job: Job, { store, owner, timing }: Foundation): Promise<void> {
  const now = timing.now();
  if (job.alone !== undefined && !(await store.leases.take(job.alone, owner, now, now + LEASE_MS))) return;
  await job.work();
}
