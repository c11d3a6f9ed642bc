import type { ChannelName, Language } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { FacilityContact, HoursCheck, Report, ReportOutcome, ReportTopic, ReportWord } from '../domain/report.js';
import type { DayText, Instant } from '../domain/time.js';

export interface ReportQuery {
  readonly regionCodes: readonly string[];
  /** True: what waits, a facility's own word first and then the oldest. False: what is answered, the latest first. */
  readonly open: boolean;
  readonly facilityId: string | null;
  readonly topic: ReportTopic | null;
  readonly limit: number;
}

/** Who wants word of an open report: for sending it, and never shown. */
export interface ReportHearer {
  readonly reportId: string;
  readonly contactId: string;
  readonly channel: ChannelName;
  readonly language: Language;
  readonly lastSeenAt: Instant;
  readonly unreachable: boolean;
}

export interface ReportAnswer {
  readonly ids: readonly string[];
  readonly outcome: ReportOutcome;
  readonly words: string;
  readonly who: string;
  readonly at: Instant;
  /** What each hearer gets; a report that is not named here was told by somebody who wants no word. */
  readonly hearers: readonly {
    readonly reportId: string;
    readonly word: Extract<ReportWord, 'queued' | 'window_closed' | 'unreachable'>;
    /** null: nothing can be sent. */
    readonly reply: Reply | null;
  }[];
}

/** A morning's question as it is put to a contact, with the state of the conversation that its answer will find. */
export interface NewHoursCheck {
  readonly facilityId: string;
  readonly day: DayText;
  readonly contactId: string;
  readonly hours: string | null;
  readonly at: Instant;
  readonly sessionVersion: number;
  readonly session: object;
  readonly reply: Reply;
}

/** Reports of wrong facts, and facilities that confirm their hours. Reports themselves come in with the turn that tells them. */
export interface Reports {
  find(query: ReportQuery): Promise<readonly Report[]>;
  /** How many wait, by region; a region without any is left out. */
  openCounts(): Promise<Readonly<Record<string, number>>>;
  hearers(reportIds: readonly string[]): Promise<readonly ReportHearer[]>;
  /**
   * Answers those that still wait, and puts the word to whoever wants it into the outbox, all in one transaction.
   * Resolves to the ids that this answer settled: another may have been quicker.
   */
  answer(answer: ReportAnswer): Promise<readonly string[]>;
  /** Empties text and contact of what was answered before the one moment, or told before the other. Resolves to how many. */
  empty(answeredBefore: Instant, toldBefore: Instant): Promise<number>;

  /** Registers a contact; false when it was before or there is no such contact. */
  addContact(facilityId: string, contactId: string, at: Instant): Promise<boolean>;
  removeContact(facilityId: string, contactId: string): Promise<boolean>;
  /** The contacts of a facility (null: of all), the first registered first. */
  contacts(facilityId: string | null): Promise<readonly FacilityContact[]>;

  /** The conversation of a contact as it is stored; version 0 before the first turn. */
  sessionOf(contactId: string): Promise<{ readonly state: unknown; readonly version: number }>;
  /**
   * Puts the question, once for a facility and day however often it is tried. False, and nothing written, when it was put
   * before, the contact is no longer registered, or the conversation moved on meanwhile.
   */
  ask(check: NewHoursCheck): Promise<boolean>;
  /** The latest question to a facility; null: it was never asked. */
  latestCheck(facilityId: string): Promise<HoursCheck | null>;
  /** The facilities that were asked on a day. */
  askedOn(day: DayText): Promise<readonly string[]>;
  /** Those answered with a yes to stated hours that is not written into the data yet, oldest first. */
  confirmedChecks(limit: number): Promise<readonly HoursCheck[]>;
  settleCheck(facilityId: string, day: DayText, outcome: 'verified' | 'moved'): Promise<void>;
}
