import type { Transaction } from '../database.js';
import { ask, type Dialect, type Row } from '../sql.js';

/** A type of column that both databases can hold, and how its values stand in a backup. */
export type Kind = 'text' | 'integer' | 'real' | 'boolean' | 'datetime' | 'bytes';

/** A table as it is in a database at this moment, whichever migrations made it. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Kind>>;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** Tables whose rows it points at. */
  readonly needs: readonly string[];
}

/** Prisma's record of migrations: made anew by a restore, so no part of a backup. */
export const MIGRATIONS = '_prisma_migrations';

const QUESTIONS = {
  sqlite: {
    columns: `SELECT m.name AS name, c.name AS col, c.type AS type, c.pk AS part
      FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      ORDER BY m.name, c.cid`,
    needs: `SELECT m.name AS name, f."table" AS needs
      FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  },
  postgres: {
    columns: `SELECT t.relname::text AS name, a.attname::text AS col, format_type(a.atttypid, NULL) AS type,
        coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0) AS part
      FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
      LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
      WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace ORDER BY t.relname, a.attnum`,
    needs: `SELECT t.relname::text AS name, o.relname::text AS needs FROM pg_constraint c
      JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class o ON o.oid = c.confrelid
      WHERE c.contype = 'f' AND t.relnamespace = current_schema()::regnamespace`,
  },
} as const;

/** All tables of the database but the record of migrations, each after those that it points at. */
export async function readTables(transaction: Transaction, dialect: Dialect): Promise<readonly Table[]> {
  const columns = await transaction.run(ask(QUESTIONS[dialect.name].columns));
  const needs = await transaction.run(ask(QUESTIONS[dialect.name].needs));
  const names = [...new Set(columns.map(({ name }) => String(name)))].filter((name) => name !== MIGRATIONS);
  const tables = names.map((name) => tableOf(name, columns, needs));
  return inOrder(tables);
}

function tableOf(name: string, columns: readonly Row[], needs: readonly Row[]): Table {
  const own = columns.filter((row) => row.name === name);
  const key = own.filter(({ part }) => Number(part) > 0).sort((a, b) => Number(a.part) - Number(b.part));
  return {
    name,
    columns: Object.fromEntries(own.map(({ col, type }) => [String(col), kindOf(String(type))])),
    key: key.map(({ col }) => String(col)),
    needs: needs.flatMap((row) => (row.name === name && row.needs !== name ? [String(row.needs)] : [])),
  };
}

/** The kind of a column by the type that its database names. */
function kindOf(type: string): Kind {
  const name = type.toLowerCase();
  if (/^(text|varchar|character)/.test(name)) return 'text';
  if (/^(bigint|int|smallint)/.test(name)) return 'integer';
  if (/^(real|double|float)/.test(name)) return 'real';
  if (/^bool/.test(name)) return 'boolean';
  if (/^(datetime|timestamp)/.test(name)) return 'datetime';
  if (/^(blob|bytea)/.test(name)) return 'bytes';
  throw new Error(`no kind of column for ${type}`);
}

function inOrder(tables: readonly Table[]): readonly Table[] {
  const placed: Table[] = [];
  let left = tables;
  while (left.length > 0) {
    const next = left.filter(({ needs }) => needs.every((name) => !left.some((each) => each.name === name)));
    if (next.length === 0) throw new Error('tables point at each other in a circle');
    placed.push(...next);
    left = left.filter((table) => !next.includes(table));
  }
  return placed;
}
