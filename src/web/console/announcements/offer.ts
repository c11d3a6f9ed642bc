import { Router } from 'express';
import type { HoursException } from '../../../domain/facility.js';
import { draftAnnouncement, offerForClosure } from '../../../services/draft-announcement.js';
import { noteAnnouncement } from '../../../services/staff-announcements.js';
import { isTheirs, may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { missing, refuse } from '../guard.js';
import { goTo, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { draftParts, HOME } from './desk.js';

/** True when a closure is worth telling those who asked about the facility lately. */
export function isWorthTelling({ desk }: ConsoleParts, exception: HoursException): boolean {
  return offerForClosure(exception, desk.world(), desk.now()) !== null;
}

/** From a closure that was entered to a draft for those who asked about the facility lately and agreed to hear. */
export function offerRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk } = parts;
  router.post('/announcements/for-closure', async (request, response) => {
    const { member } = visitorOf(response);
    const id = new Form(request.body).text('exception', 100);
    const regions = desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
    const exceptions = await desk.store.data.exceptions(regions.map(({ code }) => code));
    const exception = exceptions.find((each) => each.id === id);
    if (!exception) return missing(request, response);
    if (!may(member, 'announcements.write', exception.regionCode)) return refuse(request, response);
    const content = offerForClosure(exception, desk.world(), desk.now());
    if (!content) return missing(request, response);
    const draft = await draftAnnouncement(draftParts(parts), content, member.email);
    await noteAnnouncement(desk, member, draft, 'created');
    goTo(response, `${HOME}/${draft.id}/edit?note=offered`);
  });
  return router;
}
