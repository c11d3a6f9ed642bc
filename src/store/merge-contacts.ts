import { randomBytes } from 'node:crypto';
import type { ChannelName } from '../domain/message.js';
import type { Database } from './database.js';
import { ask, type Row, run, type Statement } from './sql.js';

/**
 * Makes two contacts of a channel one: everything of `other` becomes part of the one that is kept. Who stopped
 * announcements under either name has stopped. A turn under way for either notices by the session's version, or by its
 * message that has moved, and begins again. False when nobody goes by `other`.
 */
export function mergeContacts(
  database: Database,
  channel: ChannelName,
  address: string,
  other: string,
): Promise<boolean> {
  return database.write(async (transaction) => {
    // The first statement writes, and holds both rows: a message that comes now waits.
    const rows = await transaction.run(
      ask(
        `UPDATE contacts SET consent_asked = consent_asked WHERE channel = ? AND address IN (?, ?)
         RETURNING id, address, consent, consent_at, last_seen_at, created_at, person_id`,
        channel,
        address,
        other,
      ),
    );
    const kept = rows.find((row) => row.address === address);
    const gone = rows.find((row) => row.address === other);
    if (!gone || address === other) return false;
    if (!kept) {
      await transaction.run(run('UPDATE contacts SET address = ? WHERE id = ?', address, String(gone.id)));
      return true;
    }
    for (const statement of steps(kept, gone)) await transaction.run(statement);
    return true;
  });
}

function steps(kept: Row, gone: Row): readonly Statement[] {
  const [to, from] = [String(kept.id), String(gone.id)];
  const move = (text: string) => run(text, to, from);
  return [
    ...joinFacts(kept, gone),
    ...joinLinks(kept, gone),
    ...joinLedger(to, from),
    ...joinSessions(to, from),
    ...joinTalks(to, from),
    ...WHOLE.map((table) => move(`UPDATE ${table} SET contact_id = ? WHERE contact_id = ?`)),
    run(
      `INSERT INTO facility_contacts (facility_id, contact_id, added_at)
       SELECT f.facility_id, CAST(? AS TEXT), f.added_at FROM facility_contacts f WHERE f.contact_id = ?
       ON CONFLICT DO NOTHING`,
      to,
      from,
    ),
    run('DELETE FROM facility_contacts WHERE contact_id = ?', from),
    move("UPDATE store_meta SET value = ? WHERE key LIKE 'announcements/test/%' AND value = ?"),
    run("DELETE FROM link_codes WHERE owner = 'contact/' || CAST(? AS TEXT)", from),
    run('DELETE FROM contacts WHERE id = ?', from),
  ];
}

/** Tables whose rows change their person and nothing else. */
const WHOLE = ['inbound_messages', 'outbox', 'events', 'consent_records', 'reports', 'hours_checks'];

const MAYBE_UNKNOWN = ['region_code', 'kecamatan_code', 'interests', 'consent_asked'];

/** What the one does not know the other may; of a yes and a no, the no counts. */
function joinFacts(kept: Row, gone: Row): readonly Statement[] {
  const [to, from] = [String(kept.id), String(gone.id)];
  const consents = [kept, gone].map(({ consent }) => String(consent));
  const consent = ['stopped', 'granted'].find((each) => consents.includes(each)) ?? 'never_asked';
  const since = [kept, gone].find((row) => row.consent === consent)?.consent_at;
  const one = (column: string) =>
    `${column} = COALESCE(${column}, (SELECT o.${column} FROM contacts o WHERE o.id = ?))`;
  return [
    run(
      `UPDATE contacts SET consent = ?, consent_at = ?, last_seen_at = ?, created_at = ?, unreachable_at = NULL,
         ${MAYBE_UNKNOWN.map(one).join(', ')} WHERE id = ?`,
      consent,
      since === null || since === undefined ? null : Number(since),
      Math.max(Number(kept.last_seen_at), Number(gone.last_seen_at)),
      Math.min(Number(kept.created_at), Number(gone.created_at)),
      ...MAYBE_UNKNOWN.map(() => from),
      to,
    ),
    ...(consent === 'stopped'
      ? [
          run(
            `UPDATE broadcast_recipients SET status = 'excluded', reason = 'stopped', claimed_by = NULL
             WHERE contact_id IN (?, ?) AND status IN ('pending', 'claimed')`,
            to,
            from,
          ),
        ]
      : []),
  ];
}

/** Whoever was linked with either is linked with both. */
function joinLinks(kept: Row, gone: Row): readonly Statement[] {
  if (gone.person_id === null) return [];
  const person = String(kept.person_id ?? gone.person_id);
  return [
    run(
      'UPDATE contacts SET person_id = ? WHERE person_id = ? OR id = ?',
      person,
      String(gone.person_id),
      String(kept.id),
    ),
  ];
}

/** Of one announcement a person has one row: the one that went out, or else the one that is kept. */
function joinLedger(to: string, from: string): readonly Statement[] {
  const leave = (id: string, because: string, statuses: string) =>
    run(
      `UPDATE broadcast_recipients SET status = 'excluded', reason = 'linked', claimed_by = NULL
       WHERE contact_id = ? AND status IN ('pending', 'claimed') AND EXISTS (
         SELECT 1 FROM broadcast_recipients o WHERE o.broadcast_id = broadcast_recipients.broadcast_id
           AND o.contact_id = ? AND o.status ${statuses})`,
      id,
      because,
    );
  return [
    leave(to, from, "IN ('sending', 'sent', 'unsure')"),
    leave(from, to, "NOT IN ('excluded', 'expired', 'cancelled', 'failed')"),
    // Its worker knows the row by the contact that goes: nobody would begin or settle it any more.
    run(
      `UPDATE broadcast_recipients
       SET status = CASE status WHEN 'claimed' THEN 'pending' ELSE 'unsure' END, claimed_by = NULL
       WHERE contact_id = ? AND status IN ('claimed', 'sending')`,
      from,
    ),
    run(
      `UPDATE broadcast_recipients SET contact_id = ? WHERE contact_id = ? AND NOT EXISTS (
         SELECT 1 FROM broadcast_recipients o
         WHERE o.broadcast_id = broadcast_recipients.broadcast_id AND o.contact_id = ?)`,
      to,
      from,
      to,
    ),
    // What is left keeps its place in the counts and names nobody.
    run('UPDATE broadcast_recipients SET contact_id = ?, person_id = NULL WHERE contact_id = ?', nobody(), from),
  ];
}

/** The talk that is younger goes on; its version rises above both, so that a turn from either loses. */
function joinSessions(to: string, from: string): readonly Statement[] {
  return [
    run(
      `UPDATE sessions SET token = ?,
         version = 1 + (SELECT max(s.version) FROM sessions s WHERE s.contact_id IN (?, ?)) WHERE contact_id IN (?, ?)`,
      nobody(),
      to,
      from,
      to,
      from,
    ),
    run(
      `DELETE FROM sessions WHERE contact_id IN (?, ?) AND EXISTS (
         SELECT 1 FROM sessions s WHERE s.contact_id IN (?, ?) AND s.contact_id <> sessions.contact_id
           AND (s.updated_at > sessions.updated_at OR (s.updated_at = sessions.updated_at AND s.contact_id = ?)))`,
      to,
      from,
      to,
      from,
      to,
    ),
    run('UPDATE sessions SET contact_id = ? WHERE contact_id = ?', to, from),
  ];
}

/** Two open talks with the office become one, with what was said in both. */
function joinTalks(to: string, from: string): readonly Statement[] {
  const open = 'SELECT v.id FROM conversations v WHERE v.contact_id = ? AND v.open = 1';
  return [
    run(
      `UPDATE conversation_messages SET conversation_id = (${open})
       WHERE conversation_id = (${open}) AND EXISTS (${open})`,
      to,
      from,
      to,
    ),
    run(`DELETE FROM conversations WHERE contact_id = ? AND open = 1 AND EXISTS (${open})`, from, to),
    run('UPDATE conversations SET contact_id = ? WHERE contact_id = ?', to, from),
  ];
}

function nobody(): string {
  return randomBytes(9).toString('base64url');
}
