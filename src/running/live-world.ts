import type { World } from '../engines/dialogue/index.js';
import type { Log } from '../log.js';
import type { Store } from '../ports/store.js';
import { readHandovers } from '../services/handover-rules.js';
import { buildWorld } from '../world.js';

export interface LiveWorld {
  readonly now: () => World;
  /** Builds the picture anew when the data has changed, here or in another process. */
  refresh(): Promise<void>;
}

/** The data in memory, as of the store's version; one is replaced by the next as a whole. */
export async function liveWorld({ data, meta }: Pick<Store, 'data' | 'meta'>, log: Log): Promise<LiveWorld> {
  const build = async () => {
    const snapshot = await data.snapshot();
    const handover = await readHandovers(
      meta,
      snapshot.regions.map(({ code }) => code),
    );
    return buildWorld(snapshot, handover);
  };
  let version = await data.version();
  let world = await build();
  return {
    now: () => world,
    refresh: async () => {
      const latest = await data.version();
      if (latest === version) return;
      world = await build();
      version = latest;
      log.info('data reloaded');
    },
  };
}
