import type { BroadcastStatus, RecipientStatus } from '../domain/broadcast.js';
import type { ChannelName } from '../domain/message.js';
import type { Figures } from '../ports/figures.js';
import type { OutboxKind } from '../ports/inbox.js';
import type { Database } from './database.js';
import { ask, numberOrNull } from './sql.js';

/** Counts what waits and what runs. Every question is answered by an index, so that it may be asked twice a minute. */
export async function readFigures(database: Database): Promise<Figures> {
  const [unanswered, outbox, broadcasts, recipients] = await Promise.all([
    database.query(
      ask(`SELECT c.channel, count(*) AS many, min(m.received_at) AS oldest FROM inbound_messages m
           JOIN contacts c ON c.id = m.contact_id WHERE m.status = 'pending' GROUP BY c.channel`),
    ),
    database.query(
      ask(`SELECT channel, kind, count(*) AS many, min(created_at) AS oldest FROM outbox
           WHERE open = 1 GROUP BY channel, kind`),
    ),
    database.query(ask('SELECT status, count(*) AS many FROM broadcasts GROUP BY status')),
    database.query(
      ask(`SELECT r.channel, r.status, count(*) AS many FROM broadcast_recipients r
           JOIN broadcasts b ON b.id = r.broadcast_id WHERE b.status IN ('planning', 'running', 'paused')
           GROUP BY r.channel, r.status`),
    ),
  ]);
  return {
    unanswered: unanswered.map((row) => ({
      channel: row.channel as ChannelName,
      count: Number(row.many),
      oldestAt: numberOrNull(row.oldest),
    })),
    outbox: outbox.map((row) => ({
      channel: row.channel as ChannelName,
      kind: row.kind as OutboxKind,
      count: Number(row.many),
      oldestAt: numberOrNull(row.oldest),
    })),
    broadcasts: broadcasts.map((row) => ({ status: row.status as BroadcastStatus, count: Number(row.many) })),
    recipients: recipients.map((row) => ({
      channel: row.channel as ChannelName,
      status: row.status as RecipientStatus,
      count: Number(row.many),
    })),
  };
}
