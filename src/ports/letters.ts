import type { Instant } from '../domain/time.js';

/** An answer that a page may still fetch, from whichever process it is connected to. */
export interface Letter {
  /** The same at each try to put it in. */
  readonly id: string;
  /** An emergency card. */
  readonly urgent: boolean;
  readonly payload: string;
}

/** A letter as it is on record. */
export interface NumberedLetter extends Letter {
  readonly contact: string;
  /** Rises for each contact in the order of putting in, across processes and however their clocks differ. */
  readonly number: number;
}

/** Answers that wait to be fetched by the pages of the web chat, for as long as `domain/retention` says. */
export interface Letters {
  /** Durable before it resolves; a repeat of an id changes nothing. */
  put(contact: string, letter: Letter, now: Instant): Promise<void>;
  /**
   * What each contact may still fetch beyond the number given (0: all), in the order of putting in: of each the latest
   * hundred at most. A transaction that ends late may add a letter below a number that was handed out already.
   */
  after(readers: ReadonlyMap<string, number>, now: Instant): Promise<readonly NumberedLetter[]>;
  /** Removes what has had its time. */
  empty(now: Instant): Promise<void>;
}
