import { Eta } from 'eta';
import { Router } from 'express';
import type { Language } from '../../domain/message.js';
import { type PhraseKey, phrase } from '../../domain/phrase.js';
import { renderPhrase } from '../../i18n/translate.js';
import { projectFile } from '../../project-root.js';
import { type KeepSettings, keptWords } from '../../services/kept-data.js';
import { A_MINUTE, perMinute } from '../limits.js';

/** What the page needs to know of this installation. */
export interface PrivacyDoor extends KeepSettings {
  /** The offices that answer for the data; a contact that nobody entered is null and is said to be missing. */
  offices(): readonly { readonly region: string; readonly contact: string | null }[];
}

const PATHS: Readonly<Record<Language, string>> = { id: '/privasi', en: '/privasi/en' };

type PagePart = PhraseKey extends infer Key ? (Key extends `privacy:page.${infer Part}` ? Part : never) : never;

const eta = new Eta({ views: projectFile('src/web/privacy'), cache: true, autoTrim: false });

/** The page that says what is kept about people: made from the list that the code itself goes by. */
export function privacyRoutes(door: PrivacyDoor): Router {
  const router = Router();
  for (const language of ['id', 'en'] as const) {
    router.get(PATHS[language], perMinute(A_MINUTE.pages), (_request, response) => {
      response.type('html').set('cache-control', 'no-cache').send(page(door, language));
    });
  }
  return router;
}

function page(door: PrivacyDoor, language: Language): string {
  const say = (part: PagePart, params?: Readonly<Record<string, string>>) =>
    renderPhrase(phrase(`privacy:page.${part}`, params), language);
  const kinds = keptWords(door, language);
  const otherLanguage = language === 'id' ? 'en' : 'id';
  const { messageDays: days } = door;
  return eta.render('./privacy', {
    language,
    otherLanguage,
    otherPath: PATHS[otherLanguage],
    say,
    text: renderPhrase(
      days === 0 ? phrase('privacy:yours.text_gone') : phrase('privacy:yours.text_kept', { days }),
      language,
    ),
    parts: [
      { id: 'kept', kinds: kinds.filter(({ about }) => about === 'resident') },
      { id: 'staff', kinds: kinds.filter(({ about }) => about === 'staff') },
    ],
    offices: door.offices().map(({ region, contact }) => ({ region, contact: contact ?? say('office_missing') })),
  });
}
