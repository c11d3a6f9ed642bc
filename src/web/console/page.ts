import { Eta } from 'eta';
import type { Request, Response } from 'express';
import { type PhraseKey, type PhraseParam, phrase } from '../../domain/phrase.js';
import type { StaffMember } from '../../domain/staff.js';
import { type Instant, wallClock, type Zone, zoneAbbreviation } from '../../domain/time.js';
import { renderPhrase } from '../../i18n/translate.js';
import { projectFile } from '../../project-root.js';
import { type Action, may } from '../policies/staff.js';

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
] as const;

/** The pages, in the order of the menu. */
const NAV: readonly { readonly action: Action; readonly href: string; readonly key: PhraseKey }[] = [
  { action: 'today.see', href: '/console', key: 'console:nav.today' },
  { action: 'facilities.see', href: '/console/facilities', key: 'console:nav.facilities' },
  { action: 'exceptions.see', href: '/console/exceptions', key: 'console:nav.exceptions' },
  { action: 'staff.manage', href: '/console/staff', key: 'console:nav.staff' },
];

/** What every template may use, as `it.…`. */
const HELPERS = {
  nav: NAV,
  say,
  momentText,
  dayText,
  localInput,
  grade: (grade: string) => say(`console:grade.${grade}` as PhraseKey),
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
    ...data,
  });
  response.type('html').set('cache-control', 'no-store').send(html);
}

/** Goes on to another page after a form was taken, so that reloading does not send it again. */
export function goTo(response: Response, path: string): void {
  response.set('cache-control', 'no-store').redirect(303, path);
}

/** A page that only says something: not allowed, not found, no longer valid. */
export function drawNotice(request: Request, response: Response, status: number, text: string): void {
  response.status(status);
  draw(request, response, 'notice', text, { text });
}
