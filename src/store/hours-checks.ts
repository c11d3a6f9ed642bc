import { randomBytes } from 'node:crypto';
import type { NewHoursCheck } from '../ports/reports.js';
import type { Database } from './database.js';
import type { Sequence } from './sequence.js';
import { ask, run } from './sql.js';
import { PRIORITY } from './turn.js';

/**
 * The question of a morning, in one transaction: the conversation is taken only as it was read, then the row of facility
 * and day is written under its token, and only where that row is ours does the message go into the outbox. Its own key
 * there keeps a second one out, whoever tries.
 */
export async function askOnce(database: Database, sequence: Sequence, check: NewHoursCheck): Promise<boolean> {
  const { facilityId, day, contactId, hours, at, sessionVersion, session, reply } = check;
  const token = randomBytes(9).toString('base64url');
  const [, , put] = await database.batch([
    run(
      `INSERT INTO sessions (contact_id, state, version, token, updated_at)
       SELECT f.contact_id, CAST(? AS TEXT), CAST(? AS INTEGER), CAST(? AS TEXT), CAST(? AS BIGINT)
       FROM facility_contacts f
       WHERE f.contact_id = ? AND f.facility_id = ?
         AND NOT EXISTS (SELECT 1 FROM hours_checks k WHERE k.facility_id = ? AND k.day = ?)
       ON CONFLICT (contact_id) DO UPDATE
       SET state = excluded.state, version = excluded.version, token = excluded.token, updated_at = excluded.updated_at
       WHERE sessions.version = excluded.version - 1`,
      JSON.stringify(session),
      sessionVersion + 1,
      token,
      at,
      contactId,
      facilityId,
      facilityId,
      day,
    ),
    run(
      `INSERT INTO hours_checks (facility_id, day, contact_id, hours, asked_at, token)
       SELECT CAST(? AS TEXT), CAST(? AS TEXT), s.contact_id, CAST(? AS TEXT), CAST(? AS BIGINT), s.token
       FROM sessions s WHERE s.contact_id = ? AND s.token = ? ON CONFLICT (facility_id, day) DO NOTHING`,
      facilityId,
      day,
      hours,
      at,
      contactId,
      token,
    ),
    ask(
      `INSERT INTO outbox (id, contact_id, channel, inbound_id, ordinal, kind, priority, seq, payload, status, open,
                           attempts, next_at, created_at)
       SELECT 'check/' || k.facility_id || '/' || k.day, c.id, c.channel, NULL, 0, 'reply', CAST(? AS INTEGER),
              CAST(? AS BIGINT), CAST(? AS TEXT), 'pending', 1, 0, CAST(? AS BIGINT), CAST(? AS BIGINT)
       FROM hours_checks k JOIN contacts c ON c.id = k.contact_id
       WHERE k.facility_id = ? AND k.day = ? AND k.token = ? ON CONFLICT (id) DO NOTHING RETURNING id`,
      PRIORITY.reply,
      sequence.next(at),
      JSON.stringify(reply),
      at,
      at,
      facilityId,
      day,
      token,
    ),
  ]);
  return (put?.length ?? 0) > 0;
}
