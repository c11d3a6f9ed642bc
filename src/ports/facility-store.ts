import type { Holiday } from '../domain/facility.js';
import type { Area } from '../domain/place.js';
import type { Landmark } from './directory.js';
import type { EmergencyNumberRecord, FacilityRecord, RegionRecord } from './snapshot.js';

/** Records to be put in the place of those with the same key; a facility comes with all its statements. */
export interface DataChange {
  readonly regions: readonly RegionRecord[];
  readonly emergencyNumbers: readonly EmergencyNumberRecord[];
  readonly areas: readonly Area[];
  readonly facilities: readonly FacilityRecord[];
  readonly holidays: readonly Holiday[];
  readonly landmarks: readonly Landmark[];
}
