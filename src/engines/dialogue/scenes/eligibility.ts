import type { AskedFact } from '../../../domain/eligibility.js';
import { type Phrase, phrase } from '../../../domain/phrase.js';
import type { ReplyDraft } from '../../../domain/reply.js';
import { ANYTHING, type SearchPlace } from '../../../domain/session.js';
import { dayOf } from '../../../domain/time.js';
import type { FacilityTrace } from '../../../domain/trace.js';
import {
  type EligibilityAnswer,
  type EligibilityFacts,
  evaluate,
  explain,
  extractFacts,
  factsWithChoice,
  nextQuestion,
} from '../../eligibility/index.js';
import { MENU_CHOICE } from '../choices.js';
import { facilityBlock } from '../facility-lines.js';
import { block } from '../list-reply.js';
import { placeOf } from '../place-answer.js';
import { search, tier, traceOf } from '../search.js';
import type { Scene, SceneContext, SceneResult } from '../turn.js';
import { whereabouts } from '../whereabouts.js';
import { askedInstant } from './find-facility.js';

/** In all, over one question about care: more than this is an interrogation. */
const MOST_QUESTIONS = 4;

/** "Bisa berobat gratis dengan KTP?": facts from the words and the answers, the rules' answer, one question at a time. */
export const eligibility: Scene = {
  open: (context) => {
    return respond(context, read(context, context.session.eligibility as EligibilityFacts, null), 0);
  },

  answer: (context) => {
    const waiting = context.session.awaiting;
    if (waiting?.scene !== 'eligibility' || context.turn.normal === null) return null;
    const before = context.session.eligibility as EligibilityFacts;
    const after = read(context, before, waiting.fact);
    if (JSON.stringify(after) === JSON.stringify(before)) return isNoAnswer(context) ? askAgain(context) : null;
    return respond(context, after, waiting.asked);
  },
};

function read(context: SceneContext, previous: EligibilityFacts, asked: AskedFact | null): EligibilityFacts {
  const { turn, words } = context;
  if (turn.normal === null) return previous;
  const facts = extractFacts(turn.normal, words, previous, asked);
  const danger = turn.emergency !== null && turn.emergency.level !== 'ask';
  return danger ? { ...facts, emergency: true } : facts;
}

/** A number, which is not read, or a bare "iya" to a question of which and who. */
function isNoAnswer({ turn, words }: SceneContext): boolean {
  return turn.masked || words.yesNo !== null;
}

/** No answer yet: the same question stands, and nothing else is said of it here. */
function askAgain(context: SceneContext): SceneResult {
  const facts = context.session.eligibility as EligibilityFacts;
  const question = nextQuestion(evaluate(facts, context.world.rules, dayOf(context.turn.now, context.zone)));
  return {
    intent: 'eligibility',
    replies: question ? [{ type: 'text', paragraphs: [question.phrase], choices: question.choices }] : [],
  };
}

/** Facts told without a question of ours, after an earlier talk about care: "nunggak, mandiri". Null when nothing new was said. */
export function addFacts(context: SceneContext): SceneResult | null {
  const before = context.session.eligibility as EligibilityFacts;
  if (Object.keys(before).length === 0) return null;
  const after = { ...before, ...read(context, before, null) };
  return JSON.stringify(after) === JSON.stringify(before) ? null : respond(context, after, 0);
}

/** A chosen answer to one of the questions. */
export function chooseFact(context: SceneContext, choiceId: string): SceneResult {
  const waiting = context.session.awaiting;
  const facts = factsWithChoice(context.session.eligibility as EligibilityFacts, choiceId);
  return respond(context, facts, waiting?.scene === 'eligibility' ? waiting.asked : 0);
}

/** The questions taken up again where they were left. */
export function resumeEligibility(context: SceneContext): SceneResult {
  const waiting = context.session.resume;
  return respond(
    context,
    context.session.eligibility as EligibilityFacts,
    waiting?.scene === 'eligibility' ? Math.max(0, waiting.asked - 1) : 0,
  );
}

function respond(context: SceneContext, facts: EligibilityFacts, asked: number): SceneResult {
  const { turn, world, zone } = context;
  const at = askedInstant(context) ?? turn.now;
  const answer = evaluate(facts, world.rules, dayOf(at, zone));
  const question = asked < MOST_QUESTIONS ? nextQuestion(answer) : null;
  const nearest = question && answer.outcome === 'ask' ? null : nearestOpen(context, facts);
  const told = explain(answer, { at: turn.now, zone, isOpen: world.isOpen });
  const rule = answer.reasons.map((reason) => reason.rule.id).join(' ');
  // The same answer again would only bury the question: its first line is enough to say that it stands.
  const again = rule === context.session.toldRule && asked > 0;
  const paragraphs: Phrase[] = again ? told.slice(0, 1) : [...told];
  if (nearest) paragraphs.push(nearest.words);
  if (question) paragraphs.push(question.phrase);
  const reply: ReplyDraft = {
    type: 'text',
    paragraphs,
    choices: question ? question.choices : [{ id: 'menu:open', label: phrase('dialogue:menu.open') }, MENU_CHOICE],
  };
  return {
    intent: 'eligibility',
    replies: [reply],
    session: {
      eligibility: { ...facts },
      toldRule: rule,
      awaiting: question ? { scene: 'eligibility', fact: question.fact, asked: asked + 1 } : null,
    },
    contact: answer.region === null || context.contact.regionCode !== null ? {} : { regionCode: answer.region },
    eligibility: traceFor(answer),
    facilities: nearest?.facilities ?? [],
    events: [
      {
        kind: 'eligibility_answered',
        outcome: answer.outcome,
        programme: answer.programme,
        regionCode: answer.region,
      },
    ],
  };
}

function traceFor(answer: EligibilityAnswer) {
  return { region: answer.region, outcome: answer.outcome, programme: answer.programme, asks: answer.asks };
}

/** The open facility to start at: near the place named, else the one asked about before. Silent when open-now is answered anyway. */
function nearestOpen(
  context: SceneContext,
  facts: EligibilityFacts,
): { words: Phrase; facilities: readonly FacilityTrace[] } | null {
  const { words, session, world, turn } = context;
  if (words.intents.includes('open_now')) return null;
  const asked = words.place;
  const place: SearchPlace | null =
    asked?.kind === 'area' || asked?.kind === 'facility' ? placeOf(asked) : (session.search?.place ?? null);
  const start = place ?? (facts.ktpRegion?.includes('.') ? { kind: 'area' as const, code: facts.ktpRegion } : null);
  if (start === null || start.kind === 'facility') return null;
  const where = whereabouts(start, world.directory);
  const zone = where.region?.zone ?? context.zone;
  const at = askedInstant(context) ?? turn.now;
  if (where.area?.level === 'kabupaten_kota') return null;
  const result = search({ ...ANYTHING, place: start, at }, world.directory);
  const best = [...result.found, ...result.elsewhere].find((found) => tier(found) <= 1);
  if (!best) return null;
  return {
    words: block([phrase('dialogue:find.elsewhere'), ...facilityBlock(best, null, at, zone, world.directory)]),
    facilities: traceOf([best]),
  };
}
