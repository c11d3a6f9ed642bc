import type { Instant } from '../domain/time.js';
import type { Activity } from './activity.js';
import type { Broadcasts } from './broadcasts.js';
import type { Conversations } from './conversations.js';
import type { CredentialStore } from './credential-store.js';
import type { FacilityStore } from './facility-store.js';
import type { Figures } from './figures.js';
import type { ContactStore, Inbox } from './inbox.js';
import type { Leases } from './leases.js';
import type { Letters } from './letters.js';
import type { Outbox } from './outbox.js';
import type { Reports } from './reports.js';
import type { SignOffs } from './sign-offs.js';
import type { StaffAccounts, StaffSettings } from './staff.js';

/** Small named values of the installation. */
export interface Meta {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
}

/** Everything that is kept. Failures are `AppError`s: STORE_UNAVAILABLE, STORE_BUSY. */
export interface Store {
  readonly data: FacilityStore;
  readonly inbox: Inbox;
  readonly contacts: ContactStore;
  readonly outbox: Outbox;
  readonly broadcasts: Broadcasts;
  readonly reports: Reports;
  readonly conversations: Conversations;
  readonly letters: Letters;
  readonly leases: Leases;
  readonly credentials: CredentialStore;
  readonly meta: Meta;
  readonly activity: Activity;
  readonly signOffs: SignOffs;
  /** The accounts of staff, whose cookies are signed with the key given. */
  staff(settings: StaffSettings): StaffAccounts;
  /** What waits and what runs, as counts. */
  figures(): Promise<Figures>;
  /** Takes what was deleted out of the database's own files too, as far as the database lets us; for the retention job. */
  wipe(): Promise<void>;
  /** Resolves when the database answers; throws STORE_UNAVAILABLE otherwise. */
  check(): Promise<void>;
  /** What the clock says that every process on this store can ask; null where all run on one machine, with one clock. */
  clock(): Promise<Instant | null>;
  /** Waits for what is under way, then closes. */
  close(): Promise<void>;
}
