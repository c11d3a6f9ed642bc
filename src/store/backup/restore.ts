import type { Instant } from '../../domain/time.js';
import { AppError } from '../../errors.js';
import { type Database, openDatabase, type Transaction } from '../database.js';
import { type Migration, migrateWithin, readMigrations } from '../migrate.js';
import { ask, run } from '../sql.js';
import { type Counts, type Header, readBackup, type TableRow } from './file.js';
import { letNothingWait } from './let-nothing-wait.js';
import { MIGRATIONS, readTables, type Table } from './tables.js';
import { insertRows } from './values.js';

export interface RestoreOptions {
  /** Empties what is in the way. */
  readonly force: boolean;
  /** The old server runs no more and answered nobody since the backup: what waited goes out from here. */
  readonly moved: boolean;
}

export interface RestoreReport {
  readonly at: Instant;
  readonly from: Header['from'];
  readonly rows: Counts;
  /** Migrations that the backup did not have yet. */
  readonly upgraded: readonly string[];
}

/** Rows put in with one statement. */
const BATCH = 500;

/**
 * Puts a backup, of either kind of database and of this or an older version, in the place of what the database at `url`
 * holds: all of it or nothing. Throws BACKUP_FAULTY when the file is not whole or of a newer version, RESTORE_REFUSED
 * when a server runs on the database, or when it holds something and `force` is not given.
 */
export async function restore(
  url: string,
  path: string,
  options: RestoreOptions,
  now: Instant,
): Promise<RestoreReport> {
  let header: Header | null = null;
  const rows = await readBackup(
    path,
    (first) => {
      header = first;
    },
    () => undefined,
  );
  const first = header as Header | null;
  if (first === null) throw new AppError('BACKUP_FAULTY', 'The backup is empty.');
  const database = await openDatabase(url);
  try {
    const all = readMigrations(database.dialect.name);
    const known = migrationsOf(first, all);
    const missing = all.filter(({ name }) => !first.migrations.includes(name));
    await database.fill(async (transaction) => {
      await makeRoom(database, transaction, options.force, now);
      await migrateWithin(transaction, database.dialect.name, known);
      await load(database, transaction, path);
      await checkCounts(transaction, rows);
      await migrateWithin(transaction, database.dialect.name, missing);
      if (!options.moved) await letNothingWait(transaction, now);
    });
    await checkWhole(database);
    return { at: first.at, from: first.from, rows, upgraded: missing.map(({ name }) => name) };
  } finally {
    await database.close();
  }
}

/** The migrations that the backup had, in this database's words. */
function migrationsOf(first: Header, all: readonly Migration[]): readonly Migration[] {
  const unknown = first.migrations.filter((name) => !all.some((each) => each.name === name));
  if (unknown.length > 0) {
    throw new AppError(
      'BACKUP_FAULTY',
      `The backup is of a newer version: this program does not know ${unknown.join(', ')}.`,
    );
  }
  return all.filter(({ name }) => first.migrations.includes(name));
}

/** Takes away our own tables; others that share the database are left alone. */
async function makeRoom(database: Database, transaction: Transaction, force: boolean, now: Instant): Promise<void> {
  // The first statement of a transaction has to write; this one changes nothing.
  await transaction.run(run('CREATE TABLE IF NOT EXISTS restore_begins (id TEXT PRIMARY KEY)'));
  await transaction.run(run('DROP TABLE restore_begins'));
  const ours = ourTables(readMigrations(database.dialect.name));
  const tables = (await readTables(transaction, database.dialect)).filter(({ name }) => ours.has(name));
  if (tables.some(({ name }) => name === 'leases')) await refuseWhileRunning(transaction, now);
  if (!force) await refuseFull(transaction, tables);
  for (const { name } of [...tables].reverse()) await transaction.run(run(`DROP TABLE "${name}"`));
  await transaction.run(run(`DROP TABLE IF EXISTS "${MIGRATIONS}"`));
}

function ourTables(migrations: readonly Migration[]): ReadonlySet<string> {
  return new Set(
    migrations.flatMap(({ script }) => [...script.matchAll(/CREATE TABLE "(\w+)"/g)].map((found) => found[1] ?? '')),
  );
}

async function refuseWhileRunning(transaction: Transaction, now: Instant): Promise<void> {
  const alive = await transaction.run(
    ask(`SELECT name FROM leases WHERE name LIKE 'process/%' AND expires_at > ? LIMIT 1`, BigInt(now)),
  );
  if (alive.length === 0) return;
  throw new AppError(
    'RESTORE_REFUSED',
    'A server runs on this database, or ended less than ten seconds ago. Stop it first.',
  );
}

async function refuseFull(transaction: Transaction, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    const [found] = await transaction.run(ask(`SELECT count(*) AS many FROM (SELECT 1 FROM "${name}" LIMIT 1) AS one`));
    if (Number(found?.many) === 0) continue;
    throw new AppError(
      'RESTORE_REFUSED',
      `The database is not empty (${name} has rows). With --force what it holds is replaced; back it up first.`,
    );
  }
}

/** Reads the file a second time: it was whole a moment ago, and is checked again to its last byte. */
async function load(database: Database, transaction: Transaction, path: string): Promise<void> {
  const tables = await readTables(transaction, database.dialect);
  let current: Table | null = null;
  let batch: TableRow['row'][] = [];
  const flush = async () => {
    if (current !== null && batch.length > 0) await transaction.run(insertRows(database.dialect, current, batch));
    batch = [];
  };
  await readBackup(
    path,
    (first) => refuseOtherShape(first, tables),
    async ({ table, row }) => {
      if (table !== current?.name) {
        await flush();
        current = tables.find(({ name }) => name === table) ?? null;
      }
      batch.push(row);
      if (batch.length >= BATCH) await flush();
    },
  );
  await flush();
}

function refuseOtherShape({ tables: given }: Header, tables: readonly Table[]): void {
  for (const { name, columns } of given) {
    const own = tables.find((table) => table.name === name)?.columns ?? {};
    const odd = Object.entries(columns).filter(([column, kind]) => own[column] !== kind);
    if (odd.length > 0) {
      throw new AppError(
        'BACKUP_FAULTY',
        `The backup does not fit: ${name}.${odd.map(([column]) => column).join(', ')}.`,
      );
    }
  }
}

async function checkCounts(transaction: Transaction, expected: Counts): Promise<void> {
  for (const [name, many] of Object.entries(expected)) {
    const [found] = await transaction.run(ask(`SELECT count(*) AS many FROM "${name}"`));
    if (Number(found?.many) !== many) {
      throw new AppError(
        'BACKUP_FAULTY',
        `Of ${many} rows of ${name}, ${Number(found?.many)} arrived; nothing was kept.`,
      );
    }
  }
}

async function checkWhole(database: Database): Promise<void> {
  if (database.dialect.name !== 'sqlite') return;
  const [found] = await database.query(ask('PRAGMA integrity_check(1)'));
  const orphans = await database.query(ask('PRAGMA foreign_key_check'));
  if (found?.integrity_check === 'ok' && orphans.length === 0) return;
  throw new AppError('STORE_REJECTED', 'The restored database file is damaged. Restore it to another disk.');
}
