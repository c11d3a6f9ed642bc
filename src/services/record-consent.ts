import type { TurnEvent } from '../domain/event.js';
import type { Language } from '../domain/message.js';
import { type PhraseKey, phrase } from '../domain/phrase.js';
import { renderPhrase } from '../i18n/translate.js';
import type { TurnConsent } from '../ports/inbox.js';

/** The consents of a turn with the very words that the person had before them, in their language. */
export function consentsOf(events: readonly TurnEvent[], language: Language): readonly TurnConsent[] {
  return events.flatMap((event) => {
    if (event.kind !== 'consent_changed') return [];
    const way = event.way ?? 'command';
    return [{ consent: event.consent, way, wording: renderPhrase(phrase(wordsOf(event.consent, way)), language) }];
  });
}

/** Who was asked agreed to the question; who gave a command of their own was told what it means. */
function wordsOf(consent: 'granted' | 'stopped', way: TurnConsent['way']): PhraseKey {
  if (way !== 'command') return 'dialogue:announcements.about';
  return consent === 'granted' ? 'dialogue:announcements.granted' : 'dialogue:announcements.stopped';
}
