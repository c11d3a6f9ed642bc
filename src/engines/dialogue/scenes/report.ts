import type { Facility } from '../../../domain/facility.js';
import type { Intent } from '../../../domain/intent.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { ReplyDraft } from '../../../domain/reply.js';
import { REPORT_TOPICS, type ReportTopic, type ToldReport } from '../../../domain/report.js';
import type { Awaiting } from '../../../domain/session.js';
import { DAY } from '../../../domain/time.js';
import type { PlaceAsked } from '../../understanding/index.js';
import { MENU_CHOICE, reportChoice } from '../choices.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { anyTopic, isTelling, oneLine, saysWrong, topicNamed } from './report-words.js';

/** So many reports of one person are taken in so long; an office of a few people reads every one. */
const MOST_REPORTS = 5;
const REPORTS_WITHIN = 7 * DAY;

/**
 * "Info salah?": which facility, what is wrong, one line more if they like, and whether they want word of it; one question
 * at a time. It is filed as soon as facility and topic are known, and what comes after adds to it: whoever leaves halfway
 * has still told. Leaving before that drops it, for nothing was said yet.
 */
export const report: Scene = {
  open: (context) => startReport(context),
  answer: (context) => {
    const waiting = context.session.awaiting;
    if (waiting?.scene !== 'report') return null;
    const { words } = context;
    if (words.followUp === 'back' || words.followUp === 'cancel') return null;
    if (waiting.asks === 'facility') return facilityNamed(context);
    if (onlyThanks(words.intents)) return waiting.asks === 'topic' ? null : finish('plain');
    if (waiting.asks === 'word') return words.yesNo === null ? null : answerWord(context, words.yesNo === 'yes');
    if (!isTelling(context)) return null;
    const text = oneLine(context);
    if (waiting.asks === 'text') return text === null ? null : addText(waiting.told, text);
    const facility = 'facilityId' in waiting ? context.world.directory.facility(waiting.facilityId) : null;
    return facility && text !== null ? file(context, facility, anyTopic(context), text) : null;
  },
};

/** Begins with the facility that was shown, or asks which of those shown it is. */
function startReport(context: SceneContext, topic: ReportTopic | null = null): SceneResult {
  const shown = facilitiesShown(context);
  const [only, second] = shown;
  if (only && !second) return topic === null ? askTopic(only) : file(context, only, topic, null);
  const question = phrase(only ? 'reports:ask.which' : 'reports:ask.name');
  const choices = shown.map(({ id, name }) => ({
    id: reportChoice(id).id,
    label: phrase('facility:page.title', { name }),
  }));
  return ask(question, [...choices, MENU_CHOICE], { scene: 'report', asks: 'facility' });
}

/** What a choice of this flow does, by its id; null when it picks nothing any more. */
export function chooseReport(context: SceneContext, id: string): SceneResult | null {
  const [kind, first = '', ...rest] = id.split(':');
  const facility = context.world.directory.facility(kind === 'wrong' ? rest.join(':') : [first, ...rest].join(':'));
  if (kind === 'report') return facility && askTopic(facility);
  if (kind === 'wrong') {
    const topic = REPORT_TOPICS.find((each) => each === first);
    return topic && facility ? file(context, facility, topic, null) : null;
  }
  const waiting = context.session.awaiting;
  if (waiting?.scene !== 'report' || !('told' in waiting)) return null;
  if (first === 'skip') return askWord(waiting.told, null);
  return answerWord(context, first === 'yes');
}

/** A facility's own contact says that the hours are other ones: told at once, and the right ones are asked for. */
export function fileForFacility(
  context: SceneContext,
  facility: Facility,
  topic: ReportTopic,
  text: string | null,
): ToldReport {
  return {
    begunAt: context.turn.now,
    facilityId: facility.id,
    regionCode: facility.regionCode,
    topic,
    origin: 'facility',
    text,
    // Whoever works there gets word without being asked.
    wantsWord: true,
  };
}

/** The question again that an emergency interrupted. */
export function resumeReport(context: SceneContext, waiting: Extract<Awaiting, { scene: 'report' }>): SceneResult {
  if (waiting.asks === 'facility') return startReport(context);
  if (waiting.asks === 'word') return askWord(waiting.told, null);
  if (waiting.asks === 'text') return askText(waiting.told);
  const facility = 'facilityId' in waiting ? context.world.directory.facility(waiting.facilityId) : null;
  return facility ? askTopic(facility) : startReport(context);
}

/** Asks for the one line; what is known so far is filed in the same turn where `report` is set. */
export function askText(told: ToldReport): SceneResult {
  const skip = { id: 'report_more:skip', label: phrase('reports:skip') };
  const words = phrase(told.origin === 'facility' ? 'reports:check.askHours' : 'reports:ask.text');
  return ask(words, [skip, MENU_CHOICE], { scene: 'report', asks: 'text', told: { ...told, text: null } });
}

/** The facilities of the answer just given, as its numbers name them; else the one shown last. */
function facilitiesShown({ session, world }: SceneContext): readonly Facility[] {
  const asked = session.awaiting?.scene === 'report' && 'facilityId' in session.awaiting ? session.awaiting : null;
  const about = asked && world.directory.facility(asked.facilityId);
  if (about) return [about];
  const ids = session.offered.filter((id) => id.startsWith('facility:')).map((id) => id.slice('facility:'.length));
  const last = session.subject === null ? [] : [session.subject];
  return (ids.length > 0 ? ids : last).flatMap((id) => world.directory.facility(id) ?? []);
}

function facilityNamed(context: SceneContext): SceneResult | null {
  const { place } = context.words;
  if (place?.kind === 'facility') return askTopic(place.facility);
  if (place?.kind !== 'ambiguous') return null;
  const named = place.options.flatMap((option) => (option.kind === 'facility' ? [option.facility] : []));
  if (named.length === 0) return null;
  const choices = named.slice(0, 8).map(({ id, name }) => ({
    id: reportChoice(id).id,
    label: phrase('facility:page.title', { name }),
  }));
  return ask(phrase('reports:ask.which'), [...choices, MENU_CHOICE], { scene: 'report', asks: 'facility' });
}

function askTopic(facility: Facility): SceneResult {
  const choices = REPORT_TOPICS.map((topic) => ({
    id: `wrong:${topic}:${facility.id}`,
    label: phrase(`reports:topic.${topic}`),
  }));
  const question = phrase('reports:ask.topic', { name: facility.name });
  return ask(question, [...choices, MENU_CHOICE], { scene: 'report', asks: 'topic', facilityId: facility.id });
}

function file(context: SceneContext, facility: Facility, topic: ReportTopic, text: string | null): SceneResult {
  const { turn, session } = context;
  const lately = (session.reportedAt ?? []).filter((at) => turn.now - at < REPORTS_WITHIN);
  if (lately.length >= MOST_REPORTS) return say(phrase('reports:done.tooMany'));
  const told: ToldReport = {
    begunAt: turn.now,
    facilityId: facility.id,
    regionCode: facility.regionCode,
    topic,
    origin: 'resident',
    text,
    wantsWord: false,
  };
  const asked = text === null ? askText(told) : askWord(told, phrase('reports:done.noted'));
  return { ...asked, report: told, session: { ...asked.session, reportedAt: [...lately, turn.now] } };
}

function addText(told: ToldReport, text: string): SceneResult {
  const added = { ...told, text };
  if (told.origin === 'facility') return { ...finish('word'), report: added };
  return { ...askWord(told, phrase('reports:done.noted')), report: added };
}

function askWord(told: ToldReport, before: Phrase | null): SceneResult {
  if (told.origin === 'facility') return say(phrase('reports:done.word'));
  const choices = [
    { id: 'report_word:yes', label: phrase('reports:yes') },
    { id: 'report_word:no', label: phrase('reports:no') },
  ];
  const waiting = { scene: 'report' as const, asks: 'word' as const, told: { ...told, text: null } };
  const question = ask(phrase('reports:ask.word'), [...choices, MENU_CHOICE], waiting);
  if (before === null) return question;
  return { ...question, replies: question.replies.map((reply) => withFirst(reply, before)) };
}

function withFirst(reply: ReplyDraft, before: Phrase): ReplyDraft {
  return reply.type === 'text' ? { ...reply, paragraphs: [before, ...reply.paragraphs] } : reply;
}

function answerWord(context: SceneContext, wanted: boolean): SceneResult {
  const waiting = context.session.awaiting;
  if (!wanted || waiting?.scene !== 'report' || !('told' in waiting)) return finish('plain');
  return { ...finish('word'), report: { ...waiting.told, wantsWord: true } };
}

function finish(how: 'word' | 'plain'): SceneResult {
  return say(phrase(`reports:done.${how}`));
}

function onlyThanks(intents: readonly Intent[]): boolean {
  return intents.length === 1 && intents[0] === 'thanks';
}

function say(words: Phrase): SceneResult {
  return {
    intent: 'feedback',
    replies: [{ type: 'text', paragraphs: [words], choices: [MENU_CHOICE] }],
    session: { awaiting: null },
  };
}

function ask(
  words: Phrase,
  choices: Extract<ReplyDraft, { type: 'text' }>['choices'],
  awaiting: Extract<Awaiting, { scene: 'report' }>,
): SceneResult {
  return { intent: 'feedback', replies: [{ type: 'text', paragraphs: [words], choices }], session: { awaiting } };
}

/** "Datanya salah", "sudah tutup kok", and no more words than that: of the facility shown, else it is asked which. */
export function reportSaid(context: SceneContext): SceneResult | null {
  const named = topicNamed(context.turn.normal?.text ?? '');
  if (named === null) return toldWhole(context);
  const waiting = context.session.awaiting;
  const text = oneLine(context);
  if (waiting?.scene === 'report' && 'told' in waiting && text !== null) return addText(waiting.told, text);
  return startReport(context, named.topic);
}

/** "Jam buka Puskesmas Beji salah", or, of the one just shown, "kok tutup padahal jam kerja"; and nothing asked beside. */
function toldWhole(context: SceneContext): SceneResult | null {
  const { words, turn, session } = context;
  const text = oneLine(context);
  if (text === null || session.awaiting?.scene === 'report') return null;
  const facility = words.place === null ? onlyShown(context) : facilityOf(words.place);
  if (facility === null) return null;
  const complainsOnly = words.intents.every((intent) => intent === 'feedback' || COURTESY.has(intent));
  if (!complainsOnly || !words.intents.includes('feedback') || !saysWrong(turn.normal?.text ?? '')) return null;
  return file(context, facility, anyTopic(context), text);
}

function onlyShown(context: SceneContext): Facility | null {
  const [only, second] = facilitiesShown(context);
  return only !== undefined && second === undefined ? only : null;
}

function facilityOf(place: PlaceAsked): Facility | null {
  return place.kind === 'facility' ? place.facility : null;
}

const COURTESY: ReadonlySet<Intent> = new Set(['greeting', 'thanks']);
