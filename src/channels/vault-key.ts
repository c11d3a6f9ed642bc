import type { Instant } from '../domain/time.js';
import type { CredentialStore } from '../ports/credential-store.js';
import { keysFrom, NAMING, seal, unseal } from './sealing.js';
import { readNaming } from './vault.js';

/**
 * What the store says of a key. `ours`: it was used here. `other`: another was. `changing`: what another had sealed is
 * being sealed with this one, and that was broken off. `unknown`: nothing was sealed yet, or before keys were marked.
 */
export type KeyProof = 'ours' | 'other' | 'changing' | 'unknown';

/** A word sealed with the key in use: by it a wrong key is noticed before anything is done with it. */
const MARK = 'key/=mark';
const AT_A_TIME = 500;

/** True when a key was used here, whichever. */
export async function isMarked(store: CredentialStore): Promise<boolean> {
  return (await store.get([MARK])).has(MARK);
}

export async function proveKey(store: CredentialStore, secretKey: string): Promise<KeyProof> {
  const { sealing } = keysFrom(secretKey);
  const mark = (await store.get([MARK])).get(MARK);
  if (mark !== undefined) return (opened(sealing, MARK, mark) as KeyProof | null) ?? 'other';
  const plain = (await store.keys('')).find((path) => path.includes('/='));
  const bytes = plain === undefined ? undefined : (await store.get([plain])).get(plain);
  return plain === undefined || bytes === undefined || opened(sealing, plain, bytes) !== null ? 'unknown' : 'other';
}

export async function markKey(
  store: CredentialStore,
  secretKey: string,
  now: Instant,
  as: 'ours' | 'changing' = 'ours',
): Promise<void> {
  await store.put(new Map([[MARK, seal(keysFrom(secretKey).sealing, MARK, as)]]), now);
}

/**
 * Seals with another key whatever the previous one had sealed; what was done already is passed over, so that it may be
 * repeated after a kill. Resolves to how many values it sealed. Throws CONFIG_FAULTY when neither key opens one.
 */
export async function reseal(
  store: CredentialStore,
  previous: string,
  secretKey: string,
  now: Instant,
): Promise<number> {
  const [from, to] = [keysFrom(previous), keysFrom(secretKey)];
  const kept = (await store.get([NAMING])).get(NAMING);
  if (kept === undefined || opened(to.sealing, NAMING, kept) === null) {
    const naming = await readNaming(store, from.sealing, from.naming);
    await store.put(new Map([[NAMING, seal(to.sealing, NAMING, naming.toString('base64'))]]), now);
  }
  const paths = (await store.keys('')).filter((path) => path !== MARK && path !== NAMING);
  let many = 0;
  for (let at = 0; at < paths.length; at += AT_A_TIME) {
    const found = await store.get(paths.slice(at, at + AT_A_TIME));
    const old = [...found].filter(([path, bytes]) => opened(to.sealing, path, bytes) === null);
    await store.put(
      new Map(old.map(([path, bytes]) => [path, seal(to.sealing, path, unseal(from.sealing, path, bytes))])),
      now,
    );
    many += old.length;
  }
  return many;
}

function opened(sealing: Buffer, path: string, bytes: Uint8Array): string | null {
  try {
    return unseal(sealing, path, bytes);
  } catch {
    return null;
  }
}
