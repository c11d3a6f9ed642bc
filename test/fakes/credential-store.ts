import type { CredentialStore } from '../../src/ports/credential-store.js';

export interface MemoryCredentials extends CredentialStore {
  readonly rows: Map<string, Uint8Array>;
  /** The next write fails, and changes nothing. */
  failNextPut(): void;
}

/** The port in memory: a write is all or nothing, as in a database. */
export function memoryCredentials(): MemoryCredentials {
  const rows = new Map<string, Uint8Array>();
  let fail = false;
  const under = (prefix: string) => [...rows.keys()].filter((key) => key.startsWith(prefix)).sort();
  return {
    rows,
    failNextPut: () => {
      fail = true;
    },
    async get(keys) {
      return new Map(keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key) as Uint8Array] as const] : [])));
    },
    async put(changes) {
      if (fail) {
        fail = false;
        throw new Error('the store is down');
      }
      for (const [key, value] of changes) {
        if (value === null) rows.delete(key);
        else rows.set(key, value);
      }
    },
    keys: async (prefix) => under(prefix),
    async clear(prefix) {
      for (const key of under(prefix)) rows.delete(key);
    },
  };
}
