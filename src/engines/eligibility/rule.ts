import type { AskedFact, Outcome, ProgrammeId } from '../../domain/eligibility.js';
import type { DayText } from '../../domain/time.js';

/** `confirmed`: by the office. `published`: in the source named. `contradictory`: sources differ, and it is told. */
export type RuleGrade = 'confirmed' | 'published' | 'contradictory';

/** The facts as rules see them: every one has a word, and `absent` is a word. */
export interface FactView {
  /** A region's code, `kaltim` (another of East Kalimantan), `elsewhere`, `unknown` or `absent`. */
  readonly ktp: string;
  readonly bpjs: string;
  readonly payer: string;
  readonly cutOff: string;
  readonly emergency: string;
  readonly who: string;
  /** A region's code, `home`, `away`, `unknown` or `absent`. */
  readonly location: string;
  readonly away: string;
  readonly arrears: string;
  readonly topic: string;
  readonly named: string;
}

export type Condition = Readonly<Partial<Record<keyof FactView, readonly string[]>>>;

/** One dated rule of a programme, as its file writes it. A change of rule is a new entry with a later `validFrom`. */
export interface Rule {
  readonly id: string;
  readonly programme: ProgrammeId;
  /** Lower comes first: the first `decides` rule that fits gives the outcome. Ignored for `adds`. */
  readonly rank: number;
  /** `decides` gives the outcome; `adds` only adds its words, papers, steps and contacts. */
  readonly kind: 'decides' | 'adds';
  /** Every fact named must have one of the words. */
  readonly when: Condition;
  /** No fact named may have one of the words. */
  readonly unless: Condition;
  readonly outcome: Outcome | null;
  /** True when no programme answers: it is asked first, or none applies. */
  readonly noProgramme: boolean;
  /** Facts worth asking next, the one that settles most first; those known are skipped. */
  readonly asks: readonly AskedFact[];
  /** Texts `eligibility:rule.<text>`, and codes of papers, steps, contacts and exclusions. */
  readonly text: string;
  readonly papers: readonly string[];
  readonly steps: readonly string[];
  readonly contacts: readonly string[];
  readonly excludes: readonly string[];
  /** First and last day (inclusive) on which the rule counts; null = without bound. */
  readonly validFrom: DayText | null;
  readonly validTo: DayText | null;
  readonly source: string;
  readonly checkedOn: DayText;
  readonly grade: RuleGrade;
  /** A note of the office, said word for word with its source; null where the office added none. */
  readonly officeNote: string | null;
}

/** A programme: whose it is, and its rules. */
export interface Programme {
  readonly id: ProgrammeId;
  /** Regions whose KTP it is for; empty for the province's and the nation's. */
  readonly regions: readonly string[];
  readonly rules: readonly Rule[];
}
