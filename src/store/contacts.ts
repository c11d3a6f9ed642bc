import type { Interest } from '../domain/broadcast.js';
import type { ContactFacts } from '../domain/contact.js';
import type { ChannelName, Language } from '../domain/message.js';
import type { ContactRecord, ContactStore } from '../ports/inbox.js';
import type { Database } from './database.js';
import type { Contact } from './generated/sqlite/client.js';
import { ask, numberOrNull, run } from './sql.js';

/** People over the database. */
export function createContacts(database: Database): ContactStore {
  const { reader } = database;
  return {
    find: async (id) => recordOf(await reader.contact.findUnique({ where: { id } })),
    findByAddress: async (channel, address) =>
      recordOf(await reader.contact.findUnique({ where: { channel_address: { channel, address } } })),
    setUnreachable: async (id, at) => {
      await database.batch([run('UPDATE contacts SET unreachable_at = ? WHERE id = ?', at, id)]);
    },
    forget: async (id) => {
      const [, , , , gone] = await database.batch([
        run(
          `UPDATE broadcast_recipients SET status = 'excluded', reason = 'forgotten', claimed_by = NULL
           WHERE contact_id = ? AND status IN ('pending', 'claimed')`,
          id,
        ),
        run('DELETE FROM consent_records WHERE contact_id = ?', id),
        run('DELETE FROM link_codes WHERE owner = ?', `contact/${id}`),
        run('UPDATE events SET contact_id = NULL WHERE contact_id = ?', id),
        ask('DELETE FROM contacts WHERE id = ? RETURNING id', id),
      ]);
      return (gone?.length ?? 0) > 0;
    },
  };
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
