import { INTENTS, type Intent } from '../../../domain/intent.js';
import { bareCommand } from './bare-command.js';
import { complainsOfNews, isOfOtherLoads, isStopSaid, takesUpAgain } from './consent.js';
import { erasesOf } from './erases.js';
import {
  asksPlainly,
  type Evidence,
  isAboutService,
  isOfOthers,
  isQuestion,
  isUnrelated,
  namesHouse,
} from './evidence.js';
import { dropOverruled } from './overrule.js';
import {
  asksAboutFacility,
  asksEligibility,
  asksOpen,
  givesFeedback,
  givesThanks,
  greets,
  wantsHuman,
} from './wants.js';

export type { Evidence } from './evidence.js';

/**
 * The intents of a message in their order of urgency; `emergency`, `choice` and `location` are others' to decide.
 * Ruled, not learnt: a linear classifier over words and letter groups, asked where the rules found nothing, gained
 * 0.2 points on the held-out set, which its training data and weights were not worth.
 */
export function decideIntents(evidence: Evidence): readonly Intent[] {
  const command = bareCommand(evidence.normal.raw);
  if (command !== null) return [command];
  const found = new Set<Intent>();
  for (const [intent, test] of TESTS) if (test(evidence)) found.add(intent);
  dropOverruled(found, evidence);
  hearStop(found, evidence);
  const wish = isEmpty(found) ? serviceWish(evidence) : null;
  if (wish !== null) found.add(wish);
  if (isEmpty(found) && isOutOfScope(evidence) && !tellsGoodNews(evidence, found)) found.add('out_of_scope');
  return INTENTS.filter((intent) => found.has(intent));
}

/** A stop said in passing, or a complaint of letters, is a word on announcements; "jangan lama kirim ambulans" is none. */
function hearStop(found: Set<Intent>, evidence: Evidence): void {
  if (isOfOtherLoads(evidence)) {
    found.delete('opt_out');
    return;
  }
  if (takesUpAgain(evidence)) {
    found.delete('opt_out');
    found.add('opt_in');
    return;
  }
  if (found.has('opt_out') || evidence.signs.has('chain')) return;
  if (!isStopSaid(evidence) && !complainsOfNews(evidence)) return;
  found.delete('opt_in');
  found.add('opt_out');
  if (!asksPlainly(evidence)) for (const intent of ['open_now', 'facility_info'] as const) found.delete(intent);
}

const TESTS: readonly (readonly [Intent, (evidence: Evidence) => boolean])[] = [
  ['open_now', asksOpen],
  ['facility_info', asksAboutFacility],
  ['eligibility', asksEligibility],
  ['opt_in', ({ signs }) => signs.has('opt_in')],
  ['opt_out', ({ signs }) => signs.has('opt_out')],
  ['human', wantsHuman],
  ['feedback', givesFeedback],
  ['privacy', ({ signs, normal }) => signs.has('privacy') || erasesOf(signs, normal)],
  ['menu', wantsMenu],
  ['greeting', greets],
  ['thanks', givesThanks],
];

/** The menu, or to ask something that is not yet said; with a greeting that is only its second half. */
function wantsMenu(evidence: Evidence): boolean {
  const { signs } = evidence;
  return signs.has('menu') || signs.has('which_services') || (signs.has('wants_to_ask') && !greets(evidence));
}

/** True when nothing but courtesy was found. */
function isEmpty(found: ReadonlySet<Intent>): boolean {
  return ![...found].some((intent) => intent !== 'greeting' && intent !== 'thanks');
}

/**
 * What remains when nothing was asked outright. Who wants a service looks for where it is open; a question about a
 * facility or a service in words unknown is about it. A bare name may be an answer, and means nothing yet.
 */
function serviceWish(evidence: Evidence): Intent | null {
  const { signs, normal, time } = evidence;
  if (asksBeyond(evidence)) return null;
  if (isBareHouse(evidence)) return 'open_now';
  const service = isAboutService(evidence);
  if (service && signs.has('can')) return 'open_now';
  if (signs.has('where') && evidence.place !== null && evidence.place.kind !== 'outside' && normal.tokens.length > 3)
    return 'facility_info';
  if (normal.tokens.length <= 3 || !(service || namesHouse(evidence)) || !isQuestion(evidence)) return null;
  return time === null ? 'facility_info' : 'open_now';
}

/** "puskesmas", "pkm kandangsapi": the house alone, or with a name that nobody knows; which one is open is what helps. */
function isBareHouse({ normal, place, signs }: Evidence): boolean {
  const [first] = normal.tokens;
  if (first === undefined || place !== null || normal.tokens.length > 3 || signs.has('unwell')) return false;
  return /^(puskesmas|pustu|rs|klinik|ugd|igd)$/.test(first.form) && !signs.has('greeting');
}

/** True when its place, hour or service looks for no puskesmas: "jam berapa magrib di Bontang". One named by its name is shown. */
export function isBeyond(evidence: Evidence, intents: readonly Intent[]): boolean {
  if (!intents.includes('out_of_scope')) return false;
  return isOfOthers(evidence) || (asksBeyond(evidence) && evidence.place?.kind !== 'facility');
}

/** "Anak saya sudah sembuh, makasih": told with thanks, it asks for nothing. */
function tellsGoodNews(evidence: Evidence, found: ReadonlySet<Intent>): boolean {
  return found.has('thanks') && evidence.signs.has('recovered') && !isQuestion(evidence);
}

function isOutOfScope(evidence: Evidence): boolean {
  return asksBeyond(evidence) || evidence.signs.has('unwell');
}

/** What nobody here can answer: medical advice, and matters of others. */
function asksBeyond(evidence: Evidence): boolean {
  const { signs } = evidence;
  if (signs.has('advice') || signs.has('not_ours') || signs.has('chain')) return true;
  return isUnrelated(evidence) || isOfOthers(evidence);
}
