import type { ProgrammeId } from '../../domain/eligibility.js';

/**
 * What a person told so far. A field that is absent is not known yet and may be asked; `'unknown'` is the
 * person's own "tidak tahu", which is an answer and is never asked again. Nothing here identifies anybody.
 */
export interface EligibilityFacts {
  /** Kemendagri code of the kabupaten/kota on the KTP when it is one of ours, else `'elsewhere'`. */
  readonly ktpRegion?: string;
  /** The other region's name as the lists write it ("Samarinda"), when it was said. */
  readonly elsewhereName?: string;
  /** True when the KTP is from elsewhere within East Kalimantan, where the province's Gratispol applies. */
  readonly elsewhereInKaltim?: boolean;
  readonly bpjs?: BpjsStatus;
  readonly payer?: Payer;
  /** True when a membership paid by the state was switched off (PBI dinonaktifkan). */
  readonly cutOff?: boolean;
  /** True when the person says that it is an emergency, false when they say that it is not. */
  readonly emergency?: boolean;
  readonly who?: Patient;
  /** Where they are: a region's code, `'home'` (the KTP's region), `'away'` (another one), or `'unknown'`. */
  readonly location?: string;
  /** True when premiums are unpaid (nunggak). */
  readonly arrears?: boolean;
  readonly topic?: Topic;
  /** The programme that the question itself names ("gratispol"), which matters where several could answer. */
  readonly named?: Exclude<ProgrammeId, 'jkn'>;
}

export type BpjsStatus = 'active' | 'inactive' | 'none' | 'unknown';
/** `state`: PBI of the central government. `region`: Pemda, city or province. */
export type Payer = 'state' | 'region' | 'self' | 'employer' | 'unknown';
export type Patient = 'self' | 'newborn' | 'child' | 'elderly' | 'other';

/** What the question is about, where that changes the answer; everything else is `general`. */
export const TOPICS = [
  'general',
  'hospital_direct',
  'referral',
  'with_referral',
  'fourth_visit',
  'non_partner',
  'traffic_accident',
  'work_accident',
  'violence',
  'self_harm',
  'cosmetic',
  'dental_braces',
  'infertility',
  'not_paid_by_jkn',
  'by_indication',
  'class_upgrade',
  'reimbursement',
  'ambulance',
  'newborn_registration',
  'reactivation',
  'registration',
  'penalty',
  'amnesty',
  'fktp_change',
  'check_status',
  'benefit',
] as const;
export type Topic = (typeof TOPICS)[number];
