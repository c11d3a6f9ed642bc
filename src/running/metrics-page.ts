import { METRICS_TYPE, type Measuring, type SharedState } from '../meters/index.js';
import type { ChannelStatus } from '../ports/channel.js';
import { LAST_BACKUP } from '../ports/last-backup.js';
import { ageOfData } from '../services/data-age.js';
import { bulkLease, channelLease } from '../services/hold-channel.js';
import type { MetricsDoor } from '../web/health/metrics.js';
import type { Foundation } from './foundation.js';

/** Held by the process that tells what is the same for all, for as long as it is asked at least this often. */
export const TELLING_LEASE = 'metrics/shared';
const TELLING_MS = 90_000;
/** A store that hangs must not keep the page from showing that it hangs. */
const PATIENCE_MS = 4_000;

export interface MetricsParts extends Foundation {
  readonly measuring: Measuring;
  readonly channelStates: () => Readonly<Record<string, ChannelStatus>>;
  /** Leases of jobs, and that of this page. */
  readonly alone: readonly string[];
}

/** `/metrics` of this process. What is read from the store is told by one process alone, so that sums stay right. */
export function metricsPage(parts: MetricsParts): MetricsDoor {
  const { config, measuring, timing, channelStates } = parts;
  return {
    token: config.metricsToken,
    contentType: METRICS_TYPE,
    page: async () => {
      const now = timing.now();
      const none = { storeUp: false, leases: [], shared: null };
      const read = await inTime(fromStore(parts, now), parts).catch(() => none);
      const { storeUp, leases, shared } = read ?? none;
      return measuring.page({ channels: channelStates(), storeUp, leases }, shared, now);
    },
  };
}

/** Null when it takes too long. */
async function inTime<T>(work: Promise<T>, { timing }: Foundation): Promise<T | null> {
  const done = new AbortController();
  const late = timing.wait(PATIENCE_MS, done.signal).then(() => null);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
  }
}

async function fromStore(parts: MetricsParts, now: number) {
  const { store, owner } = parts;
  await store.check();
  const tells = await store.leases.take(TELLING_LEASE, owner, now, now + TELLING_MS);
  const [leases, shared] = await Promise.all([held(parts, now), tells ? sharedState(parts, now) : null]);
  return { storeUp: true, leases, shared };
}

async function held({ store, owner, channels, alone }: MetricsParts, now: number): Promise<readonly string[]> {
  const exclusive = channels.filter((channel) => channel.exclusive).map(channelLease);
  const names = [...exclusive, ...channels.map(bulkLease), ...alone];
  const holders = await Promise.all(names.map((name) => store.leases.holder(name, now)));
  return names.filter((_, at) => holders[at] === owner);
}

async function sharedState({ store, world }: Foundation, now: number): Promise<SharedState> {
  const [figures, backup] = await Promise.all([store.figures(), store.meta.get(LAST_BACKUP)]);
  return { figures, regions: ageOfData(world(), now), lastBackupAt: backup === null ? null : Number(backup) };
}
