import { type Response, Router } from 'express';
import { renderSVG } from 'uqr';
import type { SecondFactorSetup } from '../../ports/staff.js';
import { Form } from './form.js';
import { callerOf, passOn, sealFor, unsealFor } from './guard.js';
import { draw, goTo, say, type View } from './page.js';
import type { ConsoleParts } from './parts.js';

/** One's own account: password, second factor, where one is signed in. */
export function meRoutes(parts: ConsoleParts): Router {
  const { staff } = parts;
  const router = Router();
  const page = async (request: Parameters<typeof draw>[0], response: Parameters<typeof draw>[1], more: View = {}) => {
    const sessions = await staff.sessions(callerOf(request));
    draw(request, response, 'me', say('console:me.title'), { sessions, deviceText, setup: null, fault: null, ...more });
  };
  const shownSetup = (response: Response, setup: SecondFactorSetup) => ({
    ...setup,
    svg: renderSVG(setup.uri),
    sealed: sealFor(parts, response, setup),
    wrong: false,
  });
  router.get('/me', (request, response) => page(request, response));
  // Whoever reloads an answer, or comes back to it after signing in, is led to the page.
  router.get(['/me/password', '/me/second-factor', '/me/second-factor/:step'], (_request, response) =>
    goTo(response, '/console/me'),
  );
  router.post('/sign-out', async (request, response) => {
    const { cookies } = await staff.signOut(callerOf(request));
    passOn(response, cookies);
    goTo(response, '/console/sign-in');
  });
  router.post('/me/password', async (request, response) => {
    const form = new Form(request.body);
    const { result, cookies } = await staff.changePassword(callerOf(request), form.raw('current'), form.raw('next'));
    passOn(response, cookies);
    if (result === 'done') return goTo(response, '/console/me?saved=password');
    response.status(422);
    await page(request, response, {
      fault: say(result === 'too_many' ? 'console:signIn.tooMany' : 'console:me.passwordRefused'),
    });
  });
  router.post('/me/sessions/end', async (request, response) => {
    await staff.endSession(callerOf(request), new Form(request.body).text('session'));
    goTo(response, '/console/me?saved=session_ended');
  });
  router.post('/me/second-factor', async (request, response) => {
    const setup = await staff.beginSecondFactor(callerOf(request), new Form(request.body).raw('password'));
    if (setup) return page(request, response, { setup: shownSetup(response, setup) });
    response.status(422);
    await page(request, response, { fault: say('console:me.wrongPassword') });
  });
  router.post('/me/second-factor/confirm', async (request, response) => {
    const form = new Form(request.body);
    const { result, cookies } = await staff.confirmSecondFactor(callerOf(request), form.text('code', 20));
    passOn(response, cookies);
    if (result) return goTo(response, '/console/me?saved=second_factor');
    response.status(422);
    // A slip of the finger: the app that has read the code already must not be set up anew.
    const setup = unsealFor(parts, response, form.raw('setup')) as SecondFactorSetup | null;
    if (setup) return page(request, response, { setup: { ...shownSetup(response, setup), wrong: true } });
    await page(request, response, { fault: say('console:me.setupAgain') });
  });
  router.post('/me/second-factor/drop', async (request, response) => {
    const { result, cookies } = await staff.dropSecondFactor(callerOf(request), new Form(request.body).raw('password'));
    passOn(response, cookies);
    if (result) return goTo(response, '/console/me?saved=second_factor_dropped');
    response.status(422);
    await page(request, response, { fault: say('console:me.wrongPassword') });
  });
  return router;
}

const BROWSERS = {
  Edg: 'Edge',
  OPR: 'Opera',
  SamsungBrowser: 'Samsung Internet',
  Firefox: 'Firefox',
  Chrome: 'Chrome',
};
const SYSTEMS = {
  Android: 'Android',
  iPhone: 'iPhone',
  iPad: 'iPad',
  Windows: 'Windows',
  'Mac OS': 'Mac',
  Linux: 'Linux',
};

/** What a browser calls itself, as its owner calls it: "Chrome di Android". */
function deviceText(agent: string | null): string {
  const of = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).find(([sign]) => agent?.includes(sign))?.[1];
  const browser = of({ ...BROWSERS, Safari: 'Safari' });
  const system = of(SYSTEMS);
  if (browser === undefined || system === undefined) return say('console:me.otherDevice');
  return say('console:me.device', { browser, system });
}
