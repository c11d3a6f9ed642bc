import type { Grade, ServiceHours } from '../../domain/facility.js';
import { countUpTo, dayNumber, firstAfter } from './calendar.js';

const GRADE_RANK: Record<Grade, number> = { verified: 2, published: 1, assumed: 0 };

/** What is stated about a service on one day. */
export interface Stated {
  /** The statement whose hours count. */
  readonly active: ServiceHours | null;
  /** One that is disputed, and that nothing of a better grade settles. */
  readonly claim: ServiceHours | null;
  /** One that is only planned; it makes nothing open. */
  readonly planned: ServiceHours | null;
}

/** The statements about one service, by day. */
export interface Statements {
  /** Days are counted from 1970-01-01. */
  on(day: number): Stated;
  /** The next day on which other statements count; Infinity: none. */
  nextTurn(day: number): number;
}

/** Sorts the statements of one service: better grade first, then the later start, then the later check. */
export function statementsOf(statements: readonly ServiceHours[]): Statements {
  const dated: readonly Dated[] = [...statements].sort(byWeight).map((statement) => ({
    statement,
    first: statement.validFrom === null ? Number.NEGATIVE_INFINITY : dayNumber(statement.validFrom),
    end: statement.validTo === null ? Number.POSITIVE_INFINITY : dayNumber(statement.validTo) + 1,
  }));
  const turns = [...new Set(dated.flatMap(({ first, end }) => [first, end]))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  // One for the time before the first turn, and one for each turn.
  const stated = [Number.NEGATIVE_INFINITY, ...turns].map((day) => statedOn(dated, day));
  return {
    nextTurn: (day) => firstAfter(turns, day),
    on: (day) => stated[countUpTo(turns, day)] ?? NOTHING,
  };
}

const NOTHING: Stated = { active: null, claim: null, planned: null };

interface Dated {
  readonly statement: ServiceHours;
  readonly first: number;
  readonly end: number;
}

function statedOn(dated: readonly Dated[], day: number): Stated {
  const counting = dated.filter(({ first, end }) => first <= day && day < end).map(({ statement }) => statement);
  const active = counting.find(({ standing }) => standing === 'active') ?? null;
  const claim = counting.find(({ standing }) => standing === 'contested') ?? null;
  return {
    active,
    claim: claim && (!active || GRADE_RANK[claim.grade] >= GRADE_RANK[active.grade]) ? claim : null,
    // A plan may start later; what has ended is no plan any more.
    planned: dated.find(({ statement, end }) => statement.standing === 'planned' && day < end)?.statement ?? null,
  };
}

function byWeight(a: ServiceHours, b: ServiceHours): number {
  return (
    GRADE_RANK[b.grade] - GRADE_RANK[a.grade] ||
    (b.validFrom ?? '').localeCompare(a.validFrom ?? '') ||
    b.checkedOn.localeCompare(a.checkedOn)
  );
}
