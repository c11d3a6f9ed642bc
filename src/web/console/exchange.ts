import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { AppError } from '../../errors.js';
import { renderPhrase } from '../../i18n/translate.js';
import type { Fault } from '../../services/import/fault.js';
import { IMPORT_KINDS } from '../../services/import/kinds.js';
import type { ImportPlan } from '../../services/import-facilities.js';
import { EXPORT_KINDS, exportCsv, exportXlsx } from '../../services/staff-export.js';
import {
  keepRehearsal,
  LARGEST_UPLOAD,
  planMark,
  regionsTouched,
  rehearseImport,
  takeImport,
  takeRehearsal,
  uploadedFiles,
} from '../../services/staff-import.js';
import { isTheirs, may } from '../policies/staff.js';
import { Form } from './form.js';
import { allow, refuse } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const SHOWN = 200;

/**
 * A form with a file as fields and a file. It is read only for visitors who are signed in; the platform's own parser
 * reads it.
 */
export const fileForm: RequestHandler[] = [
  express.raw({ type: 'multipart/form-data', limit: LARGEST_UPLOAD + 100_000 }),
  async (request, _response, next) => {
    if (!Buffer.isBuffer(request.body)) return next();
    const headers = { 'content-type': request.get('content-type') ?? '' };
    const fields = await new Response(request.body, { headers }).formData().catch(() => new FormData());
    const texts = [...fields].filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    const file = fields.get('file');
    request.body = Object.fromEntries(texts);
    if (file instanceof File) {
      request.body.upload = { name: file.name.slice(0, 100), content: Buffer.from(await file.arrayBuffer()) };
    }
    next();
  },
];

/** Data out as CSV and XLSX, and in again: first a rehearsal that shows every difference, then the second tap. */
export function exchangeRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const page = (request: Request, response: Response, more: View = {}) =>
    draw(request, response, 'exchange', say('console:nav.exchange'), {
      exports: EXPORT_KINDS,
      kinds: Object.keys(IMPORT_KINDS),
      plan: null,
      token: null,
      fault: null,
      faultText: ({ words }: Fault) => renderPhrase(words, 'id'),
      ...more,
    });
  const drawPlan = (
    request: Request,
    response: Response,
    plan: ImportPlan,
    token: string | null,
    fault: string | null,
  ) => {
    const sums = Object.fromEntries(
      (['new', 'changed', 'removed', 'unchanged'] as const).map((what) => [
        what,
        plan.rows.filter((row) => row.what === what).length,
      ]),
    );
    const rows = plan.rows.filter(({ what }) => what !== 'unchanged');
    const shown = { sums, rows: rows.slice(0, SHOWN), hidden: Math.max(0, rows.length - SHOWN) };
    page(request, response, { plan: { ...shown, faults: plan.faults.slice(0, SHOWN) }, token, fault });
  };
  router.get('/exchange', allow('facilities.export'), (request, response) => page(request, response));
  router.get('/exchange/:file', allow('facilities.export'), async (request, response, next) => {
    const { member } = visitorOf(response);
    const mine = (code: string) => isTheirs(member, code);
    const [, kind] = /^(\w+)\.csv$/.exec(String(request.params.file)) ?? [];
    const known = EXPORT_KINDS.find((each) => each === kind);
    if (request.params.file === 'data.xlsx') {
      const content = await exportXlsx(await desk.store.data.snapshot(), mine);
      response.attachment('tanya-puskesmas.xlsx').send(content);
    } else if (known) {
      const text = exportCsv(await desk.store.data.snapshot(), known, mine);
      response.attachment(`${known}.csv`).type('text/csv; charset=utf-8').send(text);
    } else next();
  });

  router.post('/exchange/check', allow('facilities.import'), async (request, response) => {
    const { member, sessionId } = visitorOf(response);
    const upload = request.body?.upload as { name: string; content: Buffer } | undefined;
    try {
      if (!upload || upload.content.length === 0) throw new AppError('INPUT_INVALID', 'no file');
      const files = await uploadedFiles(upload.name, upload.content, new Form(request.body).text('kind', 30));
      const plan = await rehearseImport(desk, files);
      if (![...regionsTouched(plan)].every((code) => may(member, 'facilities.import', code)))
        return refuse(request, response);
      const does = plan.faults.length === 0 && plan.rows.some(({ what }) => what !== 'unchanged');
      const mark = planMark(plan);
      const token = does ? await keepRehearsal(desk, member, sessionId, { files, mark }) : null;
      drawPlan(request, response, plan, token, null);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INPUT_INVALID') throw error;
      response.status(422);
      page(request, response, { fault: say('console:exchange.unreadable') });
    }
  });

  router.post('/exchange/take', allow('facilities.import'), async (request, response) => {
    const { member, sessionId } = visitorOf(response);
    const token = new Form(request.body).text('token', 40);
    const rehearsed = await takeRehearsal(desk, member, sessionId, token);
    if (rehearsed === null) {
      response.status(409);
      return page(request, response, { fault: say('console:exchange.gone') });
    }
    const plan = await rehearseImport(desk, rehearsed.files);
    const mark = planMark(plan);
    if (mark !== rehearsed.mark) {
      response.status(409);
      const again = await keepRehearsal(desk, member, sessionId, { ...rehearsed, mark });
      return drawPlan(request, response, plan, again, say('console:exchange.movedOn'));
    }
    await takeImport(desk, member, rehearsed.files);
    goTo(response, '/console/exchange?saved=imported');
  });
  return router;
}
