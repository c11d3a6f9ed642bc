import { CHANNEL_NAMES, type ChannelName, type Language } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import type { Instant } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';
import type { OutboxKind } from '../ports/inbox.js';
import type { Outbox, OutboxItem, OutboxResult, OutboxStatus } from '../ports/outbox.js';
import type { Database } from './database.js';
import type { GroupCommit, GroupedCall } from './group-commit.js';
import { Sequence } from './sequence.js';
import { untilNone } from './slices.js';
import { ask, type Dialect, numberOrNull, type Row, run, textOrNull } from './sql.js';
import { PRIORITY } from './turn.js';

interface Claim {
  readonly channel: ChannelName;
  readonly owner: string;
  readonly limit: number;
  readonly now: Instant;
}

interface Settlement {
  readonly result: OutboxResult;
  readonly now: Instant;
}

/** A row waits for the earlier ones of the same person, except that an emergency waits for nothing but emergencies. */
const FIRST_IN_LINE = `NOT EXISTS (SELECT 1 FROM outbox e WHERE e.open = 1 AND e.contact_id = o.contact_id
  AND e.seq < o.seq AND e.priority <= o.priority)`;

/** What `open` says of a row that is sent and whose words are kept for a while. */
const KEPT = 2;

const WORDS_GO = `open = CASE WHEN open = ${KEPT} THEN NULL ELSE open END,
               payload = CASE WHEN open = ${KEPT} THEN NULL ELSE payload END`;
const BACK_IN_LINE = `open = CASE WHEN open = ${KEPT} THEN 1 ELSE open END,
               status = CASE WHEN open = ${KEPT} THEN 'retry' ELSE status END,
               next_at = CASE WHEN open = ${KEPT} THEN sent_at ELSE next_at END`;

/** Every kind of row is named, so that the index of the queue also finds the oldest of those that are settled. */
const SETTLED_IN_ORDER = `o.open IS NULL AND o.priority IN (${Object.values(PRIORITY).join(', ')})
             AND o.channel IN (${CHANNEL_NAMES.map((name) => `'${name}'`).join(', ')})`;

/** The outbox over the database. Claims and settlements share transactions with the turns. */
export function createOutbox(database: Database, writes: GroupCommit): Outbox {
  const settle = writes.add(settleCall(database.dialect));
  const claim = writes.add(claimCall(database.dialect));
  return {
    claim: (channel, owner, limit, now) => claim({ channel, owner, limit, now }),
    settle: (result, now) => settle({ result, now }),
    nextDue: async (channel) => {
      const [row] = await database.query(
        ask(
          `SELECT min(o.next_at) AS due FROM outbox o
           WHERE o.open = 1 AND o.channel = ? AND o.status <> 'sending' AND ${FIRST_IN_LINE}`,
          channel,
        ),
      );
      return numberOrNull(row?.due);
    },
    interrupted: (now, repeatable = []) => interrupted(database, now, repeatable),
    receipt: async (channel, providerId, status, at, code = null) => {
      const again = status === 'failed' && code === 'WINDOW_CLOSED';
      // Words of the provider arrive in any order; of a row that is in line again it tells what is known.
      const first = status === 'delivered' ? 'receipt IS NULL' : `(receipt IS NULL OR receipt = 'delivered')`;
      const isNews = `(open IS NULL${again ? '' : ` OR open = ${KEPT}`}) AND ${first}`;
      const [rows] = await database.batch([
        ask(
          `UPDATE outbox
           SET receipt = CASE WHEN ${isNews} THEN ? ELSE receipt END,
               receipt_at = CASE WHEN ${isNews} THEN ? ELSE receipt_at END,
               error_code = CASE WHEN ${isNews} OR open = ${KEPT} THEN ? ELSE error_code END,
               ${again ? BACK_IN_LINE : WORDS_GO}
           WHERE channel = ? AND provider_id = ? RETURNING contact_id`,
          status,
          at,
          code,
          channel,
          providerId,
        ),
      ]);
      return textOrNull(rows?.[0]?.contact_id);
    },
    emptyKept: async (now) => {
      await database.batch([
        run(`UPDATE outbox SET open = NULL, payload = NULL WHERE open = ${KEPT} AND next_at <= ?`, now),
      ]);
    },
    counts: async () => {
      const rows = await database.query(ask('SELECT status, count(*) AS many FROM outbox GROUP BY status'));
      return { ...NO_ROWS, ...Object.fromEntries(rows.map((row) => [String(row.status), Number(row.many)])) };
    },
    prune: (createdBefore) =>
      untilNone(database, (atMost) =>
        ask(
          `DELETE FROM outbox WHERE id IN (SELECT o.id FROM outbox o WHERE ${SETTLED_IN_ORDER} AND o.seq < ?
             AND o.created_at < ? LIMIT ?) RETURNING id`,
          Sequence.at(createdBefore),
          createdBefore,
          atMost,
        ),
      ),
  };
}

const NO_ROWS: Readonly<Record<OutboxStatus, number>> = {
  pending: 0,
  sending: 0,
  retry: 0,
  sent: 0,
  failed: 0,
  unsure: 0,
  expired: 0,
};

function claimCall(dialect: Dialect): GroupedCall<Claim, readonly OutboxItem[]> {
  return {
    // Two claims in one transaction would be right, but the second sees what the first left: one is enough.
    key: ({ channel }) => channel,
    statements: (claims) =>
      claims.map(({ channel, owner, limit, now }) =>
        ask(
          // Materialised: PostgreSQL might run the selection once more for each row that it changes, past the limit.
          `WITH due AS MATERIALIZED (
             SELECT o.id FROM outbox o
             WHERE o.open = 1 AND o.channel = ? AND o.status <> 'sending' AND o.next_at <= ? AND ${FIRST_IN_LINE}
             ORDER BY o.priority, o.seq LIMIT ?${dialect.skipLocked})
           UPDATE outbox SET status = 'sending', claimed_by = ?, attempts = attempts + 1
           WHERE status <> 'sending' AND id IN (SELECT due.id FROM due)
           RETURNING id, contact_id, channel, inbound_id, kind, payload, attempts, created_at, priority, seq, error_code,
             (SELECT c.address FROM contacts c WHERE c.id = outbox.contact_id) AS address,
             (SELECT c.language FROM contacts c WHERE c.id = outbox.contact_id) AS language,
             (SELECT c.last_seen_at FROM contacts c WHERE c.id = outbox.contact_id) AS wrote_at`,
          channel,
          now,
          limit,
          owner,
        ),
      ),
    answers: (claims, rows) => claims.map((_, at) => oldestFirst(rows[at] ?? []).map(outboxItem)),
  };
}

function oldestFirst(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => Number(a.priority) - Number(b.priority) || Number(a.seq) - Number(b.seq));
}

function outboxItem(row: Row): OutboxItem {
  return {
    id: String(row.id),
    contactId: String(row.contact_id),
    channel: row.channel as ChannelName,
    address: String(row.address),
    replyTo: textOrNull(row.inbound_id),
    kind: row.kind as OutboxKind,
    reply: JSON.parse(String(row.payload)) as Reply,
    language: row.language as Language,
    attempts: Number(row.attempts),
    createdAt: Number(row.created_at),
    lastWroteAt: Number(row.wrote_at),
    ...(row.error_code === LATE ? { late: true as const } : {}),
  };
}

/** The code that a row bears from the moment at which the provider found it late; no row waits with it otherwise. */
const LATE: ErrorCode = 'WINDOW_CLOSED';

const SETTLEMENT = {
  id: 'text',
  status: 'text',
  is_open: 'integer',
  next_at: 'integer',
  provider_id: 'text',
  error_code: 'text',
  sent_at: 'integer',
  undo: 'integer',
} as const;

function settleCall(dialect: Dialect): GroupedCall<Settlement, void> {
  return {
    key: ({ result }) => result.id,
    statements: (settlements) => [
      run(
        `UPDATE outbox
         SET status = r.status, open = r.is_open, next_at = COALESCE(r.next_at, outbox.next_at), claimed_by = NULL,
             provider_id = r.provider_id, sent_at = r.sent_at,
             error_code = CASE WHEN r.is_open = 1 AND outbox.error_code = '${LATE}' THEN '${LATE}' ELSE r.error_code END,
             attempts = outbox.attempts - r.undo,
             payload = CASE WHEN r.is_open IS NULL THEN NULL ELSE outbox.payload END
         FROM ${dialect.rows('r', SETTLEMENT)} WHERE outbox.id = r.id AND outbox.status = 'sending'`,
        JSON.stringify(settlements.map(settlementRow)),
      ),
    ],
    answers: (settlements) => settlements.map(() => undefined),
  };
}

function settlementRow({ result, now }: Settlement): Row {
  const waits = result.status === 'retry' || result.status === 'released';
  const wordsUntil = result.status === 'sent' ? (result.wordsUntil ?? null) : null;
  return {
    id: result.id,
    status: result.status === 'released' ? 'pending' : result.status,
    is_open: waits ? 1 : wordsUntil === null ? null : KEPT,
    next_at: result.status === 'retry' ? result.at : wordsUntil,
    provider_id: result.status === 'sent' ? result.providerId : null,
    error_code: 'code' in result ? result.code : null,
    sent_at: result.status === 'sent' ? now : null,
    undo: result.status === 'released' ? 1 : 0,
  };
}

async function interrupted(
  database: Database,
  now: Instant,
  repeatable: readonly ChannelName[],
): Promise<{ again: number; unsure: number }> {
  const channels = repeatable.length > 0 ? `channel IN (${repeatable.map(() => '?').join(', ')})` : 'false';
  const harmless = `(kind = 'emergency' OR ${channels})`;
  const orphaned = `open = 1 AND status = 'sending' AND NOT EXISTS (
    SELECT 1 FROM leases l WHERE l.name = 'process/' || outbox.claimed_by AND l.expires_at > ?)`;
  const [again, unsure] = await database.batch([
    ask(
      `UPDATE outbox SET status = 'retry', next_at = ?, claimed_by = NULL
       WHERE ${harmless} AND ${orphaned} RETURNING id`,
      now,
      ...repeatable,
      now,
    ),
    ask(
      `UPDATE outbox SET status = 'unsure', open = NULL, payload = NULL, claimed_by = NULL
       WHERE NOT ${harmless} AND ${orphaned} RETURNING id`,
      ...repeatable,
      now,
    ),
  ]);
  return { again: again?.length ?? 0, unsure: unsure?.length ?? 0 };
}
