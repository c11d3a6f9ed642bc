import type { Broadcast, PlannedRecipient, RecipientStatus } from '../../domain/broadcast.js';
import type { InboundMessage, MessageBody } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import type { BroadcastAct, ConsentRecord, RecipientLine } from '../../ports/broadcasts.js';
import type { CannedReply } from '../../ports/conversations.js';
import type { ChangeRecord } from '../../ports/facility-store.js';
import type { ContactRecord, OutboxKind } from '../../ports/inbox.js';
import type { NumberedLetter } from '../../ports/letters.js';
import type { OutboxStatus } from '../../ports/outbox.js';
import type { CardSignOff } from '../../ports/sign-offs.js';
import { EMPTY_SNAPSHOT, type Snapshot } from '../../ports/snapshot.js';
import { STAFF_MODELS } from '../staff-client.js';
import type { ConversationEntry, ConversationMessageEntry } from './conversations.js';
import type { CheckEntry, ReportEntry } from './reports.js';

export interface MessageEntry {
  readonly message: Omit<InboundMessage, 'body'>;
  readonly contactId: string;
  readonly receivedAt: Instant;
  body: MessageBody | null;
  handledAt: Instant | null;
  outcome: string | null;
}

export interface OutboxEntry {
  readonly id: string;
  readonly contactId: string;
  readonly replyTo: string | null;
  readonly kind: OutboxKind;
  readonly createdAt: Instant;
  payload: string | null;
  status: OutboxStatus;
  attempts: number;
  nextAt: Instant;
  claimedBy: string | null;
  providerId: string | null;
  receipt: string | null;
  /** Sent, and its words are kept until then; null: they are not. */
  wordsUntil?: Instant | null;
  late?: true;
}

export interface LetterEntry extends NumberedLetter {
  readonly expiresAt: Instant;
}

export interface EventEntry {
  readonly contactId: string | null;
  readonly at: Instant;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface RecipientEntry extends Omit<PlannedRecipient, 'status' | 'nextAt' | 'reason' | 'via'> {
  status: RecipientStatus;
  reason: PlannedRecipient['reason'];
  via: PlannedRecipient['via'];
  nextAt: Instant;
  attempts: number;
  claimedBy: string | null;
  code: string | null;
  providerId: string | null;
  sentAt: Instant | null;
  receipt: RecipientLine['receipt'];
  receiptAt: Instant | null;
}

/** What is kept, as plain collections. Maps keep the order of insertion, which is the order of arrival. */
export interface Tables {
  data: Snapshot;
  readonly changes: ChangeRecord[];
  /** How many people were ever met, the forgotten ones included. */
  met: number;
  readonly contacts: Map<string, ContactRecord>;
  readonly addresses: Map<string, string>;
  readonly sessions: Map<string, { readonly state: string; readonly version: number; readonly updatedAt: Instant }>;
  readonly messages: Map<string, MessageEntry>;
  /** Ids of messages of people who were forgotten, and since when: they tell a repeat. */
  readonly spent: Map<string, Instant>;
  /** People who were forgotten and are owed an answer. */
  readonly departures: Map<string, Instant>;
  /** Ids of messages not handled yet, by person. */
  readonly waiting: Map<string, Set<string>>;
  readonly outbox: Map<string, OutboxEntry>;
  /** Those of the outbox that are not settled. */
  readonly underWay: Map<string, OutboxEntry>;
  readonly events: Map<string, EventEntry>;
  readonly broadcasts: Map<string, Broadcast>;
  readonly broadcastActs: Map<string, readonly BroadcastAct[]>;
  /** Rows by announcement and contact. */
  readonly recipients: Map<string, Map<string, RecipientEntry>>;
  /** The person behind a linked contact. */
  readonly persons: Map<string, string>;
  readonly consents: ConsentRecord[];
  /** By owner. */
  readonly linkCodes: Map<string, { readonly codeHash: string; readonly expiresAt: Instant }>;
  readonly signOffs: Map<string, CardSignOff>;
  readonly reports: Map<string, ReportEntry>;
  /** By facility and contact. */
  readonly facilityContacts: Map<
    string,
    { readonly facilityId: string; readonly contactId: string; readonly addedAt: Instant }
  >;
  /** By facility and day. */
  readonly hoursChecks: Map<string, CheckEntry>;
  readonly conversations: Map<string, ConversationEntry>;
  readonly conversationMessages: ConversationMessageEntry[];
  readonly cannedReplies: Map<string, CannedReply>;
  readonly letters: Map<string, LetterEntry>;
  readonly leases: Map<string, { readonly owner: string; readonly until: Instant }>;
  readonly credentials: Map<string, Uint8Array>;
  readonly meta: Map<string, string>;
  /** The tables of the staff's accounts, in the form of the library that writes them. */
  readonly staff: Record<string, Record<string, unknown>[]>;
}

export function emptyTables(): Tables {
  return {
    data: EMPTY_SNAPSHOT,
    changes: [],
    met: 0,
    contacts: new Map(),
    addresses: new Map(),
    sessions: new Map(),
    messages: new Map(),
    spent: new Map(),
    departures: new Map(),
    waiting: new Map(),
    outbox: new Map(),
    underWay: new Map(),
    events: new Map(),
    broadcasts: new Map(),
    broadcastActs: new Map(),
    recipients: new Map(),
    persons: new Map(),
    consents: [],
    linkCodes: new Map(),
    signOffs: new Map(),
    reports: new Map(),
    facilityContacts: new Map(),
    hoursChecks: new Map(),
    conversations: new Map(),
    conversationMessages: [],
    cannedReplies: new Map(),
    letters: new Map(),
    leases: new Map(),
    credentials: new Map(),
    meta: new Map(),
    staff: Object.fromEntries(STAFF_MODELS.map((name) => [name, []])),
  };
}
