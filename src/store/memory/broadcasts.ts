import { randomBytes } from 'node:crypto';
import type { Broadcast, Candidate } from '../../domain/broadcast.js';
import type {
  BroadcastAct,
  Broadcasts,
  ClaimedRecipient,
  ConsentRecord,
  RecipientCount,
  RecipientLine,
} from '../../ports/broadcasts.js';
import type { ContactRecord } from '../../ports/inbox.js';
import type { RecipientEntry, Tables } from './tables.js';

/** Announcements in memory. */
export function memoryBroadcasts(tables: Tables): Broadcasts {
  const rowsOf = (id: string): readonly RecipientEntry[] => [...(tables.recipients.get(id)?.values() ?? [])];
  const entryOf = (row: ClaimedRecipient) => tables.recipients.get(row.broadcastId)?.get(row.contactId);
  const due = (id: string, channel: string, now: number) =>
    rowsOf(id).filter((row) => row.status === 'pending' && row.channel === channel && row.nextAt <= now);
  const toldElsewhere = ({ broadcastId, contactId }: ClaimedRecipient) => {
    const person = tables.persons.get(contactId);
    return rowsOf(broadcastId).some(
      (other) =>
        person !== undefined &&
        other.contactId !== contactId &&
        tables.persons.get(other.contactId) === person &&
        (['sending', 'sent', 'unsure'].includes(other.status) ||
          (other.status === 'claimed' && other.contactId < contactId)),
    );
  };
  const noteAct = (id: string, act: BroadcastAct) => {
    tables.broadcastActs.set(id, [...(tables.broadcastActs.get(id) ?? []), act]);
  };
  return {
    create: async (broadcast, act) => {
      if (tables.broadcasts.has(broadcast.id)) return false;
      tables.broadcasts.set(broadcast.id, broadcast);
      noteAct(broadcast.id, act);
      return true;
    },
    find: async (id) => tables.broadcasts.get(id) ?? null,
    list: async ({ regionCode, status, limit, skip }) =>
      [...tables.broadcasts.values()]
        .filter((each) => regionCode === null || each.content.regionCode === regionCode)
        .filter((each) => status.length === 0 || status.includes(each.status))
        .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1))
        .slice(skip, skip + limit),
    change: async (id, when, to, act) => {
      const known = tables.broadcasts.get(id);
      if (!known || !when.status.includes(known.status)) return false;
      if (when.version !== null && when.version !== known.version) return false;
      tables.broadcasts.set(id, { ...known, ...to, version: known.version + 1, updatedAt: act.at } as Broadcast);
      noteAct(id, act);
      return true;
    },
    note: async (id, act) => noteAct(id, act),
    acts: async (id) => tables.broadcastActs.get(id) ?? [],

    candidates: async (regionCode, asked, after, limit) =>
      [...tables.contacts.values()]
        .filter((contact) => contact.regionCode === regionCode && contact.id > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .slice(0, limit)
        .map((contact) => candidateOf(tables, contact, asked)),
    linked: async (personIds, asked) =>
      [...tables.contacts.values()]
        .filter(({ id }) => personIds.includes(tables.persons.get(id) ?? ''))
        .map((contact) => candidateOf(tables, contact, asked)),
    plan: async (id, rows) => {
      const ledger = tables.recipients.get(id) ?? new Map<string, RecipientEntry>();
      tables.recipients.set(id, ledger);
      for (const row of rows) {
        const taken = row.personId !== null && [...ledger.values()].some(({ personId }) => personId === row.personId);
        if (!ledger.has(row.contactId) && !taken) ledger.set(row.contactId, { ...row, ...FRESH });
      }
    },

    nextFor: async (channel, now) =>
      [...tables.broadcasts.values()]
        .filter((each) => each.status === 'running' && (each.expiresAt ?? 0) > now)
        .filter(({ id }) => due(id, channel, now).length > 0)
        .sort(
          (a, b) =>
            Number(b.content.urgent) - Number(a.content.urgent) ||
            (a.startedAt ?? 0) - (b.startedAt ?? 0) ||
            (a.id < b.id ? -1 : 1),
        )[0] ?? null,
    claim: async (id, channel, owner, limit, now) => {
      if (tables.broadcasts.get(id)?.status !== 'running') return [];
      const rows = due(id, channel, now).slice(0, limit);
      for (const row of rows) Object.assign(row, { status: 'claimed', claimedBy: owner });
      return rows.map(({ contactId, via, zone, attempts }) => ({
        broadcastId: id,
        contactId,
        channel,
        via,
        zone,
        attempts,
      }));
    },
    begin: async (row, owner, now) => {
      const entry = entryOf(row);
      const broadcast = tables.broadcasts.get(row.broadcastId);
      if (entry?.status !== 'claimed' || entry.claimedBy !== owner || !broadcast) return null;
      const contact = tables.contacts.get(row.contactId);
      const end = (to: Partial<RecipientEntry>) => {
        Object.assign(entry, { claimedBy: null, ...to });
        return null;
      };
      if (!contact) return end({ status: 'excluded', reason: 'forgotten' });
      if (contact.consent !== 'granted') {
        return end({ status: 'excluded', reason: contact.consent === 'stopped' ? 'stopped' : 'no_consent' });
      }
      if (contact.unreachableAt !== null) return end({ status: 'excluded', reason: 'unreachable' });
      if (toldElsewhere(row)) return end({ status: 'excluded', reason: 'linked' });
      if (broadcast.status === 'cancelled') return end({ status: 'cancelled' });
      if ((broadcast.expiresAt ?? 0) <= now) return end({ status: 'expired' });
      if (broadcast.status !== 'running') return end({ status: 'pending' });
      const waits = [...tables.underWay.values()].some(
        (reply) => reply.nextAt <= now && tables.contacts.get(reply.contactId)?.channel === row.channel,
      );
      if (waits) return 'replies_first';
      Object.assign(entry, { status: 'sending', attempts: entry.attempts + 1 });
      const { address, language, lastSeenAt, kecamatanCode = null, interests = [] } = contact;
      return { address, language, lastSeenAt, kecamatanCode, interests };
    },
    settle: async (row, result, now) => {
      const entry = entryOf(row);
      const late = entry?.status === 'unsure' && result.status === 'sent';
      if (!entry || !(entry.status === 'claimed' || entry.status === 'sending' || late)) return;
      Object.assign(entry, {
        status: result.status === 'again' ? 'pending' : result.status,
        reason: result.status === 'excluded' ? result.reason : null,
        nextAt: result.status === 'again' ? result.at : entry.nextAt,
        code: result.status === 'failed' || result.status === 'unsure' ? result.code : null,
        claimedBy: null,
        providerId: result.status === 'sent' ? result.providerId : null,
        sentAt: result.status === 'sent' ? now : null,
        via: result.status === 'sent' ? result.via : entry.via,
      });
    },
    release: async (id, owner) => {
      for (const row of rowsOf(id)) {
        if (row.status === 'claimed' && row.claimedBy === owner)
          Object.assign(row, { status: 'pending', claimedBy: null });
      }
    },
    interrupted: async (now) => {
      const counts = { again: 0, unsure: 0 };
      for (const row of [...tables.recipients.keys()].flatMap(rowsOf)) {
        const lease = tables.leases.get(`process/${row.claimedBy}`);
        if (lease && lease.until > now) continue;
        if (row.status === 'claimed') counts.again += 1;
        if (row.status === 'sending') counts.unsure += 1;
        if (row.status === 'claimed') Object.assign(row, { status: 'pending', claimedBy: null });
        else if (row.status === 'sending') Object.assign(row, { status: 'unsure', claimedBy: null });
      }
      for (const { id, status } of tables.broadcasts.values()) {
        if (status !== 'cancelled') continue;
        for (const row of rowsOf(id)) if (row.status === 'pending') row.status = 'cancelled';
      }
      return counts;
    },
    hasOpen: async (id) => rowsOf(id).some(({ status }) => OPEN.has(status)),
    endOpen: async (id, as) => {
      const open = rowsOf(id).filter(({ status }) => status === 'pending' || status === 'claimed');
      for (const row of open) Object.assign(row, { status: as, claimedBy: null });
      return open.length;
    },
    retry: async (id, status) => {
      const again = rowsOf(id).filter((row) => row.status === status);
      for (const row of again)
        Object.assign(row, { status: 'pending', nextAt: 0, code: null, receipt: null, receiptAt: null });
      return again.length;
    },
    sentSince: async (channel, since, via) =>
      [...tables.recipients.keys()]
        .flatMap(rowsOf)
        .filter((row) => row.channel === channel && row.sentAt !== null && row.sentAt >= since)
        .filter((row) => via === null || row.via === via).length,
    receipt: async (channel, providerId, status, at) => {
      const rows = [...tables.recipients.keys()].flatMap(rowsOf);
      const sent = rows.filter((row) => row.channel === channel && row.providerId === providerId);
      const isNews = (before: string | null) => before === null || (before === 'delivered' && status !== 'delivered');
      for (const row of sent) if (isNews(row.receipt)) Object.assign(row, { receipt: status, receiptAt: at });
      return sent[0]?.contactId ?? null;
    },
    counts: async (id) => {
      const counts = new Map<string, RecipientCount>();
      for (const { channel, status, reason, code, receipt } of rowsOf(id)) {
        const key = [channel, status, reason, code, receipt].join('/');
        counts.set(key, { channel, status, reason, code, receipt, many: (counts.get(key)?.many ?? 0) + 1 });
      }
      return [...counts.values()];
    },
    rows: async (id, statuses, after, limit) =>
      rowsOf(id)
        .filter((row) => row.contactId > after && (statuses.length === 0 || statuses.includes(row.status)))
        .sort((a, b) => (a.contactId < b.contactId ? -1 : 1))
        .slice(0, limit)
        .map(lineOf),
    ...memoryConsents(tables),
  };
}

const OPEN: ReadonlySet<string> = new Set(['pending', 'claimed', 'sending']);
const FRESH = {
  attempts: 0,
  claimedBy: null,
  code: null,
  providerId: null,
  sentAt: null,
  receipt: null,
  receiptAt: null,
} as const;

function lineOf({ contactId, channel, status, reason, code, via, attempts, ...row }: RecipientEntry): RecipientLine {
  const { sentAt, receipt, receiptAt } = row;
  return { contactId, channel, status, reason, code, via, attempts, sentAt, receipt, receiptAt };
}

function candidateOf(
  tables: Tables,
  contact: ContactRecord,
  asked: { readonly facilityId: string; readonly since: number } | null,
): Candidate {
  const { id, channel, language, regionCode, consent, unreachableAt, lastSeenAt } = contact;
  return {
    contactId: id,
    channel,
    language,
    regionCode,
    kecamatanCode: contact.kecamatanCode ?? null,
    consent,
    unreachableAt,
    interests: contact.interests ?? [],
    lastSeenAt,
    personId: tables.persons.get(id) ?? null,
    askedAbout:
      asked !== null &&
      [...tables.events.values()].some(
        (event) =>
          event.kind === 'facility_asked' &&
          event.contactId === id &&
          event.data.facilityId === asked.facilityId &&
          event.at >= asked.since,
      ),
  };
}

type Consents = Pick<Broadcasts, 'consents' | 'putLinkCode' | 'takeLinkCode' | 'link'>;

function memoryConsents(tables: Tables): Consents {
  return {
    consents: async (contactId) => tables.consents.filter((record) => record.contactId === contactId),
    putLinkCode: async (codeHash, owner, expiresAt) => {
      tables.linkCodes.set(owner, { codeHash, expiresAt });
    },
    takeLinkCode: async (codeHash, now) => {
      const found = [...tables.linkCodes].find(([, code]) => code.codeHash === codeHash);
      if (!found) return null;
      tables.linkCodes.delete(found[0]);
      return found[1].expiresAt > now ? found[0] : null;
    },
    link: async (contactId, otherId) => {
      const known = [contactId, otherId].map((id) => tables.persons.get(id)).filter((id) => id !== undefined);
      const person = [...known].sort()[0] ?? randomBytes(9).toString('base64url');
      for (const [id, each] of tables.persons) if (known.includes(each)) tables.persons.set(id, person);
      for (const id of [contactId, otherId]) if (tables.contacts.has(id)) tables.persons.set(id, person);
      for (const ledger of tables.recipients.values()) {
        const row = ledger.get(contactId);
        const other = ledger.get(otherId);
        if (!row || !other || !(row.status === 'pending' || row.status === 'claimed')) continue;
        if (['excluded', 'expired', 'cancelled', 'failed'].includes(other.status)) continue;
        Object.assign(row, { status: 'excluded', reason: 'linked', claimedBy: null });
      }
      stopForAll(tables, person);
      return tables.contacts.has(contactId) && tables.contacts.has(otherId);
    },
  };
}

/** Of those who are one person now, a stop that is younger than a yes counts for all. */
function stopForAll(tables: Tables, person: string): void {
  const joined = [...tables.contacts.values()].filter(({ id }) => tables.persons.get(id) === person);
  const stops = joined.flatMap(({ consent, consentAt }) => (consent === 'stopped' ? [consentAt ?? 0] : []));
  const latest = Math.max(...stops, -1);
  for (const contact of joined) {
    if (contact.consent !== 'granted' || (contact.consentAt ?? 0) > latest) continue;
    tables.contacts.set(contact.id, { ...contact, consent: 'stopped' });
    endWaiting(tables, contact.id, 'stopped');
  }
}

/** Writes a consent with its record; a stop counts for all contacts of the person and ends what waits for them. */
export function keepConsent(tables: Tables, record: ConsentRecord): void {
  tables.consents.push(record);
  const person = tables.persons.get(record.contactId);
  for (const contact of tables.contacts.values()) {
    const own = contact.id === record.contactId;
    const linked = person !== undefined && tables.persons.get(contact.id) === person;
    const ends = record.consent === 'stopped' && linked && contact.consent === 'granted';
    if (own || ends) {
      tables.contacts.set(contact.id, { ...contact, consent: record.consent, consentAt: record.at });
      if (record.consent === 'stopped') endWaiting(tables, contact.id, 'stopped');
    }
  }
}

/** Leaves a person out of everything that waits for them. */
export function endWaiting(tables: Tables, contactId: string, reason: 'stopped' | 'forgotten'): void {
  for (const ledger of tables.recipients.values()) {
    const row = ledger.get(contactId);
    if (row?.status === 'pending' || row?.status === 'claimed') {
      Object.assign(row, { status: 'excluded', reason, claimedBy: null });
    }
  }
}
