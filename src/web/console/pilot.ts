import { type Request, type Response, Router } from 'express';
import { dayOf } from '../../domain/time.js';
import { AppError } from '../../errors.js';
import { countedItems, givePromise, PROMISES, promises } from '../../services/staff-pilot.js';
import { may } from '../policies/staff.js';
import { type Faults, Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** What must be settled before residents are invited: what can be counted, and what the office says with name and day. */
export function pilotRoutes({ desk, staff }: ConsoleParts): Router {
  const router = Router();
  const page = async (request: Request, response: Response, more: View = {}) => {
    draw(request, response, 'pilot', say('console:pilot.title'), {
      items: await countedItems(desk, staff),
      promises: await promises(desk),
      signs: may(visitorOf(response).member, 'pilot.sign', null),
      today: dayOf(desk.now(), 'Asia/Jakarta'),
      faults: {},
      at: null,
      typed: {},
      ...more,
    });
  };
  router.get('/pilot', allow('pilot.see'), (request, response) => page(request, response));
  router.post('/pilot/:name', async (request, response) => {
    const { member } = visitorOf(response);
    const name = PROMISES.find((each) => each === request.params.name);
    if (name === undefined) return missing(request, response);
    // It concerns every region of this installation.
    if (!may(member, 'pilot.sign', null)) return refuse(request, response);
    const form = new Form(request.body);
    const back = form.text('do') === 'back';
    const [by, on, note] = [form.text('by', 120), form.day('on'), form.text('note', 300)];
    const faults: Faults = back
      ? {}
      : {
          ...(by === '' ? { by: 'console:fault.name' } : {}),
          ...(on === null || on > dayOf(desk.now(), 'Asia/Jayapura') ? { on: 'console:fault.day' } : {}),
        };
    const typed = { by, on: form.text('on'), note };
    if (Object.keys(faults).length > 0) {
      response.status(422);
      return page(request, response, { faults, at: name, typed });
    }
    try {
      await givePromise(desk, member, name, form.text('mark', 40), back || on === null ? null : { by, on, note });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'STORE_BUSY') throw error;
      response.status(409);
      return page(request, response, { at: name, typed, faults: { by: 'console:moved.title' } });
    }
    goTo(response, '/console/pilot?saved=pilot');
  });
  return router;
}
