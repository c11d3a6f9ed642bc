import type { Instant } from '../domain/time.js';

/** So many events of one kind with the same data. */
export interface EventCount {
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly count: number;
}

/** What happened, as counts: nothing here leads to a person. */
export interface Activity {
  /** Events from the first instant on and before the second, counted by kind and data. */
  counts(from: Instant, to: Instant): Promise<readonly EventCount[]>;
}
