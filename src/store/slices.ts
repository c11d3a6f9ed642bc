import type { Database } from './database.js';
import { ask, type Statement, textOrNull } from './sql.js';

/** Rows looked at or removed at a time: a few milliseconds' work, after which others have their turn. */
const SLICE = 500;

/**
 * Goes over a table by an indexed text column, slice by slice, so that a table of millions holds nobody up. `part` treats
 * the rows whose key is above the first and up to the second value. Resolves to the sum of what the parts resolved to.
 */
export async function overAll(
  database: Database,
  table: string,
  key: string,
  part: (above: string, upTo: string) => Promise<number>,
): Promise<number> {
  let many = 0;
  for (let above = ''; ; ) {
    const [end] = await database.query(
      ask(
        `SELECT max(s.k) AS last FROM (SELECT DISTINCT t.${key} AS k FROM ${table} t WHERE t.${key} > ?
         ORDER BY t.${key} LIMIT ${SLICE}) s`,
        above,
      ),
    );
    const last = textOrNull(end?.last);
    if (last === null) return many;
    many += await part(above, last);
    above = last;
  }
}

/** Repeats a statement that treats so many rows at most until none is left. Resolves to how many it gave. */
export async function untilNone(database: Database, part: (atMost: number) => Statement): Promise<number> {
  for (let many = 0; ; ) {
    const treated = await countOf(database, part(SLICE));
    many += treated;
    if (treated < SLICE) return many;
  }
}

/** One statement in a transaction of its own; resolves to how many rows it gave. */
export async function countOf(database: Database, statement: Statement): Promise<number> {
  const [rows] = await database.batch([statement]);
  return rows?.length ?? 0;
}
