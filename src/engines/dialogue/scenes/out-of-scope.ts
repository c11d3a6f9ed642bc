import { phrase } from '../../../domain/phrase.js';
import { MENU_CHOICE } from '../choices.js';
import type { Scene } from '../turn.js';

/** A question for a doctor, or for somebody else altogether: said kindly, with the way to one who can answer. */
export const outOfScope: Scene = {
  open: () => ({
    intent: 'out_of_scope',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase('dialogue:out_of_scope.advice'), phrase('dialogue:out_of_scope.where')],
        choices: [{ id: 'menu:open', label: phrase('dialogue:menu.open') }, MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
  }),
};
