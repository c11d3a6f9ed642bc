import { Router } from 'express';
import { Form } from './form.js';
import { callerOf, checkForm, passOn, strangerForms } from './guard.js';
import { draw, goTo, say } from './page.js';
import type { ConsoleParts } from './parts.js';

/** Signing in, in one or two steps. The accounts limit tries per address and per account, in the store: for every process. */
export function signInRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.use(['/sign-in', '/code'], strangerForms(parts), checkForm(parts));
  const tooMany = { status: 429, fault: say('console:signIn.tooMany') };

  router.get('/sign-in', (request, response) => {
    const { next, unsaved, ended } = request.query;
    const told = unsaved !== undefined ? 'console:signIn.unsaved' : ended !== undefined ? 'console:signIn.ended' : null;
    const fault = told === null ? null : say(told);
    const lost = told !== null;
    draw(request, response, 'sign-in', say('console:signIn.title'), { next: safeNext(next), fault, lost, email: '' });
  });
  router.post('/sign-in', async (request, response) => {
    const form = new Form(request.body);
    const [email, next] = [form.text('email'), safeNext(form.text('next'))];
    const { result, cookies } = await parts.staff.signIn(email, form.raw('password'), callerOf(request));
    passOn(response, cookies);
    if (result === 'in') return goTo(response, next);
    if (result === 'code_needed') return goTo(response, `/console/code?next=${encodeURIComponent(next)}`);
    response.status(result === 'too_many' ? tooMany.status : 401);
    const fault = result === 'too_many' ? tooMany.fault : say('console:signIn.wrong');
    draw(request, response, 'sign-in', say('console:signIn.title'), { next, fault, email });
  });

  router.get('/code', (request, response) => {
    draw(request, response, 'code', say('console:code.title'), { next: safeNext(request.query.next), fault: null });
  });
  router.post('/code', async (request, response) => {
    const form = new Form(request.body);
    const next = safeNext(form.text('next'));
    const { result, cookies } = await parts.staff.enterCode(form.text('code', 40), callerOf(request));
    passOn(response, cookies);
    if (result === 'in') return goTo(response, next);
    response.status(result === 'too_many' ? tooMany.status : 401);
    const fault = result === 'too_many' ? tooMany.fault : say('console:code.wrong');
    draw(request, response, 'code', say('console:code.title'), { next, fault });
  });
  return router;
}

/** Where to go afterwards: a page of the console and nothing else. */
function safeNext(wanted: unknown): string {
  return typeof wanted === 'string' && /^\/console(?:[/?][\w\-./?=&%+:]*)?$/.test(wanted) && !wanted.includes('//')
    ? wanted
    : '/console';
}
