import { randomBytes } from 'node:crypto';
import type { Reply } from '../domain/reply.js';
import type { Instant } from '../domain/time.js';
import type { CannedReply, Conversations } from '../ports/conversations.js';
import type { Author } from '../ports/facility-store.js';
import { CONVERSATION, conversationMessageOf, conversationOf } from './conversation-record.js';
import type { Database, Transaction } from './database.js';
import type { Sequence } from './sequence.js';
import { ask, type Row, run, type TableShape, upsert, type Value } from './sql.js';
import { PRIORITY } from './turn.js';

const OUTBOX_ROW = { id: 'text', contact_id: 'text', seq: 'integer', payload: 'text', at: 'integer' } as const;
const MESSAGE: TableShape = {
  table: 'conversation_messages',
  key: ['id'],
  columns: {
    id: 'text',
    conversation_id: 'text',
    seq: 'integer',
    at: 'integer',
    who: 'text',
    body: 'text',
    emergency: 'integer',
    outbox_id: 'text',
  },
};
const CANNED: TableShape = {
  table: 'canned_replies',
  key: ['id'],
  columns: {
    id: 'text',
    region_code: 'text',
    title: 'text',
    body: 'text',
    updated_by: 'text',
    updated_at: 'integer',
  },
};
const CHANGE: TableShape = {
  table: 'change_log',
  key: ['id'],
  columns: { id: 'text', at: 'integer', who: 'text', what: 'text', subject: 'text', before: 'text', after: 'text' },
};

/** Whatever else is so: an act asks for an open talk anyway. */
const EVEN_SO: readonly [string] = ['open = 1'];

/** Talks with the office over the database. */
export function createConversations(database: Database, sequence: Sequence): Conversations {
  const { dialect } = database;
  const regions = `${dialect.rows('r', { code: 'text' })} JOIN conversations v ON v.region_code = r.code`;
  const codes = (regionCodes: readonly string[]) => JSON.stringify(regionCodes.map((code) => ({ code })));

  /**
   * An act on one talk: the change, which finds nothing when it no longer fits, then what goes with it. The session comes
   * first, as in a turn, so that the two never wait for each other; its version rises, so that a turn decided from the
   * earlier state loses and is decided again.
   */
  const act = (
    id: string,
    set: readonly [string, ...Value[]],
    where: readonly [string, ...Value[]],
    then: (transaction: Transaction, talk: Row) => Promise<void>,
  ): Promise<boolean> =>
    database.write(async (transaction) => {
      const contact = '(SELECT v.contact_id FROM conversations v WHERE v.id = ?)';
      await transaction.run(run(`UPDATE sessions SET version = version + 1 WHERE contact_id = ${contact}`, id));
      const [[change, ...changed], [condition, ...met]] = [set, where];
      const statement = `UPDATE conversations SET ${change} WHERE id = ? AND open = 1 AND ${condition}
         RETURNING id, contact_id, region_code`;
      const [talk] = await transaction.run(ask(statement, ...changed, id, ...met));
      if (!talk) return false;
      await then(transaction, talk);
      return true;
    });

  /** Resolves to the row's id; null when the same word is on its way already. */
  const send = async (
    transaction: Transaction,
    talk: Row,
    reply: Reply,
    at: Instant,
    once = randomBytes(9).toString('base64url'),
  ): Promise<string | null> => {
    const id = `conversation/${String(talk.id)}/${once}`;
    const seq = sequence.next(at);
    const row = { id, contact_id: String(talk.contact_id), seq, payload: JSON.stringify(reply), at };
    const put = await transaction.run(
      ask(
        `INSERT INTO outbox (id, contact_id, channel, ordinal, kind, priority, seq, payload, status, open, attempts,
                             next_at, created_at)
         SELECT r.id, r.contact_id, c.channel, 0, 'reply', ${PRIORITY.reply}, r.seq, r.payload, 'pending', 1, 0, r.at, r.at
         FROM ${dialect.rows('r', OUTBOX_ROW)} JOIN contacts c ON c.id = r.contact_id
         WHERE true ON CONFLICT (id) DO NOTHING RETURNING id`,
        JSON.stringify([row]),
      ),
    );
    return put.length > 0 ? id : null;
  };

  /**
   * A line of the change log that leaves the data version alone: what is said in a talk changes no answer of the bot, and
   * nothing has to be read anew for it.
   */
  const note = async (transaction: Transaction, line: Omit<Row, 'id'>, { who, at }: Author) => {
    const [version] = await transaction.run(ask(`SELECT value FROM store_meta WHERE key = 'data_version'`));
    const order = `${String(version?.value ?? 0).padStart(9, '0')}/c${sequence.next(at)}`;
    await transaction.run(upsert(dialect, CHANGE, [{ id: order, at, who, before: null, after: null, ...line }]));
  };
  const noteAct = (transaction: Transaction, talk: Row, word: string, author: Author) => {
    const subject = `${String(talk.region_code)}/${String(talk.id)}`;
    return note(transaction, { what: 'conversations', subject, after: JSON.stringify({ act: word }) }, author);
  };

  return {
    find: async (id) => {
      const [row] = await database.query(
        ask(`SELECT ${CONVERSATION} FROM conversations v JOIN contacts c ON c.id = v.contact_id WHERE v.id = ?`, id),
      );
      return row ? conversationOf(row) : null;
    },
    list: async (regionCodes, closedSince) => {
      const rows = await database.query(
        ask(
          `SELECT ${CONVERSATION} FROM ${regions} JOIN contacts c ON c.id = v.contact_id
           WHERE v.open = 1 OR v.closed_at >= ?
           ORDER BY CASE v.status WHEN 'waiting' THEN 0 WHEN 'taken' THEN 1 ELSE 2 END, v.opened_at LIMIT 200`,
          codes(regionCodes),
          closedSince,
        ),
      );
      return rows.map(conversationOf);
    },
    waiting: async (regionCodes) => {
      const [row] = await database.query(
        ask(`SELECT count(*) AS many FROM ${regions} WHERE v.open = 1 AND v.status = 'waiting'`, codes(regionCodes)),
      );
      return Number(row?.many ?? 0);
    },
    messages: async (id) => {
      const rows = await database.query(
        ask(
          `SELECT m.id, m.at, m.who, m.body, m.emergency, o.status, o.error_code, o.receipt
           FROM conversation_messages m LEFT JOIN outbox o ON o.id = m.outbox_id
           WHERE m.conversation_id = ? ORDER BY m.seq`,
          id,
        ),
      );
      return rows.map(conversationMessageOf);
    },

    take: (id, from, author, silentUntil) =>
      act(
        id,
        [`status = 'taken', taken_by = ?, taken_at = ?, silent_until = ?`, author.who, author.at, silentUntil],
        from === null ? ['taken_by IS NULL'] : ['taken_by = ?', from],
        (transaction, talk) => noteAct(transaction, talk, 'taken', author),
      ),
    release: (id, author, silentUntil) =>
      act(
        id,
        [`status = 'waiting', taken_by = NULL, taken_at = NULL, silent_until = ?`, silentUntil],
        ['taken_by = ?', author.who],
        (transaction, talk) => noteAct(transaction, talk, 'released', author),
      ),
    reply: (id, { text, once }, author, silentUntil) =>
      act(
        id,
        ['staff_at = ?, silent_until = ?', author.at, silentUntil],
        ['taken_by = ?', author.who],
        async (transaction, talk) => {
          const outboxId = await send(transaction, talk, { type: 'text', text, choices: [] }, author.at, once);
          if (outboxId === null) return;
          const message = {
            id: randomBytes(9).toString('base64url'),
            conversation_id: id,
            seq: sequence.next(author.at),
            at: author.at,
            who: author.who,
            body: JSON.stringify({ type: 'text', text }),
            emergency: 0,
            outbox_id: outboxId,
          };
          await transaction.run(upsert(dialect, MESSAGE, [message]));
          await noteAct(transaction, talk, 'replied', author);
        },
      ),
    close: (id, author, word) =>
      act(
        id,
        [`status = 'closed', open = NULL, closed_at = ?, closed_by = ?, silent_until = NULL`, author.at, author.who],
        EVEN_SO,
        async (transaction, talk) => {
          if (word !== null) await send(transaction, talk, word, author.at);
          await noteAct(transaction, talk, 'closed', author);
        },
      ),
    handBack: (id, author, word) =>
      act(id, ['silent_until = NULL'], ['silent_until IS NOT NULL'], async (transaction, talk) => {
        await send(transaction, talk, word, author.at);
        await noteAct(transaction, talk, 'handed_back', author);
      }),

    due: async (now, limit) => {
      const rows = await database.query(
        ask(
          `SELECT ${CONVERSATION} FROM conversations v JOIN contacts c ON c.id = v.contact_id
           WHERE v.open = 1 AND v.silent_until <= ? ORDER BY v.silent_until LIMIT ?`,
          now,
          limit,
        ),
      );
      return rows.map(conversationOf);
    },
    endSilence: (id, seen, word, at) =>
      act(id, ['silent_until = NULL'], ['silent_until = ?', seen], async (transaction, talk) => {
        await send(transaction, talk, word, at);
      }),
    closeIdle: async (since, at) => {
      const [rows] = await database.batch([
        ask(
          `UPDATE conversations SET status = 'closed', open = NULL, closed_at = ?, closed_by = 'time', silent_until = NULL
           WHERE open = 1 AND resident_at < ? AND (staff_at IS NULL OR staff_at < ?) RETURNING id`,
          at,
          since,
          since,
        ),
      ]);
      return rows?.length ?? 0;
    },
    emptyTexts: async (closedBefore) => {
      const [rows] = await database.batch([
        ask(
          `UPDATE conversation_messages SET body = NULL WHERE body IS NOT NULL AND conversation_id IN (
             SELECT v.id FROM conversations v WHERE v.closed_at < ?) RETURNING id`,
          closedBefore,
        ),
      ]);
      return rows?.length ?? 0;
    },
    prune: async (closedBefore) => {
      const [rows] = await database.batch([
        ask('DELETE FROM conversations WHERE closed_at < ? RETURNING id', closedBefore),
      ]);
      return rows?.length ?? 0;
    },

    cannedReplies: async (regionCode) => {
      const rows = await database.reader.cannedReply.findMany({ where: { regionCode }, orderBy: { title: 'asc' } });
      return rows.map((row): CannedReply => ({ ...row, updatedAt: Number(row.updatedAt) }));
    },
    putCannedReply: async ({ id, regionCode, title, body }, author) => {
      await database.write(async (transaction) => {
        const [before] = await transaction.run(
          ask('DELETE FROM canned_replies WHERE id = ? AND region_code = ? RETURNING title, body', id, regionCode),
        );
        const kept = { updated_by: author.who, updated_at: author.at };
        await transaction.run(upsert(dialect, CANNED, [{ id, region_code: regionCode, title, body, ...kept }]));
        const line = { what: 'canned_replies', subject: `${regionCode}/${id}` };
        const change = { before: before ? JSON.stringify(before) : null, after: JSON.stringify({ title, body }) };
        await note(transaction, { ...line, ...change }, author);
      });
    },
    removeCannedReply: async (id, regionCode, author) => {
      await database.write(async (transaction) => {
        const [gone] = await transaction.run(
          ask('DELETE FROM canned_replies WHERE id = ? AND region_code = ? RETURNING title, body', id, regionCode),
        );
        const line = { what: 'canned_replies', subject: `${regionCode}/${id}` };
        if (gone) await note(transaction, { ...line, before: JSON.stringify(gone) }, author);
      });
    },
  };
}
