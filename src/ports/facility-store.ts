import type { RuleVersion } from '../domain/eligibility.js';
import type { Holiday, HoursException } from '../domain/facility.js';
import type { Instant } from '../domain/time.js';
import type { EmergencyNumberRecord, FacilityRecord, RegionRecord, Snapshot } from './snapshot.js';

/** Records to be put in the place of those with the same key; a facility comes with all its statements. */
export type DataChange = Pick<
  Snapshot,
  'regions' | 'emergencyNumbers' | 'areas' | 'facilities' | 'holidays' | 'landmarks'
>;

/** Who changes something, and when: kept with every change. `who` is a staff account, "import" or "seed". */
export interface Author {
  readonly who: string;
  readonly at: Instant;
}

/**
 * What staff keep true. Every write is one transaction that also records who changed what and raises the data
 * version, by which other processes notice that their directory is old.
 */
export interface FacilityStore {
  /** The data version; 0 before anything was loaded. */
  version(): Promise<number>;
  /** Everything a directory is built from, as of one moment. */
  snapshot(): Promise<Snapshot>;
  /**
   * Puts records in; all or nothing. Resolves to the new data version. With `fromVersion`, throws STORE_BUSY and writes
   * nothing when the data has changed since that version: the change was worked out from something else.
   */
  apply(change: DataChange, author: Author, fromVersion?: number): Promise<number>;
  /** Loads the first data. False, and nothing written, when data was ever loaded; safe when two call at once. */
  seed(change: DataChange, author: Author): Promise<boolean>;
  /** Adds the exception or replaces the one with its id. */
  putException(exception: HoursException, author: Author): Promise<number>;
  /** Adds or replaces several exceptions: all or none. */
  putExceptions(exceptions: readonly HoursException[], author: Author): Promise<number>;
  /** Every emergency number, the national ones first. */
  numbers(): Promise<readonly EmergencyNumberRecord[]>;
  /** The regions as they are kept, with source and date. */
  regions(): Promise<readonly RegionRecord[]>;
  /** Every exception, past and coming, of these regions; those that begin last come first. */
  exceptions(regionCodes: readonly string[]): Promise<readonly HoursException[]>;
  /** Takes an exception back; one that is not there is no error. */
  removeException(id: string, author: Author): Promise<number>;
  /** Takes a holiday back, by day, region (null: the whole country) and kind. */
  removeHoliday(holiday: Pick<Holiday, 'date' | 'regionCode' | 'kind'>, author: Author): Promise<number>;
  /** Takes an emergency number out, by region (null: the whole country) and digits. */
  removeNumber(number: Pick<EmergencyNumberRecord, 'regionCode' | 'number'>, author: Author): Promise<number>;
  /** Every version of a rule of a programme, in the order in which they were entered. */
  ruleVersions(): Promise<readonly RuleVersion[]>;
  /** Adds a version of a rule. With `fromVersion` as in `apply`. */
  putRuleVersion(version: RuleVersion, author: Author, fromVersion?: number): Promise<number>;
  /** One facility as the store has it at this moment; null when there is none. */
  facility(id: string): Promise<FacilityRecord | null>;
  /** Writes a line of the change log for something kept elsewhere: accounts, sign-offs. */
  note(line: Omit<ChangeRecord, 'at' | 'who'>, author: Author): Promise<void>;
  /** The latest changes, newest first; of one subject (a facility's id, a region's code) or of all. */
  changes(limit: number, subject?: string): Promise<readonly ChangeRecord[]>;
  /** Changes by whoever, whatever and whenever is asked for, newest first. */
  findChanges(query: ChangeQuery): Promise<readonly ChangeRecord[]>;
}

/** Which changes are looked for; null = any. */
export interface ChangeQuery {
  readonly who: string | null;
  readonly what: string | null;
  readonly subject: string | null;
  readonly from: Instant | null;
  /** The first instant that is not asked for any more. */
  readonly to: Instant | null;
  readonly limit: number;
  readonly skip: number;
}

/** One line of the change log. `before` and `after` are JSON of the record; null = there was none. */
export interface ChangeRecord {
  readonly at: Instant;
  readonly who: string;
  /** The collection: facilities, hours_exceptions, … */
  readonly what: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}
