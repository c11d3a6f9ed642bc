import { phrase } from '../../../domain/phrase.js';
import { MENU_CHOICE, MENU_CHOICES } from '../choices.js';
import type { Scene } from '../turn.js';

/** "Assalamualaikum": the menu, as long as nothing else was asked. */
export const greeting: Scene = {
  open: ({ last }) => ({
    intent: 'greeting',
    replies: last ? [{ type: 'text', paragraphs: [phrase('dialogue:menu.welcome')], choices: MENU_CHOICES }] : [],
  }),
};

/** "Makasih." */
export const thanks: Scene = {
  open: ({ last }) => ({
    intent: 'thanks',
    replies: last ? [{ type: 'text', paragraphs: [phrase('dialogue:courtesy.thanks')], choices: [MENU_CHOICE] }] : [],
  }),
};
