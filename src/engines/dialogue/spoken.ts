import type { Intent } from '../../domain/intent.js';
import { typedNumber, withoutChoices } from './choices.js';
import { choose, chosen, resume } from './choose.js';
import { besideCard } from './emergency-first.js';
import { followUp, narrowsSearch } from './follow-up.js';
import { puzzled } from './not-understood.js';
import { SCENES } from './registry.js';
import { answerTyped } from './scenes/announcements.js';
import { addFacts } from './scenes/eligibility.js';
import { stopIsOfTheCard, waitingCard } from './scenes/emergency.js';
import { reportSaid } from './scenes/report.js';
import { eachWish } from './several-wishes.js';
import type { SceneContext, SceneResult } from './turn.js';
import { answersQuestion, sceneThatAsked } from './waiting-question.js';

/** What a text is taken for; null when it is nothing of the kind. */
type Reading = (context: SceneContext, text: string) => readonly SceneResult[] | null;

/** The first that fits is the answer. A stop comes after a wrong fact: "nomornya tidak bisa dihubungi" sounds like one. */
const READINGS: readonly Reading[] = [
  numberOfChoice,
  otherLanguage,
  wrongFactTold,
  stop,
  wordOnAnnouncements,
  goOn,
  thanksForCard,
  answerToQuestion,
  changeOfSearch,
  servicesOfShown,
  wishes,
];

/** The answer to a text; that nothing of it was understood is one too. */
export function spoken(heard: SceneContext, text: string): readonly SceneResult[] {
  const context = stopIsOfTheCard(heard) ? withoutStop(heard) : heard;
  for (const reading of READINGS) {
    const results = reading(context, text);
    if (results !== null) return results;
  }
  return [addFacts(context) ?? puzzled(context)];
}

function withoutStop(context: SceneContext): SceneContext {
  const intents = context.words.intents.filter((intent) => intent !== 'opt_out');
  return { ...context, words: { ...context.words, intents } };
}

function numberOfChoice(context: SceneContext, text: string): readonly SceneResult[] | null {
  return typedNumber(text) !== null && context.session.offered.length > 0 ? [chosen(context, text)] : null;
}

const ENGLISH =
  /^(?:in |speak |use |can you speak |do you speak |pakai |bahasa )*(?:english|inggris)(?: please| dong| ya| min)*\W*$/i;
const INDONESIAN = /^(?:in |speak |use |pakai |bahasa )*indonesia(?:n)?(?: please| dong| ya| aja| saja| min)*\W*$/i;

/** "English please", "bahasa Indonesia aja": the menu's choice in words. */
function otherLanguage(context: SceneContext, text: string): readonly SceneResult[] | null {
  const wished = context.contact.language === 'id' ? ENGLISH : INDONESIAN;
  return wished.test(text.trim()) ? [choose(context, 'menu:language')] : null;
}

function wrongFactTold(context: SceneContext): readonly SceneResult[] | null {
  return waitingCard(context.session) === null ? alone(reportSaid(context)) : null;
}

/** A stop counts at once; "berhenti dan hapus data saya" is asked about beside it. */
function stop(context: SceneContext): readonly SceneResult[] | null {
  // A doubtful one is asked about in its turn, and never under a card.
  if (!context.words.intents.includes('opt_out') || context.words.consent === 'doubtful_stop') return null;
  const stopped = SCENES.opt_out.open(context);
  // A card goes on, and its question with it.
  if (waitingCard(context.session) !== null) {
    return [{ ...stopped, replies: withoutChoices(stopped.replies), session: {} }];
  }
  if (!context.words.erases) return [stopped];
  return [{ ...stopped, replies: withoutChoices(stopped.replies) }, SCENES.privacy.open(context)];
}

function wordOnAnnouncements(context: SceneContext): readonly SceneResult[] | null {
  return waitingCard(context.session) === null ? alone(answerTyped(context)) : null;
}

function goOn(context: SceneContext): readonly SceneResult[] | null {
  const asked = /^lanjut(kan)?( yang tadi)?$/.test(context.turn.normal?.text ?? '');
  return asked && context.session.resume !== null ? [resume(context)] : null;
}

function thanksForCard(context: SceneContext): readonly SceneResult[] | null {
  if (waitingCard(context.session) === null || !context.words.intents.includes('thanks')) return null;
  return [{ ...SCENES.thanks.open(context), session: { awaiting: null } }];
}

function answerToQuestion(context: SceneContext): readonly SceneResult[] | null {
  const { session } = context;
  const mayBe = strongIntents(context).length === 0 || waitingCard(session) !== null || answersQuestion(context);
  const answer = mayBe ? (sceneThatAsked(session)?.answer?.(context) ?? null) : null;
  // A card that only asks does not hold back what is open; a card that acts does.
  if (answer?.emergency?.level === 'ask' && context.words.intents.includes('open_now')) {
    return besideCard(context, answer, ['open_now']);
  }
  return alone(answer);
}

function changeOfSearch(context: SceneContext): readonly SceneResult[] | null {
  if (context.words.beyond) return null;
  const strong = strongIntents(context);
  return strong.length === 0 || narrowsSearch(context, strong) ? alone(followUp(context)) : null;
}

/** "Layanannya apa saja?" below a facility asks of that one, and else what the bot can do. */
function servicesOfShown(context: SceneContext): readonly SceneResult[] | null {
  const { words, session, turn } = context;
  const only = words.intents.length === 1 && words.intents[0] === 'menu' && words.asks.services;
  if (!only || session.subject === null || OF_THE_BOT.test(turn.normal?.text ?? '')) return null;
  return [SCENES.facility_info.open(context)];
}

const OF_THE_BOT = /\b(?:bot|kamu|anda|chat|sini|disini|nomor|menu)\b/;

function wishes(context: SceneContext): readonly SceneResult[] | null {
  const results = eachWish(context);
  return results.length > 0 ? results : null;
}

/** Intents that do not by themselves leave a running flow. */
const WEAK: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'out_of_scope']);

function strongIntents({ words }: SceneContext): readonly Intent[] {
  return words.intents.filter((intent) => !WEAK.has(intent));
}

function alone(result: SceneResult | null): readonly SceneResult[] | null {
  return result === null ? null : [result];
}
