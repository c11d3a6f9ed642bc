import { type ColumnType, type Dialect, type Row, run, type Statement } from '../sql.js';
import type { Kind, Table } from './tables.js';

/** A value as it stands in a backup. */
export type Plain = string | number | boolean | null;

/** A value of the driver in the form of a backup, the same from both databases. */
export function toPlain(value: unknown, kind: Kind): Plain {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'text':
      return String(value);
    case 'integer': {
      const number = Number(value);
      if (!Number.isSafeInteger(number)) throw new Error('an integer is too large for a backup');
      return number;
    }
    case 'real':
      return Number(value);
    case 'boolean':
      return value === true || Number(value) === 1;
    case 'datetime':
      return (value instanceof Date ? value : new Date(String(value))).toISOString();
    case 'bytes':
      return Buffer.from(value as Uint8Array).toString('hex');
  }
}

const COLUMN: Readonly<Record<Kind, ColumnType>> = {
  text: 'text',
  integer: 'integer',
  real: 'real',
  boolean: 'integer',
  datetime: 'text',
  bytes: 'text',
};

/** How a column of a backup becomes one of the database; SQLite holds moments as Prisma writes them there. */
const EXPRESSION = {
  sqlite: { boolean: '%', datetime: '%', bytes: 'unhex(%)' },
  postgres: { boolean: '(% = 1)', datetime: '%::timestamp', bytes: "decode(%, 'hex')" },
} as const;

/** Puts rows of a backup into a table, as one statement. */
export function insertRows(
  dialect: Dialect,
  table: Table,
  rows: readonly Readonly<Record<string, Plain>>[],
): Statement {
  const columns = Object.entries(table.columns);
  const source = dialect.rows('r', Object.fromEntries(columns.map(([, kind], at) => [`c${at}`, COLUMN[kind]])));
  const values = columns.map(([, kind], at) =>
    kind === 'boolean' || kind === 'datetime' || kind === 'bytes'
      ? EXPRESSION[dialect.name][kind].replace('%', `r.c${at}`)
      : `r.c${at}`,
  );
  return run(
    `INSERT INTO "${table.name}" (${columns.map(([name]) => `"${name}"`).join(', ')})
     SELECT ${values.join(', ')} FROM ${source} WHERE true`,
    JSON.stringify(rows.map((row) => forDatabase(row, columns, dialect))),
  );
}

function forDatabase(
  row: Readonly<Record<string, Plain>>,
  columns: readonly (readonly [string, Kind])[],
  dialect: Dialect,
): Row {
  return Object.fromEntries(
    columns.map(([name, kind], at) => [`c${at}`, valueFor(row[name] ?? null, kind, dialect)] as const),
  );
}

function valueFor(value: Plain, kind: Kind, dialect: Dialect): Plain {
  if (value === null) return null;
  if (kind === 'boolean') return value ? 1 : 0;
  if (kind === 'datetime' && dialect.name === 'sqlite') return String(value).replace(/Z$/, '+00:00');
  // PostgreSQL holds no zero characters.
  if (kind === 'text' && dialect.name === 'postgres') return String(value).replaceAll('\u0000', '\uFFFD');
  return value;
}
