import { type DayText, type Instant, isDay, isoWithOffset, isZone, type Zone } from '../domain/time.js';
import { createTextEvaluator } from '../engines/hours/index.js';
import { AppError } from '../errors.js';

/** What one line of the `hours` command is answered with. */
export type HoursLineAnswer =
  | {
      readonly line: number;
      readonly state: 'open' | 'closed' | 'unknown';
      readonly open: boolean;
      readonly nextChange: string | null;
    }
  | { readonly line: number; readonly error: string };

interface HoursLine {
  readonly hours: string;
  readonly zone: Zone;
  readonly at: Instant;
  readonly holidays: readonly DayText[];
}

/**
 * Builds the handler of the `hours` command: one line of JSON in, its answer out, numbered as told; a line that cannot
 * be answered gives an error and never throws.
 */
export function createHoursLineHandler(): (line: string, number: number) => HoursLineAnswer {
  const evaluate = createTextEvaluator();
  return (line, number) => {
    try {
      const { hours, zone, at, holidays } = readLine(line);
      const { state, until } = evaluate(hours, zone, at, holidays);
      return {
        line: number,
        state,
        open: state === 'open',
        nextChange: until === null ? null : isoWithOffset(until, zone),
      };
    } catch (error) {
      if (error instanceof AppError) return { line: number, error: error.message };
      throw error;
    }
  };
}

function readLine(line: string): HoursLine {
  const given = readObject(line);
  const { hours, timezone, at, holidays } = given;
  if (typeof hours !== 'string') throw faulty('"hours" must be a text.');
  if (typeof timezone !== 'string')
    throw faulty('"timezone" is missing: one of Asia/Jakarta, Asia/Makassar, Asia/Jayapura.');
  if (!isZone(timezone))
    throw faulty('"timezone" must be one of Asia/Jakarta, Asia/Pontianak, Asia/Makassar, Asia/Jayapura.');
  return { hours, zone: timezone, at: readInstant(at), holidays: readDays(holidays) };
}

function readObject(line: string): Readonly<Record<string, unknown>> {
  let given: unknown;
  try {
    given = JSON.parse(line);
  } catch {
    throw faulty('The line is not JSON.');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw faulty('The line is not a JSON object.');
  return given as Readonly<Record<string, unknown>>;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function readInstant(at: unknown): Instant {
  const match = typeof at === 'string' ? INSTANT.exec(at) : null;
  const instant = typeof at === 'string' && match ? Date.parse(at) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (!match || Number.isNaN(instant) || !isDay(match[1])) {
    throw faulty('"at" must be an ISO 8601 time with its offset, such as 2026-11-23T09:15:00+08:00.');
  }
  return instant;
}

function readDays(holidays: unknown): readonly DayText[] {
  if (holidays === undefined) return [];
  if (!Array.isArray(holidays) || !holidays.every(isDay))
    throw faulty('"holidays" must be a list of dates such as "2026-12-25".');
  return holidays;
}

function faulty(message: string): AppError {
  return new AppError('INPUT_INVALID', message);
}
