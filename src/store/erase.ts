import { createHash, randomBytes } from 'node:crypto';
import type { Instant } from '../domain/time.js';
import type { Transaction } from './database.js';
import { readerOf } from './letters.js';
import { ask, type Dialect, run } from './sql.js';

/**
 * What becomes of each table's rows when their person is forgotten, beside those that the steps below treat one by one
 * and those that go with the contact. A new table that holds something of a person is one line here, and an entry in
 * `domain/kept-data`.
 */
const BY_CONTACT: readonly string[] = [
  'DELETE FROM consent_records WHERE contact_id = ?',
  // That a fact is wrong stays with the office; whose words they were does not, and so neither do the words.
  'UPDATE reports SET contact_id = NULL, text = NULL WHERE contact_id = ?',
  'DELETE FROM facility_contacts WHERE contact_id = ?',
  'UPDATE hours_checks SET contact_id = NULL WHERE contact_id = ?',
  // With what was written in it.
  'DELETE FROM conversations WHERE contact_id = ?',
  "DELETE FROM link_codes WHERE owner = 'contact/' || CAST(? AS TEXT)",
  "DELETE FROM store_meta WHERE key LIKE 'announcements/test/%' AND value = ?",
  'UPDATE events SET contact_id = NULL WHERE contact_id = ?',
];

/** Under which a message id is remembered when nobody may be found by it: Meta's ids hold the telephone number. */
export function idHash(messageId: string): string {
  return createHash('sha256').update(`message/${messageId}`).digest('base64url').slice(0, 27);
}

/** The contacts of the person behind one, itself among them. */
export async function contactsOfPerson(transaction: Transaction, contactId: string): Promise<readonly string[]> {
  const rows = await transaction.run(
    ask(
      `SELECT c.id FROM contacts c WHERE c.id = ? OR c.person_id =
         (SELECT one.person_id FROM contacts one WHERE one.id = ?) ORDER BY c.id`,
      contactId,
      contactId,
    ),
  );
  return rows.map(({ id }) => String(id));
}

/**
 * Empties a contact of everything that is known of the person. What must still reach them (an answer under way) and what
 * they wrote and nobody has answered stay with the bare address, until `departed` finds nothing left to do.
 */
export async function erase(transaction: Transaction, dialect: Dialect, contactId: string, at: Instant): Promise<void> {
  await transaction.run(
    run(
      `UPDATE contacts SET region_code = NULL, kecamatan_code = NULL, interests = NULL, consent = 'never_asked',
         consent_at = NULL, consent_asked = NULL, person_id = NULL, created_at = ? WHERE id = ?`,
      at,
      contactId,
    ),
  );
  await transaction.run(
    run(
      `INSERT INTO departures (contact_id, at) VALUES (?, ?) ON CONFLICT (contact_id) DO UPDATE SET at = excluded.at`,
      contactId,
      at,
    ),
  );
  // A turn under way began with what is now gone: by the version it notices and begins again.
  await transaction.run(
    run(
      `UPDATE sessions SET state = 'null', version = version + 1, token = ?, updated_at = ? WHERE contact_id = ?`,
      randomBytes(9).toString('base64url'),
      at,
      contactId,
    ),
  );
  await spendMessages(transaction, dialect, contactId, at);
  await transaction.run(
    run(
      `DELETE FROM outbox WHERE contact_id = ? AND (open IS NULL OR open = 2 OR (kind = 'bulk' AND status <> 'sending'))`,
      contactId,
    ),
  );
  await takeLettersBack(transaction, contactId);
  await anonymiseLedger(transaction, dialect, contactId);
  for (const statement of BY_CONTACT) await transaction.run(run(statement, contactId));
}

/** What the page of the web chat has not fetched, or might fetch again, goes too; the last word comes afterwards. */
async function takeLettersBack(transaction: Transaction, contactId: string): Promise<void> {
  const [page] = await transaction.run(ask(`SELECT address FROM contacts WHERE id = ? AND channel = 'web'`, contactId));
  if (page) await transaction.run(run('DELETE FROM letters WHERE reader = ?', readerOf(String(page.address))));
}

/** Answered messages go; that their ids were used stays, for a provider may hand in the same one for days. */
async function spendMessages(
  transaction: Transaction,
  dialect: Dialect,
  contactId: string,
  at: Instant,
): Promise<void> {
  const gone = await transaction.run(
    ask(`DELETE FROM inbound_messages WHERE contact_id = ? AND status = 'handled' RETURNING id`, contactId),
  );
  await transaction.run(
    run(
      `INSERT INTO spent_messages (id_hash, at) SELECT r.id_hash, r.at
       FROM ${dialect.rows('r', { id_hash: 'text', at: 'integer' })} WHERE true ON CONFLICT (id_hash) DO NOTHING`,
      JSON.stringify(gone.map(({ id }) => ({ id_hash: idHash(String(id)), at }))),
    ),
  );
}

/**
 * The ledger of announcements keeps its rows for the counts, each under an id of chance: two rows of one person cannot be
 * put together, and no provider's id leads to a telephone. What is being handed over at this moment nobody will settle.
 */
async function anonymiseLedger(transaction: Transaction, dialect: Dialect, contactId: string): Promise<void> {
  const rows = await transaction.run(
    ask(
      `UPDATE broadcast_recipients
       SET status = CASE WHEN status IN ('pending', 'claimed') THEN 'excluded'
                         WHEN status = 'sending' THEN 'unsure' ELSE status END,
           reason = CASE WHEN status IN ('pending', 'claimed') THEN 'forgotten' ELSE reason END,
           claimed_by = NULL, provider_id = NULL, person_id = NULL
       WHERE contact_id = ? RETURNING broadcast_id`,
      contactId,
    ),
  );
  if (rows.length === 0) return;
  await transaction.run(
    run(
      `UPDATE broadcast_recipients SET contact_id = r.nobody
       FROM ${dialect.rows('r', { broadcast_id: 'text', nobody: 'text' })}
       WHERE broadcast_recipients.broadcast_id = r.broadcast_id AND broadcast_recipients.contact_id = ?`,
      JSON.stringify(
        rows.map((row) => ({ broadcast_id: String(row.broadcast_id), nobody: randomBytes(9).toString('base64url') })),
      ),
      contactId,
    ),
  );
}
