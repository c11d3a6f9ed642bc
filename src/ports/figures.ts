import type { BroadcastStatus, RecipientStatus } from '../domain/broadcast.js';
import type { ChannelName } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import type { OutboxKind } from './inbox.js';

/** How much waits, and since when the oldest of it does; null = nothing waits. */
export interface Waiting {
  readonly count: number;
  readonly oldestAt: Instant | null;
}

/** How things stand in the store at one moment: the same whichever process asks. */
export interface Figures {
  /** Messages accepted and not handled, by channel; a channel without any is left out. */
  readonly unanswered: readonly ({ readonly channel: ChannelName } & Waiting)[];
  /** Replies and cards not settled, by channel and kind. */
  readonly outbox: readonly ({ readonly channel: ChannelName; readonly kind: OutboxKind } & Waiting)[];
  readonly broadcasts: readonly { readonly status: BroadcastStatus; readonly count: number }[];
  /** Rows of the announcements that are planned, run or stand still. */
  readonly recipients: readonly {
    readonly channel: ChannelName;
    readonly status: RecipientStatus;
    readonly count: number;
  }[];
}
