import { phrase } from '../../../domain/phrase.js';
import { MENU_CHOICES } from '../choices.js';
import type { Scene } from '../turn.js';

/** The main menu, from anywhere. It forgets no facts, only the question that waited. */
export const menu: Scene = {
  open: () => ({
    intent: 'menu',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:menu.welcome')], choices: MENU_CHOICES }],
    session: { awaiting: null, resume: null },
  }),
};
