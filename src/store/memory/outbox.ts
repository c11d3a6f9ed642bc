import type { Reply } from '../../domain/reply.js';
import type { Instant } from '../../domain/time.js';
import type { ContactRecord, OutboxKind } from '../../ports/inbox.js';
import type { Outbox, OutboxItem, OutboxResult } from '../../ports/outbox.js';
import type { OutboxEntry, Tables } from './tables.js';

const PRIORITY: Readonly<Record<OutboxKind, number>> = { emergency: 0, reply: 1, bulk: 2 };

/** Puts an answer in line, to be sent at once. `replyTo` is the message that it answers; null: nobody asked. */
export function putInLine(
  tables: Tables,
  { id, contactId, replyTo, kind }: Pick<OutboxEntry, 'id' | 'contactId' | 'replyTo' | 'kind'>,
  reply: object,
  at: Instant,
): void {
  const row: OutboxEntry = {
    id,
    contactId,
    replyTo,
    kind,
    createdAt: at,
    payload: JSON.stringify(reply),
    status: 'pending',
    attempts: 0,
    nextAt: at,
    claimedBy: null,
    providerId: null,
    receipt: null,
  };
  tables.outbox.set(id, row);
  tables.underWay.set(id, row);
}

/** The outbox in memory. */
export function memoryOutbox(tables: Tables): Outbox {
  const contactOf = (entry: OutboxEntry) => tables.contacts.get(entry.contactId);
  /** Rows of the channel that nothing earlier of the same person holds back, in the order of sending. */
  const firstInLine = (channel: string): readonly OutboxEntry[] => {
    const ahead = new Map<string, number>();
    const free: OutboxEntry[] = [];
    for (const entry of tables.underWay.values()) {
      const priority = PRIORITY[entry.kind];
      const before = ahead.get(entry.contactId) ?? Number.POSITIVE_INFINITY;
      if (priority < before && entry.status !== 'sending' && contactOf(entry)?.channel === channel) free.push(entry);
      ahead.set(entry.contactId, Math.min(before, priority));
    }
    return free.sort((a, b) => PRIORITY[a.kind] - PRIORITY[b.kind]);
  };
  return {
    claim: async (channel, owner, limit, now) => {
      const due = firstInLine(channel)
        .filter((entry) => entry.nextAt <= now)
        .slice(0, limit);
      for (const entry of due)
        Object.assign(entry, { status: 'sending', claimedBy: owner, attempts: entry.attempts + 1 });
      return due.flatMap((entry) => {
        const contact = contactOf(entry);
        return contact ? [itemOf(entry, contact)] : [];
      });
    },
    settle: async (result) => {
      const entry = tables.outbox.get(result.id);
      if (entry?.status !== 'sending') return;
      settle(entry, result);
      if (!waits(entry.status)) tables.underWay.delete(entry.id);
    },
    nextDue: async (channel) => {
      const times = firstInLine(channel).map((entry) => entry.nextAt);
      return times.length > 0 ? Math.min(...times) : null;
    },
    interrupted: async (now, repeatable = []) => {
      const counts = { again: 0, unsure: 0 };
      for (const entry of tables.underWay.values()) {
        const lease = tables.leases.get(`process/${entry.claimedBy}`);
        if (entry.status !== 'sending' || (lease && lease.until > now)) continue;
        const channel = contactOf(entry)?.channel;
        if (entry.kind === 'emergency' || (channel !== undefined && repeatable.includes(channel))) {
          Object.assign(entry, { status: 'retry', nextAt: now, claimedBy: null });
          counts.again += 1;
        } else {
          Object.assign(entry, { status: 'unsure', payload: null, claimedBy: null });
          tables.underWay.delete(entry.id);
          counts.unsure += 1;
        }
      }
      return counts;
    },
    receipt: async (channel, providerId, status, _at, code = null) => {
      const entry = [...tables.outbox.values()].find(
        (each) => each.providerId === providerId && contactOf(each)?.channel === channel,
      );
      if (!entry) return null;
      if (entry.wordsUntil && status === 'failed' && code === 'WINDOW_CLOSED') {
        Object.assign(entry, { status: 'retry', nextAt: 0, late: true, wordsUntil: null });
        tables.underWay.set(entry.id, entry);
      }
      if (waits(entry.status)) return entry.contactId;
      if (entry.wordsUntil) Object.assign(entry, { payload: null, wordsUntil: null });
      if (entry.receipt === null || (entry.receipt === 'delivered' && status !== 'delivered')) entry.receipt = status;
      return entry.contactId;
    },
    emptyKept: async (now) => {
      for (const entry of tables.outbox.values())
        if (entry.wordsUntil && entry.wordsUntil <= now) Object.assign(entry, { payload: null, wordsUntil: null });
    },
    counts: async () => {
      const counts = { pending: 0, sending: 0, retry: 0, sent: 0, failed: 0, unsure: 0, expired: 0 };
      for (const entry of tables.outbox.values()) counts[entry.status] += 1;
      return counts;
    },
    prune: async (createdBefore) => {
      const old = [...tables.outbox.values()].filter(
        (entry) => !waits(entry.status) && entry.createdAt < createdBefore,
      );
      for (const entry of old) tables.outbox.delete(entry.id);
      return old.length;
    },
  };
}

function waits(status: OutboxEntry['status']): boolean {
  return status === 'pending' || status === 'retry' || status === 'sending';
}

function settle(entry: OutboxEntry, result: OutboxResult): void {
  entry.claimedBy = null;
  entry.status = result.status === 'released' ? 'pending' : result.status;
  if (result.status === 'released') entry.attempts -= 1;
  if (result.status === 'retry') entry.nextAt = result.at;
  if (result.status === 'sent') entry.providerId = result.providerId;
  entry.wordsUntil = result.status === 'sent' ? (result.wordsUntil ?? null) : null;
  if (!waits(entry.status) && entry.wordsUntil === null) entry.payload = null;
}

function itemOf(entry: OutboxEntry, contact: ContactRecord): OutboxItem {
  return {
    id: entry.id,
    contactId: entry.contactId,
    channel: contact.channel,
    address: contact.address,
    replyTo: entry.replyTo,
    kind: entry.kind,
    reply: JSON.parse(entry.payload ?? 'null') as Reply,
    language: contact.language,
    attempts: entry.attempts,
    createdAt: entry.createdAt,
    lastWroteAt: contact.lastSeenAt,
    ...(entry.late ? { late: true as const } : {}),
  };
}
