import { type RequestHandler, Router } from 'express';
import { type KeepSettings, keptWords } from '../../services/kept-data.js';
import { consentsCsv, processingRecord } from '../../services/processing-record.js';
import { may } from '../policies/staff.js';
import { refuse } from './guard.js';
import { draw, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

/** The record of processing, for administrators of the whole installation: it concerns every region. */
export function privacyExportRoutes({ desk, staff, keep }: ConsoleParts): Router {
  const router = Router();
  const allowed: RequestHandler = (request, response, next) => {
    if (may(visitorOf(response).member, 'privacy.export', null)) next();
    else refuse(request, response);
  };
  const settings: KeepSettings = keep;
  router.get('/privacy', allowed, (request, response) => {
    draw(request, response, 'privacy', say('privacy:console.title'), { kinds: keptWords(settings, 'id') });
  });
  router.get('/privacy/record.json', allowed, async (_request, response) => {
    const members = (await staff.list()).map(({ email, role, regions, active, secondFactor }) => ({
      email,
      role,
      regions,
      active,
      secondFactor,
    }));
    response.attachment('catatan-pemrosesan.json').type('application/json');
    response.send(await processingRecord(desk, settings, members));
  });
  router.get('/privacy/consents.csv', allowed, async (_request, response) => {
    response
      .attachment('persetujuan.csv')
      .type('text/csv; charset=utf-8')
      .send(await consentsCsv(desk));
  });
  return router;
}
