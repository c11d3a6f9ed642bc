import type { ChannelName, Language, MessageBody } from './message.js';
import type { Instant } from './time.js';

/** A talk with the health office: asked for, in the hands of somebody, over. */
export type ConversationStatus = 'waiting' | 'taken' | 'closed';

/** The open talk of a person, as far as a turn needs it. */
export interface OpenConversation {
  readonly regionCode: string;
  readonly status: 'waiting' | 'taken';
  /** Until then the bot leaves the talk to staff; null = it answers as usual. */
  readonly silentUntil: Instant | null;
}

/** What an answer does to the person's talk with the office; the transaction of the turn writes it. */
export interface ConversationStep {
  /**
   * `open`: begins one, or takes up the open one again. `keep`: goes on in it. `return`: the bot answers again, and the
   * talk waits on. `end`: the person wants no more.
   */
  readonly act: 'open' | 'keep' | 'return' | 'end';
  /** Of the office that is asked for; only with `open`. */
  readonly regionCode: string | null;
  /** Until when the bot leaves the talk to staff, with `open` and `keep`; null leaves it as it is, for `open`: not at all. */
  readonly silentUntil: Instant | null;
  /** The message as staff read it; null = it is not kept. */
  readonly body: MessageBody | null;
  readonly emergency: boolean;
}

/** How a health office answers people: the times in which somebody does, and how long the bot waits for them. */
export interface HandoverRules {
  /** OpenStreetMap opening_hours, in the region's zone. */
  readonly hours: string;
  /** Minutes until the bot says that nobody has taken the talk, and answers again. */
  readonly waitMinutes: number;
  /** Minutes without a word after which the bot answers again in a talk that was taken. */
  readonly idleMinutes: number;
}

/** Whether somebody of a health office answers people now, and else from when; null = nobody can tell. */
export interface Staffing {
  readonly rules: HandoverRules;
  readonly now: boolean;
  readonly from: Instant | null;
}

/** True while the bot leaves the talk to staff. */
export function isSilent(conversation: Pick<OpenConversation, 'silentUntil'>, now: Instant): boolean {
  return conversation.silentUntil !== null && now < conversation.silentUntil;
}

/** A talk as the console shows it: neither a name nor an address. */
export interface Conversation {
  readonly id: string;
  readonly regionCode: string;
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly language: Language;
  readonly status: ConversationStatus;
  readonly openedAt: Instant;
  readonly takenAt: Instant | null;
  /** A staff account. */
  readonly takenBy: string | null;
  readonly closedAt: Instant | null;
  /** A staff account, else `resident` or `time`. */
  readonly closedBy: string | null;
  readonly silentUntil: Instant | null;
  /** When the person last wrote in the talk, and when staff did. */
  readonly residentAt: Instant;
  readonly staffAt: Instant | null;
  readonly emergencyAt: Instant | null;
  /** When the person last wrote at all: a provider's service window counts from it. */
  readonly lastSeenAt: Instant;
  readonly unreachableAt: Instant | null;
}

/** Since when the person waits for a word of staff; null = they do not. */
export function waitsSince({ status, openedAt, residentAt, staffAt }: Conversation): Instant | null {
  if (status === 'closed') return null;
  if (status === 'waiting') return openedAt;
  return staffAt === null || residentAt > staffAt ? residentAt : null;
}

/** True while an emergency of the person has had no word of staff yet. */
export function isUrgent({ emergencyAt, staffAt, status }: Conversation): boolean {
  return status !== 'closed' && emergencyAt !== null && (staffAt === null || staffAt < emergencyAt);
}
