import type { ExclusionReason, RecipientStatus } from '../domain/broadcast.js';
import type { ChannelName } from '../domain/message.js';
import type { Broadcasts, RecipientCount, RecipientLine } from '../ports/broadcasts.js';
import type { Database } from './database.js';
import { ask, numberOrNull, type Row, textOrNull } from './sql.js';

/** How the rows of an announcement stand, as its report shows them: counted, and one by one. */
export function createRecipientReads(database: Database): Pick<Broadcasts, 'counts' | 'rows'> {
  return {
    counts: async (id) => {
      const rows = await database.query(
        ask(
          `SELECT status, channel, reason, error_code, receipt, count(*) AS many FROM broadcast_recipients
           WHERE broadcast_id = ? GROUP BY status, channel, reason, error_code, receipt`,
          id,
        ),
      );
      return rows.map((row) => ({ ...standing(row), many: Number(row.many) }));
    },
    rows: async (id, statuses, after, limit) => {
      const some = statuses.length === 0 ? '' : `AND status IN (${statuses.map(() => '?').join(', ')})`;
      const rows = await database.query(
        ask(
          `SELECT contact_id, channel, status, reason, error_code, via, attempts, sent_at, receipt, receipt_at
           FROM broadcast_recipients WHERE broadcast_id = ? AND contact_id > ? ${some} ORDER BY contact_id LIMIT ?`,
          id,
          after,
          ...statuses,
          limit,
        ),
      );
      return rows.map(lineOf);
    },
  };
}

function standing(row: Row): Omit<RecipientCount, 'many'> {
  return {
    channel: row.channel as ChannelName,
    status: row.status as RecipientStatus,
    reason: row.reason as ExclusionReason | null,
    code: textOrNull(row.error_code),
    receipt: row.receipt as RecipientCount['receipt'],
  };
}

function lineOf(row: Row): RecipientLine {
  return {
    ...standing(row),
    contactId: String(row.contact_id),
    via: row.via as RecipientLine['via'],
    attempts: Number(row.attempts),
    sentAt: numberOrNull(row.sent_at),
    receiptAt: numberOrNull(row.receipt_at),
  };
}
