import { Eta } from 'eta';
import type { Request, Response } from 'express';
import { type HoursRule, rulesOfHours } from '../../domain/hours-rules.js';
import { type PhraseKey, type PhraseParam, phrase } from '../../domain/phrase.js';
import { CONFIRMED_BY_FACILITY } from '../../domain/report.js';
import type { StaffMember } from '../../domain/staff.js';
import { type Instant, wallClock, type Zone, zoneAbbreviation } from '../../domain/time.js';
import { type DayHours, WEEK_DAYS, type WeekDay, weekOfHours } from '../../domain/week.js';
import { renderPhrase } from '../../i18n/translate.js';
import { projectFile } from '../../project-root.js';
import { type Action, may } from '../policies/staff.js';
import { noteLines, sourceText } from './source-words.js';

const eta = new Eta({ views: projectFile('src/web/console/views'), cache: true, autoTrim: false, tags: ['<%', '%>'] });

/** Words of the console, in Indonesian. */
export function say(key: PhraseKey, params?: Readonly<Record<string, PhraseParam>>): string {
  return renderPhrase(phrase(key, params), 'id');
}

/** What a visitor's request carries once it is known who they are. */
export interface Visitor {
  readonly member: StaffMember;
  readonly sessionId: string;
  /** Goes into every form. */
  readonly formKey: string;
}

/** The visitor of a request behind the guard. */
export function visitorOf(response: Response): Visitor {
  return response.locals.visitor as Visitor;
}

/** A moment as staff write it: "Senin 23 Nov 14.00 WITA". */
export function momentText(at: Instant, zone: Zone): string {
  return `${say('console:moment', { at: { moment: at, zone, style: 'dayClock' } })} ${zoneAbbreviation(zone)}`;
}

/** The day of a moment, without the year: "Senin 23 Nov". */
function weekdayText(at: Instant, zone: Zone): string {
  return say('console:moment', { at: { moment: at, zone, style: 'day' } });
}

/** A calendar day in words: "23 November 2026". */
export function dayText(day: string): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(at)) return day;
  return say('console:moment', { at: { moment: at, zone: 'Asia/Jakarta', style: 'date' } });
}

/** A moment for a field of the kind datetime-local, in the zone. */
export function localInput(at: Instant, zone: Zone): string {
  const { year, month, day, hour, minute } = wallClock(at, zone);
  const two = (figure: number) => String(figure).padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** What a page may say after a form was taken: `?saved=…`. */
const SAVED = [
  'password',
  'session_ended',
  'second_factor',
  'second_factor_dropped',
  'staff_added',
  'staff_changed',
  'staff_reset',
  'moved',
  'confirmed',
  'hours',
  'facility',
  'exception',
  'exception_ended',
  'undone_entered',
  'undone_ended',
  'too_late',
  'holiday',
  'holiday_removed',
  'region',
  'number',
  'number_removed',
  'imported',
  'signed',
  'rule',
  'pilot',
] as const;

/** An hours text in words where a week can hold it, else as it is. */
export function hoursText(text: string | null): string {
  if (text === null) return say('console:hours.notKnown');
  if (text === 'off') return say('console:hours.notGiven');
  const week = weekOfHours(text);
  if (week === null) return rulesText(text);
  const groups: { first: WeekDay; last: WeekDay; words: string }[] = [];
  for (const day of WEEK_DAYS) {
    const words = dayHoursText(week.days[day]);
    const before = groups.at(-1);
    if (before?.words === words) before.last = day;
    else groups.push({ first: day, last: day, words });
  }
  const lines = groups
    .filter(({ words }) => words !== '')
    .map(({ first, last, words }) => {
      const [from, to] = [say(`console:day.${first}`), say(`console:day.${last}`)];
      return `${first === last ? from : `${from}–${to}`} ${words}`;
    });
  return [...lines, ...(week.closedOnHolidays ? [say('console:hours.offOnHolidays')] : [])].join('; ');
}

function dayHoursText({ mode, periods }: DayHours): string {
  const whole = periods.some(({ from, to }) => from === '00:00' && to === '24:00');
  const times = periods.map(({ from, to }) => `${from}–${to}`.replaceAll(':', '.')).join(', ');
  const said = whole ? say('console:mode.all_day') : times;
  return mode === 'unsure' ? say('console:hours.unsure', { times: said }) : said;
}

/** Hours that say more than a week can hold, rule by rule; what cannot be read is shown as it is, and said so. */
function rulesText(text: string): string {
  const read = rulesOfHours(text);
  if (read === null) return say('console:hours.asWritten', { text });
  const lines = read.rules.map(ruleText);
  return [...lines, ...(read.closedOnHolidays ? [say('console:hours.offOnHolidays')] : [])].join('; ');
}

/** One rule in words: "Jumat 11.00–15.00 (belum pasti)". */
export function ruleText({ days, date, hours }: HoursRule): string {
  const [first, last] = [days[0], days.at(-1)];
  const row = WEEK_DAYS.indexOf(last ?? 'Mo') - WEEK_DAYS.indexOf(first ?? 'Mo') === days.length - 1;
  const names = days.map((day) => say(`console:day.${day}`));
  const span = row && names.length > 1 ? `${names[0]}–${names.at(-1)}` : names.join(', ');
  const times = hours.mode === 'closed' ? say('console:mode.closed') : dayHoursText(hours);
  return `${date === null ? span : dayText(date)} ${times}`;
}

/** The pages, in the order of the menu. */
const NAV: readonly { readonly action: Action; readonly href: string; readonly key: PhraseKey }[] = [
  { action: 'today.see', href: '/console', key: 'console:nav.today' },
  { action: 'facilities.see', href: '/console/facilities', key: 'console:nav.facilities' },
  { action: 'exceptions.see', href: '/console/exceptions', key: 'console:nav.exceptions' },
  { action: 'reports.see', href: '/console/reports', key: 'reports:console.nav' },
  { action: 'conversations.see', href: '/console/conversations', key: 'handover:console.nav' },
  { action: 'announcements.see', href: '/console/announcements', key: 'announcements:nav' },
  { action: 'facilities.see', href: '/console/map', key: 'console:nav.map' },
  { action: 'holidays.see', href: '/console/holidays', key: 'console:nav.holidays' },
  { action: 'regions.see', href: '/console/regions', key: 'console:nav.regions' },
  { action: 'programmes.see', href: '/console/programmes', key: 'console:nav.programmes' },
  { action: 'demand.see', href: '/console/demand', key: 'console:nav.demand' },
  { action: 'cards.see', href: '/console/cards', key: 'console:nav.cards' },
  { action: 'pilot.see', href: '/console/pilot', key: 'console:nav.pilot' },
  { action: 'facilities.export', href: '/console/exchange', key: 'console:nav.exchange' },
  { action: 'audit.see', href: '/console/audit', key: 'console:nav.audit' },
  { action: 'staff.manage', href: '/console/staff', key: 'console:nav.staff' },
  { action: 'privacy.export', href: '/console/privacy', key: 'privacy:console.title' },
];

/** What every template may use, as `it.…`. */
const HELPERS = {
  nav: NAV,
  hoursText,
  ruleText,
  sourceText,
  noteLines,
  say,
  momentText,
  weekdayText,
  dayText,
  localInput,
  /** How sure it is; what a facility itself confirmed is not said to be the office's word. */
  grade: (grade: string, source = '') =>
    say(
      grade === 'verified' && source.startsWith(CONFIRMED_BY_FACILITY)
        ? 'reports:console.gradeFacility'
        : (`console:grade.${grade}` as PhraseKey),
    ),
};

export type View = Readonly<Record<string, unknown>>;

/** Draws a page for the visitor: `view` is a file of `views`. */
export function draw(request: Request, response: Response, view: string, title: string, data: View = {}): void {
  const visitor = response.locals.visitor as Visitor | undefined;
  const path = request.originalUrl.split('?')[0] ?? '';
  const html = eta.render(`./${view}`, {
    ...HELPERS,
    title,
    path,
    member: visitor?.member ?? null,
    formKey: visitor?.formKey ?? response.locals.formKey ?? '',
    may: (action: Action, where?: string | null) => visitor !== undefined && may(visitor.member, action, where),
    saved: SAVED.find((name) => name === request.query.saved) ?? null,
    // True where a form came to nothing: what was typed in it must not be thrown away yet.
    lost: false,
    ...data,
  });
  response.type('html').set('cache-control', 'no-store').send(html);
}

/** Goes on to another page after a form was taken, so that reloading does not send it again. */
export function goTo(response: Response, path: string): void {
  response.set('cache-control', 'no-store').redirect(303, path);
}

/** A page that only says something: not allowed, not found, no longer valid. */
export function drawNotice(request: Request, response: Response, status: number, text: string, more: View = {}): void {
  response.status(status);
  draw(request, response, 'notice', text, { formPage: null, ...more });
}
