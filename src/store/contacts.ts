import type { Interest } from '../domain/broadcast.js';
import type { ContactFacts } from '../domain/contact.js';
import type { OpenMatter } from '../domain/kept-about.js';
import type { ChannelName, Language } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import type { ContactRecord, ContactStore } from '../ports/inbox.js';
import type { Database, Transaction } from './database.js';
import { erase } from './erase.js';
import type { Contact } from './generated/sqlite/client.js';
import { mergeContacts } from './merge-contacts.js';
import { countOf, overAll } from './slices.js';
import { ask, type Dialect, numberOrNull, run, textOrNull } from './sql.js';

/** People over the database. */
export function createContacts(database: Database): ContactStore {
  const { reader, dialect } = database;
  return {
    find: async (id) => recordOf(await reader.contact.findUnique({ where: { id } })),
    findByAddress: async (channel, address) =>
      recordOf(await reader.contact.findUnique({ where: { channel_address: { channel, address } } })),
    setUnreachable: async (id, at) => {
      await database.batch([run('UPDATE contacts SET unreachable_at = ? WHERE id = ?', at, id)]);
    },
    merge: (channel, address, other) => mergeContacts(database, channel, address, other),
    forget: (id) => database.write((transaction) => forgetOne(transaction, dialect, id, null)),
    kept: async (id) => {
      const [row] = await database.query(
        ask(
          `SELECT c.consent_at, c.person_id${OPEN_MATTERS.map(([word, found]) => `, ${found} AS ${word}`).join('')}
           FROM contacts c WHERE c.id = ?`,
          id,
        ),
      );
      return {
        consentAt: numberOrNull(row?.consent_at),
        linked: textOrNull(row?.person_id) !== null,
        open: OPEN_MATTERS.flatMap(([word]) => (Number(row?.[word] ?? 0) > 0 ? [word] : [])),
      };
    },
    processing: async () => {
      const people = await database.query(
        ask(
          'SELECT channel, consent, count(*) AS many FROM contacts GROUP BY channel, consent ORDER BY channel, consent',
        ),
      );
      const [row] = await database.query(ask("SELECT count(*) AS many FROM events WHERE kind = 'data_deleted'"));
      return {
        people: people.map(({ channel, consent, many }) => ({
          channel: channel as ChannelName,
          consent: consent as ContactRecord['consent'],
          many: Number(many),
        })),
        deletions: Number(row?.many ?? 0),
      };
    },
    consentRecords: async (limit) => {
      const rows = await database.query(
        ask('SELECT at, channel, consent, way, wording FROM consent_records ORDER BY at DESC, id LIMIT ?', limit),
      );
      return rows.map((row) => ({
        at: Number(row.at),
        channel: row.channel as ChannelName,
        consent: String(row.consent),
        way: String(row.way),
        wording: String(row.wording),
      }));
    },
    departed: async () => {
      const rows = await database.query(
        ask(
          `SELECT d.contact_id, c.channel, c.address
           FROM departures d JOIN contacts c ON c.id = d.contact_id
           WHERE NOT EXISTS (SELECT 1 FROM outbox o WHERE o.open = 1 AND o.contact_id = d.contact_id)
             AND NOT EXISTS (SELECT 1 FROM inbound_messages m
                             WHERE m.contact_id = d.contact_id AND m.status = 'pending') LIMIT 100`,
        ),
      );
      return rows.map((row) => ({
        contactId: String(row.contact_id),
        channel: row.channel as ChannelName,
        address: String(row.address),
      }));
    },
    depart: async ({ contactId }) => {
      await database.batch([
        // Holds the row: a message that comes now either is seen below or finds nobody, and makes a new person.
        run('UPDATE contacts SET consent_asked = consent_asked WHERE id = ?', contactId),
        run(
          `DELETE FROM outbox WHERE contact_id = ? AND (open IS NULL OR open = 2)
             AND created_at <= (SELECT d.at FROM departures d WHERE d.contact_id = ?)`,
          contactId,
          contactId,
        ),
        run(
          `DELETE FROM contacts WHERE id = ?
             AND EXISTS (SELECT 1 FROM departures d WHERE d.contact_id = contacts.id)
             AND NOT EXISTS (SELECT 1 FROM inbound_messages m WHERE m.contact_id = contacts.id)
             AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.open = 1 AND o.contact_id = contacts.id)`,
          contactId,
        ),
        run(
          `DELETE FROM departures WHERE contact_id = ?
             AND EXISTS (SELECT 1 FROM inbound_messages m WHERE m.contact_id = departures.contact_id)`,
          contactId,
        ),
      ]);
    },
    forgetSilent: (before) =>
      overAll(database, 'contacts', 'id', async (above, upTo) => {
        const silent = await database.query(
          ask(`SELECT c.id FROM contacts c WHERE c.id > ? AND c.id <= ? AND ${SILENT}`, above, upTo, before, before),
        );
        let many = 0;
        for (const { id } of silent) {
          if (await database.write((transaction) => forgetOne(transaction, dialect, String(id), before))) many += 1;
        }
        return many;
      }),
    dropSessions: (restingSince) =>
      overAll(database, 'sessions', 'contact_id', (above, upTo) => {
        const slice = 'DELETE FROM sessions WHERE contact_id > ? AND contact_id <= ? AND updated_at < ?';
        return countOf(database, ask(`${slice} RETURNING contact_id`, above, upTo, restingSince));
      }),
    detachEvents: (before) =>
      overAll(database, 'events', 'contact_id', (above, upTo) => {
        const slice = 'UPDATE events SET contact_id = NULL WHERE contact_id > ? AND contact_id <= ? AND at < ?';
        return countOf(database, ask(`${slice} RETURNING id`, above, upTo, before));
      }),
  };
}

/** What of a person is open: the word for it, and how it is found by the contact `c`. */
const OPEN_MATTERS: readonly (readonly [OpenMatter, string])[] = [
  ['conversation', '(SELECT count(*) FROM conversations o WHERE o.contact_id = c.id AND o.open = 1)'],
  ['report', '(SELECT count(*) FROM reports o WHERE o.contact_id = c.id AND o.open = 1)'],
  // Their latest answers always lie there, the one that is being made among them.
  ['answers', `CASE WHEN c.channel = 'web' THEN 1 ELSE 0 END`],
];

const SILENT = `c.last_seen_at < ? AND (c.consent <> 'granted' OR c.unreachable_at < ?)`;

/** With `silentSince` only who still is silent; the row is held from here on, so that a message that comes now waits. */
async function forgetOne(
  transaction: Transaction,
  dialect: Dialect,
  id: string,
  silentSince: Instant | null,
): Promise<boolean> {
  const held = await transaction.run(
    ask(
      `UPDATE contacts SET consent_asked = consent_asked WHERE id = ? AND last_seen_at < ? RETURNING id, last_seen_at`,
      id,
      silentSince ?? Number.MAX_SAFE_INTEGER,
    ),
  );
  const [contact] = held;
  if (!contact) return false;
  await erase(transaction, dialect, id, Number(contact.last_seen_at));
  await transaction.run(run('DELETE FROM contacts WHERE id = ?', id));
  return true;
}

function recordOf(row: Contact | null): ContactRecord | null {
  if (!row) return null;
  return {
    id: row.id,
    channel: row.channel as ChannelName,
    address: row.address,
    language: row.language as Language,
    regionCode: row.regionCode,
    consent: row.consent as ContactRecord['consent'],
    ...factsOnAnnouncements(row),
    consentAt: numberOrNull(row.consentAt),
    unreachableAt: numberOrNull(row.unreachableAt),
    createdAt: Number(row.createdAt),
    lastSeenAt: Number(row.lastSeenAt),
  };
}

/** What a contact's columns say beyond the usual; a column that is empty says nothing. */
export function factsOnAnnouncements(row: {
  readonly kecamatanCode: string | null;
  readonly interests: string | null;
  readonly consentAsked: number | null;
}): Pick<ContactFacts, 'kecamatanCode' | 'interests' | 'consentAsked'> {
  return {
    ...(row.kecamatanCode === null ? {} : { kecamatanCode: row.kecamatanCode }),
    ...(row.interests === null ? {} : { interests: JSON.parse(row.interests) as Interest[] }),
    ...(row.consentAsked === 1 ? { consentAsked: true } : {}),
  };
}
