import type { Activity } from '../ports/activity.js';
import type { Database } from './database.js';
import { ask } from './sql.js';

/** The kinds of events that are counted: an index of theirs makes the count quick. */
const KINDS = ['question_answered', 'emergency_answered', 'eligibility_answered', 'not_understood'];

/** Counts of events over the database. */
export function createActivity(database: Database): Activity {
  const kinds = KINDS.map((kind) => `'${kind}'`).join(', ');
  return {
    counts: async (from, to) => {
      const rows = await database.query(
        ask(
          `SELECT kind, data, COUNT(*) AS many FROM events WHERE kind IN (${kinds}) AND at >= ? AND at < ?
           GROUP BY kind, data`,
          BigInt(from),
          BigInt(to),
        ),
      );
      return rows.map(({ kind, data, many }) => ({
        kind: String(kind),
        data: JSON.parse(String(data)) as Readonly<Record<string, unknown>>,
        count: Number(many),
      }));
    },
  };
}
