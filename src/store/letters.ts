import { createHash } from 'node:crypto';
import { LETTER_LIFE } from '../domain/retention.js';
import type { Instant } from '../domain/time.js';
import type { Letter, Letters } from '../ports/letters.js';
import type { Database } from './database.js';
import type { GroupCommit, GroupedCall } from './group-commit.js';
import type { Sequence } from './sequence.js';
import { ask, type Dialect, run } from './sql.js';

interface Put extends Letter {
  readonly contact: string;
  readonly now: Instant;
}

const LETTER = {
  id: 'text',
  reader: 'text',
  place: 'integer',
  number: 'integer',
  urgent: 'integer',
  payload: 'text',
  expires_at: 'integer',
} as const;
/** Nobody reads more of them; a script that writes all day gets no more out than this. */
const MOST = 100;

/** Under which the letters of a page lie: the id in its cookie opens the talk, so it does not stand beside the words. */
export function readerOf(contact: string): string {
  return createHash('sha256').update(`letters/${contact}`).digest('base64url').slice(0, 27);
}

/** Letters over the database. What is put in shares transactions with the turns. */
export function createLetters(database: Database, writes: GroupCommit, sequence: Sequence): Letters {
  const put = writes.add(putCall(database.dialect, sequence));
  return {
    put: (contact, letter, now) => put({ ...letter, contact, now }),
    after: async (readers, now) => {
      const contacts = new Map([...readers.keys()].map((contact) => [readerOf(contact), contact]));
      const asked = [...contacts].map(([reader, contact]) => ({ reader, number: readers.get(contact) ?? 0 }));
      const rows = await database.query(
        ask(
          `SELECT id, reader, number, urgent, payload FROM (
             SELECT l.id, l.reader, l.number, l.urgent, l.payload,
                    row_number() OVER (PARTITION BY l.reader ORDER BY l.number DESC) AS place
             FROM ${database.dialect.rows('r', { reader: 'text', number: 'integer' })}
             JOIN letters l ON l.reader = r.reader AND l.number > r.number WHERE l.expires_at > ?) AS latest
           WHERE place <= ${MOST} ORDER BY number, id`,
          JSON.stringify(asked),
          now,
        ),
      );
      return rows.map((row) => ({
        id: String(row.id),
        contact: contacts.get(String(row.reader)) ?? '',
        number: Number(row.number),
        urgent: Number(row.urgent) === 1,
        payload: String(row.payload),
      }));
    },
    empty: async (now) => {
      await database.batch([run('DELETE FROM letters WHERE expires_at <= ?', now)]);
    },
  };
}

function putCall(dialect: Dialect, sequence: Sequence): GroupedCall<Put, void> {
  return {
    key: ({ id }) => id,
    statements: (puts) => [
      // Above whatever is there: the clocks of two processes may differ, and what came later must stand later.
      run(
        `INSERT INTO letters (id, reader, number, urgent, payload, expires_at)
         SELECT r.id, r.reader, CASE WHEN m.highest >= r.number THEN m.highest + r.place ELSE r.number END,
                r.urgent, r.payload, r.expires_at
         FROM ${dialect.rows('r', LETTER)}, (SELECT COALESCE(max(number), 0) AS highest FROM letters) AS m
         WHERE true ON CONFLICT (id) DO NOTHING`,
        JSON.stringify(
          puts.map(({ id, contact, urgent, payload, now }, at) => ({
            id,
            reader: readerOf(contact),
            place: at + 1,
            number: sequence.next(now),
            urgent: urgent ? 1 : 0,
            payload,
            expires_at: now + LETTER_LIFE,
          })),
        ),
      ),
    ],
    answers: (puts) => puts.map(() => undefined),
  };
}
