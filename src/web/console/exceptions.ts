import { type Request, type Response, Router } from 'express';
import type { HoursException } from '../../domain/facility.js';
import { DAY, type Instant } from '../../domain/time.js';
import { endExceptions, enteredAt, letGoOn, takeBackEntered, UNDO_MS } from '../../services/staff-exceptions.js';
import { isTheirs, may } from '../policies/staff.js';
import { isWorthTelling } from './announcements/offer.js';
import { type ExceptionGroup, groupExceptions } from './exception-groups.js';
import { Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { draw, goTo, say, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const PAST_SHOWN = 90 * DAY;

/** What can be taken back with one tap: the mistake of a moment ago. */
interface Undo {
  readonly what: 'entered' | 'ended';
  /** The moment that those concerned share: of their entry, or of their end. */
  readonly at: Instant;
  /** For those that were ended: until when they were meant. */
  readonly until: Instant | null;
  readonly count: number;
}

/** Closures and special hours: what is in force, coming and past; ended singly or together, and undone. */
export function exceptionsRoutes(parts: ConsoleParts): Router {
  const { desk } = parts;
  const router = Router();
  const regionsOf = (response: Response) => {
    const { member } = visitorOf(response);
    return desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
  };
  const theirs = (response: Response) => desk.store.data.exceptions(regionsOf(response).map(({ code }) => code));
  const nameOf = ({ facilityId, regionCode }: Pick<HoursException, 'facilityId' | 'regionCode'>) => {
    const { directory } = desk.world();
    return facilityId === null
      ? say('console:exceptions.allOf', { region: directory.region(regionCode)?.name ?? '' })
      : (directory.facility(facilityId)?.name ?? facilityId);
  };

  const shown = (response: Response) => (group: ExceptionGroup) => {
    const { member } = visitorOf(response);
    const { regionCode } = group.main;
    const writes = may(member, 'announcements.write', regionCode);
    return {
      ...group,
      zone: desk.world().directory.region(regionCode)?.zone ?? 'Asia/Jakarta',
      places: group.places.map(({ facilityId, exceptions }) => ({
        facilityId,
        exceptions,
        name: nameOf({ facilityId, regionCode }),
        tells: writes ? (exceptions.find((each) => isWorthTelling(parts, each)) ?? null) : null,
      })),
      ends: may(member, 'exceptions.edit', regionCode) && group.main.to > desk.now(),
    };
  };
  const undoOf = (all: readonly HoursException[], query: Form): Undo | null => {
    const [entered, ended] = [momentOf(query, 'entered'), momentOf(query, 'ended')];
    const at = entered ?? ended;
    if (at === null || at <= desk.now() - UNDO_MS) return null;
    const what = entered === null ? 'ended' : 'entered';
    const found = concerned(all, what, at);
    return found.length === 0 ? null : { what, at, until: momentOf(query, 'until'), count: found.length };
  };

  router.get('/exceptions', allow('exceptions.see'), async (request, response) => {
    const now = desk.now();
    const query = new Form(request.query);
    const wanted = query.text('region', 20);
    const all = (await theirs(response)).filter(({ regionCode }) => wanted === '' || regionCode === wanted);
    const groups = (test: (each: HoursException) => boolean) => groupExceptions(all.filter(test)).map(shown(response));
    draw(request, response, 'exceptions', say('console:nav.exceptions'), {
      undo: may(visitorOf(response).member, 'exceptions.edit') ? undoOf(all, query) : null,
      groups: [
        { name: 'current', rows: groups(({ from, to }) => from <= now && now < to) },
        { name: 'coming', rows: groups(({ from }) => from > now) },
        { name: 'past', rows: groups(({ to }) => to <= now && to > now - PAST_SHOWN) },
      ],
    });
  });

  /** Those of a form that are there and theirs to change; null: the answer is given already. */
  const changeable = (request: Request, response: Response, found: readonly HoursException[]) => {
    const { member } = visitorOf(response);
    if (found.length === 0) missing(request, response);
    else if (!found.every(({ regionCode }) => may(member, 'exceptions.edit', regionCode))) refuse(request, response);
    else return found;
    return null;
  };
  router.post('/exceptions/end', async (request, response) => {
    const ids = new Form(request.body).all('id');
    const all = await theirs(response);
    const found = changeable(
      request,
      response,
      all.filter(({ id }) => ids.includes(id)),
    );
    if (!found) return;
    const until = Math.max(...found.map(({ to }) => to));
    const ended = await endExceptions(desk, visitorOf(response).member, found);
    const undo = ended === null ? '' : `&ended=${ended}&until=${until}`;
    goTo(response, `/console/exceptions?saved=exception_ended${undo}`);
  });
  router.post('/exceptions/undo', async (request, response) => {
    const form = new Form(request.body);
    const what = form.oneOf('what', ['entered', 'ended'] as const, 'entered');
    const found = changeable(
      request,
      response,
      concerned(await theirs(response), what, momentOf(form, 'at') ?? Number.NaN),
    );
    if (!found) return;
    const { member } = visitorOf(response);
    const count =
      what === 'entered'
        ? await takeBackEntered(desk, member, found)
        : await letGoOn(desk, member, found, momentOf(form, 'until') ?? 0);
    goTo(response, `/console/exceptions?saved=${count === 0 ? 'too_late' : `undone_${what}`}`);
  });
  return router;
}

function concerned(all: readonly HoursException[], what: Undo['what'], at: Instant): readonly HoursException[] {
  return all.filter((each) => (what === 'entered' ? enteredAt(each) : each.to) === at);
}

/** A moment that a page of ours put into an address or a form, in milliseconds. */
function momentOf(form: Form, name: string): Instant | null {
  const text = form.text(name, 15);
  return /^\d{10,14}$/.test(text) ? Number(text) : null;
}
