import type { RuleVersion } from '../domain/eligibility.js';
import type { Facility, Holiday, HoursException, ServiceHours } from '../domain/facility.js';
import type { Area, EmergencyNumber, Region } from '../domain/place.js';
import type { DayText } from '../domain/time.js';
import type { Landmark } from './directory.js';

/** A facility as the store keeps it: what staff see, beyond what residents are told. */
export interface FacilityRecord extends Facility {
  /** The code of the Ministry of Health; its digits are BPS ones, so it is never compared with a region's. */
  readonly kemenkesCode: string | null;
  /** What the sources disagree about; for staff, in the language of whoever wrote it. */
  readonly notes: string | null;
}

/** A region as the store keeps it; its numbers are records of their own. */
export interface RegionRecord extends Omit<Region, 'emergencyNumbers'> {
  readonly source: string;
  readonly checkedOn: DayText;
}

export interface EmergencyNumberRecord extends EmergencyNumber {
  /** null: the number works in the whole country. */
  readonly regionCode: string | null;
  /** Where it stands in the order of trying; smaller first. */
  readonly position: number;
}

/** Everything a directory is built from, at one moment. */
export interface Snapshot {
  /** The store's data version when it was read; it grows with every change to what is in here. */
  readonly version: number;
  readonly regions: readonly RegionRecord[];
  readonly emergencyNumbers: readonly EmergencyNumberRecord[];
  readonly areas: readonly Area[];
  readonly facilities: readonly FacilityRecord[];
  readonly holidays: readonly Holiday[];
  readonly exceptions: readonly HoursException[];
  readonly landmarks: readonly Landmark[];
  /** What offices decided about the rules of programmes, in the order in which they were entered. */
  readonly ruleVersions: readonly RuleVersion[];
}

export const EMPTY_SNAPSHOT: Snapshot = {
  version: 0,
  regions: [],
  emergencyNumbers: [],
  areas: [],
  facilities: [],
  holidays: [],
  exceptions: [],
  landmarks: [],
  ruleVersions: [],
};

/** What makes a number the same one: where it works and its digits. */
export function numberKey(record: Pick<EmergencyNumberRecord, 'regionCode' | 'number'>): string {
  return `${record.regionCode ?? 'ID'}/${record.number.replace(/\D/g, '')}`;
}

/** What makes a holiday the same one: its day, where it holds, and its kind. */
export function holidayKey(record: Pick<Holiday, 'date' | 'regionCode' | 'kind'>): string {
  return `${record.date}/${record.regionCode ?? 'ID'}/${record.kind}`;
}

/** What makes a statement the same one: a better grade or a later start stands beside it, it does not replace it. */
export function statementKey(statement: Pick<ServiceHours, 'service' | 'standing' | 'validFrom' | 'grade'>): string {
  return `${statement.service}/${statement.standing}/${statement.validFrom ?? ''}/${statement.grade}`;
}
