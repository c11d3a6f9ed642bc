import type { World } from '../engines/dialogue/index.js';
import type { Log } from '../log.js';
import type { FacilityStore } from '../ports/facility-store.js';
import { buildWorld } from '../world.js';

export interface LiveWorld {
  readonly now: () => World;
  /** Builds the picture anew when the data has changed, here or in another process. */
  refresh(): Promise<void>;
}

/** The data in memory, as of the store's version; one is replaced by the next as a whole. */
export async function liveWorld(data: FacilityStore, log: Log): Promise<LiveWorld> {
  let version = await data.version();
  let world = buildWorld(await data.snapshot());
  return {
    now: () => world,
    refresh: async () => {
      const latest = await data.version();
      if (latest === version) return;
      world = buildWorld(await data.snapshot());
      version = latest;
      log.info('data reloaded');
    },
  };
}
