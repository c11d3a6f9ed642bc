import { markKey, proveKey, reseal } from '../channels/vault-key.js';
import type { Instant } from '../domain/time.js';
import { AppError } from '../errors.js';
import type { Store } from '../ports/store.js';
import type { KeyChange } from './secret-key.js';

/** How much was sealed anew; null when all of it was already. */
export interface KeyChanged {
  readonly credentials: number;
  readonly secondFactors: number;
}

/**
 * Seals everything anew with the next key: secrets of channels, then the second factors of staff. Between the first and
 * the last step no server starts, with either key; after a kill it is run once more. Throws CONFIG_FAULTY when the
 * previous key is not the store's, SERVER_RUNNING while a server runs.
 */
export async function changeSecretKey(
  store: Store,
  { previous, next, finish }: KeyChange,
  now: Instant,
): Promise<KeyChanged | null> {
  const { credentials } = store;
  if (await store.leases.anyHeld('process/', now)) {
    throw new AppError(
      'SERVER_RUNNING',
      'A server runs on this database, or was killed less than ten seconds ago. Stop every process of it first.',
    );
  }
  const staff = store.staff({ secret: next, publicUrl: null });
  const proof = await proveKey(credentials, next);
  if (proof === 'ours') {
    finish();
    return null;
  }
  if (proof !== 'changing') {
    const before = await proveKey(credentials, previous);
    const formerStaff = store.staff({ secret: previous, publicUrl: null });
    if (before === 'other' || before === 'changing' || !(await formerStaff.opensSecondFactors())) {
      throw new AppError('CONFIG_FAULTY', 'The former key is not the one that this database is used with.');
    }
    await markKey(credentials, next, now, 'changing');
  }
  const changed = {
    credentials: await reseal(credentials, previous, next, now),
    secondFactors: await staff.resealSecondFactors(previous),
  };
  await markKey(credentials, next, now);
  finish();
  return changed;
}
