import type { Broadcast, BroadcastContent, BroadcastStatus, PauseReason } from '../domain/broadcast.js';
import { numberOrNull, type Row, textOrNull } from './sql.js';

/** A row of `broadcasts` as the domain knows it. */
export function broadcastOf(row: Row): Broadcast {
  const pause = textOrNull(row.pause);
  return {
    id: String(row.id),
    content: JSON.parse(String(row.content)) as BroadcastContent,
    status: row.status as BroadcastStatus,
    version: Number(row.version),
    authors: JSON.parse(String(row.authors)) as string[],
    approvals: JSON.parse(String(row.approvals)) as Broadcast['approvals'],
    pause: pause === null ? null : (JSON.parse(pause) as PauseReason),
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    sendAt: numberOrNull(row.send_at),
    expiresAt: numberOrNull(row.expires_at),
    startedAt: numberOrNull(row.started_at),
    endedAt: numberOrNull(row.ended_at),
    seriesId: textOrNull(row.series_id),
  };
}
