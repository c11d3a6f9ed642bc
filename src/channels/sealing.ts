import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../errors.js';

const NONCE = 12;
const TAG = 16;

/** What is made of SECRET_KEY for the secrets of channels. */
export interface SealingKeys {
  readonly sealing: Buffer;
  /** Under which names are hidden; after a change of SECRET_KEY this one stays, and lies in the store, sealed. */
  readonly naming: Buffer;
}

/** Where the key for names lies when it is not made of SECRET_KEY: names are gone once they are hidden. */
export const NAMING = 'key/=naming';

export function keysFrom(secretKey: string): SealingKeys {
  const keys = Buffer.from(hkdfSync('sha256', secretKey, '', 'channel credentials', 64));
  return { sealing: keys.subarray(0, 32), naming: keys.subarray(32) };
}

/** AES-256-GCM, bound to the path so that no value can be put in another's place. */
export function seal(key: Buffer, path: string, value: string): Uint8Array {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(path));
  const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** Throws CONFIG_FAULTY when it was sealed with another key, or for another path. */
export function unseal(key: Buffer, path: string, bytes: Uint8Array): string {
  const all = Buffer.from(bytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, all.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(Buffer.from(path))
      .setAuthTag(all.subarray(NONCE, NONCE + TAG));
    return decipher.update(all.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch (cause) {
    const what = 'SECRET_KEY is not the one that the channel credentials in the store were sealed with';
    throw new AppError('CONFIG_FAULTY', what, { cause });
  }
}
