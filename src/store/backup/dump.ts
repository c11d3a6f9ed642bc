import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Instant } from '../../domain/time.js';
import { AppError } from '../../errors.js';
import { LAST_BACKUP } from '../../ports/last-backup.js';
import { type Database, openDatabase, type Transaction } from '../database.js';
import { createMeta } from '../meta.js';
import { ask, type Value } from '../sql.js';
import { type Counts, readBackup, type TableRow, writeBackup } from './file.js';
import { MIGRATIONS, readTables, type Table } from './tables.js';
import { type Plain, toPlain } from './values.js';

/** Rows read at a time. */
const PAGE = 2_000;
/** Who runs at this moment, and answers that live an hour: of no use in another place or at another time. */
const LEFT_OUT: readonly string[] = ['leases', 'letters'];

export interface BackupReport {
  readonly rows: Counts;
  readonly migrations: number;
}

/**
 * Writes everything in the database at `url` to a new file, as of one moment, while the server may run on; then reads
 * the file back and notes in the database that there is one. The tables stay as they are, also those of an older version.
 * Throws NOT_FOUND without a database of ours, INPUT_INVALID when the file exists, BACKUP_FAULTY when what was written
 * does not read back.
 */
export async function backUp(url: string, path: string, now: Instant): Promise<BackupReport> {
  if (existsSync(path)) throw new AppError('INPUT_INVALID', `There is a file ${path} already.`);
  refuseMissingFile(url);
  const database = await openDatabase(url);
  const unfinished = `${path}.part`;
  try {
    await checkWhole(database);
    rmSync(unfinished, { force: true });
    const migrations = await database.picture((transaction) => dump(database, transaction, unfinished, now));
    const rows = await readBackup(unfinished, noted, noted);
    renameSync(unfinished, path);
    await createMeta(database).set(LAST_BACKUP, String(now));
    return { rows, migrations };
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    await database.close();
  }
}

const noted = () => undefined;

/** Opening would make an empty one. */
function refuseMissingFile(url: string): void {
  if (url.startsWith('file:') && !existsSync(url.slice('file:'.length))) throw nothingThere();
}

function nothingThere(): AppError {
  return new AppError('NOT_FOUND', 'There is no database of this program at DATABASE_URL.');
}

/** A copy of a damaged database would take the place of a good one some day. */
async function checkWhole(database: Database): Promise<void> {
  if (database.dialect.name !== 'sqlite') return;
  const [found] = await database.query(ask('PRAGMA integrity_check(1)'));
  if (found?.integrity_check === 'ok') return;
  throw new AppError('STORE_REJECTED', 'The database file is damaged; nothing was written. Restore the last backup.');
}

async function dump(database: Database, transaction: Transaction, path: string, now: Instant): Promise<number> {
  const tables = (await readTables(transaction, database.dialect)).filter(({ name }) => !LEFT_OUT.includes(name));
  if (!tables.some(({ name }) => name === 'store_meta')) {
    throw nothingThere();
  }
  const migrations = await transaction.run(
    ask(`SELECT migration_name AS name FROM "${MIGRATIONS}" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`),
  );
  const names = migrations.map(({ name }) => String(name)).sort();
  const first = {
    tanya: 'backup',
    format: 1,
    from: database.dialect.name,
    at: now,
    migrations: names,
    tables: tables.map(({ name, columns }) => ({ name, columns })),
  } as const;
  await writeBackup(path, first, rowsOf(transaction, tables));
  return names.length;
}

async function* rowsOf(transaction: Transaction, tables: readonly Table[]): AsyncGenerator<TableRow> {
  for (const table of tables) yield* tableRows(transaction, table);
}

/** Page by page along the primary key, so that a table of millions is never in memory. */
async function* tableRows(transaction: Transaction, table: Table): AsyncGenerator<TableRow> {
  const key = table.key.map((name) => `"${name}"`).join(', ');
  const columns = Object.keys(table.columns).map((name) => `"${name}"`);
  let after: readonly Value[] | null = null;
  for (;;) {
    const where: string = after === null ? '' : `WHERE (${key}) > (${after.map(() => '?').join(', ')})`;
    const text = `SELECT ${columns.join(', ')} FROM "${table.name}" ${where} ORDER BY ${key} LIMIT ${PAGE}`;
    const rows = await transaction.run(ask(text, ...(after ?? [])));
    for (const row of rows) {
      const plain = Object.entries(table.columns).map(([name, kind]) => [name, toPlain(row[name], kind)] as const);
      yield { table: table.name, row: Object.fromEntries<Plain>(plain) };
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = table.key.map((name) => last[name] as Value);
  }
}
