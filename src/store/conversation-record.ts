import type { Conversation, ConversationStatus } from '../domain/conversation.js';
import type { ChannelName, Language, MessageBody } from '../domain/message.js';
import type { ErrorCode } from '../errors.js';
import type { ConversationMessage } from '../ports/conversations.js';
import type { OutboxStatus } from '../ports/outbox.js';
import { numberOrNull, type Row, textOrNull } from './sql.js';

/** The columns of a talk `v` of the contact `c`. */
export const CONVERSATION = `v.id, v.region_code, v.contact_id, v.status, v.opened_at, v.taken_at, v.taken_by, v.closed_at,
  v.closed_by, v.silent_until, v.resident_at, v.staff_at, v.emergency_at,
  c.channel, c.language, c.last_seen_at, c.unreachable_at`;

export function conversationOf(row: Row): Conversation {
  return {
    id: String(row.id),
    regionCode: String(row.region_code),
    contactId: String(row.contact_id),
    channel: row.channel as ChannelName,
    language: row.language as Language,
    status: row.status as ConversationStatus,
    openedAt: Number(row.opened_at),
    takenAt: numberOrNull(row.taken_at),
    takenBy: textOrNull(row.taken_by),
    closedAt: numberOrNull(row.closed_at),
    closedBy: textOrNull(row.closed_by),
    silentUntil: numberOrNull(row.silent_until),
    residentAt: Number(row.resident_at),
    staffAt: numberOrNull(row.staff_at),
    emergencyAt: numberOrNull(row.emergency_at),
    lastSeenAt: Number(row.last_seen_at),
    unreachableAt: numberOrNull(row.unreachable_at),
  };
}

export function conversationMessageOf(row: Row): ConversationMessage {
  const body = textOrNull(row.body);
  const status = textOrNull(row.status);
  return {
    id: String(row.id),
    at: Number(row.at),
    who: textOrNull(row.who),
    body: body === null ? null : (JSON.parse(body) as MessageBody),
    emergency: Number(row.emergency) === 1,
    delivery:
      status === null
        ? null
        : {
            status: status as OutboxStatus,
            code: textOrNull(row.error_code) as ErrorCode | null,
            receipt: textOrNull(row.receipt) as 'delivered' | 'read' | 'failed' | null,
          },
  };
}
