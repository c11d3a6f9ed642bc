import { HOUR, type Instant } from '../domain/time.js';
import type { Activity, EventCount } from '../ports/activity.js';
import type { Database } from './database.js';
import { ask, type Row } from './sql.js';

/** The kinds of events that are counted: an index of theirs makes the count quick. */
const KINDS = ['question_answered', 'emergency_answered', 'eligibility_answered', 'not_understood'];

/** 1970 began on a Thursday; a week here begins on Monday. */
const MONDAY_AHEAD = 72;
const WEEK_HOURS = 168;

/** The hour of the week, Monday from midnight first, on a clock this many milliseconds ahead of UTC. */
export function hourOfWeek(at: Instant, offset: number): number {
  return (Math.floor((at + offset) / HOUR) + MONDAY_AHEAD) % WEEK_HOURS;
}

function countOf({ kind, data, many }: Row): EventCount {
  return {
    kind: String(kind),
    data: JSON.parse(String(data)) as Readonly<Record<string, unknown>>,
    count: Number(many),
  };
}

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
      return rows.map(countOf);
    },
    questionsByHour: async (from, to, offset) => {
      const rows = await database.query(
        ask(
          `SELECT kind, data, hour, COUNT(*) AS many FROM (
             SELECT kind, data, ((at + ?) / ${HOUR} + ${MONDAY_AHEAD}) % ${WEEK_HOURS} AS hour FROM events
             WHERE kind = 'question_answered' AND at >= ? AND at < ?) AS asked
           GROUP BY kind, data, hour`,
          BigInt(offset),
          BigInt(from),
          BigInt(to),
        ),
      );
      return rows.map((row) => ({ ...countOf(row), hour: Number(row.hour) }));
    },
  };
}
