import { phrase } from '../../domain/phrase.js';
import type { SearchPlace } from '../../domain/session.js';
import { MENU_CHOICE, MENU_CHOICES, typedNumber } from './choices.js';
import {
  aboutAnnouncements,
  agree,
  chooseInterest,
  chooseKecamatan,
  goOnHearing,
  stop,
} from './scenes/announcements.js';
import { chooseFact, eligibility, resumeEligibility } from './scenes/eligibility.js';
import { adviseAt, answered, tellMore } from './scenes/emergency.js';
import { showFacility } from './scenes/facility-page.js';
import { findFacility, showAt, showList } from './scenes/find-facility.js';
import { chooseHoursAnswer, hoursCheck } from './scenes/hours-check.js';
import { menu } from './scenes/menu.js';
import { human } from './scenes/office.js';
import { askToErase, confirmErase, keep, privacy } from './scenes/privacy.js';
import { chooseReport, report, resumeReport } from './scenes/report.js';
import type { SceneContext, SceneResult } from './turn.js';

const SIMPLE: Readonly<Record<string, (context: SceneContext) => SceneResult>> = {
  menu: menu.open,
  'menu:open': (context) => findFacility.open({ ...context, session: { ...context.session, search: null } }),
  'menu:eligibility': eligibility.open,
  'menu:emergency': tellMore,
  'menu:announcements': aboutAnnouncements,
  'menu:office': human.open,
  'menu:privacy': privacy.open,
  'menu:language': changeLanguage,
  'privacy:erase': askToErase,
  'privacy:yes': confirmErase,
  'privacy:no': keep,
  'emergency:yes': (context) => answered(context, true) ?? noSuchChoice(),
  'emergency:no': (context) => answered(context, false) ?? noSuchChoice(),
  'consent:yes': (context) => agree(context, 'menu'),
  'consent:no': (context) => stop(context, 'menu'),
  'consent:yes_asked': (context) => agree(context, 'asked'),
  'consent:no_asked': (context) => stop(context, 'asked'),
  'stop:yes': (context) => stop(context, 'command'),
  'stop:no': goOnHearing,
  more,
  report: report.open,
  resume,
};

/** What an offered choice does, by its id; one of an old message works as long as what it names still exists. */
export function choose(context: SceneContext, id: string): SceneResult {
  const simple = SIMPLE[id];
  if (simple) return simple(context);
  const split = id.indexOf(':');
  const value = id.slice(split + 1);
  switch (id.slice(0, split)) {
    case 'facility': {
      const facility = context.world.directory.facility(value);
      if (facility) return showFacility(context, facility);
      break;
    }
    case 'place':
    case 'at':
      return placeChosen(
        context,
        id.startsWith('place:') ? { kind: 'area', code: value } : { kind: 'facility', id: value },
      );
    case 'interest':
      return chooseInterest(context, value) ?? noSuchChoice();
    case 'kecamatan':
      return chooseKecamatan(context, value) ?? noSuchChoice();
    case 'report':
    case 'wrong':
    case 'report_more':
    case 'report_word':
      return chooseReport(context, id) ?? noSuchChoice();
    case 'check':
      return chooseHoursAnswer(context, id) ?? noSuchChoice();
    case 'elig':
      return chooseFact(context, id);
  }
  return noSuchChoice();
}

/** The choice that somebody pressed, or whose number they wrote. */
export function chosen(context: SceneContext, value: string): SceneResult {
  const number = typedNumber(value);
  const id = number === null ? value : context.session.offered[number - 1];
  if (id === undefined) return noSuchChoice();
  const result = choose(context, id);
  return { ...result, intent: result.emergency === undefined ? 'choice' : 'emergency' };
}

/** Said when a number or id picks nothing. */
function noSuchChoice(): SceneResult {
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:puzzled.choice')], choices: [MENU_CHOICE] }],
  };
}

function placeChosen(context: SceneContext, place: SearchPlace): SceneResult {
  const waiting = context.session.awaiting;
  if (waiting?.scene === 'emergency_place') return adviseAt(context, waiting.emergency, place);
  if (waiting?.scene === 'facility_info' && place.kind === 'facility') {
    const facility = context.world.directory.facility(place.id);
    if (facility) return showFacility(context, facility);
  }
  return showAt(context, place);
}

/** The next page of the last list. */
export function more(context: SceneContext): SceneResult {
  const { search } = context.session;
  return search ? showList(context, { ...search, offset: search.offset + 5 }) : findFacility.open(context);
}

/** Back to the question that an emergency interrupted. */
export function resume(context: SceneContext): SceneResult {
  const { session } = context;
  const back = { ...context, session: { ...session, awaiting: session.resume } };
  const result = resumed(back);
  return { ...result, session: { ...result.session, resume: null } };
}

function resumed(back: SceneContext): SceneResult {
  const waiting = back.session.awaiting;
  switch (waiting?.scene) {
    case 'eligibility':
      return resumeEligibility(back);
    case 'find_facility':
      return findFacility.open(back);
    case 'report':
      return resumeReport(back, waiting);
    case 'hours_check':
      return hoursCheck.open(back);
    default:
      return menu.open(back);
  }
}

function changeLanguage({ contact }: SceneContext): SceneResult {
  const language = contact.language === 'id' ? 'en' : 'id';
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:language.changed')], choices: MENU_CHOICES }],
    contact: { language },
    events: [{ kind: 'language_changed', language }],
  };
}
