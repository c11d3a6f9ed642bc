/** The days of a week as hours texts name them, Monday first. */
export const WEEK_DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
export type WeekDay = (typeof WEEK_DAYS)[number];

/** From one clock time to another, "07:30"; "24:00" ends a day; an end before its start is on the next day. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** One day of a usual week. `unsure`: perhaps open in these periods. Closed has no periods. */
export interface DayHours {
  readonly mode: 'closed' | 'open' | 'unsure';
  readonly periods: readonly Period[];
}

/** A week as a person fills it in; what is not as simple stays an hours text. */
export interface Week {
  readonly days: Readonly<Record<WeekDay, DayHours>>;
  /** True: closed on national holidays. False: a holiday is a day like others. */
  readonly closedOnHolidays: boolean;
}

export const CLOSED_DAY: DayHours = { mode: 'closed', periods: [] };
export const CLOSED_WEEK: Week['days'] = {
  Mo: CLOSED_DAY,
  Tu: CLOSED_DAY,
  We: CLOSED_DAY,
  Th: CLOSED_DAY,
  Fr: CLOSED_DAY,
  Sa: CLOSED_DAY,
  Su: CLOSED_DAY,
};
export const ALL_DAY: Period = { from: '00:00', to: '24:00' };

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const RULE =
  /^(?:((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?(?:,(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?)*) )?(off|closed|24\/7|[\d:,-]+)( unknown)?$/;

/** The OSM opening_hours text of a week, as short as it can be written. */
export function hoursOfWeek(week: Week): string {
  const rules: string[] = [];
  for (let at = 0; at < WEEK_DAYS.length; ) {
    const text = dayText(week.days[WEEK_DAYS[at] as WeekDay]);
    let end = at;
    while (end + 1 < WEEK_DAYS.length && dayText(week.days[WEEK_DAYS[end + 1] as WeekDay]) === text) end += 1;
    if (text !== null) rules.push(ruleText(at, end, text));
    at = end + 1;
  }
  if (rules.length === 0) return 'off';
  return [...rules, ...(week.closedOnHolidays ? ['PH off'] : [])].join('; ');
}

function ruleText(first: number, last: number, text: string): string {
  if (first === 0 && last === 6) return text === '00:00-24:00' ? '24/7' : `Mo-Su ${text}`;
  return `${WEEK_DAYS[first]}${first === last ? '' : `-${WEEK_DAYS[last]}`} ${text}`;
}

function dayText({ mode, periods }: DayHours): string | null {
  if (mode === 'closed' || periods.length === 0) return null;
  const times = periods.map(({ from, to }) => `${from}-${to}`).join(',');
  return mode === 'unsure' ? `${times} unknown` : times;
}

/** The week that an hours text says; null when it says more than a week can hold. */
export function weekOfHours(text: string): Week | null {
  const days: Record<WeekDay, DayHours> = { ...CLOSED_WEEK };
  let closedOnHolidays = false;
  for (const rule of text.split(';').map((each) => each.trim())) {
    if (rule === '') continue;
    if (rule === 'PH off' || rule === 'PH closed') {
      closedOnHolidays = true;
      continue;
    }
    const found = RULE.exec(rule);
    const day = found && hoursOfDay(found[2] ?? '', found[3] !== undefined);
    // After "PH off" a rule would open holidays again.
    if (!day || closedOnHolidays) return null;
    for (const name of daysOf(found[1] ?? 'Mo-Su')) days[name] = day;
  }
  return { days, closedOnHolidays };
}

/** The hours of one day, "07:30-12:00,13:00-14:00"; null: they cannot be read. */
export function hoursOfDay(times: string, unsure: boolean): DayHours | null {
  if (times === 'off' || times === 'closed') return unsure ? null : CLOSED_DAY;
  if (times === '24/7') return { mode: unsure ? 'unsure' : 'open', periods: [ALL_DAY] };
  const periods = times.split(',').map((part) => {
    const [from = '', to = ''] = part.split('-');
    return { from, to };
  });
  return periodsFault(periods) === null ? { mode: unsure ? 'unsure' : 'open', periods } : null;
}

/** The days that "Mo-Th,Sa" names. */
export function daysOf(selector: string): readonly WeekDay[] {
  return selector.split(',').flatMap((part) => {
    const [first = 'Mo', last = first] = part.split('-') as [WeekDay, WeekDay?];
    const [from, to] = [WEEK_DAYS.indexOf(first), WEEK_DAYS.indexOf(last)];
    const length = ((to - from + 7) % 7) + 1;
    return Array.from({ length }, (_, step) => WEEK_DAYS[(from + step) % 7] as WeekDay);
  });
}

/** What is wrong with the periods of a day: none at all, a time that no clock shows, or one within another. Null: nothing. */
export function periodsFault(periods: readonly Period[]): 'none' | 'time' | 'overlap' | null {
  if (periods.length === 0) return 'none';
  let end = '';
  for (const [at, { from, to }] of periods.entries()) {
    if (!TIME.test(from) || !(TIME.test(to) || to === '24:00') || from === to) return 'time';
    if (from < end) return 'overlap';
    const overnight = to < from;
    if (overnight && (at + 1 < periods.length || to > (periods[0]?.from ?? ''))) return 'overlap';
    end = to;
  }
  return null;
}
