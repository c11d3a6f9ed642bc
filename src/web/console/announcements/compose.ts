import { type Request, type Response, Router } from 'express';
import type { Broadcast, BroadcastContent } from '../../../domain/broadcast.js';
import { emptyContent, TOPICS } from '../../../domain/broadcast.js';
import type { Region } from '../../../domain/place.js';
import { DAY, dayOf } from '../../../domain/time.js';
import { weekdayName } from '../../../i18n/format.js';
import { copyAnnouncement, draftAnnouncement, editAnnouncement } from '../../../services/draft-announcement.js';
import { noteAnnouncement } from '../../../services/staff-announcements.js';
import { may } from '../../policies/staff.js';
import { Form } from '../form.js';
import { allow, missing, refuse } from '../guard.js';
import { draw, goTo, momentText, say, type View, visitorOf } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { CATEGORIES, CHANNELS, NTHS, readContent, TEMPLATE_STATES, WRITTEN } from './content-form.js';
import { draftParts, found, HOME, noteOf, regionOf, regionsFor } from './desk.js';
import { changedFields } from './difference.js';

const MOST_OFFERED = 400;

/** Writing an announcement: new, changed, or like an earlier one. */
export function composeRoutes(parts: ConsoleParts): Router {
  const router = Router();
  const { desk } = parts;

  function drawForm(
    request: Request,
    response: Response,
    region: Region,
    content: BroadcastContent,
    more: View & { readonly broadcast: Broadcast | null },
  ): void {
    const { directory } = desk.world();
    const title = more.broadcast === null ? 'announcements:compose.new' : 'announcements:compose.change';
    draw(request, response, 'announcements/compose', say(title), {
      home: HOME,
      note: noteOf(request),
      region,
      regions: regionsFor(parts, response, 'announcements.write'),
      c: content,
      facilities: offered(parts, region, content),
      kecamatan: directory.areas
        .filter(({ level, parentCode }) => level === 'kecamatan' && parentCode === region.code)
        .toSorted((one, other) => one.name.localeCompare(other.name, 'id')),
      topics: TOPICS,
      channels: CHANNELS,
      languages: WRITTEN,
      categories: CATEGORIES,
      states: TEMPLATE_STATES,
      nths: NTHS,
      weekdays: [1, 2, 3, 4, 5, 6, 0].map((day) => ({ day, name: weekdayName(day, 'id') })),
      dayOf: (at: number) => dayOf(at, region.zone),
      lately: dayOf(desk.now() - 30 * DAY, region.zone),
      faults: {},
      conflict: null,
      ...more,
    });
  }

  router.get('/announcements/new', allow('announcements.write'), (request, response) => {
    const wanted = new Form(request.query).text('region', 20);
    const regions = regionsFor(parts, response, 'announcements.write');
    const region = wanted === '' ? regions[0] : regions.find(({ code }) => code === wanted);
    if (!region) return missing(request, response);
    drawForm(request, response, region, emptyContent(region.code), { broadcast: null });
  });

  router.post('/announcements/new', async (request, response) => {
    const form = new Form(request.body);
    const { member } = visitorOf(response);
    const region = desk.world().directory.region(form.text('region', 20));
    if (!region) return missing(request, response);
    if (!may(member, 'announcements.write', region.code)) return refuse(request, response);
    const { content, faults } = readContent(form, region);
    if (Object.keys(faults).length > 0) {
      response.status(422);
      return drawForm(request, response, region, content, { broadcast: null, faults });
    }
    const draft = await draftAnnouncement(draftParts(parts), content, member.email);
    await noteAnnouncement(desk, member, draft, 'created');
    goOn(response, form, draft.id);
  });

  router.get('/announcements/:id/edit', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.write');
    if (!broadcast) return;
    if (!isOpen(broadcast)) return goTo(response, `${HOME}/${broadcast.id}?note=changed_meanwhile`);
    drawForm(request, response, regionOf(parts, broadcast), broadcast.content, { broadcast });
  });

  router.post('/announcements/:id/edit', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.write');
    if (!broadcast) return;
    const form = new Form(request.body);
    const { member } = visitorOf(response);
    const region = regionOf(parts, broadcast);
    const { content, faults } = readContent(form, region);
    if (Object.keys(faults).length > 0) {
      response.status(422);
      return drawForm(request, response, region, content, { broadcast, faults });
    }
    const version = Number(form.text('version', 10));
    const saved = await editAnnouncement(draftParts(parts), broadcast.id, version, content, member.email);
    if (saved === 'saved') {
      await noteAnnouncement(desk, member, broadcast, 'changed');
      return goOn(response, form, broadcast.id);
    }
    if (saved === 'not_found') return missing(request, response);
    await drawConflict(request, response, region, broadcast.id, content);
  });

  /** Somebody else was quicker: what was typed stays in the form, what they changed stands above it. */
  async function drawConflict(
    request: Request,
    response: Response,
    region: Region,
    id: string,
    typed: BroadcastContent,
  ) {
    const now = await desk.store.broadcasts.find(id);
    const act = (await desk.store.broadcasts.acts(id)).at(-1);
    if (!now) return missing(request, response);
    const conflict = {
      who: act?.who ?? '',
      at: momentText(now.updatedAt, region.zone),
      open: isOpen(now),
      fields: changedFields(parts, now.content, typed, region.zone),
    };
    response.status(409);
    drawForm(request, response, region, typed, { broadcast: now, conflict });
  }

  router.post('/announcements/:id/copy', async (request, response) => {
    const broadcast = await found(parts, request, response, 'announcements.write');
    if (!broadcast) return;
    const { member } = visitorOf(response);
    const copy = await copyAnnouncement(draftParts(parts), broadcast.id, member.email);
    if (!copy) return missing(request, response);
    await noteAnnouncement(desk, member, copy, 'created');
    goTo(response, `${HOME}/${copy.id}/edit?note=copied`);
  });
  return router;
}

/** Stays in the form, or goes on to the page on which it is read and handed in. */
function goOn(response: Response, form: Form, id: string): void {
  goTo(response, form.text('next') === 'read' ? `${HOME}/${id}?note=saved` : `${HOME}/${id}/edit?note=saved`);
}

function isOpen({ status }: Broadcast): boolean {
  return status === 'draft' || status === 'waiting';
}

/** The facilities to choose from; of a long list the puskesmas and hospitals, and always the one that was chosen. */
function offered({ desk }: ConsoleParts, region: Region, { facilityId, audience }: BroadcastContent) {
  const { directory } = desk.world();
  const all = directory
    .within(region.code, ['puskesmas', 'pustu', 'hospital', 'clinic'])
    .filter(({ status }) => status !== 'closed');
  if (all.length <= MOST_OFFERED) return all;
  const chosen = [facilityId, audience.askedAbout?.facilityId];
  const offers = all.filter(({ kind }) => kind === 'puskesmas' || kind === 'hospital').slice(0, MOST_OFFERED);
  return [...offers, ...all.filter((each) => chosen.includes(each.id) && !offers.includes(each))];
}
