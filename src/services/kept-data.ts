import { KEPT_DATA, type KeptKind } from '../domain/kept-data.js';
import type { Language } from '../domain/message.js';
import { type Phrase, phrase } from '../domain/phrase.js';
import { REPORT_DAYS } from '../domain/report.js';
import { KEEP_DAYS } from '../domain/retention.js';
import { renderPhrase } from '../i18n/translate.js';
import { TEXT_DAYS } from './keep-conversations.js';

/** The two periods that an installation sets itself, in days. */
export interface KeepSettings {
  readonly messageDays: number;
  readonly contactDays: number;
}

/** One kind of data about people, in words: what, what for, how long, who sees it. */
export interface KeptWords {
  readonly id: string;
  readonly about: KeptKind['about'];
  readonly what: string;
  readonly why: string;
  readonly until: string;
  readonly who: string;
}

/** The whole list of what is kept about people, with the periods that hold here. */
export function keptWords(settings: KeepSettings, language: Language): readonly KeptWords[] {
  const days = {
    message: settings.messageDays,
    contact: settings.contactDays,
    session: KEEP_DAYS.session,
    record: Math.max(KEEP_DAYS.record, settings.messageDays),
    talk: TEXT_DAYS,
    report: REPORT_DAYS.answered,
    reportMost: REPORT_DAYS.told,
  };
  const say = (words: Phrase) => renderPhrase(words, language);
  return KEPT_DATA.map(({ id, about }) => ({
    id,
    about,
    what: say(phrase(`privacy:kept.${id}.what`)),
    why: say(phrase(`privacy:kept.${id}.why`)),
    until: say(phrase(`privacy:kept.${id}.until`, days)),
    who: say(phrase(`privacy:kept.${id}.who`)),
  }));
}
