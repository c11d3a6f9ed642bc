import { Router } from 'express';
import { dayOf } from '../../domain/time.js';
import { markOf } from '../../services/staff-facility.js';
import { contactMark, removeNumber, saveNumber, saveOfficeContact } from '../../services/staff-region.js';
import { isTheirs, may } from '../policies/staff.js';
import { type Faults, Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const KINDS = ['medical', 'psc', 'single'] as const;
const CONFIDENCES = ['high', 'medium', 'low'] as const;
const LAST = 1000;

/** Emergency numbers and the office's own contact, region by region. */
export function regionsRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const page = async (request: Parameters<typeof draw>[0], response: Parameters<typeof draw>[1], more: View = {}) => {
    const { member } = visitorOf(response);
    const numbers = await desk.store.data.numbers();
    const regions = (await desk.store.data.regions()).filter(({ code }) => isTheirs(member, code));
    draw(request, response, 'regions', say('console:nav.regions'), {
      national: numbers.filter(({ regionCode }) => regionCode === null),
      regions: regions.map((region) => ({
        region,
        numbers: numbers.filter(({ regionCode }) => regionCode === region.code),
      })),
      kinds: KINDS,
      confidences: CONFIDENCES,
      markOf,
      contactMark,
      there: null,
      typed: {},
      faults: {},
      at: null,
      ...more,
    });
  };
  router.get('/regions', allow('regions.see'), (request, response) => page(request, response));

  router.post('/regions/:code/office', async (request, response) => {
    const { member } = visitorOf(response);
    const code = String(request.params.code);
    if (!desk.world().directory.region(code)) return missing(request, response);
    if (!may(member, 'regions.edit', code)) return refuse(request, response);
    const form = new Form(request.body);
    const source = form.text('source', 1000);
    if (source === '') {
      response.status(422);
      return page(request, response, { faults: { source: 'console:fault.source' }, at: code });
    }
    const contact = form.textOrNull('contact');
    if (!(await saveOfficeContact(desk, member, code, { contact, source, mark: form.text('mark', 40) }))) {
      response.status(409);
      return page(request, response, { faults: { contact: 'console:moved.title' }, at: code, typed: { contact } });
    }
    goTo(response, '/console/regions?saved=region');
  });
  router.post('/regions/:code/numbers', async (request, response) => {
    const { member } = visitorOf(response);
    const region = desk.world().directory.region(String(request.params.code));
    if (!region) return missing(request, response);
    if (!may(member, 'regions.edit', region.code)) return refuse(request, response);
    const form = new Form(request.body);
    const [number, source] = [form.text('number', 40), form.text('source', 1000)];
    const faults: Faults = {
      ...(/^[\d\s+()-]{3,40}$/.test(number) && /\d{3}/.test(number.replaceAll(/\D/g, ''))
        ? {}
        : { number: 'console:fault.phone' }),
      ...(source === '' ? { source: 'console:fault.source' } : {}),
    };
    if (Object.keys(faults).length > 0) {
      response.status(422);
      return page(request, response, { faults, at: region.code });
    }
    const all = await desk.store.data.numbers();
    const own = all.filter(({ regionCode }) => regionCode === region.code).map(({ position }) => position);
    const entered = {
      regionCode: region.code,
      number,
      kind: form.oneOf('kind', KINDS, 'medical'),
      confidence: form.oneOf('confidence', CONFIDENCES, 'medium'),
      position: Math.min(LAST, Math.max(0, ...own) + 1),
      source,
      checkedOn: dayOf(desk.now(), region.zone),
    };
    const there = await saveNumber(desk, member, entered, form.text('mark', 40));
    if (there !== null) {
      response.status(409);
      return page(request, response, { there, at: region.code, typed: entered });
    }
    goTo(response, '/console/regions?saved=number');
  });
  router.post('/regions/:code/numbers/remove', async (request, response) => {
    const { member } = visitorOf(response);
    const code = String(request.params.code);
    if (!desk.world().directory.region(code)) return missing(request, response);
    if (!may(member, 'regions.edit', code)) return refuse(request, response);
    const form = new Form(request.body);
    const number = { regionCode: code, number: form.text('number', 40) };
    const gone = await removeNumber(desk, member, number, form.text('mark', 40));
    goTo(response, `/console/regions?saved=${gone ? 'number_removed' : 'moved'}`);
  });
  return router;
}
