import { type Response, Router } from 'express';
import { conversationsOf } from '../../../services/staff-conversations.js';
import { may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { allow } from '../guard.js';
import { draw, say, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { markOf } from './mark.js';
import { talkView } from './words.js';

/** The talks of the member's regions; the list keeps itself up to date. */
export function listRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const view = async (response: Response) => {
    const { member } = visitorOf(response);
    const { directory } = desk.world();
    const regions = directory.regions.filter(({ code }) => may(member, 'conversations.see', code));
    const talks = await conversationsOf(
      desk,
      regions.map(({ code }) => code),
    );
    const rows = talks.map((talk) => talkView(desk, talk));
    // An emergency that has had no word of staff stands first.
    rows.sort((a, b) => Number(b.urgent) - Number(a.urgent));
    const groups = (['waiting', 'taken', 'closed'] as const).map((name) => ({
      name,
      rows: rows.filter(({ status }) => status === name),
    }));
    const on = regions.some(({ code }) => desk.world().handover?.(code, desk.now()) != null);
    return { groups, on, mark: markOf(groups) };
  };
  router.get('/conversations', allow('conversations.see'), async (request, response) => {
    draw(request, response, 'conversations/list', say('handover:console.nav'), await view(response));
  });
  router.get('/conversations/rows', allow('conversations.see'), async (request, response) => {
    const now = await view(response);
    if (new Form(request.query).text('mark', 40) === now.mark) response.status(204).end();
    else draw(request, response, 'conversations/rows', '', now);
  });
  return router;
}
