import { type Request, type Response, Router } from 'express';
import type { Region } from '../../../domain/place.js';
import { weekOfHours } from '../../../domain/week.js';
import { IDLE_MINUTES, readHandover, WAIT_MINUTES, writeHandover } from '../../../services/handover-rules.js';
import { putUsualReplies } from '../../../services/staff-conversations.js';
import { may } from '../../policies/staff.js';
import { type Faults, Form } from '../form.js';
import { allow, missing, refuse } from '../guard.js';
import { draw, goTo, say, type View, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { ASSUMED_WEEK, readWeek } from '../week-form.js';

/** Whether, and when, the office of a region answers people. */
export function settingsRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const page = async (request: Request, response: Response, region: Region, more: View = {}) => {
    const rules = await readHandover(desk.store.meta, region.code);
    const week = rules === null ? ASSUMED_WEEK : weekOfHours(rules.hours);
    draw(request, response, 'conversations/settings', say('handover:console.settings.title'), {
      region,
      on: rules !== null,
      week: week ?? ASSUMED_WEEK,
      asText: week === null,
      text: rules?.hours ?? '',
      wait: String(rules?.waitMinutes ?? WAIT_MINUTES.usual),
      idle: String(rules?.idleMinutes ?? IDLE_MINUTES.usual),
      bounds: { wait: WAIT_MINUTES, idle: IDLE_MINUTES },
      faults: {},
      ...more,
    });
  };

  router.get('/conversations/settings', allow('conversations.see'), async (request, response) => {
    const { member } = visitorOf(response);
    const regions = desk.world().directory.regions.filter(({ code }) => may(member, 'conversations.see', code));
    const rows = regions.map((region) => ({
      region,
      hours: desk.world().handover?.(region.code, desk.now())?.rules.hours ?? null,
    }));
    draw(request, response, 'conversations/offices', say('handover:console.settings.title'), {
      rows,
      done: new Form(request.query).ticked('done'),
    });
  });
  router.get('/conversations/settings/:code', allow('conversations.settings'), async (request, response) => {
    const region = desk.world().directory.region(String(request.params.code));
    if (!region) return missing(request, response);
    if (!may(visitorOf(response).member, 'conversations.settings', region.code)) return refuse(request, response);
    await page(request, response, region);
  });
  router.post('/conversations/settings/:code', allow('conversations.settings'), async (request, response) => {
    const { member } = visitorOf(response);
    const region = desk.world().directory.region(String(request.params.code));
    if (!region) return missing(request, response);
    if (!may(member, 'conversations.settings', region.code)) return refuse(request, response);
    const form = new Form(request.body);
    if (form.text('on') !== 'yes') {
      await writeHandover(desk, member, region.code, null);
      return goTo(response, '/console/conversations/settings?done=1');
    }
    const read = readWeek(form, desk.hoursFault);
    const [wait, idle] = [minutes(form, 'wait', WAIT_MINUTES), minutes(form, 'idle', IDLE_MINUTES)];
    const noHours = read.hours === null || read.hours === 'off';
    const faults: Faults = {
      ...read.faults,
      ...(noHours && Object.keys(read.faults).length === 0 ? { hours: 'console:fault.noHours' } : {}),
      ...(wait === null ? { wait: 'handover:console.fault.minutes' } : {}),
      ...(idle === null ? { idle: 'handover:console.fault.minutes' } : {}),
    };
    if (read.hours === null || wait === null || idle === null || Object.keys(faults).length > 0) {
      response.status(422);
      const typed = { wait: form.text('wait', 5), idle: form.text('idle', 5), text: form.text('text', 1000) };
      return page(request, response, region, {
        ...typed,
        on: true,
        week: read.week,
        asText: read.how === 'text',
        faults,
      });
    }
    await writeHandover(desk, member, region.code, { hours: read.hours, waitMinutes: wait, idleMinutes: idle });
    await putUsualReplies(desk, member, region.code);
    goTo(response, '/console/conversations/settings?done=1');
  });
  return router;
}

function minutes(form: Form, name: string, { least, most }: { readonly least: number; readonly most: number }) {
  const text = form.text(name, 5);
  const figure = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return figure >= least && figure <= most ? figure : null;
}
