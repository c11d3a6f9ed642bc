import type { ChannelName } from '../../domain/message.js';
import type { ContactRecord } from '../../ports/inbox.js';
import { endWaiting } from './broadcasts.js';
import { addressKey } from './inbox.js';
import type { Tables } from './tables.js';

/** What the store over a database does with two contacts that are one person, over plain collections. */
export function mergeContacts(tables: Tables, channel: ChannelName, address: string, other: string): boolean {
  const from = tables.addresses.get(addressKey(channel, other));
  const gone = tables.contacts.get(from ?? '');
  if (!gone || address === other) return false;
  tables.addresses.delete(addressKey(channel, other));
  const kept = tables.contacts.get(tables.addresses.get(addressKey(channel, address)) ?? '');
  if (!kept) {
    tables.contacts.set(gone.id, { ...gone, address });
    tables.addresses.set(addressKey(channel, address), gone.id);
    return true;
  }
  tables.contacts.set(kept.id, joined(kept, gone));
  tables.contacts.delete(gone.id);
  joinSessions(tables, kept.id, gone.id);
  joinLedgers(tables, kept.id, gone.id);
  moveRows(tables, kept.id, gone.id);
  const person = tables.persons.get(gone.id);
  tables.persons.delete(gone.id);
  if (person !== undefined) {
    const joint = tables.persons.get(kept.id) ?? person;
    for (const [id, one] of tables.persons) if (one === person) tables.persons.set(id, joint);
    tables.persons.set(kept.id, joint);
  }
  if (tables.contacts.get(kept.id)?.consent === 'stopped') endWaiting(tables, kept.id, 'stopped');
  return true;
}

function joined(kept: ContactRecord, gone: ContactRecord): ContactRecord {
  const consent = (['stopped', 'granted'] as const).find((each) => [kept.consent, gone.consent].includes(each));
  const source = kept.consent === (consent ?? 'never_asked') ? kept : gone;
  return {
    ...gone,
    ...kept,
    regionCode: kept.regionCode ?? gone.regionCode,
    consent: consent ?? 'never_asked',
    consentAt: source.consentAt,
    lastSeenAt: Math.max(kept.lastSeenAt, gone.lastSeenAt),
    createdAt: Math.min(kept.createdAt, gone.createdAt),
    unreachableAt: null,
  };
}

function joinSessions(tables: Tables, to: string, from: string): void {
  const [kept, gone] = [tables.sessions.get(to), tables.sessions.get(from)];
  tables.sessions.delete(from);
  const younger = !kept || (gone && gone.updatedAt > kept.updatedAt) ? gone : kept;
  const version = 1 + Math.max(kept?.version ?? 0, gone?.version ?? 0);
  if (younger) tables.sessions.set(to, { ...younger, version });
}

function joinLedgers(tables: Tables, to: string, from: string): void {
  for (const ledger of tables.recipients.values()) {
    const row = ledger.get(from);
    if (!row) continue;
    ledger.delete(from);
    const kept = ledger.get(to);
    if (kept && ['sending', 'sent', 'unsure'].includes(row.status) && ['pending', 'claimed'].includes(kept.status)) {
      Object.assign(kept, { status: 'excluded', reason: 'linked', claimedBy: null });
    }
    const waits = row.status === 'pending' || row.status === 'claimed';
    // Its worker knows the row by the contact that goes: nobody would begin or settle it any more.
    if (row.status === 'claimed') Object.assign(row, { status: 'pending', claimedBy: null });
    if (row.status === 'sending') Object.assign(row, { status: 'unsure', claimedBy: null });
    if (!kept) ledger.set(to, { ...row, contactId: to });
    else {
      tables.met += 1;
      const nobody = `nobody-${tables.met}`;
      const left = waits ? ({ status: 'excluded', reason: 'linked' } as const) : {};
      ledger.set(nobody, { ...row, ...left, contactId: nobody, personId: null });
    }
  }
}

function moveRows(tables: Tables, to: string, from: string): void {
  for (const map of [tables.messages, tables.outbox, tables.underWay, tables.events] as const) {
    for (const [key, row] of map as Map<string, { readonly contactId: string | null }>) {
      if (row.contactId === from) Object.assign(map.get(key) ?? {}, { contactId: to });
    }
  }
  const waiting = [...tables.messages]
    .filter(([, entry]) => entry.contactId === to && entry.handledAt === null)
    .map(([id]) => id);
  tables.waiting.delete(from);
  tables.waiting.set(to, new Set(waiting));
  for (const consent of tables.consents) if (consent.contactId === from) Object.assign(consent, { contactId: to });
  tables.linkCodes.delete(`contact/${from}`);
  for (const [key, value] of tables.meta) {
    if (key.startsWith('announcements/test/') && value === from) tables.meta.set(key, to);
  }
}
