import type { ContactFacts } from './contact.js';
import type { Instant } from './time.js';

/** What is open with the office, or lies there for the page of the web chat; each has a word of its own in `privacy:open`. */
export type OpenMatter = 'conversation' | 'report' | 'answers';

/** What the store keeps of one person beside what a turn knows anyway; looked up only when they ask for it. */
export interface KeptAbout {
  /** Since when the consent stands as it does; null when nobody ever said yes or no. */
  readonly consentAt: Instant | null;
  /** True when the person linked another channel. */
  readonly linked: boolean;
  readonly open: readonly OpenMatter[];
  /** For how many days the text of a message is kept after its answer; 0: not at all. */
  readonly messageDays: number;
  /** The public page with everything; null where the server has no public address. */
  readonly page: string | null;
}

/** A person of whom nothing is known any more but the language of the last answer. */
export function forgotten(facts: ContactFacts): ContactFacts {
  return { language: facts.language, regionCode: null, consent: 'never_asked' };
}
