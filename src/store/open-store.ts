import type { Store } from '../ports/store.js';
import { createActivity } from './activity.js';
import { createBroadcasts } from './broadcasts.js';
import { createContacts } from './contacts.js';
import { createConversations } from './conversations.js';
import { createCredentials } from './credentials.js';
import { type Database, type FailureCounter, openDatabase } from './database.js';
import { createFacilityStore } from './facility-store.js';
import { readFigures } from './figures.js';
import { GroupCommit } from './group-commit.js';
import { createInbox } from './inbox.js';
import { createLeases } from './leases.js';
import { createLetters } from './letters.js';
import { createMeta } from './meta.js';
import { migrate } from './migrate.js';
import { createOutbox } from './outbox.js';
import { createReports } from './reports.js';
import { Sequence } from './sequence.js';
import { createSignOffs } from './sign-offs.js';
import { ask } from './sql.js';
import { createStaffAccounts } from './staff-accounts.js';
import { staffClient } from './staff-client.js';

/** Where the data lies when DATABASE_URL is absent. */
export const DEFAULT_DATABASE_URL = 'file:./data/tanya.db';

/**
 * Opens the store at `file:…` or `postgres://…` and brings its tables up to date. Safe when several processes do so
 * at once. `failed` hears the code of each failure. Throws STORE_UNAVAILABLE when it cannot be reached, MIGRATION_FAILED when its tables are not ours.
 */
export async function openStore(url: string = DEFAULT_DATABASE_URL, failed?: FailureCounter): Promise<Store> {
  const database = await openDatabase(url, failed);
  try {
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return storeOf(database);
}

function storeOf(database: Database): Store {
  const writes = new GroupCommit((statements) => database.batch(statements));
  const reads = new GroupCommit((statements) => Promise.all(statements.map((statement) => database.query(statement))));
  // In this order within a transaction: claiming comes last, and sees what the turns and settlements before it left.
  const sequence = new Sequence();
  const inbox = createInbox(database, writes, reads, sequence);
  const letters = createLetters(database, writes, sequence);
  const outbox = createOutbox(database, writes);
  const broadcasts = createBroadcasts(database, writes, sequence);
  return {
    data: createFacilityStore(database),
    inbox,
    contacts: createContacts(database),
    outbox,
    broadcasts,
    reports: createReports(database, sequence),
    conversations: createConversations(database, sequence),
    letters,
    leases: createLeases(database),
    credentials: createCredentials(database),
    meta: createMeta(database),
    activity: createActivity(database),
    signOffs: createSignOffs(database),
    staff: (settings) => {
      const provider = database.dialect.name === 'sqlite' ? 'sqlite' : 'postgresql';
      return createStaffAccounts(settings, async () => {
        const { prismaAdapter } = await import('better-auth/adapters/prisma');
        return prismaAdapter(staffClient(database), { provider });
      });
    },
    figures: () => readFigures(database),
    wipe: () => database.wipe(),
    clock: async () => {
      if (database.dialect.name === 'sqlite') return null;
      const [row] = await database.query(ask('SELECT EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS at'));
      return row ? Number(row.at) : null;
    },
    check: async () => {
      await database.query(ask('SELECT 1 AS alive'));
    },
    close: async () => {
      await writes.idle();
      await reads.idle();
      await database.close();
    },
  };
}
