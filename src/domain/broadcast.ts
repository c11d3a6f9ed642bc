import type { ChannelName, Language } from './message.js';
import type { DayText, Instant, Zone } from './time.js';

/** What an announcement is about, as far as people can choose to hear it or not. */
export const TOPICS = ['general', 'vaccination', 'outbreak'] as const;
export type Topic = (typeof TOPICS)[number];

/** What a person asked to hear. `my_kecamatan`: what is meant for the kecamatan that the person lives in. */
export const INTERESTS = ['all', 'my_kecamatan', 'vaccination', 'outbreak'] as const;
export type Interest = (typeof INTERESTS)[number];

/** Hours of the day, "21:00" to "06:00" on the recipient's own wall clock, in which nobody is disturbed. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

/** To whom an announcement goes. An empty list or null = no limit of this kind. */
export interface Audience {
  readonly kecamatan: readonly string[];
  readonly exceptKecamatan: readonly string[];
  readonly channels: readonly ChannelName[];
  readonly languages: readonly Language[];
  /** Only people who wrote at this moment or later. */
  readonly activeSince: Instant | null;
  /** Only people who asked about this facility at this moment or later. */
  readonly askedAbout: { readonly facilityId: string; readonly since: Instant } | null;
}

export const EVERYBODY: Audience = {
  kecamatan: [],
  exceptKecamatan: [],
  channels: [],
  languages: [],
  activeSince: null,
  askedAbout: null,
};

/** A WhatsApp template as Meta knows it; each language is approved by itself. */
export interface MessageTemplate {
  readonly language: Language;
  readonly name: string;
  /** The code under which it was approved: "id", "en_US". */
  readonly code: string;
  readonly category: 'marketing' | 'utility';
  readonly state: 'approved' | 'in_review' | 'rejected' | 'paused' | 'disabled';
  /** The values of {{1}}, {{2}}, … with our own placeholders in them. */
  readonly body: readonly string[];
  /** The text as Meta has it, with {{1}}, {{2}}, … in it; left out where nobody copied it. */
  readonly words?: string | undefined;
}

/** A template filled for one person, as a channel sends it. */
export interface TemplateMessage {
  readonly name: string;
  readonly language: string;
  readonly body: readonly string[];
  readonly buttons: readonly string[];
}

/** Every so many weeks, or every n-th weekday of the month (-1: the last). `weekday` is 0 (Sunday) to 6. */
export type Recurrence =
  | { readonly kind: 'weekly'; readonly every: number; readonly until: DayText | null }
  | {
      readonly kind: 'monthly';
      readonly nth: 1 | 2 | 3 | 4 | -1;
      readonly weekday: number;
      readonly until: DayText | null;
    };

/** All that an editor writes and an approver reads. Nothing of it changes after approval. */
export interface BroadcastContent {
  readonly regionCode: string;
  readonly title: string;
  readonly topic: Topic;
  /** Outbreak or disaster: needs two named approvers and may disturb at night. */
  readonly urgent: boolean;
  readonly ignoreQuiet: boolean;
  /** By language; a person whose language is missing reads the Indonesian one. */
  readonly texts: { readonly id: string; readonly en: string | null };
  readonly facilityId: string | null;
  readonly eventAt: Instant | null;
  readonly link: string | null;
  readonly templates: readonly MessageTemplate[];
  readonly audience: Audience;
  /** null: as soon as it is approved. */
  readonly sendAt: Instant | null;
  /** Nothing is delivered from this moment on; null: a day after it began, or when the event begins if that is earlier. */
  readonly expiresAt: Instant | null;
  readonly recurrence: Recurrence | null;
  /** Closures at the time of the event that were known when it was handed in; by any other it is held back. */
  readonly closures?: readonly string[];
  /** What `facilityId` and `regionCode` were called when it was handed in: a facility renamed later changes no word of it. */
  readonly names?: { readonly facility: string | null; readonly region: string | null };
}

/** An announcement of which nothing is written yet: to everybody of the region, about anything, at once. */
export function emptyContent(regionCode: string): BroadcastContent {
  return {
    regionCode,
    title: '',
    topic: 'general',
    urgent: false,
    ignoreQuiet: false,
    texts: { id: '', en: null },
    facilityId: null,
    eventAt: null,
    link: null,
    templates: [],
    audience: EVERYBODY,
    sendAt: null,
    expiresAt: null,
    recurrence: null,
  };
}

/**
 * `waiting`: for approval. `approved`: for its hour. `planning`: the audience is being frozen into rows.
 * `done`: no row waits any more. `expired`: its time passed before anything was planned.
 */
export type BroadcastStatus =
  | 'draft'
  | 'waiting'
  | 'approved'
  | 'planning'
  | 'running'
  | 'paused'
  | 'done'
  | 'cancelled'
  | 'expired';

/** Why sending stands still. `code` is of the error catalogue. */
export type PauseReason =
  | { readonly kind: 'staff'; readonly who: string }
  | { readonly kind: 'failures'; readonly code: string; readonly failed: number; readonly of: number };

export interface Approval {
  readonly who: string;
  readonly at: Instant;
}

export interface Broadcast {
  readonly id: string;
  readonly content: BroadcastContent;
  readonly status: BroadcastStatus;
  /** Rises with every change: an approval counts for the version that was read. */
  readonly version: number;
  /** Everybody who wrote a part of it since it was last sent back; none of them approves it. */
  readonly authors: readonly string[];
  readonly approvals: readonly Approval[];
  readonly pause: PauseReason | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** When it goes out; null until it is approved. */
  readonly sendAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  /** The first announcement of a recurring one; null for one that stands alone. */
  readonly seriesId: string | null;
}

/**
 * `claimed`: held by a worker, certainly not sent. `sending`: handed to the provider, the answer is out.
 * `sent`: the provider accepted it, which is not yet delivered. `unsure`: nobody knows whether it went out.
 */
export type RecipientStatus =
  | 'pending'
  | 'claimed'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'unsure'
  | 'excluded'
  | 'expired'
  | 'cancelled';

/**
 * Why somebody of the audience gets nothing. `unreachable` (blocked the bot, deleted the account) is not `stopped`.
 * `changed`: moved to another kecamatan or language after the audience was frozen. `linked`: reached on the other channel of the same person. `quiet`: the quiet hours last until the expiry.
 */
export type ExclusionReason =
  | 'no_consent'
  | 'stopped'
  | 'unreachable'
  | 'window_closed'
  | 'no_channel'
  | 'quiet'
  | 'interest'
  | 'place_unknown'
  | 'changed'
  | 'linked'
  | 'forgotten';

/** A person on one channel, with all that decides whether an announcement reaches them. */
export interface Candidate {
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly language: Language;
  readonly regionCode: string | null;
  readonly kecamatanCode: string | null;
  readonly consent: 'never_asked' | 'granted' | 'stopped';
  readonly unreachableAt: Instant | null;
  readonly interests: readonly Interest[];
  /** When the person last wrote. */
  readonly lastSeenAt: Instant;
  /** Shared by the contacts that one person linked; null = not linked. */
  readonly personId: string | null;
  /** True when the person asked about the facility that the audience names. */
  readonly askedAbout: boolean;
}

/** A row of the plan: what becomes of one person of the audience. */
export interface PlannedRecipient {
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly status: 'pending' | 'excluded';
  readonly reason: ExclusionReason | null;
  readonly via: 'text' | 'template';
  readonly zone: Zone;
  /** Not before this moment; 0 = at once. */
  readonly nextAt: Instant;
  /** The person behind linked contacts, of whom only one gets it; null = not linked, or left out. */
  readonly personId: string | null;
}
