import type { Instant } from '../domain/time.js';

/** Who may do what only one process may do: one polling loop, one WhatsApp session. */
export interface Leases {
  /** Takes the lease or renews one's own, until the moment. False: another owner holds it and it has not run out. */
  take(name: string, owner: string, now: Instant, until: Instant): Promise<boolean>;
  /** Gives one's own lease back; another's is left alone. */
  release(name: string, owner: string): Promise<void>;
  /** True when anybody holds a lease whose name begins like this. */
  anyHeld(prefix: string, now: Instant): Promise<boolean>;
  /** Who holds it now; null = nobody. */
  holder(name: string, now: Instant): Promise<string | null>;
}
