import { phrase } from '../../../domain/phrase.js';
import { MENU_CHOICE, MENU_CHOICES } from '../choices.js';
import type { Scene } from '../turn.js';
import { mayAsk, mourns, question } from './announcements.js';

/** "Assalamualaikum": the menu, as long as nothing else was asked. */
export const greeting: Scene = {
  open: ({ last }) => ({
    intent: 'greeting',
    replies: last ? [{ type: 'text', paragraphs: [phrase('dialogue:menu.welcome')], choices: MENU_CHOICES }] : [],
  }),
};

/** "Makasih." The end of a talk is the one moment at which the bot asks by itself about announcements. */
export const thanks: Scene = {
  open: (context) => {
    if (!context.last) return { intent: 'thanks', replies: [] };
    // "Semoga lekas sehat" is no word to somebody who tells of a death.
    const welcome = phrase(mourns(context) ? 'dialogue:courtesy.sorrow' : 'dialogue:courtesy.thanks');
    if (!mayAsk(context)) {
      return { intent: 'thanks', replies: [{ type: 'text', paragraphs: [welcome], choices: [MENU_CHOICE] }] };
    }
    const { words, choices } = question('asked');
    return {
      intent: 'thanks',
      replies: [{ type: 'text', paragraphs: [welcome, words], choices: [...choices, MENU_CHOICE] }],
      contact: { consentAsked: true },
    };
  },
};
