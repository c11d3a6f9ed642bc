import { type Request, type Response, Router } from 'express';
import type { Region } from '../../../domain/place.js';
import { LONGEST_REPLY, saveCannedReply } from '../../../services/staff-conversations.js';
import { authorOf } from '../../../services/staff-desk.js';
import { may } from '../../policies/staff.js';
import { type Faults, Form } from '../form.js';
import { allow, missing } from '../guard.js';
import { draw, goTo, say, type View, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';

const DONE = ['saved', 'removed'] as const;

/** What staff of a region say often. */
export function cannedRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const theirs = (response: Response) => {
    const { member } = visitorOf(response);
    return desk.world().directory.regions.filter(({ code }) => may(member, 'conversations.canned', code));
  };
  /** The region that was chosen, else the first whose office answers people. */
  const regionOf = (response: Response, wanted: string): Region | undefined => {
    const regions = theirs(response);
    if (wanted !== '') return regions.find(({ code }) => code === wanted);
    return regions.find(({ code }) => desk.world().handover?.(code, desk.now())) ?? regions[0];
  };
  const page = async (request: Request, response: Response, region: Region, more: View = {}) =>
    draw(request, response, 'conversations/canned', say('handover:console.replies.title'), {
      region,
      regions: theirs(response),
      replies: await desk.store.conversations.cannedReplies(region.code),
      longest: LONGEST_REPLY,
      done: DONE.find((each) => each === new Form(request.query).text('done', 10)) ?? null,
      typed: null,
      faults: {},
      ...more,
    });

  router.get('/conversations/replies', allow('conversations.canned'), async (request, response) => {
    const region = regionOf(response, new Form(request.query).text('region', 20));
    if (region) await page(request, response, region);
    else missing(request, response);
  });
  router.post('/conversations/replies', allow('conversations.canned'), async (request, response) => {
    const form = new Form(request.body);
    const region = regionOf(response, form.text('region', 20));
    if (!region) return missing(request, response);
    const id = form.textOrNull('id', 60);
    const [title, body] = [form.text('title', 60), form.lines('body', LONGEST_REPLY)];
    const faults: Faults = {
      ...(title === '' ? { title: 'handover:console.fault.title' } : {}),
      ...(body === '' ? { body: 'handover:console.fault.body' } : {}),
    };
    const { member } = visitorOf(response);
    const wrong = Object.keys(faults).length > 0;
    if (wrong || !(await saveCannedReply(desk, member, { id, regionCode: region.code, title, body }))) {
      response.status(wrong ? 422 : 409);
      const said: Faults = wrong ? faults : { title: 'handover:console.fault.tooMany' };
      return page(request, response, region, { faults: said, typed: { id, title, body } });
    }
    goTo(response, `/console/conversations/replies?region=${region.code}&done=saved`);
  });
  router.post('/conversations/replies/remove', allow('conversations.canned'), async (request, response) => {
    const form = new Form(request.body);
    const region = regionOf(response, form.text('region', 20));
    if (!region) return missing(request, response);
    const author = authorOf(desk, visitorOf(response).member);
    await desk.store.conversations.removeCannedReply(form.text('id', 60), region.code, author);
    goTo(response, `/console/conversations/replies?region=${region.code}&done=removed`);
  });
  return router;
}
