import type { DayText, Instant } from '../domain/time.js';

/** That a clinician read the words of an emergency card and agreed to them. */
export interface CardSignOff {
  readonly cardId: string;
  /** Names exactly the words that were read: with other words the agreement does not count. */
  readonly wordsHash: string;
  readonly signer: string;
  readonly profession: string;
  readonly signedOn: DayText;
  /** The member of staff who wrote it down. */
  readonly recordedBy: string;
  readonly recordedAt: Instant;
}

/** The agreements of clinicians; one per card and wording. */
export interface SignOffs {
  all(): Promise<readonly CardSignOff[]>;
  put(signOff: CardSignOff): Promise<void>;
}
