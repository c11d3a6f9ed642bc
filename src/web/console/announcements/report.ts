import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Router } from 'express';
import { reportCsv } from '../../../services/broadcast-report.js';
import { draw } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { found, HOME, regionOf } from './desk.js';
import { standingOf } from './standing.js';

/** The live part of an announcement's page, asked for every two seconds while it goes out, and the report as a file. */
export function reportRoutes(parts: ConsoleParts): Router {
  const router = Router();

  router.get('/announcements/:id/progress', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.see');
    if (!broadcast) return;
    // What may be done with it has changed: the whole page is drawn anew.
    if (request.query.was !== broadcast.status) response.set('hx-redirect', `${HOME}/${broadcast.id}`);
    draw(request, response, 'announcements/progress', '', { home: HOME, ...(await standingOf(parts, broadcast)) });
  });

  router.get('/announcements/:id/report.csv', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.see');
    if (!broadcast) return;
    const { zone } = regionOf(parts, broadcast);
    response.attachment('laporan-pengumuman.csv').type('text/csv; charset=utf-8');
    await pipeline(Readable.from(reportCsv(parts.desk.store.broadcasts, broadcast.id, zone)), response);
  });
  return router;
}
