import type { TemplateMessage } from '../domain/broadcast.js';
import type { ChannelName, InboundMessage, Language } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { Instant } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';

/** What a channel can show, as data: `render` reads it, nobody asks by trying. Lengths in UTF-16 units; 0 = not possible. */
export interface Capabilities {
  readonly buttons: number;
  readonly buttonLabelLength: number;
  readonly listRows: number;
  readonly textLength: number;
  readonly locationRequest: boolean;
  readonly placeMessages: boolean;
  readonly templates: boolean;
  /** How fast one person may be written to: so many at once, then one in so many milliseconds. Left out: no limit is known. */
  readonly perPerson?: { readonly burst: number; readonly everyMs: number };
}

/**
 * What became of one send. `sent`: the provider took it. `retry`: it certainly did not go out and may be tried again
 * after the wait. `failed`: trying again does not help. `unsure`: the line broke; nobody knows whether it went out.
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly providerId: string }
  | {
      readonly kind: 'retry';
      readonly afterMs: number;
      readonly code: ErrorCode;
      /** True: the limit is on this one person; everybody else may be written to. */
      readonly thisContactOnly?: true;
    }
  | { readonly kind: 'failed'; readonly code: ErrorCode }
  | { readonly kind: 'unsure'; readonly code: ErrorCode };

export interface ChannelStatus {
  readonly state: 'off' | 'starting' | 'waiting' | 'up' | 'pairing' | 'down' | 'stopped';
  /** A code of the channel's own: why it is down, which restriction is active. */
  readonly detail: string | null;
  readonly since: Instant;
  /** What the provider holds against the account at this moment, the most serious first; left out where nothing is. */
  readonly restrictions?: readonly ChannelRestriction[];
  /**
   * While the state is `pairing`: what a telephone needs to link this device. Whoever has it can link, so it is shown to
   * staff alone, never logged, and kept only sealed, for the other processes; it changes, and is gone with the state.
   */
  readonly pairing?: { readonly kind: 'qr' | 'code'; readonly value: string };
}

/** `code` is of the channel's own; `until` is null where the provider names no end. */
export interface ChannelRestriction {
  readonly code: string;
  readonly until: Instant | null;
}

/** What is on record of one send. */
export interface SendRecord {
  readonly id: string;
  readonly urgent: boolean;
}

/** What later became of something sent, as the provider tells it. */
export interface DeliveryReceipt {
  readonly channel: ChannelName;
  readonly providerId: string;
  readonly status: 'delivered' | 'read' | 'failed';
  readonly code: ErrorCode | null;
  readonly at: Instant;
}

/** That a contact blocked us, or can be written to again. */
export interface ReachChange {
  readonly channel: ChannelName;
  readonly contact: string;
  readonly reachable: boolean;
  readonly at: Instant;
}

/** What the channel calls when something arrives; `requestId` is that of the call that brought it. It returns only after all is durably accepted; if it throws, the provider must not be told "received". */
export interface ChannelEvents {
  receive(messages: readonly InboundMessage[], requestId?: string): Promise<void>;
  receipt(receipts: readonly DeliveryReceipt[]): Promise<void>;
  /** People who shut us out or let us in again without a word. Throws when it could not be noted. */
  reach?(changes: readonly ReachChange[]): Promise<void>;
  /**
   * Two contacts of the channel turned out to be one person (a number and a scoped id of the same telephone): `other`
   * becomes part of `contact`. Comes more than once, and for contacts that nobody met.
   */
  samePerson?(channel: ChannelName, contact: string, other: string): Promise<void>;
  /**
   * Messages that cannot be filed because the channel's own records are out of reach: an emergency among them is
   * answered at once, at the contact given. Nothing is kept; the provider brings them again. Never throws.
   */
  unfiled?(messages: readonly InboundMessage[]): Promise<void>;
  /** Something arrived that is not a resident's message (a group, an unknown kind, a bad signature): counted by its code, never kept. */
  ignored?(channel: ChannelName, code: string, count: number): void;
}

/** A way to reach residents. A new one is a folder under `src/channels` and a line in the app; nothing else changes. */
export interface Channel {
  readonly name: ChannelName;
  readonly capabilities: Capabilities;
  /** True when only one process at a time may run it: a polling loop, a linked device. */
  readonly exclusive?: boolean;
  /** True when a reply sent again under the same record reaches the person once: after a crash nothing is in doubt. */
  readonly repeatable?: boolean;
  start(events: ChannelEvents): Promise<void>;
  stop(): Promise<void>;
  status(): ChannelStatus;
  /** Removes what the channel itself keeps of a contact; left out: it keeps nothing. A repeat changes nothing. */
  forget?(contact: string): Promise<void>;
  /**
   * Sends one reply to a contact of this channel. Never throws. `replyTo` is the id of the message it answers, null for bulk;
   * `language` is that of the channel's own few words (buttons, "reply with a number"), Indonesian when left out. `record`
   * is the row of the outbox, the same at each try; left out: it goes past the store.
   */
  send(
    contact: string,
    reply: Reply,
    replyTo: string | null,
    language?: Language,
    record?: SendRecord,
  ): Promise<SendResult>;
  /** Where free text needs a recent message of the person: sends an approved template instead. Never throws. */
  sendTemplate?(contact: string, template: TemplateMessage): Promise<SendResult>;
}
