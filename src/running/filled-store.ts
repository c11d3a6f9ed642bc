import { join } from 'node:path';
import { realTiming } from '../channels/real-timing.js';
import type { Config } from '../config.js';
import type { ErrorCode } from '../errors.js';
import type { Store } from '../ports/store.js';
import type { Timing } from '../ports/timing.js';
import { planSeed } from '../services/seed.js';
import { openStore } from '../store/open-store.js';
import { hoursFault } from './hours-fault.js';

/** Where the embedded database and the generated key lie. */
export const DATA_FOLDER = 'data';

/** The store that the settings name, migrated and, when it is new, filled with the shipped data. `failed` hears the code of each failure. */
export async function openFilledStore(
  config: Config,
  timing: Timing = realTiming,
  failed?: (code: ErrorCode) => void,
): Promise<Store> {
  const url = config.databaseUrl ?? `file:${join(DATA_FOLDER, 'tanya.db')}`;
  const store = await openStore(url, failed);
  if ((await store.data.version()) === 0) {
    await store.data.seed(planSeed(hoursFault).change, { who: 'seed', at: timing.now() });
  }
  return store;
}
