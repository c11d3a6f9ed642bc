import { Router } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Form } from './form.js';
import { callerOf, checkForm, passOn, strangerForms } from './guard.js';
import { draw, goTo, say } from './page.js';
import type { ConsoleParts } from './parts.js';

const QUARTER_HOUR = 15 * 60_000;
/** Wrong passwords for one account in a quarter of an hour, from wherever they come. */
const TRIES_AN_ACCOUNT = 20;

/** Signing in, in one or two steps. The accounts limit tries per address; here they are limited per account too. */
export function signInRoutes(parts: ConsoleParts): Router {
  const router = Router();
  router.use(['/sign-in', '/code'], strangerForms(parts), checkForm(parts));
  const tooMany = { status: 429, fault: say('console:signIn.tooMany') };

  router.get('/sign-in', (request, response) => {
    draw(request, response, 'sign-in', say('console:signIn.title'), {
      next: safeNext(request.query.next),
      fault: null,
      email: '',
    });
  });
  router.post(
    '/sign-in',
    rateLimit({
      windowMs: QUARTER_HOUR,
      limit: TRIES_AN_ACCOUNT,
      skipSuccessfulRequests: true,
      standardHeaders: true,
      legacyHeaders: false,
      validate: { keyGeneratorIpFallback: false },
      keyGenerator: (request) => new Form(request.body).text('email').toLowerCase(),
      handler: (request, response) => {
        response.status(tooMany.status);
        draw(request, response, 'sign-in', say('console:signIn.title'), {
          next: '/console',
          fault: tooMany.fault,
          email: '',
        });
      },
    }),
    async (request, response) => {
      const form = new Form(request.body);
      const [email, next] = [form.text('email'), safeNext(form.text('next'))];
      const { result, cookies } = await parts.staff.signIn(email, form.raw('password'), callerOf(request));
      passOn(response, cookies);
      if (result === 'in') return goTo(response, next);
      if (result === 'code_needed') return goTo(response, `/console/code?next=${encodeURIComponent(next)}`);
      response.status(result === 'too_many' ? tooMany.status : 401);
      const fault = result === 'too_many' ? tooMany.fault : say('console:signIn.wrong');
      draw(request, response, 'sign-in', say('console:signIn.title'), { next, fault, email });
    },
  );

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
