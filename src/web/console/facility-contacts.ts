import { type Request, type Response, Router } from 'express';
import type { Facility } from '../../domain/facility.js';
import { serviceWindowOpen } from '../../domain/service-window.js';
import { issueLinkCode } from '../../services/link-contacts.js';
import { authorOf, type Desk } from '../../services/staff-desk.js';
import { isTheirs, may } from '../policies/staff.js';
import { Form } from './form.js';
import { missing, refuse } from './guard.js';
import { draw, goTo, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';
import { doneOf } from './reports.js';

/** What the page of a facility shows of its own contacts: channel and dates, never who they are. */
export async function contactsOf(desk: Desk, facilityId: string, request: Request) {
  const { reports } = desk.store;
  const contacts = await reports.contacts(facilityId);
  return {
    rows: contacts.map((contact) => ({
      ...contact,
      channelName: say(`console:channel.${contact.channel}`),
      windowOpen: serviceWindowOpen(contact.channel, contact.lastSeenAt, desk.now()),
    })),
    done: doneOf(request),
    check: contacts.length === 0 ? null : await reports.latestCheck(facilityId),
  };
}

/** Registering somebody at a facility by a code that works once, and taking them off again. */
export function facilityContactRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const find = (request: Request, response: Response): Facility | null => {
    const facility = desk.world().directory.facility(String(request.params.id));
    const { member } = visitorOf(response);
    if (!facility || !isTheirs(member, facility.regionCode)) missing(request, response);
    else if (!may(member, 'reports.morning', facility.regionCode)) refuse(request, response);
    else return facility;
    return null;
  };

  router.post('/facilities/:id/contacts/code', async (request, response) => {
    const facility = find(request, response);
    if (!facility) return;
    const { broadcasts, meta, data } = desk.store;
    const code = await issueLinkCode({ broadcasts, meta, now: desk.now }, `facility/${facility.id}`);
    const author = authorOf(desk, visitorOf(response).member);
    const after = JSON.stringify({ code: 'issued' });
    await data.note({ what: 'facility_contacts', subject: facility.id, before: null, after }, author);
    draw(request, response, 'facility-code', say('reports:console.contacts.code', { name: facility.name }), {
      facility,
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
  });

  router.post('/facilities/:id/contacts/remove', async (request, response) => {
    const facility = find(request, response);
    if (!facility) return;
    const contactId = new Form(request.body).text('contact', 100);
    const { reports, data } = desk.store;
    if (await reports.removeContact(facility.id, contactId)) {
      const author = authorOf(desk, visitorOf(response).member);
      const before = JSON.stringify({ contact: 'registered' });
      await data.note({ what: 'facility_contacts', subject: facility.id, before, after: null }, author);
    }
    goTo(response, `/console/facilities/${encodeURIComponent(facility.id)}?done=removed`);
  });
  return router;
}
