import type { ChannelName, Language } from '../domain/message.js';
import type { Instant, Zone } from '../domain/time.js';
import type { BegunRecipient, Broadcasts, ClaimedRecipient, RecipientResult } from '../ports/broadcasts.js';
import { interestsOf } from './broadcast-audience.js';
import type { GroupCommit, GroupedCall } from './group-commit.js';
import { ask, type Dialect, type Row, run, textOrNull } from './sql.js';

/** Rows that may be taken now. The three empty columns are named because the index holds them before the moment. */
export const DUE = `o.status = 'pending' AND o.channel = ? AND o.reason IS NULL AND o.error_code IS NULL
  AND o.receipt IS NULL AND o.next_at <= ?`;

/** The way of one row to its person: claimed, begun, settled. These share transactions with the turns. */
export function createSends(dialect: Dialect, writes: GroupCommit): Pick<Broadcasts, 'claim' | 'begin' | 'settle'> {
  const settle = writes.add(settleCall(dialect));
  const begin = writes.add(beginCall(dialect));
  const refuse = writes.add(refuseCall(dialect));
  const claim = writes.add(claimCall(dialect));
  return {
    claim: (id, channel, owner, limit, now) => claim({ id, channel, owner, limit, now }),
    begin: async (row, owner, now) => (await begin({ row, owner, now })) ?? refuse({ row, owner, now }),
    settle: (row, result, now) => settle({ row, result, now }),
  };
}

interface Claim {
  readonly id: string;
  readonly channel: ChannelName;
  readonly owner: string;
  readonly limit: number;
  readonly now: Instant;
}

function claimCall(dialect: Dialect): GroupedCall<Claim, readonly ClaimedRecipient[]> {
  return {
    key: ({ id, channel }) => `${id}/${channel}`,
    statements: (claims) =>
      claims.map(({ id, channel, owner, limit, now }) =>
        ask(
          // Materialised: PostgreSQL might run the selection once more for each row that it changes, past the limit.
          `WITH due AS MATERIALIZED (
             SELECT o.contact_id FROM broadcast_recipients o WHERE o.broadcast_id = ? AND ${DUE}
               AND EXISTS (SELECT 1 FROM broadcasts b WHERE b.id = o.broadcast_id AND b.status = 'running')
             LIMIT ?${dialect.skipLocked})
           UPDATE broadcast_recipients SET status = 'claimed', claimed_by = ?
           WHERE broadcast_id = ? AND status = 'pending' AND contact_id IN (SELECT due.contact_id FROM due)
           RETURNING broadcast_id, contact_id, channel, via, zone, attempts`,
          id,
          channel,
          now,
          limit,
          owner,
          id,
        ),
      ),
    answers: (claims, rows) => claims.map((_, at) => (rows[at] ?? []).map(claimedOf)),
  };
}

interface Beginning {
  readonly row: ClaimedRecipient;
  readonly owner: string;
  readonly now: Instant;
}

const BEGINNING = { of_broadcast: 'text', of_contact: 'text', owner: 'text', now: 'integer' } as const;

/** The same person gets it, or got it, on another channel: contacts may have been linked since the plan was made. */
const TOLD_ELSEWHERE = `EXISTS (SELECT 1 FROM contacts twin
  JOIN broadcast_recipients o ON o.broadcast_id = r.of_broadcast AND o.contact_id = twin.id
  WHERE twin.person_id = c.person_id AND twin.id <> c.id
    AND (o.status IN ('sending', 'sent', 'unsure') OR (o.status = 'claimed' AND twin.id < c.id)))`;

/** What is said of a row that was ours and could not begin. */
const VERDICT = `CASE
  WHEN ${TOLD_ELSEWHERE} THEN 'excluded'
  WHEN c.id IS NULL OR c.consent <> 'granted' OR c.unreachable_at IS NOT NULL THEN 'excluded'
  WHEN b.status = 'cancelled' THEN 'cancelled'
  WHEN b.expires_at <= r.now THEN 'expired'
  WHEN b.status <> 'running' THEN 'pending'
  ELSE 'claimed' END`;
const WHY = `CASE
  WHEN c.id IS NULL THEN 'forgotten' WHEN c.consent = 'stopped' THEN 'stopped' WHEN c.consent <> 'granted' THEN 'no_consent'
  WHEN c.unreachable_at IS NOT NULL THEN 'unreachable' WHEN ${TOLD_ELSEWHERE} THEN 'linked' ELSE NULL END`;

const OURS = `broadcast_recipients.broadcast_id = r.of_broadcast AND broadcast_recipients.contact_id = r.of_contact
  AND broadcast_recipients.status = 'claimed' AND broadcast_recipients.claimed_by = r.owner`;

/** The check and the beginning in one statement; null = not ours any more, or something stands in the way. */
function beginCall(dialect: Dialect): GroupedCall<Beginning, BegunRecipient | null> {
  return {
    key: ({ row }) => keyOf(row),
    statements: (beginnings) => [
      ask(
        `UPDATE broadcast_recipients SET status = 'sending', attempts = broadcast_recipients.attempts + 1
         FROM ${dialect.rows('r', BEGINNING)}
         JOIN broadcasts b ON b.id = r.of_broadcast AND b.status = 'running' AND b.expires_at > r.now
         JOIN contacts c ON c.id = r.of_contact AND c.consent = 'granted' AND c.unreachable_at IS NULL
         WHERE ${OURS} AND NOT ${TOLD_ELSEWHERE} AND NOT EXISTS (SELECT 1 FROM outbox w
           WHERE w.open = 1 AND w.channel = broadcast_recipients.channel AND w.next_at <= r.now)
         RETURNING broadcast_recipients.broadcast_id AS of_broadcast, broadcast_recipients.contact_id AS of_contact,
           (SELECT p.address FROM contacts p WHERE p.id = broadcast_recipients.contact_id) AS address,
           (SELECT p.language FROM contacts p WHERE p.id = broadcast_recipients.contact_id) AS language,
           (SELECT p.last_seen_at FROM contacts p WHERE p.id = broadcast_recipients.contact_id) AS seen_at,
           (SELECT p.kecamatan_code FROM contacts p WHERE p.id = broadcast_recipients.contact_id) AS kecamatan,
           (SELECT p.interests FROM contacts p WHERE p.id = broadcast_recipients.contact_id) AS interests`,
        beginningRows(beginnings),
      ),
    ],
    answers: (beginnings, [begun = []]) => {
      const answers = new Map(begun.map((row) => [`${row.of_broadcast}/${row.of_contact}`, begunOf(row)]));
      return beginnings.map(({ row }) => answers.get(keyOf(row)) ?? null);
    },
  };
}

/** What becomes of rows that could not begin: they end, wait again, or stay ours while answers to people go first. */
function refuseCall(dialect: Dialect): GroupedCall<Beginning, 'replies_first' | null> {
  return {
    key: ({ row }) => keyOf(row),
    statements: (beginnings) => [
      ask(
        `UPDATE broadcast_recipients
         SET status = ${VERDICT}, reason = ${WHY},
             claimed_by = CASE ${VERDICT} WHEN 'claimed' THEN r.owner ELSE NULL END
         FROM ${dialect.rows('r', BEGINNING)}
         JOIN broadcasts b ON b.id = r.of_broadcast LEFT JOIN contacts c ON c.id = r.of_contact
         WHERE ${OURS}
         RETURNING broadcast_recipients.broadcast_id AS of_broadcast, broadcast_recipients.contact_id AS of_contact,
           broadcast_recipients.status AS stands`,
        beginningRows(beginnings),
      ),
    ],
    answers: (beginnings, [refused = []]) => {
      const ours = refused.filter((row) => row.stands === 'claimed');
      const waiting = new Set(ours.map((row) => `${row.of_broadcast}/${row.of_contact}`));
      return beginnings.map(({ row }) => (waiting.has(keyOf(row)) ? 'replies_first' : null));
    },
  };
}

function beginningRows(beginnings: readonly Beginning[]): string {
  return JSON.stringify(
    beginnings.map(({ row, owner, now }) => ({ of_broadcast: row.broadcastId, of_contact: row.contactId, owner, now })),
  );
}

interface Settlement {
  readonly row: ClaimedRecipient;
  readonly result: RecipientResult;
  readonly now: Instant;
}

const SETTLEMENT = {
  of_broadcast: 'text',
  of_contact: 'text',
  becomes: 'text',
  why: 'text',
  not_before: 'integer',
  code: 'text',
  provider: 'text',
  sent: 'integer',
  by_way: 'text',
} as const;

/** A late "sent" is believed even when the row was given up as unsure meanwhile: it is the truth. */
function settleCall(dialect: Dialect): GroupedCall<Settlement, void> {
  return {
    key: ({ row }) => keyOf(row),
    statements: (settlements) => [
      run(
        `UPDATE broadcast_recipients
         SET status = r.becomes, reason = r.why, next_at = COALESCE(r.not_before, broadcast_recipients.next_at),
             claimed_by = NULL, error_code = r.code, provider_id = r.provider, sent_at = r.sent,
             via = COALESCE(r.by_way, broadcast_recipients.via)
         FROM ${dialect.rows('r', SETTLEMENT)}
         WHERE broadcast_recipients.broadcast_id = r.of_broadcast AND broadcast_recipients.contact_id = r.of_contact
           AND (broadcast_recipients.status IN ('claimed', 'sending')
             OR (broadcast_recipients.status = 'unsure' AND r.becomes = 'sent'))`,
        JSON.stringify(settlements.map(settlementRow)),
      ),
    ],
    answers: (settlements) => settlements.map(() => undefined),
  };
}

function settlementRow({ row, result, now }: Settlement): Row {
  return {
    of_broadcast: row.broadcastId,
    of_contact: row.contactId,
    becomes: result.status === 'again' ? 'pending' : result.status,
    why: result.status === 'excluded' ? result.reason : null,
    not_before: result.status === 'again' ? result.at : null,
    code: result.status === 'failed' || result.status === 'unsure' ? result.code : null,
    provider: result.status === 'sent' ? result.providerId : null,
    sent: result.status === 'sent' ? now : null,
    by_way: result.status === 'sent' ? result.via : null,
  };
}

function keyOf({ broadcastId, contactId }: ClaimedRecipient): string {
  return `${broadcastId}/${contactId}`;
}

function claimedOf(row: Row): ClaimedRecipient {
  return {
    broadcastId: String(row.broadcast_id),
    contactId: String(row.contact_id),
    channel: row.channel as ChannelName,
    via: row.via as ClaimedRecipient['via'],
    zone: row.zone as Zone,
    attempts: Number(row.attempts),
  };
}

function begunOf(row: Row): BegunRecipient {
  return {
    address: String(row.address),
    language: row.language as Language,
    lastSeenAt: Number(row.seen_at),
    kecamatanCode: textOrNull(row.kecamatan),
    interests: interestsOf(row.interests),
  };
}
