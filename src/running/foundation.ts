import type { Config } from '../config.js';
import { MINUTE } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import type { Log } from '../log.js';
import type { Channel } from '../ports/channel.js';
import type { Meters } from '../ports/meters.js';
import type { Store } from '../ports/store.js';
import type { Timing } from '../ports/timing.js';
import type { CommonClock } from './common-clock.js';

/** What every part of a running process stands on. */
export interface Foundation {
  readonly config: Config;
  readonly log: Log;
  readonly meters: Meters;
  readonly timing: Timing;
  /** For leases, which several machines must agree on. */
  readonly common: CommonClock;
  readonly store: Store;
  /** The name under which this process holds leases. */
  readonly owner: string;
  /** The picture of the data as of now; a turn takes it once and keeps it. */
  readonly world: () => World;
  readonly channels: readonly Channel[];
}

/** After this long without a sign of life another process takes over: what was being sent, and the exclusive channels. */
export const LEASE_MS = 9_000;

export const DAY_MS = 24 * 60 * MINUTE;
