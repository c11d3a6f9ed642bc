import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store.js';
import { loadSeedSnapshot, planSeed } from '../../src/services/seed.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { type Migration, migrate, readMigrations } from '../../src/store/migrate.js';
import { openStore } from '../../src/store/open-store.js';
import { ask, run } from '../../src/store/sql.js';
import { startPostgres } from '../fakes/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-start-'));
const postgres = await startPostgres();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
});

let count = 0;
const emptySqlite = async () => {
  count += 1;
  return `file:${join(folder, `${count}`, 'deep', 'tanya.db')}`;
};
const databases: readonly (readonly [string, () => Promise<string>])[] = [
  ['SQLite', emptySqlite],
  ...(postgres ? [['PostgreSQL', () => postgres.createDatabase()] as const] : []),
];

const built = (path: string) => fileURLToPath(new URL(`../../dist/src/${path}`, import.meta.url));
/** A process of its own that opens the store as the server does, loads the shipped data, and closes. */
const STARTER = `
  const { openStore } = await import(${JSON.stringify(built('store/open-store.js'))});
  const { planSeed } = await import(${JSON.stringify(built('services/seed.js'))});
  const store = await openStore(process.argv[1]);
  const seeded = await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
  process.stdout.write(seeded ? 'seeded' : 'found');
  await store.close();
`;

async function startProcess(url: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', STARTER, url]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = (await once(child, 'close')) as [number];
  return code === 0 ? output : `failed: ${output}`;
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const MIGRATION = (name: string, script: string): Migration => ({ name, script, checksum: name.padEnd(64, '0') });
const FIRST = MIGRATION('1_first', '-- a comment; with a semicolon\nCREATE TABLE one (id TEXT NOT NULL);\n');
const SECOND = MIGRATION('2_second', "CREATE TABLE two (id TEXT NOT NULL);\n\nINSERT INTO two (id) VALUES ('x');\n");
const BROKEN = MIGRATION('2_second', "CREATE TABLE two (id TEXT NOT NULL);\nINSERT INTO nowhere (id) VALUES ('x');\n");

describe.each(databases)('starting on %s', (kind, makeUrl) => {
  const seed = loadSeedSnapshot();
  const same = async (store: Store) => {
    const snapshot = await store.data.snapshot();
    expect(snapshot.facilities).toHaveLength(seed.facilities.length);
    expect(snapshot.areas).toHaveLength(seed.areas.length);
    expect(snapshot.holidays).toHaveLength(seed.holidays.length);
  };

  test('on nothing, then again on what is there', async () => {
    const url = await makeUrl();
    for (const fresh of [true, false]) {
      const store = await openStore(url);
      expect(await store.data.seed(planSeed().change, { who: 'seed', at: 0 })).toBe(fresh);
      await same(store);
      await store.close();
    }
    if (kind === 'SQLite') expect(existsSync(url.replace('file:', ''))).toBe(true);
  });

  test('what staff changed stays after the next start', async () => {
    const url = await makeUrl();
    const author = { who: 'petugas@contoh.test', at: 0 };
    const first = await openStore(url);
    await first.data.seed(planSeed().change, author);
    await first.data.removeHoliday({ date: '2026-12-25', regionCode: null, kind: 'national' }, author);
    await first.close();
    expect(await startProcess(url)).toBe('found');
    const second = await openStore(url);
    expect((await second.data.snapshot()).holidays).toHaveLength(seed.holidays.length - 1);
    await second.close();
  });

  test('three processes at once on nothing', async () => {
    const url = await makeUrl();
    const outputs = await Promise.all([startProcess(url), startProcess(url), startProcess(url)]);
    expect(outputs.sort()).toEqual(['found', 'found', 'seeded']);
    const store = await openStore(url);
    await same(store);
    await store.close();
  });

  test('records migrations as Prisma does', async () => {
    const url = await makeUrl();
    await (await openStore(url)).close();
    const migrations = readMigrations(kind === 'SQLite' ? 'sqlite' : 'postgres');
    const rows = await withDatabase(url, (database) =>
      database.query(ask('SELECT * FROM _prisma_migrations ORDER BY migration_name')),
    );
    expect(rows.map((row) => [row.migration_name, row.checksum, Number(row.applied_steps_count)])).toEqual(
      migrations.map(({ name, checksum }) => [name, checksum, 1]),
    );
    for (const row of rows) {
      expect(row).toMatchObject({ logs: null, rolled_back_at: null, id: expect.stringMatching(/^[0-9a-f-]{36}$/) });
      expect(row.finished_at).not.toBeNull();
    }
  });

  test('applies in order what is missing, and nothing twice', async () => {
    const url = await makeUrl();
    await withDatabase(url, async (database) => {
      expect(await migrate(database, [FIRST])).toEqual(['1_first']);
      expect(await migrate(database, [FIRST, SECOND])).toEqual(['2_second']);
      expect(await migrate(database, [FIRST, SECOND])).toEqual([]);
      expect(await database.query(ask('SELECT id FROM two'))).toEqual([{ id: 'x' }]);
    });
  });

  test('a migration that breaks leaves nothing of itself, and can be mended', async () => {
    const url = await makeUrl();
    await withDatabase(url, async (database) => {
      await expect(migrate(database, [FIRST, BROKEN])).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
      await expect(database.query(ask('SELECT id FROM two'))).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      expect(await migrate(database, [FIRST, SECOND])).toEqual(['2_second']);
    });
  });

  test('a kill between two migrations: the next start goes on with the second', async () => {
    const url = await makeUrl();
    await withDatabase(url, (database) => migrate(database, [FIRST]));
    await withDatabase(url, async (database) => {
      expect(await migrate(database, [FIRST, SECOND])).toEqual(['2_second']);
    });
  });

  test.each([
    [
      'a migration that was changed afterwards',
      [{ ...FIRST, checksum: 'other' }],
      'MIGRATION_FAILED',
      /1_first was changed/,
    ],
    ['a database from a newer program, which no restore mends', [], 'PROGRAM_OUTDATED', /knows 1_first/],
  ])('refuses %s', async (_, migrations, code, says) => {
    const url = await makeUrl();
    await withDatabase(url, async (database) => {
      await migrate(database, [FIRST]);
      await expect(migrate(database, migrations)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(says),
      });
    });
  });

  test('refuses a migration that Prisma left unfinished', async () => {
    const url = await makeUrl();
    await withDatabase(url, async (database) => {
      await migrate(database, [FIRST]);
      await database.batch([run('UPDATE _prisma_migrations SET finished_at = NULL')]);
      await expect(migrate(database, [FIRST])).rejects.toMatchObject({ message: expect.stringMatching(/not finish/) });
    });
  });

  test('has every column that the client knows', async () => {
    const url = await makeUrl();
    await (await openStore(url)).close();
    await withDatabase(url, async ({ reader }) => {
      const models = Object.values(reader as unknown as Record<string, { findFirst?: () => Promise<unknown> }>);
      const tables = models.filter((model) => typeof model?.findFirst === 'function');
      expect(tables.length).toBeGreaterThanOrEqual(18);
      for (const table of tables) expect(await table.findFirst?.()).toBeNull();
    });
  });
});

test('both databases have the same migrations', () => {
  const names = (dialect: 'sqlite' | 'postgres') => readMigrations(dialect).map(({ name }) => name);
  expect(names('sqlite')).toEqual(names('postgres'));
  expect(names('sqlite').length).toBeGreaterThan(0);
});

test('SQLite waits for the disk and keeps foreign keys', async () => {
  const url = await emptySqlite();
  await (await openStore(url)).close();
  await withDatabase(url, async ({ reader, serial }) => {
    for (const client of [reader, serial]) {
      const ask = async (name: string) =>
        Object.values((await client.$queryRawUnsafe<object[]>(`PRAGMA ${name}`))[0] ?? {}).map(String);
      expect(await ask('journal_mode')).toEqual(['wal']);
      expect(await ask('synchronous')).toEqual(['2']);
      expect(await ask('foreign_keys')).toEqual(['1']);
    }
  });
});

test('SQLite’s files are the owner’s alone, unless the operator opened them', async () => {
  const url = await emptySqlite();
  const path = url.slice('file:'.length);
  const store = await openStore(url);
  await store.meta.set('x', 'y');
  const modes = readdirSync(dirname(path)).map((name) => statSync(join(dirname(path), name)).mode & 0o777);
  expect(modes.length).toBeGreaterThan(1);
  expect(new Set(modes)).toEqual(new Set([0o600]));
  await store.close();
  chmodSync(path, 0o640);
  await (await openStore(url)).close();
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('a file that is no database is refused, and says so', async () => {
  const path = join(folder, 'no-database.db');
  writeFileSync(path, 'this is a text, not a database, and longer than a header of a hundred bytes, '.repeat(3));
  await expect(openStore(`file:${path}`)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});

test('a server that is not there is refused, and says so', async () => {
  await expect(openStore('postgres://nobody:x@127.0.0.1:1/none')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
});
