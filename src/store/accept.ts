import { randomBytes } from 'node:crypto';
import type { InboundMessage } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import type { Accepted } from '../ports/inbox.js';
import { idHash } from './erase.js';
import type { GroupedCall } from './group-commit.js';
import type { Sequence } from './sequence.js';
import { ask, type Dialect, type Row, run } from './sql.js';

interface Arrival {
  readonly message: InboundMessage;
  readonly receivedAt: Instant;
}

const CONTACT = {
  id: 'text',
  channel: 'text',
  address: 'text',
  language: 'text',
  at: 'integer',
  wrote_at: 'integer',
  message_id: 'text',
  spent: 'text',
} as const;
const MESSAGE = {
  id: 'text',
  channel: 'text',
  address: 'text',
  seq: 'integer',
  at: 'integer',
  received_at: 'integer',
  body: 'text',
  spent: 'text',
} as const;
/** Of somebody who was forgotten meanwhile: it is not answered again, and brings nobody back. */
const NOT_SPENT = 'NOT EXISTS (SELECT 1 FROM spent_messages s WHERE s.id_hash = r.spent)';

/** A message that comes late does not make its writer seem silent for longer: the latest word counts. */
const LATER = `CASE WHEN excluded.last_seen_at > contacts.last_seen_at THEN excluded.last_seen_at
                             ELSE contacts.last_seen_at END`;

/**
 * Takes messages in: their senders first, then each message under its unique id; a repeat gives no row, and no sender.
 * Senders are put in in one order for all processes, so that two transactions never wait for each other in a ring.
 */
export function acceptCall(dialect: Dialect, sequence: Sequence): GroupedCall<Arrival, Accepted | null> {
  return {
    key: ({ message }) => message.id,
    statements: (arrivals) => [
      run(
        `INSERT INTO contacts (id, channel, address, language, consent, created_at, last_seen_at)
         SELECT min(r.id), r.channel, r.address, min(r.language), 'never_asked', max(r.at), max(r.wrote_at)
         FROM ${dialect.rows('r', CONTACT)}
         WHERE NOT EXISTS (SELECT 1 FROM inbound_messages m WHERE m.id = r.message_id) AND ${NOT_SPENT}
         GROUP BY r.channel, r.address ORDER BY r.channel, r.address
         ON CONFLICT (channel, address) DO UPDATE
         SET last_seen_at = ${LATER}, unreachable_at = NULL`,
        JSON.stringify(arrivals.map(senderRow)),
      ),
      ask(
        `INSERT INTO inbound_messages (id, contact_id, seq, at, received_at, status, body)
         SELECT r.id, c.id, r.seq, r.at, r.received_at, 'pending', r.body
         FROM ${dialect.rows('r', MESSAGE)} JOIN contacts c ON c.channel = r.channel AND c.address = r.address
         WHERE ${NOT_SPENT} ON CONFLICT (id) DO NOTHING RETURNING id, contact_id`,
        JSON.stringify(arrivals.map((arrival) => messageRow(arrival, sequence))),
      ),
    ],
    answers: (arrivals, [, rows = []]) => {
      const taken = new Map(rows.map((row) => [row.id, String(row.contact_id)]));
      return arrivals.map(({ message }) => {
        const contactId = taken.get(message.id);
        return contactId === undefined ? null : { contactId };
      });
    },
  };
}

/** When it was written, as the provider tells; never later than it came. */
export function wroteAt(message: InboundMessage, receivedAt: Instant): Instant {
  return Math.min(message.at, receivedAt);
}

function senderRow({ message, receivedAt }: Arrival): Row {
  return {
    id: randomBytes(9).toString('base64url'),
    channel: message.channel,
    address: message.contact,
    language: message.language ?? 'id',
    at: receivedAt,
    wrote_at: wroteAt(message, receivedAt),
    message_id: message.id,
    spent: idHash(message.id),
  };
}

function messageRow({ message, receivedAt }: Arrival, sequence: Sequence): Row {
  return {
    id: message.id,
    channel: message.channel,
    address: message.contact,
    seq: sequence.next(receivedAt),
    at: message.at,
    received_at: receivedAt,
    body: JSON.stringify(message.body),
    spent: idHash(message.id),
  };
}
