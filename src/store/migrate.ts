import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../errors.js';
import { projectFile } from '../project-root.js';
import type { Database, Transaction } from './database.js';
import { ask, run } from './sql.js';

/** A migration as it lies in prisma/migrations/DATABASE/NAME/migration.sql. */
export interface Migration {
  readonly name: string;
  readonly script: string;
  readonly checksum: string;
}

/** Prisma's own table, in the form that its schema engine makes it. */
const TABLE = {
  sqlite: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME,
    "migration_name" TEXT NOT NULL, "logs" TEXT, "rolled_back_at" DATETIME,
    "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`,
  postgres: `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`,
} as const;

/** Now, as Prisma writes it: milliseconds in SQLite, a timestamp in PostgreSQL. */
const NOW = { sqlite: `CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)`, postgres: 'now()' } as const;

/** The migrations of the database's kind, in order. */
export function readMigrations(
  dialect: 'sqlite' | 'postgres',
  folder: string = projectFile(`prisma/migrations/${dialect}`),
): readonly Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Brings the database up to date: each missing migration in a transaction of its own, under a lock, so that two
 * processes may start at once and a kill leaves either all of a migration or nothing. Recorded as Prisma would, so that
 * `prisma migrate status` and `deploy` agree. Resolves to the names applied; throws MIGRATION_FAILED when the database
 * holds something that these files do not explain, PROGRAM_OUTDATED when it is a newer program's.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[] = readMigrations(database.dialect.name),
): Promise<readonly string[]> {
  await database.write(async (transaction) => {
    if (database.dialect.name === 'postgres') await transaction.run(database.dialect.migrationLock);
    await transaction.run(run(TABLE[database.dialect.name]));
  });
  const applied: string[] = [];
  for (;;) {
    const name = await database.write(async (transaction) => {
      await transaction.run(database.dialect.migrationLock);
      const next = missing(await recorded(transaction), migrations);
      if (!next) return null;
      await apply(transaction, database.dialect.name, next);
      return next.name;
    });
    if (name === null) return applied;
    applied.push(name);
  }
}

/** Applies these migrations inside a transaction that has begun to write: for a restore, which is all or nothing. */
export async function migrateWithin(
  transaction: Transaction,
  dialect: 'sqlite' | 'postgres',
  migrations: readonly Migration[],
): Promise<void> {
  await transaction.run(run(TABLE[dialect]));
  for (const migration of migrations) await apply(transaction, dialect, migration);
}

interface Recorded {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

async function recorded(transaction: Transaction): Promise<readonly Recorded[]> {
  const rows = await transaction.run(
    ask(`SELECT migration_name, checksum, CASE WHEN finished_at IS NULL THEN 0 ELSE 1 END AS finished
         FROM _prisma_migrations WHERE rolled_back_at IS NULL`),
  );
  return rows.map((row) => ({
    name: String(row.migration_name),
    checksum: String(row.checksum),
    finished: Number(row.finished) === 1,
  }));
}

/** The first migration that the database lacks; null when it has all. */
function missing(done: readonly Recorded[], migrations: readonly Migration[]): Migration | null {
  const byName = new Map(done.map((record) => [record.name, record]));
  for (const { name, finished } of done) {
    if (!finished) throw new AppError('MIGRATION_FAILED', `migration ${name} began once and did not finish`);
    if (!migrations.some((migration) => migration.name === name)) {
      throw new AppError('PROGRAM_OUTDATED', `the database knows ${name}, this program does not: it is the older one`);
    }
  }
  for (const migration of migrations) {
    const record = byName.get(migration.name);
    if (!record) return migration;
    if (record.checksum !== migration.checksum) {
      throw new AppError('MIGRATION_FAILED', `migration ${migration.name} was changed after it had been applied`);
    }
  }
  return null;
}

async function apply(transaction: Transaction, dialect: keyof typeof NOW, migration: Migration): Promise<void> {
  try {
    for (const text of statementsOf(migration.script)) await transaction.run(run(text));
  } catch (error) {
    throw new AppError('MIGRATION_FAILED', `migration ${migration.name} failed`, { cause: error });
  }
  await transaction.run(
    run(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (?, ?, ?, ${NOW[dialect]}, ${NOW[dialect]}, 1)`,
      randomUUID(),
      migration.checksum,
      migration.name,
    ),
  );
}

/** The statements of a script: each ends with a semicolon at the end of a line, as Prisma writes them. */
function statementsOf(script: string): readonly string[] {
  return script
    .split(/;[ \t]*$/m)
    .map((text) => text.replace(/^\s*--.*$/gm, '').trim())
    .filter((text) => text !== '');
}
