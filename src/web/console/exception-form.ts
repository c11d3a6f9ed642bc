import { type Request, type Response, Router } from 'express';
import { type Facility, SERVICE_KINDS, type ServiceKind } from '../../domain/facility.js';
import type { Region } from '../../domain/place.js';
import { DAY, type Instant } from '../../domain/time.js';
import type { Directory } from '../../ports/directory.js';
import { enterExceptions, enteredAt } from '../../services/staff-exceptions.js';
import { isTheirs, may } from '../policies/staff.js';
import { END_NAMES, ENDS, endsFrom, usualEnd } from './exception-ends.js';
import { type Faults, Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { draw, goTo, localInput, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';
import { EMPTY_WEEK, readWeek } from './week-form.js';

const REASONS = ['flood', 'power', 'water', 'event', 'decree', 'other'] as const;
/** What nobody means to be an exception any more, but new hours. */
const LONGEST = 400 * DAY;
const MOST_OFFERED = 200;

/** One form for closing, or for special hours: of one, several, all puskesmas of a kecamatan, or of a region. */
export function exceptionFormRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const theirs = (response: Response) => {
    const { member } = visitorOf(response);
    return desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
  };

  const drawForm = (request: Request, response: Response, region: Region, form: Form, more: View = {}) => {
    const { directory } = desk.world();
    const chosen = form.all('facility');
    const all = directory.within(region.code, ['puskesmas', 'pustu', 'hospital', 'clinic']);
    // Whoever came with one facility goes on with that one.
    const single = chosen.length > 0 && (request.method === 'GET' || form.ticked('single'));
    const facilities = single ? all.filter(({ id }) => chosen.includes(id)) : offered(all);
    draw(request, response, 'exception', say('console:exception.title'), {
      region,
      regions: theirs(response),
      facilities,
      areas: byKecamatan(facilities, directory),
      single,
      chosen,
      chosenAreas: form.all('kecamatan'),
      whole: form.text('scope') === 'region',
      services: SERVICE_KINDS,
      service: form.text('service'),
      kind: form.text('kind') === 'special' ? 'special' : 'closed',
      asksUgd: facilities.some(({ kind }) => kind === 'puskesmas' || kind === 'hospital'),
      ugd: form.text('ugd') === 'open' ? 'open' : 'closed',
      reasons: REASONS,
      reason: form.text('reason'),
      reasonText: form.text('reason_text', 200),
      ends: endsFrom(desk.now(), region),
      end: form.text('end') || usualEnd(desk.now(), region),
      from: form.text('from'),
      to: form.text('to') || localInput(ENDS.tomorrow_noon(desk.now(), region), region.zone),
      source: form.text('source', 1000) || say('console:source.office', { name: region.name }),
      week: EMPTY_WEEK,
      faults: {},
      ...more,
    });
  };
  /** The region of the form: that of the facility, else the one named, else the first that is theirs. */
  const regionOf = (form: Form, response: Response): Region | undefined => {
    const { directory } = desk.world();
    const code = directory.facility(form.all('facility')[0] ?? '')?.regionCode ?? form.text('region', 20);
    const regions = theirs(response);
    return code === '' ? regions[0] : regions.find((region) => region.code === code);
  };

  router.get('/exceptions/new', allow('exceptions.edit'), (request, response) => {
    const form = new Form(request.query);
    const region = regionOf(form, response);
    if (region) drawForm(request, response, region, form);
    else missing(request, response);
  });

  router.post('/exceptions/new', async (request, response) => {
    const form = new Form(request.body);
    const { member } = visitorOf(response);
    const region = regionOf(form, response);
    if (!region) return missing(request, response);
    if (!may(member, 'exceptions.edit', region.code)) return refuse(request, response);
    const { directory } = desk.world();
    const facilityIds = form.text('scope') === 'region' ? [] : chosenFacilities(form, region, directory);
    const read = readForm(form, facilityIds, region, desk.now(), desk.hoursFault);
    if (Object.keys(read.faults).length > 0) {
      response.status(422);
      return drawForm(request, response, region, form, { faults: read.faults, week: read.week });
    }
    if (!facilityIds.every((id) => directory.facility(id)?.regionCode === region.code))
      return missing(request, response);
    const [first] = await enterExceptions(desk, member, { regionCode: region.code, facilityIds, ...read.entered });
    const undo = first === undefined ? '' : `&entered=${enteredAt(first)}`;
    goTo(response, `/console/exceptions?saved=exception${undo}`);
  });
  return router;
}

/** Of a long list the puskesmas, and no more than a phone can show; the list of facilities leads here from any other. */
function offered(all: readonly Facility[]): readonly Facility[] {
  const open = all.filter(({ status }) => status !== 'closed');
  return open.length <= MOST_OFFERED ? open : open.filter(({ kind }) => kind === 'puskesmas').slice(0, MOST_OFFERED);
}

/** The facilities under their kecamatan, by name; those without one come last. */
function byKecamatan(facilities: readonly Facility[], directory: Directory) {
  const codes = [...new Set(facilities.map(({ kecamatanCode }) => kecamatanCode ?? ''))];
  return codes
    .map((code) => {
      const within = facilities.filter(({ kecamatanCode }) => (kecamatanCode ?? '') === code);
      const puskesmas = within.filter(({ kind }) => kind === 'puskesmas');
      const name = directory.area(code)?.name ?? say('console:exception.noArea');
      return { code, name, puskesmas, others: within.filter(({ kind }) => kind !== 'puskesmas') };
    })
    .sort((a, b) => Number(a.code === '') - Number(b.code === '') || a.name.localeCompare(b.name, 'id'));
}

/** Those ticked, and every puskesmas of the kecamatan ticked as a whole. */
function chosenFacilities(form: Form, region: Region, directory: Directory): readonly string[] {
  const areas = new Set(form.all('kecamatan'));
  const whole = directory
    .within(region.code, ['puskesmas'])
    .filter(({ kecamatanCode, status }) => areas.has(kecamatanCode ?? '') && status !== 'closed');
  return [...new Set([...form.all('facility'), ...whole.map(({ id }) => id)])];
}

function readForm(
  form: Form,
  facilityIds: readonly string[],
  region: Region,
  now: Instant,
  hoursFault: ConsoleParts['desk']['hoursFault'],
) {
  const faults: Record<string, Faults[string]> = {};
  if (form.text('scope') !== 'region' && facilityIds.length === 0) faults.facility = 'console:fault.facility';
  const end = form.oneOf('end', END_NAMES, 'other');
  const from = form.text('from') === '' ? now : form.moment('from', region.zone);
  const to = end === 'other' ? form.moment('to', region.zone) : ENDS[end](now, region);
  if (from === null) faults.from = 'console:fault.moment';
  if (to === null) faults.to = 'console:fault.moment';
  else if (to <= Math.max(now, from ?? now)) faults.to = 'console:fault.endBefore';
  else if (to - now > LONGEST) faults.to = 'console:fault.tooLong';
  const named = form.oneOf('reason', REASONS, 'other');
  const reason = named === 'other' ? form.text('reason_text', 200) : reasonText(named, form.text('reason_text', 200));
  if (reason === '') faults.reason = 'console:fault.reason';
  const source = form.text('source', 1000);
  if (source === '') faults.source = 'console:fault.source';
  const special = form.text('kind') === 'special';
  const read = readWeek(form, hoursFault);
  if (special) Object.assign(faults, read.faults);
  if (special && read.hours === 'off') faults.Mo = 'console:fault.noHours';
  const service: ServiceKind | null = SERVICE_KINDS.find((each) => each === form.text('service')) ?? null;
  return {
    faults,
    week: read.week,
    entered: {
      service,
      from: from ?? now,
      to: to ?? now,
      hours: special ? read.hours : null,
      reason,
      source,
      ugdOpen: form.text('ugd') === 'open',
    },
  };
}

/** The reason as residents read it: "banjir", or with what was added, "banjir: jalan utama terendam". */
function reasonText(name: Exclude<(typeof REASONS)[number], 'other'>, more: string): string {
  const reason = say(`console:reasonShort.${name}`);
  return more === '' ? reason : `${reason}: ${more}`;
}
