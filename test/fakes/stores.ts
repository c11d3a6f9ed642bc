import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import type { Store } from '../../src/ports/store.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { openStore } from '../../src/store/open-store.js';
import { startPostgres } from './postgres.js';

/** Opens a store with nothing in it, as each test needs one; the test closes it. */
export type OpenEmpty = () => Promise<Store>;
export type StoreKind = 'memory' | 'SQLite' | 'PostgreSQL';

/** The kinds of store that can be had, each with a way to open it: a table for `describe.each`. To be called where a file begins. */
export async function emptyStores(
  kinds: readonly StoreKind[] = ['memory', 'SQLite', 'PostgreSQL'],
): Promise<readonly (readonly [kind: StoreKind, open: OpenEmpty])[]> {
  const openings: Record<StoreKind, () => Promise<OpenEmpty | null>> = {
    memory: async () => async () => createMemoryStore(),
    SQLite: emptySqlite,
    PostgreSQL: emptyPostgres,
  };
  const found: (readonly [StoreKind, OpenEmpty])[] = [];
  for (const kind of kinds) {
    const open = await openings[kind]();
    if (open !== null) found.push([kind, open]);
    else describe(kind, () => it.skip('is not tried: its server did not start, see above', () => undefined));
  }
  return found;
}

let migrated: Promise<Buffer> | null = null;

/** Files of their own, copied from one whose tables were made once in this process. */
export async function emptySqlite(): Promise<OpenEmpty> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-stores-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const make = async () => {
    const file = join(folder, 'template.db');
    await (await openStore(`file:${file}`)).close();
    return readFileSync(file);
  };
  migrated ??= make();
  const template = await migrated;
  let count = 0;
  return () => {
    count += 1;
    const file = join(folder, `${count}.db`);
    writeFileSync(file, template);
    return openStore(`file:${file}`);
  };
}

/** One database whose tables are emptied before each test; null where the server does not start, which in CI is a failure. */
export async function emptyPostgres(): Promise<OpenEmpty | null> {
  const postgres = await startPostgres();
  if (postgres === null) return null;
  afterAll(() => postgres.stop());
  const url = await postgres.createDatabase();
  await (await openStore(url)).close();
  return async () => {
    await postgres.emptyTables(url);
    return openStore(url);
  };
}
