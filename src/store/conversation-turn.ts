import { randomBytes } from 'node:crypto';
import type { Turn } from '../ports/inbox.js';
import type { Sequence } from './sequence.js';
import { type Dialect, type Row, run, type Statement } from './sql.js';

const STEP = {
  id: 'text',
  contact_id: 'text',
  token: 'text',
  seq: 'integer',
  at: 'integer',
  act: 'text',
  region_code: 'text',
  silent_until: 'integer',
  body: 'text',
  emergency: 'integer',
} as const;

/** What goes with turns that touch a talk with the office; none for all others. */
export function conversationStatements(
  dialect: Dialect,
  turns: readonly Turn[],
  tokens: ReadonlyMap<Turn, string>,
  sequence: Sequence,
): readonly Statement[] {
  const steps = turns.flatMap((turn) => stepRow(turn, tokens.get(turn) ?? '', sequence));
  if (steps.length === 0) return [];
  const opening = steps.filter(({ act }) => act === 'open');
  const going = steps.filter(({ act }) => act !== 'open');
  const said = steps.filter(({ body }) => body !== null);
  return [
    ...(opening.length > 0 ? [openTalks(dialect, JSON.stringify(opening))] : []),
    ...(said.length > 0 ? [putMessages(dialect, JSON.stringify(said))] : []),
    ...(going.length > 0 ? [moveTalks(dialect, JSON.stringify(going))] : []),
  ];
}

/** Only the turn that won the session carries its token. */
const OF_THE_TURN = 'JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token';

/** A person has one open talk: asking again takes that one up, and its region only while nobody has it in hand. */
function openTalks(dialect: Dialect, rows: string): Statement {
  return run(
    `INSERT INTO conversations (id, region_code, contact_id, status, open, opened_at, silent_until, resident_at)
     SELECT r.id, r.region_code, r.contact_id, 'waiting', 1, r.at, r.silent_until, r.at
     FROM ${dialect.rows('r', STEP)} ${OF_THE_TURN} WHERE true
     ON CONFLICT (contact_id, open) DO UPDATE
     SET silent_until = excluded.silent_until, resident_at = excluded.resident_at,
         region_code = CASE WHEN conversations.status = 'waiting' THEN excluded.region_code
                            ELSE conversations.region_code END`,
    rows,
  );
}

/** The id is one of chance: the message's own may hold a telephone number. */
function putMessages(dialect: Dialect, rows: string): Statement {
  return run(
    `INSERT INTO conversation_messages (id, conversation_id, seq, at, body, emergency)
     SELECT r.id, v.id, r.seq, r.at, r.body, r.emergency FROM ${dialect.rows('r', STEP)} ${OF_THE_TURN}
     JOIN conversations v ON v.contact_id = r.contact_id AND v.open = 1
     WHERE true ON CONFLICT (id) DO NOTHING`,
    rows,
  );
}

/** Silence is only ever prolonged here: staff may have set it further while the turn was decided. */
function moveTalks(dialect: Dialect, rows: string): Statement {
  return run(
    `UPDATE conversations
     SET resident_at = CASE WHEN r.body IS NULL THEN conversations.resident_at ELSE r.at END,
         emergency_at = CASE WHEN r.emergency = 1 THEN r.at ELSE conversations.emergency_at END,
         silent_until = CASE WHEN r.act IN ('return', 'end') THEN NULL
                             WHEN r.silent_until > conversations.silent_until THEN r.silent_until
                             ELSE conversations.silent_until END,
         status = CASE WHEN r.act = 'end' THEN 'closed' ELSE conversations.status END,
         open = CASE WHEN r.act = 'end' THEN NULL ELSE conversations.open END,
         closed_at = CASE WHEN r.act = 'end' THEN r.at ELSE conversations.closed_at END,
         closed_by = CASE WHEN r.act = 'end' THEN 'resident' ELSE conversations.closed_by END
     FROM ${dialect.rows('r', STEP)} ${OF_THE_TURN}
     WHERE conversations.contact_id = r.contact_id AND conversations.open = 1`,
    rows,
  );
}

function stepRow(turn: Turn, token: string, sequence: Sequence): readonly Row[] {
  const { conversation } = turn;
  if (conversation === undefined) return [];
  const { act, regionCode, silentUntil, body, emergency } = conversation;
  return [
    {
      id: randomBytes(9).toString('base64url'),
      contact_id: turn.contactId,
      token,
      seq: sequence.next(turn.at),
      at: turn.at,
      act,
      region_code: regionCode,
      silent_until: silentUntil,
      body: body === null ? null : JSON.stringify(body),
      emergency: emergency ? 1 : 0,
    },
  ];
}
