import type { Interest } from './broadcast.js';
import type { Language } from './message.js';

/** Whether a resident agreed to announcements. `never_asked` and `stopped` both mean: nothing is sent unasked. */
export type Consent = 'never_asked' | 'granted' | 'stopped';

/** What the bot remembers of a person between conversations. No name, no number, no message. */
export interface ContactFacts {
  readonly language: Language;
  /** The kabupaten/kota the person asked about last; null until one was named. */
  readonly regionCode: string | null;
  readonly consent: Consent;
  /** The kecamatan the person asked about last; left out until one was named. */
  readonly kecamatanCode?: string;
  /** What the person wants to hear of the health office; left out: everything. */
  readonly interests?: readonly Interest[];
  /** True once the bot asked about announcements by itself, which it does once. */
  readonly consentAsked?: boolean;
}

export const NEW_CONTACT: ContactFacts = { language: 'id', regionCode: null, consent: 'never_asked' };
