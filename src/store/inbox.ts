import type { ChannelName, InboundMessage, Language } from '../domain/message.js';
import type { Inbox, TurnStart, WaitingMessage } from '../ports/inbox.js';
import { acceptCall } from './accept.js';
import { factsOnAnnouncements } from './contacts.js';
import type { Database } from './database.js';
import type { GroupCommit, GroupedCall } from './group-commit.js';
import { Sequence } from './sequence.js';
import { countOf, overAll, untilNone } from './slices.js';
import { ask, type Dialect, numberOrNull, type Row, run, textOrNull } from './sql.js';
import { commitAndErase, commitCall } from './turn.js';

/** The inbox over the database. Accepting and committing share transactions; starts share reads. */
export function createInbox(database: Database, writes: GroupCommit, reads: GroupCommit, sequence: Sequence): Inbox {
  const { dialect } = database;
  const accept = writes.add(acceptCall(dialect, sequence));
  const commit = writes.add(commitCall(dialect, sequence));
  const start = reads.add(startCall(dialect));
  return {
    accept: (message, receivedAt) => accept({ message, receivedAt }),
    commit: (turn) => (turn.forget ? commitAndErase(database, sequence, turn) : commit(turn)),
    start,
    waiting: async (receivedBefore, limit) => {
      const rows = await database.query(
        ask(
          `SELECT m.id, m.contact_id, m.at, m.received_at, m.body, c.channel, c.address, c.language
           FROM inbound_messages m JOIN contacts c ON c.id = m.contact_id
           WHERE m.status = 'pending' AND m.received_at < ? ORDER BY m.seq LIMIT ?`,
          receivedBefore,
          limit,
        ),
      );
      return rows.map(waitingMessage);
    },
    giveUp: async (messageId, outcome, at) => {
      await database.batch([
        run(
          `UPDATE inbound_messages SET status = 'handled', body = NULL, handled_at = ?, outcome = ?
           WHERE id = ? AND status = 'pending'`,
          at,
          outcome,
          messageId,
        ),
      ]);
    },
    emptyBodies: (handledBefore) =>
      overAll(database, 'inbound_messages', 'id', (above, upTo) => {
        const slice = `UPDATE inbound_messages SET body = NULL
           WHERE id > ? AND id <= ? AND status = 'handled' AND body IS NOT NULL AND handled_at < ?`;
        return countOf(database, ask(`${slice} RETURNING id`, above, upTo, handledBefore));
      }),
    prune: async (handledBefore) => {
      await database.batch([run('DELETE FROM spent_messages WHERE at < ?', handledBefore)]);
      // By the number first, which has an index: what was handled before the moment came before it too.
      return untilNone(database, (atMost) =>
        ask(
          `DELETE FROM inbound_messages WHERE id IN (SELECT m.id FROM inbound_messages m
             WHERE m.status = 'handled' AND m.seq < ? AND m.handled_at < ? LIMIT ?) RETURNING id`,
          Sequence.at(handledBefore),
          handledBefore,
          atMost,
        ),
      );
    },
  };
}

function startCall(dialect: Dialect): GroupedCall<string, TurnStart | null> {
  return {
    key: () => null,
    statements: (ids) => [
      ask(
        `SELECT m.id, m.contact_id, c.language, c.region_code, c.consent, c.kecamatan_code, c.interests, c.consent_asked,
           s.state, s.version, v.status AS talk, v.region_code AS talk_region, v.silent_until,
           (SELECT count(*) FROM inbound_messages e
            WHERE e.contact_id = m.contact_id AND e.status = 'pending' AND e.seq < m.seq) AS earlier
         FROM ${dialect.rows('r', { id: 'text' })}
         JOIN inbound_messages m ON m.id = r.id AND m.status = 'pending'
         JOIN contacts c ON c.id = m.contact_id
         LEFT JOIN sessions s ON s.contact_id = m.contact_id
         LEFT JOIN conversations v ON v.contact_id = m.contact_id AND v.open = 1`,
        JSON.stringify([...new Set(ids)].map((id) => ({ id }))),
      ),
    ],
    answers: (ids, [rows = []]) => {
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = byId.get(id);
        return row ? turnStart(row) : null;
      });
    },
  };
}

function turnStart(row: Row): TurnStart {
  const state = textOrNull(row.state);
  return {
    contactId: String(row.contact_id),
    facts: {
      language: row.language as Language,
      regionCode: textOrNull(row.region_code),
      consent: row.consent as TurnStart['facts']['consent'],
      ...factsOnAnnouncements({
        kecamatanCode: textOrNull(row.kecamatan_code),
        interests: textOrNull(row.interests),
        consentAsked: numberOrNull(row.consent_asked),
      }),
    },
    session: state === null ? null : (JSON.parse(state) as unknown),
    sessionVersion: Number(row.version ?? 0),
    ...talkOf(row),
    earlier: Number(row.earlier),
  };
}

function talkOf(row: Row): Pick<TurnStart, 'conversation'> {
  if (row.talk !== 'waiting' && row.talk !== 'taken') return {};
  const [regionCode, silentUntil] = [String(row.talk_region), numberOrNull(row.silent_until)];
  return { conversation: { regionCode, status: row.talk, silentUntil } };
}

function waitingMessage(row: Row): WaitingMessage {
  return {
    contactId: String(row.contact_id),
    receivedAt: Number(row.received_at),
    message: {
      id: String(row.id),
      channel: row.channel as ChannelName,
      contact: String(row.address),
      at: Number(row.at),
      body: JSON.parse(String(row.body)) as InboundMessage['body'],
      language: row.language as Language,
    },
  };
}
