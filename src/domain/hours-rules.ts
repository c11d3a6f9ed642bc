import { CLOSED_DAY, type DayHours, daysOf, hoursOfDay, WEEK_DAYS, type Week, type WeekDay } from './week.js';

/** One part of an hours text: for some days of every week, or for one date. */
export interface HoursRule {
  /** Empty for a date. */
  readonly days: readonly WeekDay[];
  /** "2026-12-24", or null for days of the week. */
  readonly date: string | null;
  readonly hours: DayHours;
  /** True when it stands beside the rule before it, not in its place. */
  readonly adds: boolean;
}

/** An hours text as its rules, the later ones above the earlier. */
export interface HoursRules {
  readonly rules: readonly HoursRule[];
  readonly closedOnHolidays: boolean;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const DATE = /^(\d{4}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{2}) (.+)$/;
const DAYS = /^((?:(?:Mo|Tu|We|Th|Fr|Sa|Su)[-,]?)+) (.+)$/;

/**
 * Reads an hours text that says more than a week can hold, such as hours that are sure beside others of the same day that
 * are not, or one date. Null: it says more than that.
 */
export function rulesOfHours(text: string): HoursRules | null {
  const rules: HoursRule[] = [];
  let closedOnHolidays = false;
  for (const [, mark, found = ''] of `;${text}`.matchAll(/([;,] ?)((?:[^;,]|,(?! ))+)/g)) {
    const part = found.trim();
    if (part === '') continue;
    if (part === 'PH off' || part === 'PH closed') {
      closedOnHolidays = true;
      continue;
    }
    const rule = ruleOf(part, mark?.startsWith(',') === true);
    if (rule === null) return null;
    rules.push(rule);
  }
  return { rules, closedOnHolidays };
}

function ruleOf(part: string, adds: boolean): HoursRule | null {
  const dated = DATE.exec(part);
  const named = dated ? null : DAYS.exec(part);
  const times = dated?.[4] ?? named?.[2] ?? part;
  const unsure = times.endsWith(' unknown');
  const hours = hoursOfDay(unsure ? times.slice(0, -' unknown'.length) : times, unsure);
  if (hours === null) return null;
  const [, year, month = '', day] = dated ?? [];
  const date = dated ? `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day}` : null;
  return { days: dated ? [] : named?.[1] ? daysOf(named[1]) : WEEK_DAYS, date, hours, adds };
}

/** The usual week that comes nearest: of each day what is sure, else what is perhaps; dates are left out. */
export function nearestWeek({ rules, closedOnHolidays }: HoursRules): Week {
  const best = (day: WeekDay): DayHours => {
    const found = standing(rules, day).map(({ hours }) => hours);
    return found.find(({ mode }) => mode === 'open') ?? found.at(-1) ?? CLOSED_DAY;
  };
  const days = Object.fromEntries(WEEK_DAYS.map((day) => [day, best(day)])) as Record<WeekDay, DayHours>;
  return { days, closedOnHolidays };
}

/** The rules that the nearest week leaves out: what would be lost if it took the place of the text. */
export function rulesBeyond({ rules }: HoursRules, nearest: Week): readonly HoursRule[] {
  const left = (rule: HoursRule) =>
    rule.days.some((day) => nearest.days[day] !== rule.hours && standing(rules, day).includes(rule));
  return rules.filter((rule) => rule.date !== null || left(rule));
}

/** What counts on a day of the week: the last rule that names it, and those that stand beside it. */
function standing(rules: readonly HoursRule[], day: WeekDay): readonly HoursRule[] {
  let found: readonly HoursRule[] = [];
  for (const rule of rules.filter(({ days }) => days.includes(day))) found = rule.adds ? [...found, rule] : [rule];
  return found;
}
