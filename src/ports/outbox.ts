import type { ChannelName, Language } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { Instant } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';
import type { OutboxKind } from './inbox.js';

/** A row that this process has claimed and is about to send. */
export interface OutboxItem {
  readonly id: string;
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly address: string;
  /** The message that it answers, null for bulk. */
  readonly replyTo: string | null;
  readonly kind: OutboxKind;
  readonly reply: Reply;
  readonly language: Language;
  /** How often sending was begun, this time included. */
  readonly attempts: number;
  readonly createdAt: Instant;
  /** When the person last wrote, as the provider tells. */
  readonly lastWroteAt: Instant;
  /** There when it was sent already and the provider said afterwards that the service window had closed. */
  readonly late?: true;
}

/**
 * What became of a claimed row. `unsure`: nobody knows whether it went out, it is not sent again. `expired`: too old
 * to be sent. `released`: nothing was tried, it waits as before.
 */
export type OutboxResult =
  | {
      readonly id: string;
      readonly status: 'sent';
      readonly providerId: string;
      /** Its words stay until then, should the provider find it late after all. Left out: they go at once. */
      readonly wordsUntil?: Instant;
    }
  | { readonly id: string; readonly status: 'retry'; readonly at: Instant; readonly code: ErrorCode }
  | { readonly id: string; readonly status: 'failed' | 'unsure' | 'expired'; readonly code: ErrorCode }
  | { readonly id: string; readonly status: 'released' };

export type OutboxStatus = 'pending' | 'sending' | 'retry' | 'sent' | 'failed' | 'unsure' | 'expired';

/** What is to leave, in order per person: a later row waits until the earlier one is settled. */
export interface Outbox {
  /**
   * Claims the next due rows of a channel, at most one per person and `limit` in all: emergencies first, then replies,
   * then bulk, oldest first. No two claimers get the same row. Durable before it resolves.
   */
  claim(channel: ChannelName, owner: string, limit: number, now: Instant): Promise<readonly OutboxItem[]>;
  /** Records what became of claimed rows; a row that is settled already stays as it is. */
  settle(result: OutboxResult, now: Instant): Promise<void>;
  /** When the next row of the channel falls due; null = none waits. */
  nextDue(channel: ChannelName): Promise<Instant | null>;
  /**
   * Ends the claims of owners who hold no live `process/OWNER` lease: emergencies wait again, because a repeat is
   * harmless there, and so does whatever goes out on a channel where a repeat changes nothing; all else becomes
   * `unsure`. Resolves to how many of each.
   */
  interrupted(
    now: Instant,
    repeatable?: readonly ChannelName[],
  ): Promise<{ readonly again: number; readonly unsure: number }>;
  /**
   * Notes what the provider told later about something sent, and never goes back: read stands above delivered, and
   * failed is final. Whatever it tells ends the keeping of words; WINDOW_CLOSED puts a row that still has them back in line,
   * to go by template: once, because it has none afterwards. Resolves to whom it was sent; null for an id that is not (or
   * not yet) on record.
   */
  receipt(
    channel: ChannelName,
    providerId: string,
    status: 'delivered' | 'read' | 'failed',
    at: Instant,
    code?: ErrorCode | null,
  ): Promise<string | null>;
  /** Empties the rows whose words were kept until now. */
  emptyKept(now: Instant): Promise<void>;
  /** How many rows stand in each status. */
  counts(): Promise<Readonly<Record<OutboxStatus, number>>>;
  /** Removes settled rows created before the moment. Resolves to how many. */
  prune(createdBefore: Instant): Promise<number>;
}
