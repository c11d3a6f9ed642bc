import type { CredentialStore } from '../ports/credential-store.js';
import type { Database } from './database.js';
import { ask, run, type Statement } from './sql.js';

/** Not LIKE, which ignores case in one database, nor a range, which follows the collation in the other. */
const UNDER = 'substr(key, 1, length(?)) = ?';

/** Encrypted secrets over the database. */
export function createCredentials(database: Database): CredentialStore {
  const { reader } = database;
  return {
    get: async (keys) => {
      const rows = await reader.channelCredential.findMany({ where: { key: { in: [...keys] } } });
      return new Map(rows.map((row) => [row.key, new Uint8Array(row.value)]));
    },
    put: async (changes, at) => {
      const statements = [...changes].map(([key, value]) => (value ? keep(key, value, at) : remove(key)));
      if (statements.length > 0) await database.batch(statements);
    },
    keys: async (prefix) => {
      const rows = await database.query(ask(`SELECT key FROM channel_credentials WHERE ${UNDER}`, prefix, prefix));
      return rows.map((row) => String(row.key)).sort();
    },
    clear: async (prefix) => {
      await database.batch([run(`DELETE FROM channel_credentials WHERE ${UNDER}`, prefix, prefix)]);
    },
  };
}

function keep(key: string, value: Uint8Array, at: number): Statement {
  return run(
    `INSERT INTO channel_credentials (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    key,
    Buffer.from(value),
    at,
  );
}

function remove(key: string): Statement {
  return run('DELETE FROM channel_credentials WHERE key = ?', key);
}
