import type { Conversation } from '../domain/conversation.js';
import type { MessageBody } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { Instant } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';
import type { Author } from './facility-store.js';
import type { OutboxStatus } from './outbox.js';

/** What stands in a talk. */
export interface ConversationMessage {
  readonly id: string;
  readonly at: Instant;
  /** The staff account that wrote it; null = the person. */
  readonly who: string | null;
  /** null once its time is over. */
  readonly body: MessageBody | null;
  readonly emergency: boolean;
  /** What became of a reply of staff; null for the person's own words, and once the record of the send is gone. */
  readonly delivery: {
    readonly status: OutboxStatus;
    readonly code: ErrorCode | null;
    readonly receipt: 'delivered' | 'read' | 'failed' | null;
  } | null;
}

/** What staff write, and the name of the form that they wrote it into. */
export interface StaffReply {
  readonly text: string;
  readonly once: string;
}

/** What the staff of a region say often. */
export interface CannedReply {
  readonly id: string;
  readonly regionCode: string;
  readonly title: string;
  readonly body: string;
  readonly updatedBy: string;
  readonly updatedAt: Instant;
}

/**
 * Talks of people with their health office. What people write comes in with their turns (`Inbox.commit`). Every act of
 * staff is one transaction with its line in the change log, which names the act and never a word of it; acts that no
 * longer fit the talk's state write nothing and resolve to false. An act that changes whether the bot answers makes a
 * turn under way decide again.
 */
export interface Conversations {
  find(id: string): Promise<Conversation | null>;
  /** The open ones of these regions, and those closed since; waiting before taken before closed, oldest first. */
  list(regionCodes: readonly string[], closedSince: Instant): Promise<readonly Conversation[]>;
  /** How many wait in these regions. */
  waiting(regionCodes: readonly string[]): Promise<number>;
  /** In their order. */
  messages(id: string): Promise<readonly ConversationMessage[]>;
  /** Takes it out of the hands of `from` (null: of nobody). False when somebody was quicker, or it is closed. */
  take(id: string, from: string | null, author: Author, silentUntil: Instant): Promise<boolean>;
  /** Puts it back for colleagues. False when it is not in the author's hands. */
  release(id: string, author: Author, silentUntil: Instant): Promise<boolean>;
  /**
   * Lets a word of staff leave, in order, and keeps the bot silent. `once` names the form that it was typed into: the same
   * one, sent twice, leaves once. False when the talk is not in the author's hands.
   */
  reply(id: string, reply: StaffReply, author: Author, silentUntil: Instant): Promise<boolean>;
  /** Ends it, with a last word of the bot or none. False when it is closed already. */
  close(id: string, author: Author, word: Reply | null): Promise<boolean>;
  /** The bot answers again, and the talk stays open. False when it did so already. */
  handBack(id: string, author: Author, word: Reply): Promise<boolean>;

  /** Open ones whose silence is over. */
  due(now: Instant, limit: number): Promise<readonly Conversation[]>;
  /** Ends the silence that `due` saw, with a word of the bot. False when it was prolonged or ended meanwhile. */
  endSilence(id: string, seen: Instant, word: Reply, at: Instant): Promise<boolean>;
  /** Closes those in which nobody wrote since. Resolves to how many. */
  closeIdle(since: Instant, at: Instant): Promise<number>;
  /** Empties the texts of those closed before the moment. Resolves to how many messages. */
  emptyTexts(closedBefore: Instant): Promise<number>;
  /** Removes the record of those closed before the moment. Resolves to how many. */
  prune(closedBefore: Instant): Promise<number>;

  /** Of a region, by title. */
  cannedReplies(regionCode: string): Promise<readonly CannedReply[]>;
  /** Adds one, or replaces the one with its id in the region. */
  putCannedReply(reply: Omit<CannedReply, 'updatedBy' | 'updatedAt'>, author: Author): Promise<void>;
  removeCannedReply(id: string, regionCode: string, author: Author): Promise<void>;
}
