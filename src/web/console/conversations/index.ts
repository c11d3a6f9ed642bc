import { Router } from 'express';
import type { ConsoleParts } from '../parts.js';
import { actRoutes } from './act.js';
import { cannedRoutes } from './canned.js';
import { listRoutes } from './list.js';
import { settingsRoutes } from './settings.js';
import { talkRoutes } from './talk.js';

/** Talks of residents with the office. Fixed addresses come before those with an id. */
export function conversationRoutes(parts: ConsoleParts): Router {
  const router = Router();
  for (const routes of [listRoutes, settingsRoutes, cannedRoutes, talkRoutes, actRoutes]) router.use(routes(parts));
  return router;
}
