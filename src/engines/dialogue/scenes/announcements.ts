import type { Consent } from '../../../domain/contact.js';
import { type PhraseKey, phrase } from '../../../domain/phrase.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';

function change(
  { contact }: SceneContext,
  intent: 'opt_in' | 'opt_out',
  consent: Exclude<Consent, 'never_asked'>,
  said: PhraseKey,
  already: PhraseKey,
): SceneResult {
  const same = contact.consent === consent || (consent === 'stopped' && contact.consent === 'never_asked');
  return {
    intent,
    replies: [{ type: 'text', paragraphs: [phrase(same ? already : said)], choices: [MENU_CHOICE] }],
    contact: { consent },
    events: contact.consent === consent ? [] : [{ kind: 'consent_changed', consent }],
    session: { awaiting: null },
  };
}

/** "LANGGANAN": agrees to announcements. */
export const optIn: Scene = {
  open: (context) =>
    change(context, 'opt_in', 'granted', 'dialogue:announcements.granted', 'dialogue:announcements.already_granted'),
};

/** "BERHENTI": from now on nothing is sent unasked; said in any state it counts. */
export const optOut: Scene = {
  open: (context) =>
    change(context, 'opt_out', 'stopped', 'dialogue:announcements.stopped', 'dialogue:announcements.already_stopped'),
};

/** The menu's way to the same choice. */
export function aboutAnnouncements(): SceneResult {
  return {
    intent: 'choice',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:announcements.about')],
        choices: [
          { id: 'consent:yes', label: phrase('dialogue:announcements.yes') },
          { id: 'consent:no', label: phrase('dialogue:announcements.no') },
          MENU_CHOICE,
        ],
      },
    ],
    session: { awaiting: null },
  };
}
