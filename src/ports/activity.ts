import type { Instant } from '../domain/time.js';

/** So many events of one kind with the same data. */
export interface EventCount {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly count: number;
}

/** So many answered questions of one kind in one hour of the week: 0 is Monday from midnight, 167 Sunday from 23.00. */
export interface HourCount extends EventCount {
  readonly hour: number;
}

/** What happened, as counts: nothing here leads to a person. */
export interface Activity {
  /** Events from the first instant on and before the second, counted by kind and data. */
  counts(from: Instant, to: Instant): Promise<readonly EventCount[]>;
  /** Answered questions counted by hour of the week too, on the clock of a zone this many milliseconds ahead of UTC. */
  questionsByHour(from: Instant, to: Instant, offset: number): Promise<readonly HourCount[]>;
}
