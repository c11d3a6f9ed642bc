import type { MessageBody } from '../../domain/message.js';
import { type PhraseKey, phrase } from '../../domain/phrase.js';
import { MENU_CHOICE, MENU_CHOICES } from './choices.js';
import type { SceneContext, SceneResult } from './turn.js';

/** Not understood: an example the first time, the menu the second, and to a "ya" or "ga usah" that answers nothing. */
export function puzzled({ session, turn, words }: SceneContext): SceneResult {
  // A number alone was blotted out: the word on that is answer enough.
  if (turn.masked) return { intent: 'out_of_scope', replies: [] };
  if (session.awaiting?.scene === 'find_facility' && session.puzzled === 0 && words.yesNo === null) {
    return placeUnknown(session);
  }
  const again = session.puzzled >= 1 || words.yesNo !== null;
  return {
    intent: 'out_of_scope',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase(again ? 'dialogue:menu.short' : 'dialogue:puzzled.first')],
        choices: again ? MENU_CHOICES : [MENU_CHOICE],
      },
    ],
    session: { puzzled: again ? 0 : session.puzzled + 1 },
    events: [{ kind: 'not_understood' }],
  };
}

/** "Di jalan Pahlawan": no place that the data knows, while one was asked for; what would be one is said again. */
function placeUnknown({ puzzled: before }: SceneContext['session']): SceneResult {
  return {
    intent: 'out_of_scope',
    replies: [
      { type: 'text', paragraphs: [phrase('dialogue:find.unknown_place')], choices: [MENU_CHOICE], askLocation: true },
    ],
    session: { puzzled: before + 1 },
    events: [{ kind: 'not_understood' }],
  };
}

type Unreadable = Extract<MessageBody, { type: 'unreadable' }>['kind'];

const WHAT_TO_SEND: Readonly<Record<Unreadable, PhraseKey>> = {
  voice: 'dialogue:puzzled.voice',
  image: 'dialogue:puzzled.image',
  edited: 'dialogue:puzzled.edited',
  sticker: 'dialogue:puzzled.other',
  contact: 'dialogue:puzzled.other',
  document: 'dialogue:puzzled.other',
  other: 'dialogue:puzzled.other',
};

/** A voice note, a picture, an edit: what to send instead. */
export function unreadable(kind: Unreadable): SceneResult {
  return {
    intent: 'out_of_scope',
    replies: [{ type: 'text', paragraphs: [phrase(WHAT_TO_SEND[kind])], choices: [MENU_CHOICE] }],
  };
}
