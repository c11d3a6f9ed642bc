import type { DayText, Instant } from './time.js';

/** By the contract: what can be said about whether care is free. */
export type Outcome = 'covered' | 'likely' | 'needs_step' | 'not_covered' | 'ask';
export type ProgrammeId = 'kukar' | 'bontang' | 'balikpapan' | 'pasuruan' | 'gratispol' | 'jkn';
export type AskedFact = 'ktp' | 'bpjs' | 'payer' | 'where';

/**
 * What an office decided about a rule from a day on. It counts until the next one of that rule begins; of two that begin
 * on the same day the one entered last counts. Nothing is ever edited: another version undoes it.
 */
export interface RuleVersion {
  readonly id: string;
  readonly ruleId: string;
  /** The first day on which it counts. */
  readonly from: DayText;
  /** The rule as a programme's file writes it, as JSON; null: from that day on the rule no longer counts. */
  readonly content: string | null;
  /** The decree or letter that it comes from. */
  readonly source: string;
  readonly enteredBy: string;
  readonly enteredAt: Instant;
}
