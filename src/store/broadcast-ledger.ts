import { DAY, type Instant } from '../domain/time.js';
import type { Broadcasts } from '../ports/broadcasts.js';
import { broadcastOf } from './broadcast-record.js';
import { createRecipientReads } from './broadcast-rows.js';
import { createSends, DUE } from './broadcast-sends.js';
import type { Database } from './database.js';
import type { GroupCommit } from './group-commit.js';
import { ask, run, textOrNull } from './sql.js';

type Ledger = Pick<
  Broadcasts,
  | 'plan'
  | 'nextFor'
  | 'claim'
  | 'begin'
  | 'settle'
  | 'release'
  | 'interrupted'
  | 'hasOpen'
  | 'endOpen'
  | 'retry'
  | 'sentSince'
  | 'receipt'
  | 'counts'
  | 'rows'
>;

const OPEN = "status IN ('pending', 'claimed', 'sending')";

/** The rows of announcements over the database: planned, freed and ended here, sent and read in the files beside. */
export function createLedger(database: Database, writes: GroupCommit): Ledger {
  const { dialect } = database;
  return {
    ...createSends(dialect, writes),
    ...createRecipientReads(database),
    plan: async (id, rows) => {
      if (rows.length === 0) return;
      const planned = rows.map((row) => ({
        contact_id: row.contactId,
        channel: row.channel,
        status: row.status,
        reason: row.reason,
        via: row.via,
        zone: row.zone,
        next_at: row.nextAt,
        person_id: row.personId,
      }));
      await database.batch([
        run(
          `INSERT INTO broadcast_recipients (broadcast_id, contact_id, channel, status, reason, via, zone, next_at,
                                             person_id, attempts)
           SELECT CAST(? AS TEXT), r.contact_id, r.channel, r.status, r.reason, r.via, r.zone, r.next_at, r.person_id, 0
           FROM ${dialect.rows('r', PLANNED)} WHERE true ON CONFLICT DO NOTHING`,
          id,
          JSON.stringify(planned),
        ),
      ]);
    },
    nextFor: async (channel, now) => {
      const [row] = await database.query(
        ask(
          `SELECT b.* FROM broadcasts b WHERE b.status = 'running' AND b.expires_at > ?
             AND EXISTS (SELECT 1 FROM broadcast_recipients o WHERE o.broadcast_id = b.id AND ${DUE})
           ORDER BY b.urgent DESC, b.started_at, b.id LIMIT 1`,
          now,
          channel,
          now,
        ),
      );
      return row ? broadcastOf(row) : null;
    },
    release: async (id, owner) => {
      await database.batch([
        run(
          `UPDATE broadcast_recipients SET status = 'pending', claimed_by = NULL
           WHERE broadcast_id = ? AND status = 'claimed' AND claimed_by = ?`,
          id,
          owner,
        ),
      ]);
    },
    interrupted: (now) => interrupted(database, now),
    hasOpen: async (id) => {
      const [row] = await database.query(
        ask(`SELECT 1 AS one FROM broadcast_recipients WHERE broadcast_id = ? AND ${OPEN} LIMIT 1`, id),
      );
      return row !== undefined;
    },
    endOpen: async (id, as) => {
      const [rows] = await database.batch([
        ask(
          `UPDATE broadcast_recipients SET status = ?, claimed_by = NULL
           WHERE broadcast_id = ? AND status IN ('pending', 'claimed') RETURNING contact_id`,
          as,
          id,
        ),
      ]);
      return rows?.length ?? 0;
    },
    retry: async (id, status) => {
      const [rows] = await database.batch([
        ask(
          `UPDATE broadcast_recipients SET status = 'pending', next_at = 0, error_code = NULL, receipt = NULL,
             receipt_at = NULL
           WHERE broadcast_id = ? AND status = ? AND status IN ('failed', 'unsure') RETURNING contact_id`,
          id,
          status,
        ),
      ]);
      return rows?.length ?? 0;
    },
    sentSince: async (channel, since, via) => {
      const [row] = await database.query(
        ask(
          `SELECT count(*) AS many FROM broadcast_recipients
           WHERE channel = ? AND sent_at >= ?${via === null ? '' : " AND via = 'template'"}`,
          channel,
          since,
        ),
      );
      return Number(row?.many);
    },
    receipt: async (channel, providerId, status, at) => {
      // Words of the provider arrive in any order: "read" stands above "delivered", and "failed" is final.
      const isNews = status === 'delivered' ? 'receipt IS NULL' : `(receipt IS NULL OR receipt = 'delivered')`;
      const [rows] = await database.batch([
        ask(
          `UPDATE broadcast_recipients
           SET receipt = CASE WHEN ${isNews} THEN ? ELSE receipt END,
               receipt_at = CASE WHEN ${isNews} THEN ? ELSE receipt_at END
           WHERE channel = ? AND provider_id = ? RETURNING contact_id`,
          status,
          at,
          channel,
          providerId,
        ),
      ]);
      return textOrNull(rows?.[0]?.contact_id);
    },
  };
}

const PLANNED = {
  contact_id: 'text',
  channel: 'text',
  status: 'text',
  reason: 'text',
  via: 'text',
  zone: 'text',
  next_at: 'integer',
  person_id: 'text',
} as const;

async function interrupted(database: Database, now: Instant): Promise<{ again: number; unsure: number }> {
  const orphaned = `broadcast_id IN (SELECT b.id FROM broadcasts b WHERE b.status IN ('running', 'paused', 'cancelled'))
    AND NOT EXISTS (SELECT 1 FROM leases l
      WHERE l.name = 'process/' || broadcast_recipients.claimed_by AND l.expires_at > ?)`;
  const [again, unsure] = await database.batch([
    ask(
      `UPDATE broadcast_recipients SET status = 'pending', claimed_by = NULL
       WHERE status = 'claimed' AND ${orphaned} RETURNING contact_id`,
      now,
    ),
    ask(
      `UPDATE broadcast_recipients SET status = 'unsure', claimed_by = NULL
       WHERE status = 'sending' AND ${orphaned} RETURNING contact_id`,
      now,
    ),
    // A send put off in the moment of cancelling waits again, and a process may die between the two steps of cancelling.
    run(
      `UPDATE broadcast_recipients SET status = 'cancelled'
       WHERE status = 'pending' AND broadcast_id IN (
         SELECT b.id FROM broadcasts b WHERE b.status = 'cancelled' AND b.updated_at > ?)`,
      now - DAY,
    ),
  ]);
  return { again: again?.length ?? 0, unsure: unsure?.length ?? 0 };
}
