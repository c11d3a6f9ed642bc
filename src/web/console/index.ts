import express, { Router } from 'express';
import { projectFile } from '../../project-root.js';
import { announcementAssets, announcementRoutes } from './announcements/index.js';
import { assetRoutes } from './assets.js';
import { auditRoutes } from './audit.js';
import { cardsRoutes } from './cards.js';
import { channelRoutes } from './channels.js';
import { conversationRoutes } from './conversations/index.js';
import { demandRoutes } from './demand.js';
import { exceptionFormRoutes } from './exception-form.js';
import { exceptionsRoutes } from './exceptions.js';
import { exchangeRoutes, fileForm } from './exchange.js';
import { facilitiesRoutes } from './facilities.js';
import { facilityRoutes } from './facility.js';
import { facilityContactRoutes } from './facility-contacts.js';
import { allow, checkForm, guard, keepNothing, missing } from './guard.js';
import { holidaysRoutes } from './holidays.js';
import { mapRoutes } from './map.js';
import { meRoutes } from './me.js';
import { morningRoutes } from './morning.js';
import type { ConsoleParts } from './parts.js';
import { pilotRoutes } from './pilot.js';
import { privacyExportRoutes } from './privacy.js';
import { programmeRuleRoutes } from './programme-rule.js';
import { programmesRoutes } from './programmes.js';
import { regionsRoutes } from './regions.js';
import { reportsRoutes } from './reports.js';
import { signInRoutes } from './sign-in.js';
import { staffRoutes } from './staff.js';
import { todayRoutes } from './today.js';

/** Everything under /console: what a stranger may see, then, behind the guard, the pages. */
export function consoleRoutes(parts: ConsoleParts): Router {
  const router = Router({ strict: false });
  const files = { index: false, maxAge: '1h', redirect: false } as const;
  router.use('/assets', assetRoutes());
  router.use('/assets', announcementAssets());
  router.use('/assets', express.static(projectFile('src/web/console/public'), files));
  router.use(keepNothing, express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 3000 }));
  router.use(signInRoutes(parts));
  router.use(guard(parts));
  // A file is read only for those who may import it.
  router.use('/exchange/check', allow('facilities.import'), fileForm);
  router.use(checkForm(parts));
  router.use(todayRoutes(parts));
  router.use(channelRoutes(parts));
  router.use(facilitiesRoutes(parts));
  router.use(facilityRoutes(parts));
  router.use(exceptionsRoutes(parts));
  router.use(exceptionFormRoutes(parts));
  for (const routes of [reportsRoutes, morningRoutes, facilityContactRoutes]) router.use(routes(parts));
  router.use(conversationRoutes(parts));
  router.use(announcementRoutes(parts));
  for (const routes of [mapRoutes, holidaysRoutes, regionsRoutes, programmesRoutes, programmeRuleRoutes, cardsRoutes])
    router.use(routes(parts));
  router.use(pilotRoutes(parts));
  router.use(demandRoutes(parts));
  router.use(exchangeRoutes(parts));
  router.use(auditRoutes(parts));
  router.use(meRoutes(parts));
  router.use(staffRoutes(parts));
  router.use(privacyExportRoutes(parts));
  router.use(missing);
  return router;
}
