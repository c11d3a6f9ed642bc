import { randomBytes } from 'node:crypto';
import type { TurnEvent } from '../domain/event.js';
import type { OutboxKind, Turn } from '../ports/inbox.js';
import { conversationStatements } from './conversation-turn.js';
import type { Database } from './database.js';
import { contactsOfPerson, erase, idHash } from './erase.js';
import type { GroupedCall } from './group-commit.js';
import type { Sequence } from './sequence.js';
import { ask, type Dialect, type Row, run, type Statement } from './sql.js';
import { reportStatements } from './turn-reports.js';

/** Emergencies before replies to people, replies before announcements. */
export const PRIORITY: Readonly<Record<OutboxKind, number>> = { emergency: 0, reply: 1, bulk: 2 };

const TURN = {
  message_id: 'text',
  contact_id: 'text',
  token: 'text',
  state: 'text',
  version: 'integer',
  at: 'integer',
  language: 'text',
  region_code: 'text',
  consent: 'text',
  kecamatan_code: 'text',
  interests: 'text',
  consent_asked: 'integer',
  stops: 'integer',
  intent: 'text',
  outcome: 'text',
  keep: 'integer',
} as const;
const REPLY = {
  id: 'text',
  contact_id: 'text',
  token: 'text',
  inbound_id: 'text',
  ordinal: 'integer',
  kind: 'text',
  priority: 'integer',
  seq: 'integer',
  payload: 'text',
  at: 'integer',
} as const;
const EVENT = {
  id: 'text',
  contact_id: 'text',
  about: 'text',
  token: 'text',
  at: 'integer',
  kind: 'text',
  data: 'text',
} as const;
/** Facts that are of use because of the person: who asked about a facility may be told that it closes. */
const OF_THE_PERSON: ReadonlySet<string> = new Set<TurnEvent['kind']>(['facility_asked']);

/**
 * Writes whole turns. The session goes first: it is taken only when the message still waits and the version is the
 * one that the turn started from, and it then carries the turn's token. All that follows asks for this token, so of a
 * losing turn nothing is written, though the statements are sent together.
 */
export function commitCall(dialect: Dialect, sequence: Sequence): GroupedCall<Turn, boolean> {
  return {
    key: (turn) => turn.contactId,
    statements: (turns) => {
      // One order of people for all processes, so that two transactions never wait for each other in a ring.
      const ordered = [...turns].sort((a, b) => (a.contactId < b.contactId ? -1 : 1));
      const tokens = new Map(ordered.map((turn) => [turn, randomBytes(9).toString('base64url')]));
      const rows = JSON.stringify(ordered.map((turn) => turnRow(turn, tokens.get(turn) ?? '')));
      return [
        takeSession(dialect, rows),
        handleMessage(dialect, rows),
        keepFacts(dialect, rows),
        putReplies(
          dialect,
          ordered.flatMap((turn) => replyRows(turn, tokens.get(turn) ?? '', sequence)),
        ),
        putEvents(
          dialect,
          ordered.flatMap((turn) => eventRows(turn, tokens.get(turn) ?? '')),
        ),
        ...consentStatements(dialect, ordered, tokens, rows),
        ...reportStatements(dialect, ordered, tokens),
        ...conversationStatements(dialect, ordered, tokens, sequence),
      ];
    },
    answers: (turns, [, handled = []]) => {
      const ids = new Set(handled.map((row) => row.id));
      return turns.map((turn) => ids.has(turn.messageId));
    },
  };
}

/**
 * A turn by which a person is forgotten, and the forgetting, in one transaction: the answer waits in the outbox, and
 * nothing else is left of them on any channel that they linked. False, and nothing written, when the turn lost.
 */
export function commitAndErase(database: Database, sequence: Sequence, turn: Turn): Promise<boolean> {
  const { dialect } = database;
  const call = commitCall(dialect, sequence);
  return database.write(async (transaction) => {
    const rows: (readonly Row[])[] = [];
    for (const statement of call.statements([turn])) rows.push(await transaction.run(statement));
    if (call.answers([turn], rows)[0] !== true) return false;
    for (const id of await contactsOfPerson(transaction, turn.contactId)) {
      await erase(transaction, dialect, id, turn.at);
    }
    return true;
  });
}

function takeSession(dialect: Dialect, rows: string): Statement {
  return run(
    `INSERT INTO sessions (contact_id, state, version, token, updated_at)
     SELECT r.contact_id, r.state, r.version + 1, r.token, r.at
     FROM ${dialect.rows('r', TURN)}
     JOIN inbound_messages m ON m.id = r.message_id AND m.contact_id = r.contact_id AND m.status = 'pending'
     WHERE true
     ON CONFLICT (contact_id) DO UPDATE
     SET state = excluded.state, version = excluded.version, token = excluded.token, updated_at = excluded.updated_at
     WHERE sessions.version = excluded.version - 1`,
    rows,
  );
}

function handleMessage(dialect: Dialect, rows: string): Statement {
  return ask(
    `UPDATE inbound_messages
     SET status = 'handled', handled_at = r.at, intent = r.intent, outcome = r.outcome,
         body = CASE WHEN r.keep = 1 THEN body ELSE NULL END
     FROM ${dialect.rows('r', TURN)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     WHERE inbound_messages.id = r.message_id RETURNING id`,
    rows,
  );
}

function keepFacts(dialect: Dialect, rows: string): Statement {
  return run(
    `UPDATE contacts
     SET language = r.language, region_code = r.region_code, consent = r.consent, kecamatan_code = r.kecamatan_code,
         interests = r.interests, consent_asked = r.consent_asked,
         consent_at = CASE WHEN contacts.consent = r.consent THEN contacts.consent_at ELSE r.at END
     FROM ${dialect.rows('r', TURN)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     WHERE contacts.id = r.contact_id`,
    rows,
  );
}

function putReplies(dialect: Dialect, rows: readonly Row[]): Statement {
  return run(
    `INSERT INTO outbox (id, contact_id, channel, inbound_id, ordinal, kind, priority, seq, payload, status, open,
                         attempts, next_at, created_at)
     SELECT r.id, r.contact_id, c.channel, r.inbound_id, r.ordinal, r.kind, r.priority, r.seq, r.payload, 'pending', 1,
            0, r.at, r.at
     FROM ${dialect.rows('r', REPLY)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     JOIN contacts c ON c.id = r.contact_id
     WHERE true ON CONFLICT (id) DO NOTHING`,
    JSON.stringify(rows),
  );
}

function putEvents(dialect: Dialect, rows: readonly Row[]): Statement {
  return run(
    `INSERT INTO events (id, at, contact_id, kind, data) SELECT r.id, r.at, r.about, r.kind, r.data
     FROM ${dialect.rows('r', EVENT)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     WHERE true ON CONFLICT (id) DO NOTHING`,
    JSON.stringify(rows),
  );
}

const CONSENT = {
  id: 'text',
  contact_id: 'text',
  token: 'text',
  at: 'integer',
  consent: 'text',
  way: 'text',
  wording: 'text',
} as const;

/** What goes with a consent that changed: its record, and the end of what a stop ends. Mostly there is none. */
function consentStatements(
  dialect: Dialect,
  turns: readonly Turn[],
  tokens: ReadonlyMap<Turn, string>,
  rows: string,
): readonly Statement[] {
  const records = turns.flatMap((turn) => consentRows(turn, tokens.get(turn) ?? ''));
  const stopped = turns.some((turn) => turn.facts.consent === 'stopped');
  return [
    ...(records.length > 0 ? [putConsents(dialect, records)] : []),
    ...(turns.some(stops) ? [stopLinked(dialect, rows)] : []),
    ...(stopped ? [endWaiting(dialect, rows)] : []),
  ];
}

function stops(turn: Turn): boolean {
  return turn.consents?.some(({ consent }) => consent === 'stopped') ?? false;
}

function putConsents(dialect: Dialect, records: readonly Row[]): Statement {
  return run(
    `INSERT INTO consent_records (id, contact_id, at, channel, consent, way, wording)
     SELECT r.id, r.contact_id, r.at, c.channel, r.consent, r.way, r.wording
     FROM ${dialect.rows('r', CONSENT)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     JOIN contacts c ON c.id = r.contact_id
     WHERE true ON CONFLICT (id) DO NOTHING`,
    JSON.stringify(records),
  );
}

/** Who stops on one channel has stopped: the word counts for the person, not for the telephone. */
function stopLinked(dialect: Dialect, rows: string): Statement {
  return run(
    `UPDATE contacts SET consent = 'stopped', consent_at = r.at
     FROM ${dialect.rows('r', TURN)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     JOIN contacts one ON one.id = r.contact_id
     WHERE r.stops = 1 AND contacts.person_id = one.person_id AND contacts.consent = 'granted'`,
    rows,
  );
}

/** Nothing that waits for somebody who stopped goes out any more; what is being sent at this moment cannot be called back. */
function endWaiting(dialect: Dialect, rows: string): Statement {
  const stopped = `FROM ${dialect.rows('r', TURN)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     JOIN contacts one ON one.id = r.contact_id`;
  return run(
    `UPDATE broadcast_recipients SET status = 'excluded', reason = 'stopped', claimed_by = NULL, error_code = NULL
     WHERE status IN ('pending', 'claimed') AND contact_id IN (
       SELECT one.id ${stopped} WHERE r.consent = 'stopped'
       UNION SELECT other.id ${stopped} JOIN contacts other ON other.person_id = one.person_id
       WHERE r.consent = 'stopped' AND other.consent = 'stopped')`,
    rows,
    rows,
  );
}

function consentRows(turn: Turn, token: string): readonly Row[] {
  return (turn.consents ?? []).map(({ consent, way, wording }, ordinal) => ({
    id: `${turn.messageId}/${ordinal}`,
    contact_id: turn.contactId,
    token,
    at: turn.at,
    consent,
    way,
    wording,
  }));
}

function turnRow(turn: Turn, token: string): Row {
  return {
    message_id: turn.messageId,
    contact_id: turn.contactId,
    token,
    state: JSON.stringify(turn.session),
    version: turn.sessionVersion,
    at: turn.at,
    language: turn.facts.language,
    region_code: turn.facts.regionCode,
    consent: turn.facts.consent,
    kecamatan_code: turn.facts.kecamatanCode ?? null,
    interests: turn.facts.interests === undefined ? null : JSON.stringify(turn.facts.interests),
    consent_asked: turn.facts.consentAsked ? 1 : null,
    stops: stops(turn) ? 1 : 0,
    intent: turn.intent,
    outcome: turn.outcome,
    keep: turn.keepBody ? 1 : 0,
  };
}

function replyRows(turn: Turn, token: string, sequence: Sequence): readonly Row[] {
  return turn.replies.map(({ kind, reply }, ordinal) => ({
    id: `${turn.messageId}/${ordinal}`,
    contact_id: turn.contactId,
    token,
    inbound_id: turn.messageId,
    ordinal,
    kind,
    priority: PRIORITY[kind],
    seq: sequence.next(turn.at),
    payload: JSON.stringify(reply),
    at: turn.at,
  }));
}

function eventRows(turn: Turn, token: string): readonly Row[] {
  // A provider's id may hold the telephone number; a fact outlives its person, so its id must not.
  const of = turn.events.length > 0 ? idHash(turn.messageId) : '';
  return turn.events.map(({ kind, ...data }, ordinal) => ({
    id: `${of}/${ordinal}`,
    contact_id: turn.contactId,
    about: OF_THE_PERSON.has(kind) ? turn.contactId : null,
    token,
    at: turn.at,
    kind,
    data: JSON.stringify(data),
  }));
}
