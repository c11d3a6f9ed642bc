import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Caller } from '../../ports/staff.js';
import { noteSeen } from '../../services/staff-seen.js';
import { type Action, may } from '../policies/staff.js';
import { drawNotice, goTo, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const FORM_COOKIE = 'tanya_form';

/** The caller of a request, as the accounts want to know them. */
export function callerOf(request: Request): Caller {
  return {
    cookie: request.get('cookie') ?? '',
    address: request.ip ?? '',
    agent: request.get('user-agent') ?? '',
  };
}

/** Hands the Set-Cookie headers of a step on to the browser. */
export function passOn(response: Response, cookies: readonly string[]): void {
  for (const cookie of cookies) response.append('set-cookie', cookie);
}

/** Lets in who is signed in; others are asked to, and come back to where they wanted to go. */
export function guard(parts: ConsoleParts): RequestHandler {
  return async (request, response, next) => {
    const visit = await parts.staff.visit(callerOf(request));
    if (visit === null) {
      const leaves = request.path === '/sign-out';
      const form = request.method !== 'GET';
      const wanted = leaves ? '/console' : form || inBackground(request) ? pageOf(request) : request.originalUrl;
      // Whoever sent a form must not believe that it was taken.
      const why = inBackground(request) ? '&ended=1' : form && !leaves ? '&unsaved=1' : '';
      const to = `/console/sign-in?next=${encodeURIComponent(wanted)}${why}`;
      if (inBackground(request)) response.set('hx-redirect', to).status(204).end();
      else goTo(response, to);
      return;
    }
    await noteSeen(parts.desk, visit.member.id);
    response.locals.visitor = { ...visit, formKey: formKey(parts.secret, `session:${visit.sessionId}`) };
    next();
  };
}

/** True when a page asks for a part of itself, not its reader for a page. */
function inBackground(request: Request): boolean {
  return request.get('hx-request') === 'true';
}

/** The page that a form, or a part of a page, was sent from: only its path counts, which stays within the console. */
function pageOf(request: Request): string {
  const from = request.get('hx-current-url') ?? request.get('referer') ?? '';
  if (!URL.canParse(from)) return '/console';
  const { pathname, search } = new URL(from);
  return pathname.startsWith('/console/') ? `${pathname}${search}` : '/console';
}

/** Lets on only those whose role allows the action somewhere; the page asks again for its region. */
export function allow(action: Action): RequestHandler {
  return (request, response, next) => {
    if (may(visitorOf(response).member, action)) next();
    else refuse(request, response);
  };
}

/** The page for what the visitor may not do. */
export function refuse(request: Request, response: Response): void {
  drawNotice(request, response, 403, say('console:notice.notAllowed'));
}

/** The page for what does not exist. */
export function missing(request: Request, response: Response): void {
  drawNotice(request, response, 404, say('console:notice.notFound'));
}

/**
 * Before anybody is signed in the form's key hangs on a cookie of its own, so that nobody can be signed in by a page
 * of somebody else.
 */
export function strangerForms(parts: ConsoleParts): RequestHandler {
  return (request, response, next) => {
    const known = new RegExp(`(?:^|;\\s*)${FORM_COOKIE}=([0-9a-f]{32})(?:;|$)`).exec(request.get('cookie') ?? '')?.[1];
    const id = known ?? randomBytes(16).toString('hex');
    if (known === undefined) {
      const secure = parts.publicUrl?.startsWith('https://') ?? request.secure;
      response.cookie(FORM_COOKIE, id, { httpOnly: true, sameSite: 'strict', secure, path: '/console' });
    }
    response.locals.formKey = formKey(parts.secret, `stranger:${id}`);
    next();
  };
}

/**
 * Seals what a page carries for its visitor's next step: a hidden field that only this session can bring back, unchanged.
 * It is no secret: the page shows the same in plain words.
 */
export function sealFor(parts: ConsoleParts, response: Response, value: object): string {
  const text = Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${text}.${sealOf(parts, response, text)}`;
}

/** What was sealed; null when it was not, or by another session. */
export function unsealFor(parts: ConsoleParts, response: Response, sealed: string): unknown {
  const [text = '', seal = ''] = sealed.split('.');
  if (!same(seal, sealOf(parts, response, text))) return null;
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

function sealOf({ secret }: ConsoleParts, response: Response, text: string): string {
  return createHmac('sha256', secret)
    .update(`console seal ${visitorOf(response).sessionId} ${text}`)
    .digest('base64url');
}

/** Refuses a form that another site sent, or that does not carry the key that this page gave it. */
export function checkForm(parts: ConsoleParts): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const expected = String(response.locals.visitor ? visitorOf(response).formKey : response.locals.formKey);
    const given = typeof request.body?.form_key === 'string' ? request.body.form_key : '';
    if (fromOurPages(request, parts.publicUrl) && same(given, expected)) return next();
    // What was typed waits in the browser; the page that it came from gives it back.
    drawNotice(request, response, 403, say('console:notice.formExpired'), { lost: true, formPage: pageOf(request) });
  };
}

function fromOurPages(request: Request, publicUrl: string | null): boolean {
  const site = request.get('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin') return false;
  const origin = request.get('origin');
  if (origin === undefined) return true;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === request.get('host');
}

function formKey(secret: string, of: string): string {
  return createHmac('sha256', secret).update(`console form ${of}`).digest('base64url');
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/**
 * Nothing of the console is kept by a browser or a proxy. Its pages tell each other where a form comes from: under
 * "no-referrer" a browser would call its own pages' origin "null".
 */
export function keepNothing(_request: Request, response: Response, next: NextFunction): void {
  response.set({ 'cache-control': 'no-store', 'referrer-policy': 'same-origin' });
  next();
}
