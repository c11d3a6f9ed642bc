import { Router } from 'express';
import { askedToday, regionsToday } from '../../services/staff-today.js';
import { isTheirs } from '../policies/staff.js';
import { channelView } from './channels.js';
import { allow } from './guard.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';
import { waitingFor } from './waiting.js';

/** `Hari ini`: what is open, which channels are up, what residents asked, which data is old, what waits for somebody. */
export function todayRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  router.get('/', allow('today.see'), async (request, response) => {
    const { member } = visitorOf(response);
    const mine = (code: string) => isTheirs(member, code);
    const { directory } = desk.world();
    draw(request, response, 'today', say('console:nav.today'), {
      regions: regionsToday(desk, mine),
      waiting: await waitingFor(desk, member),
      asked: await askedToday(desk, mine),
      ...channelView(desk, response),
      nameOf: (id: string) => directory.facility(id)?.name ?? id,
    });
  });
  return router;
}
