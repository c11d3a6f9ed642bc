import type { Instant } from '../domain/time.js';
import type { Trace } from '../domain/trace.js';
import type { Turn, TurnStart } from '../ports/inbox.js';
import type { Conversed } from './converse.js';
import { consentsOf } from './record-consent.js';
import type { TakenIn } from './take-in.js';
import { toldIn } from './told-reports.js';

/** A decided turn as the store takes it, in one transaction. */
export function turnRecord(
  { message, look }: TakenIn,
  start: TurnStart,
  { contact, session, replies, events, conversation, forget, report, hoursAnswer, trace }: Conversed,
  { at, keepBody }: { readonly at: Instant; readonly keepBody: boolean },
): Turn {
  const kind = look.emergency !== null || trace.emergency !== null ? 'emergency' : 'reply';
  return {
    messageId: message.id,
    contactId: start.contactId,
    sessionVersion: start.sessionVersion,
    session,
    facts: contact,
    events,
    consents: consentsOf(events, contact.language),
    ...toldIn({ report, hoursAnswer }, start.contactId),
    replies: replies.map((reply) => ({ kind, reply })),
    ...(forget ? { forget } : {}),
    ...(conversation === undefined ? {} : { conversation }),
    ...codesOf(trace),
    at,
    keepBody,
  };
}

/** What is kept and counted of a turn: codes, no words. */
export function codesOf({ intents, eligibility, facilities }: Trace) {
  return {
    intent: intents[0] ?? ('out_of_scope' as const),
    outcome: eligibility?.outcome ?? facilities[0]?.state ?? null,
  };
}
