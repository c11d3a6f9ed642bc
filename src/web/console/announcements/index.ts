import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import type { ConsoleParts } from '../parts.js';
import { approveRoutes } from './approve.js';
import { checkRoutes } from './check.js';
import { composeRoutes } from './compose.js';
import { listRoutes } from './list.js';
import { offerRoutes } from './offer.js';
import { readRoutes } from './read.js';
import { reportRoutes } from './report.js';
import { selfTestRoutes } from './self-test.js';
import { settingsRoutes } from './settings.js';
import { steerRoutes } from './steer.js';

const UPLOT = join(dirname(createRequire(import.meta.url).resolve('uplot/package.json')), 'dist');

/** The chart library, served by the console itself. */
export function announcementAssets(): Router {
  const router = Router();
  router.get('/uplot.js', (_request, response) => {
    response.sendFile(join(UPLOT, 'uPlot.iife.min.js'), { maxAge: '1h' });
  });
  router.get('/uplot.css', (_request, response) => {
    response.sendFile(join(UPLOT, 'uPlot.min.css'), { maxAge: '1h' });
  });
  return router;
}

/** Announcements: write, approve, watch, report. Fixed addresses come before those with an id. */
export function announcementRoutes(parts: ConsoleParts): Router {
  const router = Router();
  for (const routes of [listRoutes, offerRoutes, settingsRoutes, checkRoutes, composeRoutes]) router.use(routes(parts));
  for (const routes of [readRoutes, approveRoutes, selfTestRoutes, steerRoutes, reportRoutes]) {
    router.use(routes(parts));
  }
  return router;
}
