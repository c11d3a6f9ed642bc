import { memoryAdapter } from 'better-auth/adapters/memory';
import type { EventCount, HourCount } from '../../ports/activity.js';
import type { Store } from '../../ports/store.js';
import { hourOfWeek } from '../activity.js';
import { createStaffAccounts } from '../staff-accounts.js';
import { memoryBroadcasts } from './broadcasts.js';
import { memoryConversations } from './conversations.js';
import { memoryFacilityStore } from './facility-store.js';
import { memoryFigures } from './figures.js';
import { memoryContacts, memoryInbox } from './inbox.js';
import { memoryLetters } from './letters.js';
import { memoryOutbox } from './outbox.js';
import { memoryReports } from './reports.js';
import { emptyTables } from './tables.js';

/** The whole store in memory: for `simulate` and tests. It passes the same contract as the databases. */
export function createMemoryStore(): Store {
  const tables = emptyTables();
  return {
    data: memoryFacilityStore(tables),
    inbox: memoryInbox(tables),
    contacts: memoryContacts(tables),
    outbox: memoryOutbox(tables),
    broadcasts: memoryBroadcasts(tables),
    reports: memoryReports(tables),
    conversations: memoryConversations(tables),
    letters: memoryLetters(tables),
    leases: {
      take: async (name, owner, now, until) => {
        const lease = tables.leases.get(name);
        if (lease && lease.owner !== owner && lease.until > now) return false;
        tables.leases.set(name, { owner, until });
        return true;
      },
      release: async (name, owner) => {
        if (tables.leases.get(name)?.owner === owner) tables.leases.delete(name);
      },
      anyHeld: async (prefix, now) =>
        [...tables.leases].some(([name, { until }]) => name.startsWith(prefix) && until > now),
      holder: async (name, now) => {
        const lease = tables.leases.get(name);
        return lease && lease.until > now ? lease.owner : null;
      },
    },
    credentials: {
      get: async (keys) =>
        new Map(
          keys.flatMap((key) => {
            const value = tables.credentials.get(key);
            return value ? [[key, value] as const] : [];
          }),
        ),
      put: async (changes) => {
        for (const [key, value] of changes) {
          if (value) tables.credentials.set(key, value);
          else tables.credentials.delete(key);
        }
      },
      keys: async (prefix) => [...tables.credentials.keys()].filter((key) => key.startsWith(prefix)).sort(),
      clear: async (prefix) => {
        for (const key of [...tables.credentials.keys()]) if (key.startsWith(prefix)) tables.credentials.delete(key);
      },
    },
    meta: {
      get: async (key) => tables.meta.get(key) ?? null,
      set: async (key, value) => {
        tables.meta.set(key, value);
      },
    },
    activity: {
      counts: async (from, to) => {
        const counts = new Map<string, EventCount>();
        for (const { at, kind, data } of tables.events.values()) {
          if (at < from || at >= to) continue;
          const key = JSON.stringify([kind, data]);
          counts.set(key, { kind, data, count: (counts.get(key)?.count ?? 0) + 1 });
        }
        return [...counts.values()];
      },
      questionsByHour: async (from, to, offset) => {
        const counts = new Map<string, HourCount>();
        for (const { at, kind, data } of tables.events.values()) {
          if (kind !== 'question_answered' || at < from || at >= to) continue;
          const hour = hourOfWeek(at, offset);
          const key = JSON.stringify([hour, data]);
          counts.set(key, { kind, data, hour, count: (counts.get(key)?.count ?? 0) + 1 });
        }
        return [...counts.values()];
      },
    },
    signOffs: {
      all: async () => [...tables.signOffs.values()].reverse(),
      put: async (signOff) => {
        tables.signOffs.set(`${signOff.cardId}/${signOff.wordsHash}`, signOff);
      },
    },
    staff: (settings) => createStaffAccounts(settings, async () => memoryAdapter(tables.staff)),
    figures: async () => memoryFigures(tables),
    wipe: async () => {},
    check: async () => {},
    clock: async () => null,
    close: async () => {},
  };
}
