import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ChannelName } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import type { Meters } from '../ports/meters.js';
import { countingMeters } from './counters.js';
import { type OwnState, ownGauges, type SharedState, sharedGauges } from './gauges.js';

export type { SharedState } from './gauges.js';

/** What this process measures, and the page that Prometheus reads. */
export interface Measuring {
  readonly meters: Meters;
  /** The page in Prometheus' text format. `shared` is null where another process tells it, or the store does not answer. */
  page(own: OwnState, shared: SharedState | null, now: Instant): Promise<string>;
}

/** The content type of the page. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Measures with prom-client, in registries of its own: two apps in one process do not meet. */
export function measureWithPrometheus(): Measuring {
  const counted = new Registry();
  const shown = new Registry();
  collectDefaultMetrics({ register: counted });
  const meters = countingMeters(counted);
  const fillOwn = ownGauges(counted);
  const fillShared = sharedGauges(shown);
  return {
    meters,
    page: async (own, shared, now) => {
      for (const channel of Object.keys(own.channels) as ChannelName[]) meters.begin(channel);
      fillOwn(own, now);
      if (shared === null) return counted.metrics();
      fillShared(shared, now);
      return `${await counted.metrics()}\n${await shown.metrics()}`;
    },
  };
}
