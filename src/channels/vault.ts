import { createHmac } from 'node:crypto';
import type { Instant } from '../domain/time.js';
import type { CredentialStore } from '../ports/credential-store.js';
import { keysFrom, NAMING, seal, unseal } from './sealing.js';

/** Small secrets under names of our own: the store sees neither the values nor the names. */
export interface Vault {
  /** The values of the names that exist. Throws CONFIG_FAULTY when SECRET_KEY is not the one they were sealed with. */
  get(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Writes all or nothing; null removes. */
  put(folder: string, changes: ReadonlyMap<string, string | null>): Promise<void>;
  /** Puts these in place of everything that is in the folder, all or nothing. */
  replace(folder: string, values: ReadonlyMap<string, string>): Promise<void>;
  clear(folder: string): Promise<void>;
  /** The folders directly below this one. */
  folders(folder: string): Promise<readonly string[]>;
}

/**
 * Seals each value for its own name. Names hold phone numbers (a session is named after its person), so the store gets
 * only their HMAC, except for a name that begins with "=": by such a one a wrong SECRET_KEY is noticed, which would look
 * for all others in vain.
 */
export function createVault(store: CredentialStore, secretKey: string, now: () => Instant): Vault {
  const keys = keysFrom(secretKey);
  let naming: Promise<Buffer> | null = null;

  /** The key for names; asked for again after a failure. */
  function namingKey(): Promise<Buffer> {
    naming ??= readNaming(store, keys.sealing, keys.naming);
    naming.catch(() => {
      naming = null;
    });
    return naming;
  }

  async function pathOf(folder: string, name: string): Promise<string> {
    if (name.startsWith('=')) return `${folder}/${name}`;
    return `${folder}/${createHmac('sha256', await namingKey())
      .update(`${folder}\n${name}`)
      .digest('base64url')}`;
  }

  async function sealed(
    folder: string,
    changes: ReadonlyMap<string, string | null>,
  ): Promise<Map<string, Uint8Array | null>> {
    const entries = [...changes].map(async ([name, value]) => {
      const path = await pathOf(folder, name);
      return [path, value === null ? null : seal(keys.sealing, path, value)] as const;
    });
    return new Map(await Promise.all(entries));
  }

  return {
    async get(folder, names) {
      const paths = new Map(await Promise.all(names.map(async (name) => [await pathOf(folder, name), name] as const)));
      const found = await store.get([...paths.keys()]);
      return new Map([...found].map(([path, bytes]) => [paths.get(path) ?? '', unseal(keys.sealing, path, bytes)]));
    },
    put: async (folder, changes) => store.put(await sealed(folder, changes), now()),
    async replace(folder, values) {
      const old = (await store.keys(`${folder}/`)).map((path) => [path, null] as const);
      await store.put(new Map([...old, ...(await sealed(folder, values))]), now());
    },
    clear: (folder) => store.clear(`${folder}/`),
    async folders(folder) {
      const paths = await store.keys(`${folder}/`);
      return [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))];
    },
  };
}

/** After a change of SECRET_KEY names stay hidden as they were: the key for that lies sealed in the store. */
export async function readNaming(store: CredentialStore, sealing: Buffer, otherwise: Buffer): Promise<Buffer> {
  const kept = (await store.get([NAMING])).get(NAMING);
  return kept === undefined ? otherwise : Buffer.from(unseal(sealing, NAMING, kept), 'base64');
}
