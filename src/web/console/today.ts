import { Router } from 'express';
import { askedToday, regionsToday } from '../../services/staff-today.js';
import { isTheirs } from '../policies/staff.js';
import { channelView } from './channels.js';
import { groupExceptions } from './exception-groups.js';
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
    const regions = regionsToday(desk, mine).map((each) => {
      // An emergency unit that stays open belongs to its closure: one facility, one line.
      const closures = groupExceptions(each.exceptions);
      return { ...each, closures, closed: closures.reduce((sum, { places }) => sum + places.length, 0) };
    });
    draw(request, response, 'today', say('console:nav.today'), {
      regions,
      closed: regions.reduce((sum, each) => sum + each.closed, 0),
      waiting: await waitingFor(desk, member),
      asked: await askedToday(desk, mine),
      ...channelView(desk, response),
      nameOf: (id: string) => directory.facility(id)?.name ?? id,
    });
  });
  return router;
}
