import { createHash } from 'node:crypto';
import type { DBAdapter } from 'better-auth';
import { MINUTE } from '../domain/time.js';

/** Wrong passwords for one account within the time, from wherever they come and whichever process they reach. */
const MOST_TRIES = 20;
export const TRIES_WINDOW_MS = 15 * MINUTE;

/** Counts wrong passwords per account in the library's own table of rates, which every process shares. */
export interface AccountTries {
  /** True while the account takes no further password. */
  spent(email: string): Promise<boolean>;
  /** Notes a wrong one. */
  count(email: string): Promise<void>;
}

/** What is needed of the library's own store. */
type Rates = Pick<DBAdapter, 'findOne' | 'create' | 'update' | 'incrementOne'>;
type Row = { readonly count: number; readonly lastRequest: number | bigint };

export function createAccountTries(adapter: () => Promise<Rates>, now: () => number): AccountTries {
  const model = 'rateLimit';
  const read = async (db: Rates, key: string) => db.findOne<Row>({ model, where: [{ field: 'key', value: key }] });
  const isOver = (row: Row) => now() - Number(row.lastRequest) >= TRIES_WINDOW_MS;
  return {
    spent: async (email) => {
      const row = await read(await adapter(), keyOf(email));
      return row !== null && !isOver(row) && row.count >= MOST_TRIES;
    },
    count: async (email) => {
      const [db, key] = [await adapter(), keyOf(email)];
      const where = [{ field: 'key', value: key }];
      const row = await read(db, key);
      if (row === null) {
        const first = { model, data: { key, count: 1, lastRequest: now() } };
        // Another process may have been quicker: then its row is counted up.
        if (await db.create(first).catch(() => null)) return;
      }
      if (row !== null && isOver(row)) await db.update({ model, where, update: { count: 1, lastRequest: now() } });
      else await db.incrementOne({ model, where, increment: { count: 1 }, set: { lastRequest: now() } });
    },
  };
}

/** The address itself does not lie in the table of rates. */
function keyOf(email: string): string {
  return `account/${createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')}`;
}
