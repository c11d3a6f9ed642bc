/** A statement of SQL in the words that SQLite and PostgreSQL share. Values stand as `?` in their order. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
  /** True when rows come back. */
  readonly returns: boolean;
}

export type Value = string | number | bigint | Uint8Array | null;

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>;

export type ColumnType = 'text' | 'integer' | 'real';

/** All in which the two databases differ where statements are written by hand. */
export interface Dialect {
  readonly name: 'sqlite' | 'postgres';
  /** A statement in the form of the driver. */
  placeholders(text: string): string;
  /** A table expression that reads one JSON list, handed over as one value, as rows with these columns. */
  rows(alias: string, columns: Readonly<Record<string, ColumnType>>): string;
  /** After a SELECT inside a claim: leave out what another claimer holds. SQLite has one writer at a time anyway. */
  readonly skipLocked: string;
  /** What makes all reads of a transaction see the same moment, as its first statements. SQLite's do so anyway. */
  readonly wholePicture: readonly Statement[];
  /** What takes deleted rows out of the database's own files. */
  readonly wipe: readonly Statement[];
  /** Takes the lock under which migrations run, inside the transaction that begins with it. */
  readonly migrationLock: Statement;
}

export const SQLITE: Dialect = {
  name: 'sqlite',
  placeholders: (text) => text,
  rows: (alias, columns) => {
    const list = Object.keys(columns).map((column) => `j.value ->> '${column}' AS ${column}`);
    return `(SELECT ${list.join(', ')} FROM json_each(?) AS j) AS ${alias}`;
  },
  skipLocked: '',
  wholePicture: [],
  // Deleted bytes are overwritten at once (secure_delete), but the log beside the file still holds what stood there before.
  wipe: [ask('PRAGMA wal_checkpoint(TRUNCATE)')],
  // Any write takes SQLite's one write lock; this one changes nothing.
  migrationLock: run(`UPDATE _prisma_migrations SET logs = logs WHERE id = ''`),
};

const POSTGRES_TYPE: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  integer: 'bigint',
  real: 'double precision',
};

export const POSTGRES: Dialect = {
  name: 'postgres',
  placeholders: (text) => {
    let at = 0;
    return text.replace(/\?/g, () => `$${++at}`);
  },
  rows: (alias, columns) => {
    const list = Object.entries(columns).map(([column, type]) => `${column} ${POSTGRES_TYPE[type]}`);
    return `jsonb_to_recordset(?::jsonb) AS ${alias}(${list.join(', ')})`;
  },
  skipLocked: ' FOR UPDATE OF o SKIP LOCKED',
  wholePicture: [run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')],
  // Autovacuum does it, at its own pace; a plain VACUUM of ours could be in its way.
  wipe: [],
  // The number under which Prisma's own migrate locks, so that the two exclude each other.
  migrationLock: ask('SELECT pg_advisory_xact_lock(72707369)::text AS locked'),
};

/** A statement that gives no rows. */
export function run(text: string, ...values: readonly Value[]): Statement {
  return { text, values, returns: false };
}

/** A statement that gives rows. */
export function ask(text: string, ...values: readonly Value[]): Statement {
  return { text, values, returns: true };
}

/** Where the rows of one table come from and how they are told apart. */
export interface TableShape {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnType>>;
}

/** Puts rows into a table, in the place of those with the same key, as one statement. */
export function upsert(dialect: Dialect, shape: TableShape, rows: readonly Row[]): Statement {
  const names = Object.keys(shape.columns);
  const sets = names.filter((name) => !shape.key.includes(name)).map((name) => `${name} = excluded.${name}`);
  const conflict = sets.length > 0 ? `DO UPDATE SET ${sets.join(', ')}` : 'DO NOTHING';
  return run(
    `INSERT INTO ${shape.table} (${names.join(', ')}) SELECT ${names.map((name) => `r.${name}`).join(', ')} ` +
      `FROM ${dialect.rows('r', shape.columns)} WHERE true ON CONFLICT (${shape.key.join(', ')}) ${conflict}`,
    JSON.stringify(rows),
  );
}

/** Values of a column, as an optional number or text. */
export function numberOrNull(value: unknown): number | null {
  return value === null || value === undefined ? null : Number(value);
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
