import { randomBytes } from 'node:crypto';
import type { ChannelName } from '../domain/message.js';
import type { Broadcasts, ConsentRecord } from '../ports/broadcasts.js';
import type { Database } from './database.js';
import { ask, numberOrNull, run, type Statement } from './sql.js';

/** Consents as they were given, and the codes and links by which two contacts become one person. */
export function createConsents(
  database: Database,
): Pick<Broadcasts, 'consents' | 'putLinkCode' | 'takeLinkCode' | 'link'> {
  return {
    consents: async (contactId) => {
      const rows = await database.query(
        ask('SELECT * FROM consent_records WHERE contact_id = ? ORDER BY at, id', contactId),
      );
      return rows.map((row) => ({
        contactId: String(row.contact_id),
        at: Number(row.at),
        channel: row.channel as ChannelName,
        consent: row.consent as ConsentRecord['consent'],
        way: row.way as ConsentRecord['way'],
        wording: String(row.wording),
      }));
    },
    putLinkCode: async (codeHash, owner, expiresAt) => {
      await database.batch([
        run(
          `INSERT INTO link_codes (owner, code_hash, expires_at) VALUES (?, ?, ?)
           ON CONFLICT (owner) DO UPDATE SET code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
          owner,
          codeHash,
          expiresAt,
        ),
      ]);
    },
    takeLinkCode: async (codeHash, now) => {
      const [rows] = await database.batch([
        ask('DELETE FROM link_codes WHERE code_hash = ? RETURNING owner, expires_at', codeHash),
      ]);
      const [code] = rows ?? [];
      return code && (numberOrNull(code.expires_at) ?? 0) > now ? String(code.owner) : null;
    },
    link: (contactId, otherId) => link(database, contactId, otherId),
  };
}

/** The person of the one, else of the other, else a new one; all contacts of both become that person. */
function link(database: Database, contactId: string, otherId: string): Promise<boolean> {
  const person = randomBytes(9).toString('base64url');
  return database.write(async (transaction) => {
    const joined = await transaction.run(
      ask(
        `UPDATE contacts SET person_id = COALESCE(
           (SELECT min(p.person_id) FROM contacts p WHERE p.id IN (?, ?)), CAST(? AS TEXT))
         WHERE id IN (?, ?) OR person_id IN (SELECT p.person_id FROM contacts p WHERE p.id IN (?, ?)) RETURNING id`,
        contactId,
        otherId,
        person,
        contactId,
        otherId,
        contactId,
        otherId,
      ),
    );
    // Who gets an announcement on one channel by now must not get it on the other as well.
    await transaction.run(
      run(
        `UPDATE broadcast_recipients SET status = 'excluded', reason = 'linked', claimed_by = NULL
         WHERE contact_id = ? AND status IN ('pending', 'claimed') AND EXISTS (
           SELECT 1 FROM broadcast_recipients o WHERE o.broadcast_id = broadcast_recipients.broadcast_id
             AND o.contact_id = ? AND o.status NOT IN ('excluded', 'expired', 'cancelled', 'failed'))`,
        contactId,
        otherId,
      ),
    );
    const ids = JSON.stringify(joined.map(({ id }) => ({ id: String(id) })));
    for (const statement of stopsForAll(database, ids)) await transaction.run(statement);
    return joined.length >= 2;
  });
}

/** Of those who are one person now, a stop that is younger than a yes counts for all. */
function stopsForAll({ dialect }: Database, ids: string): readonly Statement[] {
  const joined = `SELECT r.id FROM ${dialect.rows('r', { id: 'text' })}`;
  return [
    run(
      `UPDATE contacts SET consent = 'stopped' WHERE consent = 'granted' AND id IN (${joined})
         AND COALESCE(consent_at, 0) <= (SELECT max(o.consent_at) FROM contacts o
           WHERE o.consent = 'stopped' AND o.id IN (${joined}))`,
      ids,
      ids,
    ),
    run(
      `UPDATE broadcast_recipients SET status = 'excluded', reason = 'stopped', claimed_by = NULL, error_code = NULL
       WHERE status IN ('pending', 'claimed') AND contact_id IN (
         SELECT c.id FROM contacts c WHERE c.consent = 'stopped' AND c.id IN (${joined}))`,
      ids,
    ),
  ];
}
