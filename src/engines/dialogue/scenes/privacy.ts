import { phrase } from '../../../domain/phrase.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene } from '../turn.js';

/** "Data saya": what is kept, in two sentences. */
export const privacy: Scene = {
  open: () => ({
    intent: 'privacy',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:privacy.kept'), phrase('dialogue:privacy.not_asked')],
        choices: [MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
  }),
};
