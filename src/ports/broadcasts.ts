import type {
  Approval,
  Audience,
  Broadcast,
  BroadcastContent,
  BroadcastStatus,
  Candidate,
  ExclusionReason,
  Interest,
  PauseReason,
  PlannedRecipient,
  RecipientStatus,
} from '../domain/broadcast.js';
import type { ChannelName, Language } from '../domain/message.js';
import type { Instant, Zone } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';

/** A line of an announcement's history: who did what. `who` is a staff account, or "system". */
export interface BroadcastAct {
  readonly at: Instant;
  readonly who: string;
  readonly act:
    | 'created'
    | 'changed'
    | 'submitted'
    | 'sent_back'
    | 'taken_back'
    | 'approved'
    | 'scheduled'
    | 'planned'
    | 'started'
    | 'paused'
    | 'resumed'
    | 'cancelled'
    | 'retried'
    | 'tested'
    | 'ended';
  /** Codes and counts, as JSON; null = nothing to add. */
  readonly detail: string | null;
}

/** What may change of an announcement; what is left out stays. */
export interface BroadcastChange {
  readonly content?: BroadcastContent;
  readonly status?: BroadcastStatus;
  readonly authors?: readonly string[];
  readonly approvals?: readonly Approval[];
  readonly pause?: PauseReason | null;
  readonly sendAt?: Instant | null;
  readonly expiresAt?: Instant | null;
  readonly startedAt?: Instant | null;
  readonly endedAt?: Instant | null;
}

/** The state in which a change finds the announcement, or it is not made. */
export interface ChangeCondition {
  readonly status: readonly BroadcastStatus[];
  /** null: any version. */
  readonly version: number | null;
}

/** A row in the hands of one worker. */
export interface ClaimedRecipient {
  readonly broadcastId: string;
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly via: 'text' | 'template';
  readonly zone: Zone;
  readonly attempts: number;
}

/** What sending needs, read in the same statement that says "it begins now". */
export interface BegunRecipient {
  readonly address: string;
  readonly language: Language;
  readonly lastSeenAt: Instant;
  /** What the person told, as it stands now: they may have moved, or chosen other topics, since the plan. */
  readonly kecamatanCode: string | null;
  readonly interests: readonly Interest[];
}

/** What became of a row; `again` = it certainly did not go out and waits until the moment named. */
export type RecipientResult =
  | { readonly status: 'sent'; readonly providerId: string; readonly via: 'text' | 'template' }
  | { readonly status: 'failed' | 'unsure'; readonly code: ErrorCode }
  | { readonly status: 'excluded'; readonly reason: ExclusionReason }
  | { readonly status: 'again'; readonly at: Instant; readonly code: ErrorCode | null };

/** How many rows stand alike. `receipt` is what the provider told later of an accepted one. */
export interface RecipientCount {
  readonly channel: ChannelName;
  readonly status: RecipientStatus;
  readonly reason: ExclusionReason | null;
  readonly code: string | null;
  readonly receipt: 'delivered' | 'read' | 'failed' | null;
  readonly many: number;
}

/** One row for the report. */
export interface RecipientLine {
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly status: RecipientStatus;
  readonly reason: ExclusionReason | null;
  readonly code: string | null;
  readonly via: 'text' | 'template';
  readonly attempts: number;
  readonly sentAt: Instant | null;
  readonly receipt: 'delivered' | 'read' | 'failed' | null;
  readonly receiptAt: Instant | null;
}

export interface BroadcastQuery {
  readonly regionCode: string | null;
  readonly status: readonly BroadcastStatus[];
  readonly limit: number;
  readonly skip: number;
}

/** One consent that was given or taken back, with the words that the person had before them. */
export interface ConsentRecord {
  readonly contactId: string;
  readonly at: Instant;
  readonly channel: ChannelName;
  readonly consent: 'granted' | 'stopped';
  /** How: asked by the bot, by a command of their own, or in the menu. */
  readonly way: 'asked' | 'command' | 'menu';
  readonly wording: string;
}

/** Announcements, their rows, and who agreed to get them. Every call is durable when it resolves. */
export interface Broadcasts {
  /** Keeps a new one; false when the id is there already, and nothing is written. */
  create(broadcast: Broadcast, act: BroadcastAct): Promise<boolean>;
  find(id: string): Promise<Broadcast | null>;
  /** By region and status (an empty list: any), the latest first. */
  list(query: BroadcastQuery): Promise<readonly Broadcast[]>;
  /** Makes the change and raises the version when the condition holds; false, and nothing written, otherwise. */
  change(id: string, when: ChangeCondition, to: BroadcastChange, act: BroadcastAct): Promise<boolean>;
  /** Notes something that changes nothing. */
  note(id: string, act: BroadcastAct): Promise<void>;
  /** The history, oldest first. */
  acts(id: string): Promise<readonly BroadcastAct[]>;

  /** People of the region after the contact id given, in the order of their ids: a page of the audience. */
  candidates(
    regionCode: string,
    asked: Audience['askedAbout'],
    after: string,
    limit: number,
  ): Promise<readonly Candidate[]>;
  /** All contacts of these linked people. */
  linked(personIds: readonly string[], asked: Audience['askedAbout']): Promise<readonly Candidate[]>;
  /** Writes rows of the plan; one that is there already stays as it is. */
  plan(id: string, rows: readonly PlannedRecipient[]): Promise<void>;

  /** The running announcement whose turn it is on the channel: an urgent one first, then the one that began first. */
  nextFor(channel: ChannelName, now: Instant): Promise<Broadcast | null>;
  /** Claims due rows; no two claimers get the same one. */
  claim(
    id: string,
    channel: ChannelName,
    owner: string,
    limit: number,
    now: Instant,
  ): Promise<readonly ClaimedRecipient[]>;
  /**
   * Says that sending begins, if at this moment it still may: the row is ours, the announcement runs and has not
   * expired, the person still agrees and can be reached. Null otherwise: the row then waits again or has ended, and
   * nothing may be sent. `replies_first`: an answer to a person waits on the channel; the row is still ours.
   */
  begin(row: ClaimedRecipient, owner: string, now: Instant): Promise<BegunRecipient | 'replies_first' | null>;
  /** Records what became of a row that was claimed or begun. */
  settle(row: ClaimedRecipient, result: RecipientResult, now: Instant): Promise<void>;
  /** Gives claimed rows of an owner back that were not begun. */
  release(id: string, owner: string): Promise<void>;
  /** Ends what dead owners held: claimed rows wait again, begun ones are unsure. */
  interrupted(now: Instant): Promise<{ readonly again: number; readonly unsure: number }>;
  /** True while a row is still to be settled. */
  hasOpen(id: string): Promise<boolean>;
  /** Ends the rows that still wait, as `expired` or `cancelled`. Resolves to how many. */
  endOpen(id: string, as: 'expired' | 'cancelled'): Promise<number>;
  /** Puts rows of this status back in line; `sent` is never among them. Resolves to how many. */
  retry(id: string, status: 'failed' | 'unsure'): Promise<number>;
  /** Sends on the channel since the moment, those by template alone where asked. */
  sentSince(channel: ChannelName, since: Instant, via: 'template' | null): Promise<number>;
  /** As in the outbox: never goes back. Resolves to whom it was sent, null when no announcement has that id. */
  receipt(
    channel: ChannelName,
    providerId: string,
    status: 'delivered' | 'read' | 'failed',
    at: Instant,
  ): Promise<string | null>;

  counts(id: string): Promise<readonly RecipientCount[]>;
  /** Rows in the order of their contact ids, after the one given. */
  rows(
    id: string,
    statuses: readonly RecipientStatus[],
    after: string,
    limit: number,
  ): Promise<readonly RecipientLine[]>;

  /** What a person agreed to and took back, in its order; turns write it. */
  consents(contactId: string): Promise<readonly ConsentRecord[]>;
  /** Keeps a code for linking, in the place of an earlier one of the same owner ("contact/…" or "staff/…"). */
  putLinkCode(codeHash: string, owner: string, expiresAt: Instant): Promise<void>;
  /** Uses a code up and tells whose it is; null when there is none that is still good. */
  takeLinkCode(codeHash: string, now: Instant): Promise<string | null>;
  /** Makes two contacts one person. A row that waits for the one ends where the other has a row of the same announcement. */
  link(contactId: string, otherId: string): Promise<boolean>;
}
