import type { StaffAuth } from './staff-auth.js';

type Adapter = Awaited<StaffAuth['$context']>['adapter'];

/** What the library keeps encrypted of a second factor. */
interface SealedRow {
  readonly id: string;
  readonly secret: string;
  readonly backupCodes: string;
}

const SEALED = ['secret', 'backupCodes'] as const;
const MOST = 10_000;

/** True when the key opens every second factor that there is. */
export async function opensSecondFactors(adapter: Adapter, key: string): Promise<boolean> {
  const rows = await adapter.findMany<SealedRow>({ model: 'twoFactor', limit: MOST });
  const opened = await Promise.all(rows.flatMap((row) => SEALED.map((field) => open(key, row[field]))));
  return opened.every((text) => text !== null);
}

/**
 * Encrypts with `key` what `previous` had encrypted; what `key` opens already stays. Resolves to how many members it
 * changed. One that neither opens stays as it is: its member could not sign in before, and sets it up anew.
 */
export async function resealSecondFactors(adapter: Adapter, previous: string, key: string): Promise<number> {
  const { symmetricEncrypt } = await import('better-auth/crypto');
  const rows = await adapter.findMany<SealedRow>({ model: 'twoFactor', limit: MOST });
  let many = 0;
  for (const row of rows) {
    const update: Partial<Record<(typeof SEALED)[number], string>> = {};
    for (const field of SEALED) {
      if ((await open(key, row[field])) !== null) continue;
      const data = await open(previous, row[field]);
      if (data !== null) update[field] = await symmetricEncrypt({ key, data });
    }
    if (Object.keys(update).length === 0) continue;
    await adapter.update({ model: 'twoFactor', where: [{ field: 'id', value: row.id }], update });
    many += 1;
  }
  return many;
}

async function open(key: string, data: string): Promise<string | null> {
  const { symmetricDecrypt } = await import('better-auth/crypto');
  return symmetricDecrypt({ key, data }).catch(() => null);
}
