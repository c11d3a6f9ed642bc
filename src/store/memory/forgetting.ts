import type { Instant } from '../../domain/time.js';
import type { ContactStore, ProcessingFigures } from '../../ports/inbox.js';
import { endWaiting } from './broadcasts.js';
import { forgetTalks } from './conversations.js';
import { addressKey } from './inbox.js';
import { forgetReports } from './reports.js';
import type { Tables } from './tables.js';

type Forgetting = Omit<ContactStore, 'find' | 'findByAddress' | 'setUnreachable' | 'merge'>;

/** What the store over a database does to forget people, over plain collections. */
export function memoryForgetting(tables: Tables): Forgetting {
  const owed = (id: string) =>
    [...tables.underWay.values()].some((row) => row.contactId === id) || (tables.waiting.get(id)?.size ?? 0) > 0;
  return {
    forget: async (id) => {
      if (!tables.contacts.has(id)) return false;
      erase(tables, id, 0);
      remove(tables, id);
      return true;
    },
    kept: async (id) => ({
      consentAt: tables.contacts.get(id)?.consentAt ?? null,
      linked: tables.persons.has(id),
      open: [
        ...([...tables.conversations.values()].some((each) => each.contactId === id && each.status !== 'closed')
          ? (['conversation'] as const)
          : []),
        ...([...tables.reports.values()].some((each) => each.contactId === id && each.answer === null)
          ? (['report'] as const)
          : []),
        ...(tables.contacts.get(id)?.channel === 'web' ? (['answers'] as const) : []),
      ],
    }),
    processing: async () => {
      const people = new Map<string, ProcessingFigures['people'][number]>();
      for (const { channel, consent } of tables.contacts.values()) {
        const key = `${channel} ${consent}`;
        people.set(key, { channel, consent, many: (people.get(key)?.many ?? 0) + 1 });
      }
      const deletions = [...tables.events.values()].filter(({ kind }) => kind === 'data_deleted').length;
      return { people: [...people].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each), deletions };
    },
    consentRecords: async (limit) =>
      [...tables.consents]
        .sort((a, b) => b.at - a.at)
        .slice(0, limit)
        .map(({ contactId: _, ...record }) => record),
    departed: async () =>
      [...tables.departures.keys()].flatMap((contactId) => {
        const contact = tables.contacts.get(contactId);
        if (!contact || owed(contactId)) return [];
        return [{ contactId, channel: contact.channel, address: contact.address }];
      }),
    depart: async ({ contactId }) => {
      const at = tables.departures.get(contactId);
      if (at === undefined || owed(contactId)) return;
      dropAnswers(tables, contactId, at);
      tables.departures.delete(contactId);
      const writesOn = [...tables.messages.values()].some((entry) => entry.contactId === contactId);
      if (!writesOn) remove(tables, contactId);
    },
    forgetSilent: async (before) => {
      const silent = [...tables.contacts.values()].filter(
        ({ lastSeenAt, consent, unreachableAt }) =>
          lastSeenAt < before && (consent !== 'granted' || (unreachableAt !== null && unreachableAt < before)),
      );
      for (const { id } of silent) {
        erase(tables, id, 0);
        remove(tables, id);
      }
      return silent.length;
    },
    dropSessions: async (restingSince) => {
      const old = [...tables.sessions].filter(([, { updatedAt }]) => updatedAt < restingSince);
      for (const [id] of old) tables.sessions.delete(id);
      return old.length;
    },
    detachEvents: async (before) => {
      const old = [...tables.events].filter(([, { contactId, at }]) => contactId !== null && at < before);
      for (const [key, event] of old) tables.events.set(key, { ...event, contactId: null });
      return old.length;
    },
  };
}

/** Everything of the person behind the contact; what must still reach them stays, with the bare address. */
export function forgetPerson(tables: Tables, contactId: string, at: Instant): void {
  const person = tables.persons.get(contactId);
  const linked = person === undefined ? [] : [...tables.persons].filter(([, one]) => one === person).map(([id]) => id);
  for (const id of new Set([contactId, ...linked])) {
    erase(tables, id, at);
    tables.departures.set(id, at);
  }
}

function erase(tables: Tables, id: string, at: Instant): void {
  const contact = tables.contacts.get(id);
  if (!contact) return;
  const { channel, address, language, unreachableAt, lastSeenAt } = contact;
  const blank = { regionCode: null, consent: 'never_asked', consentAt: null } as const;
  tables.contacts.set(id, { id, channel, address, language, unreachableAt, lastSeenAt, createdAt: at, ...blank });
  const session = tables.sessions.get(id);
  if (session) tables.sessions.set(id, { state: 'null', version: session.version + 1, updatedAt: at });
  tables.persons.delete(id);
  tables.linkCodes.delete(`contact/${id}`);
  endWaiting(tables, id, 'forgotten');
  forgetReports(tables, id);
  forgetTalks(tables, id);
  for (const ledger of tables.recipients.values()) {
    const row = ledger.get(id);
    if (!row) continue;
    ledger.delete(id);
    tables.met += 1;
    const nobody = `nobody-${tables.met}`;
    const status = row.status === 'sending' ? 'unsure' : row.status;
    ledger.set(nobody, { ...row, contactId: nobody, status, providerId: null, personId: null });
  }
  tables.consents.splice(0, Infinity, ...tables.consents.filter(({ contactId }) => contactId !== id));
  for (const [key, value] of tables.meta) {
    if (key.startsWith('announcements/test/') && value === id) tables.meta.delete(key);
  }
  if (channel === 'web') {
    for (const [key, letter] of tables.letters) if (letter.contact === address) tables.letters.delete(key);
  }
  for (const [key, entry] of tables.messages) {
    if (entry.contactId !== id || entry.handledAt === null) continue;
    tables.messages.delete(key);
    tables.spent.set(key, at);
  }
  for (const [key, report] of tables.reports) {
    if (report.contactId === id) tables.reports.set(key, { ...report, contactId: null, text: null });
  }
  for (const [key, each] of tables.facilityContacts) if (each.contactId === id) tables.facilityContacts.delete(key);
  for (const [key, check] of tables.hoursChecks) {
    if (check.contactId === id) tables.hoursChecks.set(key, { ...check, contactId: null });
  }
  dropAnswers(tables, id, Number.POSITIVE_INFINITY);
  for (const [key, event] of tables.events) {
    if (event.contactId === id) tables.events.set(key, { ...event, contactId: null });
  }
}

/** Settled answers created up to the moment. */
function dropAnswers(tables: Tables, id: string, until: Instant): void {
  for (const [key, row] of tables.outbox) {
    if (row.contactId === id && row.createdAt <= until && !tables.underWay.has(key)) tables.outbox.delete(key);
  }
}

/** The bare rest of a contact, and whatever was still on its way. */
function remove(tables: Tables, id: string): void {
  const contact = tables.contacts.get(id);
  if (!contact) return;
  tables.contacts.delete(id);
  tables.addresses.delete(addressKey(contact.channel, contact.address));
  tables.sessions.delete(id);
  tables.waiting.delete(id);
  tables.departures.delete(id);
  for (const [key, entry] of tables.messages) if (entry.contactId === id) tables.messages.delete(key);
  for (const [key, row] of tables.outbox) {
    if (row.contactId !== id) continue;
    tables.outbox.delete(key);
    tables.underWay.delete(key);
  }
}
