import type { Emergency } from '../../../domain/emergency.js';
import type { ServiceKind } from '../../../domain/facility.js';
import type { Intent } from '../../../domain/intent.js';
import { phrase } from '../../../domain/phrase.js';
import type { ReplyDraft } from '../../../domain/reply.js';
import { ANYTHING, type Awaiting, type SearchPlace, type Session } from '../../../domain/session.js';
import { HOUR } from '../../../domain/time.js';
import { adviseEmergency, afterAnswer, detectAnswer, worsened } from '../../emergency/index.js';
import { MENU_CHOICE, typedNumber } from '../choices.js';
import { placeOf } from '../place-answer.js';
import type { Scene, SceneContext, SceneResult, Whereabouts } from '../turn.js';
import { regionOf, whereabouts } from '../whereabouts.js';

const RESUME_CHOICE = { id: 'resume', label: phrase('dialogue:emergency.resume') };

/** What to do now, whom to call, where to go. It comes before everything, and afterwards the talk can go on where it was. */
export const emergencyScene: Scene = {
  open: (context) => {
    const { emergency } = context.turn;
    if (emergency === null) return tellMore();
    const waiting = waitingCard(context.session);
    const { normal } = context.turn;
    if (waiting === null || normal === null || isFrameOver(context)) {
      return advise(context, samePerson(emergency, context.session), whereNow(context));
    }
    // Under a card that waits, the message is read in its light: "darahnya banyak" after a birth is no cut.
    const now = detectAnswer(normal, waiting.emergency) ?? waiting.emergency;
    return advise(context, now, whereNow(context), isSame(now, waiting.emergency));
  },

  /** The place after a card, the answer to its one question, or whatever else is said while it lasts. */
  answer: (context) => {
    const waiting = waitingCard(context.session);
    if (waiting === null || context.turn.normal === null) return null;
    const { words } = context;
    const changed = detectAnswer(context.turn.normal, waiting.emergency);
    if (changed !== null) return advise(context, changed, whereNow(context), isSame(changed, waiting.emergency));
    if (asksAnother(context)) return null;
    if (words.place?.kind === 'area' || words.place?.kind === 'facility') {
      return advise(context, waiting.emergency, whereNow(context), true);
    }
    const yes = words.yesNo === 'yes' || (words.yesNo === null && saysWell(context, waiting));
    if (yes || words.yesNo === 'no') return answered(context, yes);
    if (words.yesNo === 'unknown') {
      return answered(context, waiting.scene === 'emergency_signs' && waiting.asks === 'worse');
    }
    return leavesEmergency(context) ? null : advise(context, waiting.emergency, whereNow(context), true);
  },
};

/** A card is the frame of what follows for so long; after it, a message stands for itself again. */
const FRAME_MS = 2 * HOUR;

/** Wishes that are clearly something else; all other words, while the card lasts, are said about the emergency. */
const OTHER_WISHES: ReadonlySet<Intent> = new Set([
  'open_now',
  'eligibility',
  'opt_in',
  'opt_out',
  'privacy',
  'menu',
  'thanks',
]);

/** Services that somebody under a card may mean to go to at once. */
const OF_AN_EMERGENCY: ReadonlySet<ServiceKind> = new Set(['ugd', 'ambulance', 'outpatient', 'delivery', 'inpatient']);

/** A whole question of its own, though it names a place: a service that can wait, another day, money. */
function asksAnother({ words, turn }: SceneContext): boolean {
  if (words.intents.includes('eligibility')) return true;
  if (!words.intents.some((intent) => intent === 'open_now' || intent === 'facility_info')) return false;
  const later = words.time !== null && (words.time.kind !== 'moment' || Math.abs(words.time.at - turn.now) > HOUR);
  return later || words.services.some((service) => !OF_AN_EMERGENCY.has(service));
}

function leavesEmergency(context: SceneContext): boolean {
  return isFrameOver(context) || context.words.intents.some((intent) => OTHER_WISHES.has(intent));
}

function isFrameOver({ session, turn }: SceneContext): boolean {
  return session.lastAt === null || turn.now - session.lastAt > FRAME_MS;
}

function isSame(a: Emergency, b: Emergency): boolean {
  return a.kind === b.kind && a.level === b.level;
}

/** "Masih sadar", "napasnya sudah biasa": yes in other words, to the question whether all is well. */
function saysWell({ turn }: SceneContext, waiting: EmergencyAwaiting): boolean {
  if (waiting.scene === 'emergency_signs' && waiting.asks === 'worse') return false;
  const text = turn.normal?.text ?? '';
  return (
    /\b(sadar|napas|bernapas|aman|membaik|bangun)\b/.test(text) &&
    !/\b(tidak|belum|kurang|susah|sulit|sesak)\b/.test(text)
  );
}

/** True when the words answer a card that still frames the talk: its question, its place, or what has changed since. */
export function speaksToCard(context: SceneContext): boolean {
  const { turn, session, words } = context;
  const waiting = waitingCard(session);
  if (waiting === null || isFrameOver(context)) return false;
  const { body } = turn;
  if (body.type === 'location') return true;
  if (body.type === 'choice') return OF_A_CARD.test(body.value);
  if (body.type !== 'text' || turn.normal === null) return false;
  const number = typedNumber(body.text);
  if (number !== null) return OF_A_CARD.test(session.offered[number - 1] ?? '');
  const place = words.place?.kind === 'area' || words.place?.kind === 'facility';
  return place || words.yesNo !== null || detectAnswer(turn.normal, waiting.emergency) !== null;
}

/**
 * Under a card "sudah berhenti" tells of the fit or the bleeding, not of announcements; so does "berhenti" from somebody
 * who gets none, unless it is written as every announcement teaches it.
 */
export function stopIsOfTheCard(context: SceneContext): boolean {
  const { turn, session, contact, words } = context;
  if (!words.intents.includes('opt_out') || waitingCard(session) === null || isFrameOver(context)) return false;
  if (/^\W*(?:BERHENTI|STOP)\W*$/.test(turn.normal?.raw ?? '')) return false;
  return contact.consent !== 'granted' || /\b(?:sudah|belum|tidak|mulai)\b/.test(turn.normal?.text ?? '');
}

const OF_A_CARD = /^(emergency|place|at):/;

/** The menu's "keadaan darurat": the number at once, then what happened. */
export function tellMore(): SceneResult {
  return {
    intent: 'choice',
    replies: [{ type: 'text', paragraphs: [phrase('dialogue:emergency.tell')], choices: [] }],
    session: { awaiting: null },
  };
}

/** The card again with the way to go, now that the place is known. */
export function adviseAt(context: SceneContext, emergency: Emergency, place: SearchPlace): SceneResult {
  return advise(context, emergency, whereabouts(place, context.world.directory), true);
}

/** Yes or no to the card's question; without a question that waits, nothing to say. */
export function answered(context: SceneContext, yes: boolean): SceneResult | null {
  const waiting = waitingCard(context.session);
  if (waiting === null) return null;
  const asks = waiting.scene === 'emergency_signs' ? waiting.asks : 'well';
  if (yes === (asks === 'worse')) return advise(context, worsened(waiting.emergency), whereNow(context));
  const { session } = context;
  const text = [afterAnswer(waiting.emergency, whereNow(context))];
  if (session.resume !== null) text.push(phrase('emergency:after.resume'));
  return {
    intent: 'emergency',
    emergency: waiting.emergency,
    replies: [
      {
        type: 'text',
        paragraphs: text,
        choices: session.resume === null ? [MENU_CHOICE] : [RESUME_CHOICE, MENU_CHOICE],
      },
    ],
    session: { awaiting: null },
  };
}

type EmergencyAwaiting = Extract<Awaiting, { emergency: Emergency }>;

/** The card whose question waits for an answer, with its emergency; null when none does. */
export function waitingCard({ awaiting }: Session): EmergencyAwaiting | null {
  return awaiting?.scene === 'emergency_place' || awaiting?.scene === 'emergency_signs' ? awaiting : null;
}

/** The place named now, else the one of the last search, else no more than the remembered region. */
function whereNow(context: SceneContext): Whereabouts {
  const { words, session, contact, world } = context;
  const { directory } = world;
  const place = words.place;
  if ((place?.kind === 'area' || place?.kind === 'facility') && isMeant(context, place)) {
    return whereabouts(placeOf(place), directory);
  }
  if (place?.kind === 'outside') return { region: null, area: null, point: null };
  if (session.search) return whereabouts(session.search.place, directory);
  const region = contact.regionCode === null ? null : regionOf(contact.regionCode, directory);
  return { region, area: region ? directory.area(region.code) : null, point: null };
}

/** "Kejangnya berhenti" names nobody: it is still the child of the card before. */
function samePerson(emergency: Emergency, session: Session): Emergency {
  const before = waitingCard(session)?.emergency;
  const same = before?.kind === emergency.kind && emergency.person === 'adult';
  return same ? { ...emergency, person: before.person } : emergency;
}

/**
 * In a cry for help "kembang kempis" is no place: a guessed name counts only behind a word such as "di", or when the
 * place was asked for. A wrong hospital costs more than one more question.
 */
function isMeant({ turn, session }: SceneContext, place: MeantPlace): boolean {
  if (session.awaiting?.scene === 'emergency_place') return true;
  const plain = (text: string) =>
    ` ${text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim()} `;
  const text = plain(turn.normal?.raw ?? '');
  const name = place.kind === 'area' ? place.area.name : place.facility.name;
  return text.includes(plain(name)) || PLACE_CUE.test(text);
}

type MeantPlace = Parameters<typeof placeOf>[0];
const PLACE_CUE =
  / (di|ke|dari|daerah|kec|kecamatan|desa|kel|kelurahan|kampung|dekat|deket|puskesmas|pkm|posisi|lokasi|at|in|near) /;

/** `again`: the same card was just sent, and only the way to go is new. */
function advise(context: SceneContext, emergency: Emergency, where: Whereabouts, again = false): SceneResult {
  const { turn, world, session } = context;
  const advice = adviseEmergency(emergency, where, world.directory, turn.now, again);
  const interrupted = resumable(session);
  const card: ReplyDraft = {
    type: 'text',
    paragraphs: advice.paragraphs,
    choices: interrupted === null ? advice.choices : [...advice.choices, RESUME_CHOICE],
    ...(advice.askLocation ? { askLocation: true } : {}),
  };
  return {
    intent: 'emergency',
    emergency,
    replies: [card, ...advice.places],
    session: {
      awaiting:
        advice.asks === 'place'
          ? { scene: 'emergency_place', emergency }
          : { scene: 'emergency_signs', emergency, asks: advice.asks },
      resume: interrupted,
      puzzled: 0,
      ...remembered(context),
    },
    contact: where.region ? { regionCode: where.region.code } : {},
    facilities: advice.facilities,
    events: [
      {
        kind: 'emergency_answered',
        emergency: emergency.kind,
        level: emergency.level,
        areaCode: where.area?.code ?? null,
      },
    ],
  };
}

/** A place named with the emergency is where a later answer looks too. */
function remembered({ words }: SceneContext): Partial<Session> {
  const place = words.place;
  if (place?.kind !== 'area' && place?.kind !== 'facility') return {};
  return { search: { ...ANYTHING, place: placeOf(place), offset: 0 } };
}

/** The question that waited before the emergency, kept over several cards. */
function resumable(session: Session): Session['resume'] {
  return session.awaiting === null || waitingCard(session) !== null ? session.resume : session.awaiting;
}
