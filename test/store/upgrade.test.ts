import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backUp } from '../../src/store/backup/dump.js';
import { readBackup, type TableRow } from '../../src/store/backup/file.js';
import { restore } from '../../src/store/backup/restore.js';
import { readTables, type Table } from '../../src/store/backup/tables.js';
import { insertRows, type Plain } from '../../src/store/backup/values.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { migrate, readMigrations } from '../../src/store/migrate.js';
import { openStore } from '../../src/store/open-store.js';
import { ask, type Row } from '../../src/store/sql.js';
import { answersFrom, liveIn, RESIDENT } from '../fakes/lived-in-store.js';
import { startPostgres } from '../fakes/postgres.js';
import { MONDAY } from '../services/house.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-upgrade-'));
const postgres = await startPostgres();
let count = 0;
const fresh = {
  sqlite: async () => `file:${join(folder, `${++count}.db`)}`,
  postgres: async () => (await postgres?.createDatabase()) ?? '',
};
const kinds = postgres ? (['sqlite', 'postgres'] as const) : (['sqlite'] as const);
/** Every state of the tables that was ever released but the present one, found in the folder of migrations. */
const earlier = kinds.flatMap((kind) =>
  readMigrations(kind)
    .slice(0, -1)
    .map(({ name }, at) => [kind, name, at + 1] as const),
);
/** What months of use leave, in the present tables. */
const rows = new Map<string, TableRow['row'][]>();

beforeAll(async () => {
  const url = await fresh.sqlite();
  const store = await openStore(url);
  await liveIn(store);
  await store.close();
  const path = join(folder, 'lived.ndjson.gz');
  await backUp(url, path, MONDAY);
  await readBackup(
    path,
    () => undefined,
    ({ table, row }) => {
      rows.set(table, [...(rows.get(table) ?? []), row]);
    },
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
});

/** The rows that a table of an earlier version would hold: columns that came later are not there yet. */
function earlierRows(table: Table): readonly Readonly<Record<string, Plain>>[] {
  const own = rows.get(table.name) ?? [];
  return own.map((row) => Object.fromEntries(Object.keys(table.columns).map((name) => [name, row[name] ?? null])));
}

/** A database as that version left it, with what it held. */
async function asOf(
  kind: 'sqlite' | 'postgres',
  migrations: number,
): Promise<{ url: string; tables: readonly Table[] }> {
  const url = await fresh[kind]();
  const database = await openDatabase(url);
  await migrate(database, readMigrations(kind).slice(0, migrations));
  const tables = await database.picture((transaction) => readTables(transaction, database.dialect));
  await database.write(async (transaction) => {
    for (const table of tables) {
      const held = earlierRows(table);
      if (held.length > 0) await transaction.run(insertRows(database.dialect, table, held));
    }
  });
  await database.close();
  return { url, tables };
}

async function held(database: Database, { name, columns }: Table): Promise<readonly string[]> {
  const names = Object.keys(columns).map((column) => `"${column}"`);
  const found = await database.query(ask(`SELECT ${names.join(', ')} FROM "${name}"`));
  return found.map(asText).sort();
}

function asText(row: Row): string {
  return JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}

async function everything(url: string, tables: readonly Table[]): Promise<Readonly<Record<string, readonly string[]>>> {
  const database = await openDatabase(url);
  const contents: Record<string, readonly string[]> = {};
  for (const table of tables) contents[table.name] = await held(database, table);
  await database.close();
  return contents;
}

describe('the migrations', () => {
  it('are the same steps on both databases', () => {
    expect(readMigrations('postgres').map(({ name }) => name)).toEqual(
      readMigrations('sqlite').map(({ name }) => name),
    );
    expect(earlier.length).toBeGreaterThan(0);
  });
});

describe.each(earlier)('a %s database as %s left it', (kind, _name, migrations) => {
  it('keeps every row when the present program opens it, and goes on answering', async () => {
    const { url, tables } = await asOf(kind, migrations);
    const before = await everything(url, tables);
    expect(before.facilities?.length).toBeGreaterThan(100);
    expect(before.sessions?.length).toBeGreaterThan(0);
    const store = await openStore(url);
    expect(await everything(url, tables)).toEqual(before);
    const resident = await store.contacts.findByAddress('telegram', RESIDENT);
    expect(resident?.consent).toBe('granted');
    expect(await answersFrom(store)).toContain('Tenggarong');
    // The one whose conversation was under way in the old version.
    expect(await answersFrom(store, RESIDENT, 'again')).toContain('Tenggarong');
    await store.close();
  });
});

describe.each(earlier.filter(([, , migrations]) => migrations === 1))(
  'a %s database as %s left it',
  (kind, _name, migrations) => {
    it('can be backed up as it is, and restored by the present program', async () => {
      const { url, tables } = await asOf(kind, migrations);
      const before = await everything(url, tables);
      const path = join(folder, `${++count}.ndjson.gz`);
      await backUp(url, path, MONDAY);
      const target = await fresh[kind]();
      const { upgraded } = await restore(target, path, { force: false, moved: true }, MONDAY);
      expect(upgraded).toEqual(
        readMigrations(kind)
          .slice(migrations)
          .map(({ name }) => name),
      );
      const after = await everything(target, tables);
      for (const { name } of tables) if (name !== 'store_meta') expect(after[name], name).toEqual(before[name]);
    });
  },
);

if (!postgres) describe('upgrades of PostgreSQL', () => it.skip('the server did not start', () => undefined));
