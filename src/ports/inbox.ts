import type { Consent, ContactFacts } from '../domain/contact.js';
import type { ConversationStep, OpenConversation } from '../domain/conversation.js';
import type { TurnEvent } from '../domain/event.js';
import type { KeptAbout } from '../domain/kept-about.js';
import type { ChannelName, InboundMessage } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { HoursAnswer, ToldReport } from '../domain/report.js';
import type { Instant } from '../domain/time.js';

/** A message that was taken in. `contactId` is ours, safe to log. */
export interface Accepted {
  readonly contactId: string;
}

/** What a turn starts from. */
export interface TurnStart {
  readonly contactId: string;
  readonly facts: ContactFacts;
  /** The stored session, as it was written; null before the first turn. The dialogue checks its version. */
  readonly session: unknown;
  /** To be handed back with the turn: a turn from an old state loses. */
  readonly sessionVersion: number;
  /** The person's open talk with the health office; left out: none. */
  readonly conversation?: OpenConversation;
  /** Messages of the same person that came before this one and are not handled yet. */
  readonly earlier: number;
}

/** `emergency` cards may be repeated and go first; `reply` answers a person; `bulk` is an announcement. */
export type OutboxKind = 'emergency' | 'reply' | 'bulk';

export interface Turn {
  readonly messageId: string;
  readonly contactId: string;
  readonly sessionVersion: number;
  readonly session: object;
  readonly facts: ContactFacts;
  readonly events: readonly TurnEvent[];
  /** Consent given or taken back in this turn, with the words it rests on. A stop ends the person's announcements that wait. */
  readonly consents?: readonly TurnConsent[];
  readonly replies: readonly { readonly kind: OutboxKind; readonly reply: Reply }[];
  /** A wrong fact told: a new row under its id, or more of the one that is there. */
  readonly report?: ToldReport & { readonly id: string };
  /** A facility's own contact's answer; it counts only from the contact that was asked. */
  readonly hoursAnswer?: HoursAnswer;
  /** What becomes of the person's talk with the health office; left out: nothing. */
  readonly conversation?: ConversationStep;
  /** True forgets the person in the same transaction, on every channel that they linked; the replies still reach them. */
  readonly forget?: boolean;
  /** Codes for the record: the intent and what was found. */
  readonly intent: string;
  readonly outcome: string | null;
  readonly at: Instant;
  /** True keeps the text until `emptyBodies` takes it; otherwise it is emptied with the answer. */
  readonly keepBody: boolean;
}

/** What is kept of a consent beside the turn's own contact, channel and time. */
export interface TurnConsent {
  readonly consent: 'granted' | 'stopped';
  readonly way: 'asked' | 'command' | 'menu';
  readonly wording: string;
}

/** A message that waits for its turn. */
export interface WaitingMessage {
  readonly message: InboundMessage;
  readonly contactId: string;
  readonly receivedAt: Instant;
}

/**
 * Messages that came in, and the turns that answer them. Each call is durable when it resolves. Calls made at the
 * same time share one transaction; one that fails does not fail the others.
 */
export interface Inbox {
  /** Takes a message under its unique id, and its sender when new. Null: it was here before, and is not answered again. */
  accept(message: InboundMessage, receivedAt: Instant): Promise<Accepted | null>;
  /** What the turn of this accepted message starts from; null when it is handled or was never accepted. */
  start(messageId: string): Promise<TurnStart | null>;
  /**
   * Writes the whole turn: message handled and emptied, session, facts, events, outbox. False, and nothing written,
   * when the message was handled meanwhile or the session moved on: then load again and decide again.
   */
  commit(turn: Turn): Promise<boolean>;
  /** Messages not yet handled that came before the moment, oldest first. */
  waiting(receivedBefore: Instant, limit: number): Promise<readonly WaitingMessage[]>;
  /** Ends a message that cannot be answered, under a code, so that it is not tried for ever; its text is emptied. */
  giveUp(messageId: string, outcome: string, at: Instant): Promise<void>;
  /** Empties kept texts of messages handled before the moment. Resolves to how many. */
  emptyBodies(handledBefore: Instant): Promise<number>;
  /** Removes messages handled before the moment; until then their ids tell a repeat. Resolves to how many. */
  prune(handledBefore: Instant): Promise<number>;
}

/** A person on a channel, as services and the console see it. */
export interface ContactRecord extends ContactFacts {
  readonly id: string;
  readonly channel: ChannelName;
  /** The address within the channel; never logged. */
  readonly address: string;
  readonly consentAt: Instant | null;
  readonly unreachableAt: Instant | null;
  readonly createdAt: Instant;
  /** When the person last wrote, as the provider tells; it never goes back. */
  readonly lastSeenAt: Instant;
}

/** Somebody who was forgotten; the address is what channels keep of them beside the store. */
export interface Departed {
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly address: string;
}

export interface ProcessingFigures {
  readonly people: readonly { readonly channel: ChannelName; readonly consent: Consent; readonly many: number }[];
  readonly deletions: number;
}

/** A record of consent that names nobody. */
export interface NamelessConsent {
  readonly at: Instant;
  readonly channel: ChannelName;
  readonly consent: string;
  readonly way: string;
  readonly wording: string;
}

export interface ContactStore {
  find(id: string): Promise<ContactRecord | null>;
  findByAddress(channel: ChannelName, address: string): Promise<ContactRecord | null>;
  /** Notes that the provider cannot reach the person (null: again reachable). A new message from them clears it too. */
  setUnreachable(id: string, at: Instant | null): Promise<void>;
  /**
   * Makes two contacts of a channel one: session, messages, answers, announcements and talks of `other` become part of
   * the one at `address`, which may be new. Who stopped announcements under either has stopped. False when nobody is at
   * `other`.
   */
  merge(channel: ChannelName, address: string, other: string): Promise<boolean>;
  /**
   * Removes the contact at once, with all that is theirs and whatever was still to reach them; facts and counts stay,
   * without the person. True when there was one.
   */
  forget(id: string): Promise<boolean>;
  /** What is kept of the person that no turn begins with. */
  kept(id: string): Promise<Pick<KeptAbout, 'consentAt' | 'linked' | 'open'>>;
  /** How many people there are, by channel and consent, and how many had everything deleted. */
  processing(): Promise<ProcessingFigures>;
  /** The records of consent in their order, without the person. At most `limit`, the latest. */
  consentRecords(limit: number): Promise<readonly NamelessConsent[]>;
  /** People who were forgotten by their own word and whom nothing is to reach any more. At most 100. */
  departed(): Promise<readonly Departed[]>;
  /** Removes what is left of one who departed, unless they wrote again meanwhile: then a new person has that address. */
  depart(departed: Departed): Promise<void>;
  /**
   * Forgets the contacts who wrote nothing since the moment and get no announcements (they did not agree, or could not be
   * reached since). Resolves to how many.
   */
  forgetSilent(lastSeenBefore: Instant): Promise<number>;
  /** Removes the state of talks that rested since the moment. Resolves to how many. */
  dropSessions(restingSince: Instant): Promise<number>;
  /** Takes the person off facts from before the moment. Resolves to how many. */
  detachEvents(before: Instant): Promise<number>;
}
