import type { ChannelName, Language } from './message.js';
import type { DayText, Instant } from './time.js';

/** What a resident can say is wrong, in the order in which it is offered. */
export const REPORT_TOPICS = ['hours', 'phone', 'place', 'services', 'other'] as const;
/** Beside these, what only a facility's own contact says in the morning. */
export const FACILITY_TOPICS = ['closed_today', 'usual_right'] as const;
export type ReportTopic = (typeof REPORT_TOPICS)[number] | (typeof FACILITY_TOPICS)[number];

/** For how many days what somebody wrote, and who wants word of it, is kept: after the answer, and at the longest. */
export const REPORT_DAYS = { answered: 30, told: 180 } as const;

/** Who says it; a facility's own word goes first. */
export type ReportOrigin = 'resident' | 'facility';

/**
 * What a turn tells of a wrong fact. The first part names facility and topic and counts by itself; a later part of the
 * same report adds to it. No name and no address: `begunAt` tells apart the reports of one person.
 */
export interface ToldReport {
  readonly begunAt: Instant;
  readonly facilityId: string;
  readonly regionCode: string;
  readonly topic: ReportTopic;
  /** Claimed by the conversation; the store believes it only of a contact registered for the facility. */
  readonly origin: ReportOrigin;
  /** One line in the person's words, identifiers masked; null: nothing, or nothing new. */
  readonly text: string | null;
  /** True: the person wants to hear what came of it, and only then is it kept who told. */
  readonly wantsWord: boolean;
}

/** What a facility's own contact answered to the morning's question. */
export type HoursWord = 'yes' | 'closed' | 'other';

/** The answer of a turn to the question about one facility and day. */
export interface HoursAnswer {
  readonly facilityId: string;
  readonly day: DayText;
  readonly said: HoursWord;
}

/**
 * How the source of hours begins that a facility itself confirmed: kept in the data as it is read here, because only by it
 * are they told apart from what the office confirmed.
 */
export const CONFIRMED_BY_FACILITY = 'konfirmasi fasilitas';

/** `corrected`: the data was wrong and is right now. `unchanged`: the office leaves it, and says why. */
export type ReportOutcome = 'corrected' | 'unchanged';

/** What became of the word to whoever wanted it. `waiting` until the report is answered. */
export type ReportWord = 'none' | 'waiting' | 'queued' | 'window_closed' | 'unreachable';

/** A report as staff see it: never who told. */
export interface Report {
  readonly id: string;
  readonly regionCode: string;
  readonly facilityId: string;
  readonly topic: ReportTopic;
  readonly origin: ReportOrigin;
  readonly text: string | null;
  readonly at: Instant;
  readonly word: ReportWord;
  /** How the word's message stands in the outbox, while that is on record. */
  readonly wordStatus: string | null;
  readonly answer: {
    readonly outcome: ReportOutcome;
    /** The office's words to the resident; empty when none were needed. */
    readonly words: string;
    readonly who: string;
    readonly at: Instant;
  } | null;
}

/** A contact whom the office registered as a facility's own; shown by channel and dates, never by address. */
export interface FacilityContact {
  readonly facilityId: string;
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly language: Language;
  readonly lastSeenAt: Instant;
  readonly reachable: boolean;
  readonly addedAt: Instant;
}

/** One morning's question to a facility. */
export interface HoursCheck {
  readonly facilityId: string;
  readonly day: DayText;
  /** The weekly hours that were shown, as stated in the data; null: the usual pattern, stated nowhere. */
  readonly hours: string | null;
  readonly askedAt: Instant;
  readonly said: HoursWord | null;
  readonly answeredAt: Instant | null;
  /** What came of a yes: null while it waits to be written. */
  readonly outcome: 'verified' | 'moved' | null;
}
