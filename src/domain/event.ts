import type { Outcome, ProgrammeId } from './eligibility.js';
import type { EmergencyKind, EmergencyLevel } from './emergency.js';
import type { ServiceKind } from './facility.js';
import type { Intent } from './intent.js';

/** A fact in the past tense: codes and counts only, never what a person wrote. */
export type TurnEvent =
  | {
      readonly kind: 'question_answered';
      readonly intent: Intent;
      readonly areaCode: string | null;
      readonly service: ServiceKind | null;
      readonly found: 'open' | 'unknown' | 'none' | null;
    }
  | {
      readonly kind: 'emergency_answered';
      readonly emergency: EmergencyKind;
      readonly level: EmergencyLevel;
      readonly areaCode: string | null;
    }
  | {
      readonly kind: 'eligibility_answered';
      readonly outcome: Outcome;
      readonly programme: ProgrammeId | null;
      readonly regionCode: string | null;
    }
  | { readonly kind: 'not_understood' }
  | { readonly kind: 'region_changed'; readonly regionCode: string }
  | {
      readonly kind: 'consent_changed';
      readonly consent: 'granted' | 'stopped';
      /** How: asked by the bot, the person's own command, the menu. Left out: a command. */
      readonly way?: 'asked' | 'command' | 'menu';
    }
  /** Kept only of people who agreed to announcements: a closure of the facility may concern them. */
  | { readonly kind: 'facility_asked'; readonly facilityId: string }
  /** Somebody had everything deleted. */
  | { readonly kind: 'data_deleted' }
  | { readonly kind: 'language_changed'; readonly language: 'id' | 'en' };
