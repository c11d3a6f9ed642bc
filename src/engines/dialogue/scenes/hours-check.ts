import type { Facility } from '../../../domain/facility.js';
import { phrase } from '../../../domain/phrase.js';
import type { HoursWord } from '../../../domain/report.js';
import type { Session } from '../../../domain/session.js';
import { dayOf } from '../../../domain/time.js';
import { MENU_CHOICE } from '../choices.js';
import { hoursQuestion } from '../hours-question.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { menu } from './menu.js';
import { askText, fileForFacility } from './report.js';
import { isTelling, oneLine } from './report-words.js';

/**
 * The morning's question, answered by a facility's own contact. A yes confirms what stands and changes nothing else;
 * "tutup" and "jamnya lain" go to the office, for only staff change what residents are told.
 */
export const hoursCheck: Scene = {
  open: (context) => {
    const waiting = context.session.awaiting;
    const facility = waiting?.scene === 'hours_check' ? context.world.directory.facility(waiting.facilityId) : null;
    const zone = facility ? (context.world.directory.region(facility.regionCode)?.zone ?? context.zone) : context.zone;
    const question = facility && hoursQuestion(facility, context.turn.now, zone, context.world.directory);
    if (!question || !waiting) return menu.open(context);
    return { intent: 'feedback', replies: [question.reply], session: { awaiting: waiting } };
  },
  answer: (context) => {
    const waiting = context.session.awaiting;
    if (waiting?.scene !== 'hours_check') return null;
    const facility = context.world.directory.facility(waiting.facilityId);
    if (!facility) return null;
    const { yesNo } = context.words;
    const text = (context.turn.normal?.text ?? '').trim();
    if (yesNo === 'yes' || /^(ya )?(benar|betul|sesuai)( .{0,12})?$/.test(text)) {
      return said(context, facility, waiting.day, 'yes', null);
    }
    if (/^(hari ini )?(tutup|libur)( hari ini)?$/.test(text))
      return said(context, facility, waiting.day, 'closed', null);
    if (yesNo === 'no') return said(context, facility, waiting.day, 'other', null);
    return isTelling(context) ? said(context, facility, waiting.day, 'other', oneLine(context)) : null;
  },
};

/** `check:WORD:DAY:FACILITY`, from any message as long as its day lasts; null when it names nothing. */
export function chooseHoursAnswer(context: SceneContext, id: string): SceneResult | null {
  const [, word, day = '', ...rest] = id.split(':');
  const facility = context.world.directory.facility(rest.join(':'));
  if (!facility || (word !== 'yes' && word !== 'closed' && word !== 'other')) return null;
  return said(context, facility, day, word, null);
}

function said(
  context: SceneContext,
  facility: Facility,
  day: string,
  word: HoursWord,
  text: string | null,
): SceneResult {
  const { directory } = context.world;
  const zone = directory.region(facility.regionCode)?.zone ?? context.zone;
  if (day !== dayOf(context.turn.now, zone)) return tell('reports:check.over', facility);
  const hoursAnswer = { facilityId: facility.id, day, said: word };
  if (word === 'yes') {
    const stated = hoursQuestion(facility, context.turn.now, zone, directory)?.stated ?? true;
    if (stated) return { ...tell('reports:check.thanks', facility), hoursAnswer };
    // Nothing is stated that a yes could confirm: the office enters what the facility says is right.
    const report = fileForFacility(context, facility, 'usual_right', null);
    return { ...tell('reports:check.thanksUsual', facility), hoursAnswer, report };
  }
  if (word === 'closed') {
    const report = fileForFacility(context, facility, 'closed_today', null);
    return { ...tell('reports:check.thanksClosed', facility), hoursAnswer, report };
  }
  const report = fileForFacility(context, facility, 'hours', text);
  const asked = text === null ? askText(report) : tell('reports:done.word', facility);
  return { ...asked, hoursAnswer, report };
}

function tell(
  key:
    | 'reports:check.over'
    | 'reports:check.thanks'
    | 'reports:check.thanksUsual'
    | 'reports:check.thanksClosed'
    | 'reports:done.word',
  { name }: Facility,
): SceneResult {
  const session: Partial<Session> = { awaiting: null };
  const replies = [{ type: 'text' as const, paragraphs: [phrase(key, { name })], choices: [MENU_CHOICE] }];
  return { intent: 'feedback', replies, session };
}
