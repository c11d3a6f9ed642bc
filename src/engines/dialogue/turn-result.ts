import type { ContactFacts } from '../../domain/contact.js';
import type { TurnEvent } from '../../domain/event.js';
import { INTENTS, type Intent } from '../../domain/intent.js';
import { forgotten } from '../../domain/kept-about.js';
import { phrase } from '../../domain/phrase.js';
import type { ReplyDraft } from '../../domain/reply.js';
import { NEW_SESSION, type Session } from '../../domain/session.js';
import type { Trace } from '../../domain/trace.js';
import { placeTrace } from './place-answer.js';
import type { SceneContext, SceneResult, TurnResult } from './turn.js';

/** What the scenes of a turn come to: the talk as it stands afterwards, what is said, what is noted. */
export function turnResult(context: SceneContext, results: readonly SceneResult[]): TurnResult {
  const { turn } = context;
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
    trace: traceOf(context, results),
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

function traceOf({ turn, words }: SceneContext, results: readonly SceneResult[]): Trace {
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
