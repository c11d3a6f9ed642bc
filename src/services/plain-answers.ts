import type { ContactFacts } from '../domain/contact.js';
import type { InboundMessage } from '../domain/message.js';
import { type PhraseKey, phrase } from '../domain/phrase.js';
import { NEW_SESSION } from '../domain/session.js';
import { DAY, type Instant } from '../domain/time.js';
import { openSession } from '../engines/dialogue/index.js';
import { renderPhrase } from '../i18n/translate.js';
import type { Conversed } from './converse.js';

/** The answer to a message that waited for more than a day, while we were off, begins with an apology. */
export function withApology(message: InboundMessage, decided: Conversed, now: Instant): Conversed {
  if (now - message.at < DAY) return decided;
  const [first, ...rest] = decided.replies;
  if (first?.type !== 'text') return decided;
  const sorry = renderPhrase(phrase('dialogue:late'), decided.contact.language);
  return { ...decided, replies: [{ ...first, text: `${sorry}\n\n${first.text}` }, ...rest] };
}

/** The one polite word to somebody who writes faster than a person can; the conversation stays where it is. */
export function slowDown(contact: ContactFacts, session: unknown, now: Instant): Conversed {
  return word('dialogue:flood', contact, openSession(session, now));
}

/** A text decided elsewhere; the conversation stays where it is. */
export function answerWith(text: string, contact: ContactFacts, session: unknown, now: Instant): Conversed {
  return answer(text, contact, openSession(session, now));
}

/** What is left when a message cannot be decided or its answer cannot be kept: a word, and a clean start. */
export function inTrouble(contact: ContactFacts): Conversed {
  return word('dialogue:trouble', contact, NEW_SESSION);
}

function word(key: PhraseKey, contact: ContactFacts, session: Conversed['session']): Conversed {
  return answer(renderPhrase(phrase(key), contact.language), contact, session);
}

function answer(text: string, contact: ContactFacts, session: Conversed['session']): Conversed {
  return {
    contact,
    session,
    replies: [{ type: 'text', text, choices: [] }],
    events: [],
    report: null,
    hoursAnswer: null,
    forget: false,
    wantsKept: false,
    trace: {
      intents: [],
      emergency: null,
      place: null,
      service: null,
      time: null,
      facilities: [],
      eligibility: null,
    },
  };
}
