import type { AskedFact } from './eligibility.js';
import type { Emergency } from './emergency.js';
import type { FacilityKind, ServiceKind } from './facility.js';
import type { Point } from './place.js';
import type { ToldReport } from './report.js';
import type { DayText, Instant } from './time.js';

/** Where a search starts, small enough to be kept. */
export type SearchPlace =
  | { readonly kind: 'area'; readonly code: string }
  | { readonly kind: 'facility'; readonly id: string }
  | { readonly kind: 'point'; readonly point: Point };

/** What somebody looks for, wherever that may be. */
export interface Sought {
  readonly services: readonly ServiceKind[];
  /** Kinds of facility asked for by name; empty: any that gives the service. */
  readonly kinds: readonly FacilityKind[];
  readonly only24h: boolean;
  /** The instant asked about; null: now. */
  readonly at: Instant | null;
}

/** Whatever is open now. */
export const ANYTHING: Sought = { services: [], kinds: [], only24h: false, at: null };

/** The last search, so that "lainnya", "yang 24 jam" or "kalau besok?" can change one thing of it. */
export interface SearchMemory extends Sought {
  readonly place: SearchPlace;
  /** How many were shown before this page. */
  readonly offset: number;
}

/** A question that waits for its answer. */
export type Awaiting =
  | ({ readonly scene: 'find_facility' } & Sought)
  | { readonly scene: 'eligibility'; readonly fact: AskedFact; readonly asked: number }
  | { readonly scene: 'emergency_place'; readonly emergency: Emergency }
  | {
      readonly scene: 'emergency_signs';
      readonly emergency: Emergency;
      /** `worse`: yes means danger; `well`: yes means that all is well. */
      readonly asks: 'worse' | 'well';
    }
  | { readonly scene: 'facility_info' }
  /** For the kecamatan that the person lives in. */
  | { readonly scene: 'announcements' }
  | { readonly scene: 'office' }
  /** Whether everything is to be deleted: holds for the very next message only. */
  | { readonly scene: 'privacy' }
  /** For the message that staff of the office read when they are there. */
  | { readonly scene: 'office_note' }
  /** "Info salah?": which facility, what, one line more, and whether word is wanted; `told` is what was filed so far. */
  | { readonly scene: 'report'; readonly asks: 'facility' }
  | { readonly scene: 'report'; readonly asks: 'topic'; readonly facilityId: string }
  | { readonly scene: 'report'; readonly asks: 'text' | 'word'; readonly told: ToldReport }
  /** The morning's question to a facility's own contact. */
  | { readonly scene: 'hours_check'; readonly facilityId: string; readonly day: DayText };

/**
 * The state of a conversation: plain, small and versioned. `v` rises when the shape changes, and `engines/dialogue/session`
 * turns an older one into the present shape; one that cannot be read starts the conversation anew.
 */
export interface Session {
  readonly v: 1;
  readonly awaiting: Awaiting | null;
  /** The flow that an emergency interrupted. */
  readonly resume: Awaiting | null;
  /** Ids of the choices last offered; a typed number is a position in this list. */
  readonly offered: readonly string[];
  readonly search: SearchMemory | null;
  /** Id of the facility whose page or hours were shown last: what "alamatnya?" is about. */
  readonly subject: string | null;
  /** Facts on eligibility told so far, as `engines/eligibility` defines them. */
  readonly eligibility: Readonly<Record<string, unknown>>;
  /** The rules whose answer was told last, so that it is not told twice in full. */
  readonly toldRule: string | null;
  /** How many messages in a row could not be understood. */
  readonly puzzled: number;
  readonly lastAt: Instant | null;
  /** When this person reported wrong facts lately: so many and no more are taken, and no report needs to name them. */
  readonly reportedAt?: readonly Instant[];
}

export const NEW_SESSION: Session = {
  v: 1,
  awaiting: null,
  resume: null,
  offered: [],
  search: null,
  subject: null,
  eligibility: {},
  toldRule: null,
  puzzled: 0,
  lastAt: null,
};
