import type { StaffMember } from '../domain/staff.js';
import type { Instant } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import { hasCode } from '../errors.js';
import type { ChannelStatus } from '../ports/channel.js';
import type { Author } from '../ports/facility-store.js';
import type { Store } from '../ports/store.js';
import type { HoursCheck } from './import/cells.js';

/** What staff work with: the store, the picture of the data that residents are answered from, and the clock. */
export interface Desk {
  readonly store: Store;
  readonly world: () => World;
  readonly now: () => Instant;
  /** Brings the picture of the data up to date, so that whoever changed something sees it at once. */
  readonly refresh: () => Promise<void>;
  readonly hoursFault: HoursCheck;
  readonly channels: () => Readonly<Record<string, ChannelStatus>>;
}

/** The member as the change log names them. */
export function authorOf(desk: Pick<Desk, 'now'>, member: StaffMember): Author {
  return { who: member.email, at: desk.now() };
}

const ATTEMPTS = 8;

/**
 * Looks and writes as one step: `work` writes onto the data version that it is given, and is begun again when somebody
 * changed anything in between. Throws STORE_BUSY when that never ends.
 */
export async function untilStill<T>(desk: Pick<Desk, 'store'>, work: (version: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(await desk.store.data.version());
    } catch (error) {
      if (!hasCode(error, 'STORE_BUSY') || attempt >= ATTEMPTS) throw error;
    }
  }
}
