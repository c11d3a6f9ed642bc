import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Instant } from '../domain/time.js';
import { AppError } from '../errors.js';
import type { CredentialStore } from '../ports/credential-store.js';

const NONCE = 12;
const TAG = 16;

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
 * Seals with AES-256-GCM, each value bound to its own name so that none can be put in another's place. Names hold phone
 * numbers (a session is named after its person), so the store gets only their HMAC, except for a name that begins
 * with "=": by such a one a wrong SECRET_KEY is noticed, which would look for all others in vain.
 */
export function createVault(store: CredentialStore, secretKey: string, now: () => Instant): Vault {
  const keys = Buffer.from(hkdfSync('sha256', secretKey, '', 'channel credentials', 64));
  const [sealing, naming] = [keys.subarray(0, 32), keys.subarray(32)];

  const pathOf = (folder: string, name: string) => {
    if (name.startsWith('=')) return `${folder}/${name}`;
    return `${folder}/${createHmac('sha256', naming).update(`${folder}\n${name}`).digest('base64url')}`;
  };

  function seal(path: string, value: string): Uint8Array {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(path));
    const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  }

  function open(path: string, bytes: Uint8Array): string {
    const all = Buffer.from(bytes);
    const decipher = createDecipheriv('aes-256-gcm', sealing, all.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(path))
      .setAuthTag(all.subarray(NONCE, NONCE + TAG));
    try {
      return decipher.update(all.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new AppError(
        'CONFIG_FAULTY',
        'SECRET_KEY is not the one that the channel credentials in the store were sealed with',
        {
          cause,
        },
      );
    }
  }

  function sealed(folder: string, changes: ReadonlyMap<string, string | null>): Map<string, Uint8Array | null> {
    const entries = [...changes].map(([name, value]) => {
      const path = pathOf(folder, name);
      return [path, value === null ? null : seal(path, value)] as const;
    });
    return new Map(entries);
  }

  return {
    async get(folder, names) {
      const paths = new Map(names.map((name) => [pathOf(folder, name), name]));
      const found = await store.get([...paths.keys()]);
      return new Map([...found].map(([path, bytes]) => [paths.get(path) ?? '', open(path, bytes)]));
    },
    put: (folder, changes) => store.put(sealed(folder, changes), now()),
    async replace(folder, values) {
      const old = (await store.keys(`${folder}/`)).map((path) => [path, null] as const);
      await store.put(new Map([...old, ...sealed(folder, values)]), now());
    },
    clear: (folder) => store.clear(`${folder}/`),
    async folders(folder) {
      const paths = await store.keys(`${folder}/`);
      return [...new Set(paths.map((path) => path.slice(0, path.lastIndexOf('/'))))];
    },
  };
}
