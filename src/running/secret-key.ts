import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMarked, markKey, proveKey } from '../channels/vault-key.js';
import type { Config } from '../config.js';
import type { Instant } from '../domain/time.js';
import { AppError } from '../errors.js';
import type { Store } from '../ports/store.js';
import { DATA_FOLDER } from './filled-store.js';

const KEY_FILE = join(DATA_FOLDER, 'secret.key');
const NEXT_FILE = `${KEY_FILE}.next`;

/**
 * The key that encrypts channel credentials: from the settings, else (only on the embedded database) made once and kept
 * beside it, readable by its owner alone.
 */
export function secretKey(config: Config): string {
  return config.secretKey ?? keyIn(KEY_FILE);
}

/** The key in the file, made if there is none. */
function keyIn(path: string): string {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(path, 'utf8').trim();
}

/**
 * Makes sure that the key is the one that this store is used with, before anything is sealed or signed with it; the
 * first key that comes to a store is marked as its own. Throws CONFIG_FAULTY, with what to do, when it is another.
 */
export async function proveSecretKey(config: Config, store: Store, now: Instant): Promise<void> {
  const { credentials } = store;
  if (config.secretKey === null && !existsSync(KEY_FILE) && (await isMarked(credentials))) {
    throw new AppError('CONFIG_FAULTY', `${KEY_FILE} is missing; a new one would open nothing. ${WAYS_OUT}`);
  }
  const key = secretKey(config);
  const proof = await proveKey(credentials, key);
  if (proof === 'ours') return;
  if (proof === 'changing') {
    throw new AppError('CONFIG_FAULTY', 'The change of SECRET_KEY was broken off: run its command once more.');
  }
  // Of a store on which no server ever ran nothing has to be looked at: that costs a library, and half a second.
  const fresh = (await store.meta.get('last_process')) === null;
  const opens =
    proof === 'unknown' && (fresh || (await store.staff({ secret: key, publicUrl: null }).opensSecondFactors()));
  if (!opens) {
    const which = config.secretKey === null ? KEY_FILE : 'SECRET_KEY';
    throw new AppError('CONFIG_FAULTY', `${which} is not the key that this database is used with. ${WAYS_OUT}`);
  }
  await markKey(credentials, key, now);
}

const WAYS_OUT =
  'Put the former key back. To change it: npm run -s key -- change. When it is lost: docs/operations.md, "The secret key is lost".';

/** The two keys of a change, and what makes the new one the one that counts. */
export interface KeyChange {
  readonly previous: string;
  readonly next: string;
  finish(): void;
}

/**
 * By the settings from SECRET_KEY_PREVIOUS, or the file beside the embedded database, to SECRET_KEY; without SECRET_KEY
 * from the file to a new one. Throws CONFIG_FAULTY when the former key is not there.
 */
export function keyChange(config: Config): KeyChange {
  const former = config.secretKeyPrevious ?? (existsSync(KEY_FILE) ? keyIn(KEY_FILE) : null);
  if (former === null) {
    throw new AppError('CONFIG_FAULTY', 'SECRET_KEY_PREVIOUS is needed: the key that is to be given up.');
  }
  if (config.secretKey !== null) return { previous: former, next: config.secretKey, finish: () => undefined };
  return { previous: former, next: keyIn(NEXT_FILE), finish: () => renameSync(NEXT_FILE, KEY_FILE) };
}
