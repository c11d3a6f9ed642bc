import type { AskedFact, Outcome, ProgrammeId } from './eligibility.js';
import type { Emergency } from './emergency.js';
import type { Grade, ServiceKind } from './facility.js';
import type { Intent } from './intent.js';
import type { Instant } from './time.js';

export interface PlaceTrace {
  readonly kind: 'kabupaten_kota' | 'kecamatan' | 'kelurahan_desa' | 'facility' | 'point' | 'outside';
  readonly code: string | null;
  readonly name: string | null;
}

export interface FacilityTrace {
  readonly id: string;
  readonly name: string;
  readonly service: ServiceKind;
  readonly state: 'open' | 'closed' | 'unknown';
  readonly grade: Grade;
  readonly until: Instant | null;
  readonly distanceKm: number | null;
}

export interface EligibilityTrace {
  readonly region: string | null;
  readonly outcome: Outcome;
  readonly programme: ProgrammeId | null;
  readonly asks: AskedFact | null;
}

/** What a turn understood and answered, for tests and measures. It is never shown to a resident, stored or logged. */
export interface Trace {
  readonly intents: readonly Intent[];
  readonly emergency: Emergency | null;
  readonly place: PlaceTrace | null;
  readonly service: ServiceKind | null;
  /** null: a feast whose date is not known. */
  readonly time: Instant | null;
  readonly facilities: readonly FacilityTrace[];
  readonly eligibility: EligibilityTrace | null;
}
