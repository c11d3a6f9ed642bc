import {
  ALL_DAY,
  CLOSED_DAY,
  CLOSED_WEEK,
  type DayHours,
  hoursOfWeek,
  type Period,
  periodsFault,
  WEEK_DAYS,
  type Week,
} from '../../domain/week.js';
import type { Faults, Form } from './form.js';
import type { ConsoleParts } from './parts.js';

/** How many stretches of a day the grid offers. */
export const PERIODS = [1, 2, 3] as const;

const MORNING: DayHours = { mode: 'open', periods: [{ from: '07:30', to: '14:00' }] };
const FRIDAY: DayHours = { mode: 'open', periods: [{ from: '07:30', to: '11:00' }] };

/** What the grid begins with where nothing is recorded. */
export const EMPTY_WEEK: Week = { days: CLOSED_WEEK, closedOnHolidays: true };

/** The usual pattern of a puskesmas, to be corrected; Saturdays differ too much to be filled in. */
export const ASSUMED_WEEK: Week = {
  days: { ...CLOSED_WEEK, Mo: MORNING, Tu: MORNING, We: MORNING, Th: MORNING, Fr: FRIDAY },
  closedOnHolidays: true,
};

export interface ReadWeek {
  readonly week: Week;
  /** How they were given: in the grid, as an hours text, as not known, or left as they are. */
  readonly how: 'grid' | 'text' | 'unknown' | 'keep';
  /** null = not known. */
  readonly hours: string | null;
  readonly faults: Faults;
}

/**
 * Reads the grid, or the hours text beside it; either way what comes out is an hours text that can be read. `recorded` are
 * the hours that the form may leave as they are; null: there are none.
 */
export function readWeek(
  form: Form,
  hoursFault: ConsoleParts['desk']['hoursFault'],
  recorded: string | null = null,
): ReadWeek {
  const faults: Record<string, Faults[string]> = {};
  const days = Object.fromEntries(
    WEEK_DAYS.map((day) => {
      const read = readDay(form, day);
      if (read.fault) faults[day] = read.fault;
      return [day, read.hours];
    }),
  ) as Record<(typeof WEEK_DAYS)[number], DayHours>;
  const week: Week = { days, closedOnHolidays: form.text('holidays') !== 'same' };
  const how = form.oneOf('how', ['grid', 'text', 'unknown', 'keep'] as const, 'grid');
  if (how === 'keep' && recorded !== null) return { week, how, hours: recorded, faults: {} };
  if (how === 'unknown') return { week, how, hours: null, faults: {} };
  if (how !== 'text') return { week, how: 'grid', hours: hoursOfWeek(week), faults };
  const text = form.text('text', 1000);
  const bad = text === '' || hoursFault(text) !== null;
  return { week, how, hours: text, faults: bad ? { text: 'console:fault.hoursText' } : {} };
}

function readDay(form: Form, day: string): { readonly hours: DayHours; readonly fault: Faults[string] | null } {
  const mode = form.oneOf(`${day}_mode`, ['closed', 'open', 'all_day', 'unsure'] as const, 'closed');
  if (mode === 'closed') return { hours: CLOSED_DAY, fault: null };
  if (mode === 'all_day') return { hours: { mode: 'open', periods: [ALL_DAY] }, fault: null };
  const periods = PERIODS.map((at): Period => {
    const to = form.text(`${day}_to${at}`, 5);
    return { from: form.text(`${day}_from${at}`, 5), to: to === '00:00' ? '24:00' : to };
  }).filter(({ from, to }) => from !== '' || to !== '');
  const fault =
    periodsFault(periods) ?? (isOvernight({ mode, periods }) && !form.ticked('overnight') ? 'overnight' : null);
  return { hours: { mode, periods }, fault: fault === null ? null : `console:fault.period.${fault}` };
}

/** True when a day closes on the next one: an emergency unit may, and so does a slip (07.30–02.00 for 14.00). */
function isOvernight({ periods }: DayHours): boolean {
  return periods.some(({ from, to }) => to < from);
}
