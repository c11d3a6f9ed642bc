import type { ContactFacts } from '../../domain/contact.js';
import type { ContactRecord, ContactStore, Inbox, Turn, TurnStart } from '../../ports/inbox.js';
import { wroteAt } from '../accept.js';
import { endWaiting, keepConsent } from './broadcasts.js';
import { openTalk, stepTalk } from './conversations.js';
import { forgetPerson, memoryForgetting } from './forgetting.js';
import { mergeContacts } from './merge-contacts.js';
import { putInLine } from './outbox.js';
import { keepReport } from './reports.js';
import type { MessageEntry, Tables } from './tables.js';

/** The inbox in memory: each call is one step of the event loop, so nothing can come between its parts. */
export function memoryInbox(tables: Tables): Inbox {
  return {
    accept: async (message, receivedAt) => {
      if (tables.messages.has(message.id) || tables.spent.has(message.id)) return null;
      const contact = meet(tables, message, receivedAt);
      const { body, ...rest } = message;
      const entry = { message: rest, contactId: contact.id, receivedAt, body, handledAt: null, outcome: null };
      tables.messages.set(message.id, entry);
      const waiting = tables.waiting.get(contact.id);
      if (waiting) waiting.add(message.id);
      else tables.waiting.set(contact.id, new Set([message.id]));
      return { contactId: contact.id };
    },
    start: async (messageId) => {
      const entry = tables.messages.get(messageId);
      const contact = entry && tables.contacts.get(entry.contactId);
      if (!entry || entry.handledAt !== null || !contact) return null;
      const session = tables.sessions.get(contact.id);
      return {
        contactId: contact.id,
        facts: factsOf(contact),
        session: session ? (JSON.parse(session.state) as unknown) : null,
        sessionVersion: session?.version ?? 0,
        ...talkOf(tables, contact.id),
        earlier: [...(tables.waiting.get(contact.id) ?? [])].indexOf(messageId),
      };
    },
    commit: async (turn) => commit(tables, turn),
    waiting: async (receivedBefore, limit) =>
      [...tables.messages.values()]
        .filter((entry) => entry.handledAt === null && entry.receivedAt < receivedBefore)
        .slice(0, limit)
        .flatMap(({ message, contactId, receivedAt, body }) =>
          body ? [{ message: { ...message, body }, contactId, receivedAt }] : [],
        ),
    giveUp: async (messageId, outcome, at) => {
      const entry = tables.messages.get(messageId);
      if (entry && entry.handledAt === null) handle(tables, entry, at, outcome, false);
    },
    emptyBodies: async (handledBefore) => {
      const kept = [...tables.messages.values()].filter(
        (entry) => entry.body !== null && entry.handledAt !== null && entry.handledAt < handledBefore,
      );
      for (const entry of kept) entry.body = null;
      return kept.length;
    },
    prune: async (handledBefore) => {
      const old = [...tables.messages.values()].filter(
        ({ handledAt }) => handledAt !== null && handledAt < handledBefore,
      );
      for (const { message } of old) tables.messages.delete(message.id);
      for (const [id, at] of tables.spent) if (at < handledBefore) tables.spent.delete(id);
      return old.length;
    },
  };
}

function factsOf({
  language,
  regionCode,
  consent,
  kecamatanCode,
  interests,
  consentAsked,
}: ContactRecord): ContactFacts {
  return {
    language,
    regionCode,
    consent,
    ...(kecamatanCode === undefined ? {} : { kecamatanCode }),
    ...(interests === undefined ? {} : { interests }),
    ...(consentAsked ? { consentAsked } : {}),
  };
}

function meet(tables: Tables, message: Parameters<Inbox['accept']>[0], at: number): ContactRecord {
  const address = addressKey(message.channel, message.contact);
  const seenAt = wroteAt(message, at);
  const known = tables.contacts.get(tables.addresses.get(address) ?? '');
  if (!known) tables.met += 1;
  const contact: ContactRecord = known
    ? { ...known, lastSeenAt: Math.max(known.lastSeenAt, seenAt), unreachableAt: null }
    : {
        id: `contact-${tables.met}`,
        channel: message.channel,
        address: message.contact,
        language: message.language ?? 'id',
        regionCode: null,
        consent: 'never_asked',
        consentAt: null,
        unreachableAt: null,
        createdAt: at,
        lastSeenAt: seenAt,
      };
  tables.contacts.set(contact.id, contact);
  tables.addresses.set(address, contact.id);
  return contact;
}

function commit(tables: Tables, turn: Turn): boolean {
  const entry = tables.messages.get(turn.messageId);
  const contact = tables.contacts.get(turn.contactId);
  const version = tables.sessions.get(turn.contactId)?.version ?? 0;
  if (!entry || entry.handledAt !== null || !contact || version !== turn.sessionVersion) return false;
  handle(tables, entry, turn.at, turn.outcome, turn.keepBody);
  tables.sessions.set(turn.contactId, {
    state: JSON.stringify(turn.session),
    version: version + 1,
    updatedAt: turn.at,
  });
  const consentAt = contact.consent === turn.facts.consent ? contact.consentAt : turn.at;
  tables.contacts.set(turn.contactId, { ...contact, ...turn.facts, consentAt });
  for (const [ordinal, { kind, reply }] of turn.replies.entries()) {
    const id = `${turn.messageId}/${ordinal}`;
    putInLine(tables, { id, contactId: turn.contactId, replyTo: turn.messageId, kind }, reply, turn.at);
  }
  for (const [ordinal, { kind, ...data }] of turn.events.entries()) {
    const contactId = kind === 'facility_asked' ? turn.contactId : null;
    tables.events.set(`${turn.messageId}/${ordinal}`, { contactId, at: turn.at, kind, data });
  }
  for (const consent of turn.consents ?? []) {
    keepConsent(tables, { ...consent, contactId: contact.id, at: turn.at, channel: contact.channel });
  }
  if (turn.facts.consent === 'stopped') endWaiting(tables, contact.id, 'stopped');
  keepReport(tables, turn);
  stepTalk(tables, turn);
  if (turn.forget) forgetPerson(tables, contact.id, turn.at);
  return true;
}

function talkOf(tables: Tables, contactId: string): Pick<TurnStart, 'conversation'> {
  const talk = openTalk(tables, contactId);
  if (!talk || talk.status === 'closed') return {};
  return { conversation: { regionCode: talk.regionCode, status: talk.status, silentUntil: talk.silentUntil } };
}

function handle(tables: Tables, entry: MessageEntry, at: number, outcome: string | null, keep: boolean): void {
  entry.handledAt = at;
  entry.outcome = outcome;
  if (!keep) entry.body = null;
  tables.waiting.get(entry.contactId)?.delete(entry.message.id);
}

export function memoryContacts(tables: Tables): ContactStore {
  return {
    find: async (id) => tables.contacts.get(id) ?? null,
    findByAddress: async (channel, address) =>
      tables.contacts.get(tables.addresses.get(addressKey(channel, address)) ?? '') ?? null,
    setUnreachable: async (id, at) => {
      const contact = tables.contacts.get(id);
      if (contact) tables.contacts.set(id, { ...contact, unreachableAt: at });
    },
    merge: async (channel, address, other) => mergeContacts(tables, channel, address, other),
    ...memoryForgetting(tables),
  };
}

export function addressKey(channel: string, address: string): string {
  return `${channel}/${address}`;
}
