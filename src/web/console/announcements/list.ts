import { type Response, Router } from 'express';
import type { Broadcast, BroadcastStatus } from '../../../domain/broadcast.js';
import { regionsWithWish } from '../../../services/second-person.js';
import { Form } from '../form.js';
import { allow } from '../guard.js';
import { draw, momentText, say } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { HOME, noteOf, regionOf, regionsFor, wishWords } from './desk.js';

/** The headings of the list, in the order in which somebody has to do something about them. */
const GROUPS: readonly { readonly name: string; readonly status: readonly BroadcastStatus[] }[] = [
  { name: 'waiting', status: ['waiting'] },
  { name: 'running', status: ['planning', 'running', 'paused'] },
  { name: 'draft', status: ['draft'] },
  { name: 'approved', status: ['approved'] },
  { name: 'ended', status: ['done', 'cancelled', 'expired'] },
];
const MOST_OPEN = 100;
const PAGE = 20;

/** Every announcement of the visitor's regions, by what is to be done with it. */
export function listRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk } = parts;

  /** The latest of these states in the visitor's regions. */
  async function latest(response: Response, status: readonly BroadcastStatus[], limit: number, skip: number) {
    const { directory } = desk.world();
    const regions = regionsFor(parts, response, 'announcements.see');
    const { broadcasts } = desk.store;
    if (regions.length === directory.regions.length) {
      return broadcasts.list({ regionCode: null, status, limit, skip });
    }
    const lists = await Promise.all(
      regions.map(({ code }) => broadcasts.list({ regionCode: code, status, limit: skip + limit, skip: 0 })),
    );
    return lists
      .flat()
      .sort((one, other) => other.createdAt - one.createdAt)
      .slice(skip, skip + limit);
  }
  async function wishes(response: Response) {
    const codes = regionsFor(parts, response, 'announcements.see').map(({ code }) => code);
    const found = await regionsWithWish(desk.store.meta, codes, desk.now());
    return found.flatMap(({ regionCode, wish }) => {
      const region = desk.world().directory.region(regionCode);
      return region ? [wishWords(wish, region)] : [];
    });
  }
  const row = (broadcast: Broadcast) => {
    const { zone, name } = regionOf(parts, broadcast);
    const { content, status } = broadcast;
    const at = broadcast.endedAt ?? (status === 'approved' ? broadcast.sendAt : broadcast.startedAt);
    return {
      broadcast,
      region: name,
      title: content.title || say('announcements:list.untitled'),
      when:
        at === null
          ? say('announcements:list.changed', { at: momentText(broadcast.updatedAt, zone) })
          : say(`announcements:list.at.${status === 'approved' ? 'goes' : broadcast.endedAt ? 'ended' : 'began'}`, {
              at: momentText(at, zone),
            }),
    };
  };

  router.get('/announcements', allow('announcements.see'), async (request, response) => {
    const page = Math.max(1, Math.min(10_000, Number(new Form(request.query).text('page', 6)) || 1));
    const groups = [];
    for (const { name, status } of GROUPS) {
      const ended = name === 'ended';
      const found = await latest(response, status, ended ? PAGE + 1 : MOST_OPEN, ended ? (page - 1) * PAGE : 0);
      groups.push({
        name,
        rows: found.slice(0, ended ? PAGE : MOST_OPEN).map(row),
        more: ended && found.length > PAGE,
      });
    }
    draw(request, response, 'announcements/list', say('announcements:nav'), {
      home: HOME,
      note: noteOf(request),
      wishes: await wishes(response),
      groups: groups.filter(({ name, rows }) => rows.length > 0 || name === 'draft' || name === 'waiting'),
      page,
    });
  });
  return router;
}
