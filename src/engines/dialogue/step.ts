import type { ContactFacts } from '../../domain/contact.js';
import type { TurnEvent } from '../../domain/event.js';
import { INTENTS, type Intent } from '../../domain/intent.js';
import { forgotten } from '../../domain/kept-about.js';
import { type PhraseKey, phrase } from '../../domain/phrase.js';
import type { ReplyDraft } from '../../domain/reply.js';
import { NEW_SESSION, type Session } from '../../domain/session.js';
import type { Zone } from '../../domain/time.js';
import type { Trace } from '../../domain/trace.js';
import { NOTHING_UNDERSTOOD, type Understanding, understand } from '../understanding/index.js';
import { MENU_CHOICE, MENU_CHOICES } from './choices.js';
import { choose, noSuchChoice, resume } from './choose.js';
import { followUp, narrowsSearch } from './follow-up.js';
import { pin } from './pin.js';
import { placeTrace } from './place-answer.js';
import { hasScene, SCENES } from './registry.js';
import { answerTyped } from './scenes/announcements.js';
import { addFacts } from './scenes/eligibility.js';
import { stopIsOfTheCard } from './scenes/emergency.js';
import { asksBotToo, backToBot, flagged, hearerOf, kept, noted } from './scenes/handover.js';
import { hoursCheck } from './scenes/hours-check.js';
import { report, reportSaid } from './scenes/report.js';
import { isTelling } from './scenes/report-words.js';
import type { Scene, SceneContext, SceneResult, Turn, TurnResult, World } from './turn.js';
import { regionOf, USUAL_ZONE } from './whereabouts.js';

/**
 * Decides a turn: what the message means, what is answered, and how the conversation stands afterwards.
 * Pure: the clock, the directory and the rules come in with the turn. Never throws on what a resident wrote.
 */
export function step(turn: Turn, world: World): TurnResult {
  const base = contextOf(turn, world);
  const results = run(base);
  return assemble(turn, base, results);
}

/** The words read twice where the place they name keeps another zone than the one assumed: "besok jam 7" is local. */
function contextOf(turn: Turn, world: World): SceneContext {
  const { contact, session } = turn;
  const home = contact.regionCode === null ? null : world.directory.region(contact.regionCode);
  const assumed = home?.zone ?? turn.zoneHint ?? USUAL_ZONE;
  const read = (zone: Zone): Understanding =>
    turn.normal === null
      ? NOTHING_UNDERSTOOD
      : understand(turn.normal, {
          gazetteer: world.gazetteer,
          now: turn.now,
          zone,
          homeRegion: contact.regionCode,
          holidays: world.directory.holidays,
          awaitingPlace: waitsForPlace(session),
        });
  let words = read(assumed);
  const zone = zoneOfPlace(words, world) ?? assumed;
  if (zone !== assumed && words.time !== null) words = read(zone);
  return { turn, world, words, contact, session, zone, last: true };
}

function waitsForPlace({ awaiting }: Session): boolean {
  return (
    awaiting?.scene === 'find_facility' ||
    awaiting?.scene === 'emergency_place' ||
    awaiting?.scene === 'facility_info' ||
    awaiting?.scene === 'office' ||
    awaiting?.scene === 'announcements' ||
    (awaiting?.scene === 'report' && awaiting.asks === 'facility') ||
    (awaiting?.scene === 'eligibility' && awaiting.fact === 'ktp')
  );
}

function zoneOfPlace(words: Understanding, world: World): Zone | null {
  const place = words.place;
  if (place?.kind === 'area') return regionOf(place.area.code, world.directory)?.zone ?? null;
  if (place?.kind === 'facility') return world.directory.region(place.facility.regionCode)?.zone ?? null;
  return null;
}

/** An emergency before all else; then, in a talk with the health office, who of the two the message is for. */
function run(context: SceneContext): readonly SceneResult[] {
  if (context.turn.emergency !== null) return flagged(context, emergencyFirst(context));
  const hearer = hearerOf(context);
  switch (hearer) {
    case 'staff':
      return [kept(context)];
    case 'both': {
      const results = answer(context);
      const urgent = results.some((result) => result.emergency !== undefined);
      return [...results, kept(context, urgent)];
    }
    case 'note':
      return asksBotToo(context) ? [noted(context), ...answer(context)] : [noted(context)];
    case 'return':
    case 'end':
      return [backToBot(hearer)];
    case 'bot':
      return answer(context);
  }
}

/** What the bot itself says to a message. */
function answer(context: SceneContext): readonly SceneResult[] {
  const { body } = context.turn;
  if (body.type === 'location') return [pin(context, body.point)];
  if (body.type === 'choice') return [chosen(context, body.value)];
  if (body.type === 'unreadable') return [unreadable(body.kind)];
  return spoken(context, body.text);
}

/** The card; then what was asked about money, as the law of emergencies; and, only in doubt, what is open. */
function emergencyFirst(context: SceneContext): readonly SceneResult[] {
  const level = context.turn.emergency?.level;
  const others = context.words.intents.filter(
    (intent) => intent === 'eligibility' || (level === 'ask' && intent === 'open_now'),
  );
  const card = SCENES.emergency.open({ ...context, last: true });
  if (others.length === 0) return [card];
  const after = { ...context, session: { ...context.session, ...card.session }, last: false };
  const rest = others.filter(hasScene).map((intent) => {
    const result = SCENES[intent].open(after);
    return { ...result, replies: withoutChoices(result.replies), session: keepWaiting(result, card) };
  });
  return [card, ...rest];
}

/** What an addition to a card leaves of the session: its memory, not its question. */
function keepWaiting(result: SceneResult, card: SceneResult): Partial<Session> {
  const { awaiting: _awaiting, resume: _resume, ...memory } = result.session ?? {};
  return { ...memory, ...(card.session?.awaiting === undefined ? {} : { awaiting: card.session.awaiting }) };
}

function withoutChoices(replies: readonly ReplyDraft[]): readonly ReplyDraft[] {
  return replies.map((reply) => (reply.type === 'text' ? { ...reply, choices: [], askLocation: false } : reply));
}

/** The number or the id of an offered choice. */
function chosen(context: SceneContext, value: string): SceneResult {
  const number = /^\s*(\d{1,2})\s*$/.exec(value)?.[1];
  const id = number === undefined ? value : context.session.offered[Number(number) - 1];
  if (id === undefined) return noSuchChoice();
  const result = choose(context, id);
  return { ...result, intent: result.emergency === undefined ? 'choice' : 'emergency' };
}

function unreadable(kind: string): SceneResult {
  const key: PhraseKey =
    kind === 'voice'
      ? 'dialogue:puzzled.voice'
      : kind === 'image'
        ? 'dialogue:puzzled.image'
        : kind === 'edited'
          ? 'dialogue:puzzled.edited'
          : 'dialogue:puzzled.other';
  return {
    intent: 'out_of_scope',
    replies: [{ type: 'text', paragraphs: [phrase(key)], choices: [MENU_CHOICE] }],
  };
}

function spoken(heard: SceneContext, text: string): readonly SceneResult[] {
  const context = stopIsOfTheCard(heard) ? withoutStop(heard) : heard;
  const { words, session } = context;
  const number = /^\s*(\d{1,2})\s*[.)]?\s*$/.exec(text)?.[1];
  if (number !== undefined && session.offered.length > 0) return [chosen(context, number)];
  const inEmergency = session.awaiting?.scene === 'emergency_place' || session.awaiting?.scene === 'emergency_signs';
  // Before a stop: "nomornya tidak bisa dihubungi" sounds like one.
  const wrong = inEmergency ? null : reportSaid(context);
  if (wrong) return [wrong];
  if (words.intents.includes('opt_out')) return stopping(context);
  const consent = inEmergency ? null : answerTyped(context);
  if (consent) return [consent];
  if (/^lanjut(kan)?( yang tadi)?$/.test(context.turn.normal?.text ?? '') && session.resume !== null)
    return [resume(context)];
  if (inEmergency && words.intents.includes('thanks')) {
    return [{ ...SCENES.thanks.open(context), session: { awaiting: null } }];
  }
  const strong = words.intents.filter((intent) => !WEAK.has(intent));
  if (strong.length === 0 || inEmergency || answersQuestion(context)) {
    const answered = awaitingScene(session)?.answer?.(context);
    if (answered) return [answered];
  }
  const followed = strong.length === 0 || narrowsSearch(context, strong) ? followUp(context) : null;
  if (followed) return [followed];
  const results = inOrder(context);
  return results.length > 0 ? results : [addFacts(context) ?? puzzled(context)];
}

function withoutStop(context: SceneContext): SceneContext {
  const intents = context.words.intents.filter((intent) => intent !== 'opt_out');
  return { ...context, words: { ...context.words, intents } };
}

/** A stop counts at once; "berhenti dan hapus data saya" is asked about beside it. */
function stopping(context: SceneContext): readonly SceneResult[] {
  const stopped = SCENES.opt_out.open(context);
  const { scene } = context.session.awaiting ?? {};
  // A card goes on, and its question with it.
  if (scene === 'emergency_place' || scene === 'emergency_signs') {
    return [{ ...stopped, replies: withoutChoices(stopped.replies), session: {} }];
  }
  if (!context.words.erases) return [stopped];
  return [{ ...stopped, replies: withoutChoices(stopped.replies) }, SCENES.privacy.open(context)];
}

/** Intents that do not by themselves leave a running flow. */
const WEAK: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'out_of_scope']);

/** While a flow waits, an intent of its own is an answer to it. */
function answersQuestion(context: SceneContext): boolean {
  const { session, words } = context;
  const waiting = session.awaiting?.scene;
  if (waiting === 'report') return tellsOfFacility(context);
  if (waiting === 'hours_check') return isTelling(context);
  const [first, second] = words.intents;
  if (second !== undefined) return false;
  if (waiting === 'find_facility') return first === 'open_now' || first === 'facility_info';
  if (waiting === 'eligibility') return first === 'eligibility';
  if (waiting === 'facility_info') return first === 'facility_info';
  return waiting === 'emergency_place' && first === 'open_now';
}

/** The name of a facility that was asked for, or what is told of it: "jamnya salah, tutup jam 12" is worded like a wish. */
function tellsOfFacility(context: SceneContext): boolean {
  const { awaiting } = context.session;
  if (awaiting?.scene !== 'report') return false;
  return awaiting.asks === 'facility' ? context.words.place?.kind === 'facility' : isTelling(context);
}

function awaitingScene({ awaiting }: Session): Scene | null {
  switch (awaiting?.scene) {
    case 'find_facility':
      return SCENES.open_now;
    case 'eligibility':
      return SCENES.eligibility;
    case 'facility_info':
      return SCENES.facility_info;
    case 'office':
      return SCENES.human;
    case 'privacy':
      return SCENES.privacy;
    case 'announcements':
      return SCENES.opt_in;
    case 'report':
      return report;
    case 'hours_check':
      return hoursCheck;
    case 'emergency_place':
    case 'emergency_signs':
      return SCENES.emergency;
    default:
      return null;
  }
}

/** Every intent in its order; only the last with something to say numbers its choices. */
function inOrder(context: SceneContext): readonly SceneResult[] {
  const intents = context.words.intents.filter(hasScene);
  const speaking = intents.filter((intent) => intents.length === 1 || !COURTESY.has(intent));
  const results: SceneResult[] = [];
  let { session, contact } = context;
  speaking.forEach((intent, index) => {
    const last = index === speaking.length - 1;
    const result = SCENES[intent].open({ ...context, session, contact, last });
    session = { ...session, ...result.session };
    contact = { ...contact, ...result.contact };
    results.push(result);
  });
  if (results.some(isHandedOver)) return results.filter((result) => isHandedOver(result) || !result.session?.awaiting);
  // Only one reply may offer choices, or "2" would mean two things: the one whose question waits, else the last.
  const asking = results.findLastIndex((result) => result.session?.awaiting);
  const offers = asking === -1 ? results.length - 1 : asking;
  return results.map((result, index) =>
    index === offers ? result : { ...result, replies: withoutChoices(result.replies) },
  );
}

const COURTESY: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'menu']);

/** From here on staff answer: a question of the bot's own would wait for an answer that goes to them. */
function isHandedOver({ conversation }: SceneResult): boolean {
  return conversation?.act === 'open' && conversation.silentUntil !== null;
}

/** Not understood: an example the first time, the menu the second. */
function puzzled({ session, turn }: SceneContext): SceneResult {
  // A number alone was blotted out: the word on that is answer enough.
  if (turn.masked) return { intent: 'out_of_scope', replies: [] };
  const again = session.puzzled >= 1;
  return {
    intent: 'out_of_scope',
    replies: [
      {
        type: 'text',
        paragraphs: [phrase(again ? 'dialogue:menu.short' : 'dialogue:puzzled.first')],
        choices: again ? MENU_CHOICES : [MENU_CHOICE],
      },
    ],
    session: { puzzled: again ? 0 : session.puzzled + 1 },
    events: [{ kind: 'not_understood' }],
  };
}

function assemble(turn: Turn, context: SceneContext, results: readonly SceneResult[]): TurnResult {
  let session: Session = { ...turn.session, puzzled: 0, lastAt: turn.now };
  let contact: ContactFacts = turn.contact;
  const events: TurnEvent[] = [];
  const replies: ReplyDraft[] = [];
  for (const result of results) {
    session = { ...session, ...result.session };
    contact = { ...contact, ...result.contact };
    events.push(...(result.events ?? []));
    replies.push(...result.replies);
  }
  const conversation = results.findLast((result) => result.conversation !== undefined)?.conversation;
  // In a talk with the office the bot is silent about this too: staff see the mark, and say so.
  const silent = replies.length === 0 && conversation?.act === 'keep';
  if (turn.masked && !silent) replies.push(maskedWord());
  const forget = results.some((result) => result.forget);
  if (forget) [contact, session] = [forgotten(turn.contact), NEW_SESSION];
  // The question whether to delete lasts for one message: "ya" to something else later must not delete everything.
  if (session.awaiting?.scene === 'privacy' && session.awaiting === turn.session.awaiting) {
    session = { ...session, awaiting: null };
  }
  if (contact.regionCode !== null && contact.regionCode !== turn.contact.regionCode) {
    events.push({ kind: 'region_changed', regionCode: contact.regionCode });
  }
  return {
    contact,
    session: { ...session, offered: offeredBy(replies) ?? session.offered },
    replies,
    events,
    ...(conversation === undefined ? {} : { conversation }),
    report: results.find((result) => result.report !== undefined)?.report ?? null,
    hoursAnswer: results.find((result) => result.hoursAnswer !== undefined)?.hoursAnswer ?? null,
    forget,
    wantsKept: results.some((result) => result.wantsKept),
    trace: traceFor(turn, context, results),
  };
}

/** Said when identifiers were found and blotted out: kindly, and without repeating them. */
function maskedWord(): ReplyDraft {
  return { type: 'text', paragraphs: [phrase('eligibility:privacy.number_masked')], choices: [] };
}

function offeredBy(replies: readonly ReplyDraft[]): readonly string[] | null {
  for (const reply of [...replies].reverse()) {
    if (reply.type === 'text' && reply.choices.length > 0) return reply.choices.map((choice) => choice.id);
  }
  return null;
}

function traceFor(turn: Turn, context: SceneContext, results: readonly SceneResult[]): Trace {
  const { words } = context;
  const found = new Set<Intent>(results.map((result) => result.intent));
  if (turn.body.type === 'text' && !found.has('choice')) for (const intent of words.intents) found.add(intent);
  const emergency = results.find((result) => result.emergency !== undefined)?.emergency ?? turn.emergency;
  if (emergency !== null) {
    found.add('emergency');
    // What the card answers is no question beyond our reach, and no complaint about a service.
    found.delete('out_of_scope');
    found.delete('feedback');
  }
  const point = turn.body.type === 'location';
  return {
    intents: INTENTS.filter((intent) => found.has(intent)),
    emergency,
    place: point ? { kind: 'point', code: null, name: null } : placeTrace(words.place),
    service: words.services[0] ?? null,
    time: words.time === null ? turn.now : words.time.kind === 'moment' ? words.time.at : null,
    facilities: results.flatMap((result) => result.facilities ?? []),
    eligibility: results.find((result) => result.eligibility !== undefined)?.eligibility ?? null,
  };
}
