import { type Request, type Response, Router } from 'express';
import { CLUSTER_OF, SERVICE_KINDS, type ServiceKind } from '../../domain/facility.js';
import { nearestWeek, rulesBeyond, rulesOfHours } from '../../domain/hours-rules.js';
import { DAY } from '../../domain/time.js';
import { weekOfHours } from '../../domain/week.js';
import type { FacilityRecord } from '../../ports/snapshot.js';
import { confirmed, markOf, saveFacility, statementOn, todayIn, withHours } from '../../services/staff-facility.js';
import { previewAnswer } from '../../services/staff-preview.js';
import { isTheirs, may } from '../policies/staff.js';
import { contactsOf } from './facility-contacts.js';
import { FACILITY_CHOICES, readFacility, withoutUntouched } from './facility-form.js';
import { type Faults, Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';
import { ASSUMED_WEEK, EMPTY_WEEK, readWeek } from './week-form.js';

/** One page per facility: what is known, what the bot would say, and the forms that change it. */
export function facilityRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  /** The facility of the address, when it is one of the visitor's; otherwise the answer is given already. */
  const find = async (request: Request, response: Response, edits: boolean): Promise<FacilityRecord | null> => {
    const record = await desk.store.data.facility(String(request.params.id));
    const { member } = visitorOf(response);
    if (!record || !isTheirs(member, record.regionCode)) missing(request, response);
    else if (edits && !may(member, 'facilities.edit', record.regionCode)) refuse(request, response);
    else return record;
    return null;
  };
  const serviceOf = (request: Request): ServiceKind | undefined =>
    SERVICE_KINDS.find((each) => each === request.params.service);
  const zoneOf = (record: FacilityRecord) => desk.world().directory.region(record.regionCode)?.zone ?? 'Asia/Jakarta';
  const pathOf = (record: FacilityRecord) => `/console/facilities/${encodeURIComponent(record.id)}`;
  /** Who changed it last, for whoever comes second. */
  const lastChange = async (record: FacilityRecord) => (await desk.store.data.changes(1, record.id))[0] ?? null;

  router.get('/facilities/:id', allow('facilities.see'), async (request, response) => {
    const record = await find(request, response, false);
    if (!record) return;
    const { directory } = desk.world();
    const [zone, now] = [zoneOf(record), desk.now()];
    const at = new Form(request.query).moment('at', zone) ?? now;
    const shown = directory.facility(record.id) ?? record;
    const services = SERVICE_KINDS.filter(
      (service) =>
        service === 'outpatient' ||
        service === 'ugd' ||
        record.services.some((statement) => statement.service === service),
    ).map((service) => ({
      service,
      cluster: record.services.find((each) => each.service === service)?.cluster ?? CLUSTER_OF[service],
      answer: directory.openAt(shown, service, at),
      current: statementOn(record, service, todayIn(now, zone)),
      others: record.services.filter((each) => each.service === service),
    }));
    const exceptions = directory.exceptions(shown, now, now + 400 * DAY);
    draw(request, response, 'facility', record.name, {
      record,
      mark: markOf(record),
      zone,
      at,
      region: directory.region(record.regionCode),
      kecamatan: directory.area(record.kecamatanCode ?? '')?.name ?? null,
      kelurahan: directory.area(record.kelurahanCode ?? '')?.name ?? null,
      clusters: ['mother_child', 'adult_elderly', 'communicable', 'cross_cluster', 'management']
        .map((cluster) => ({ cluster, services: services.filter((each) => each.cluster === cluster) }))
        .filter((each) => each.services.length > 0),
      now: services.filter(({ service }) => service === 'outpatient' || service === 'ugd'),
      missing: SERVICE_KINDS.filter((service) => !services.some((each) => each.service === service)),
      exceptions,
      // What holds now for this one alone; what holds for the whole region is ended on its own page.
      endable: may(visitorOf(response).member, 'exceptions.edit', record.regionCode)
        ? exceptions.filter(({ facilityId, from }) => facilityId === record.id && from <= now)
        : [],
      contacts: await contactsOf(desk, record.id, request),
      answers: previewAnswer(desk, say('console:facility.question', { name: record.name }), at),
    });
  });

  router.post('/facilities/:id/confirm/:service', async (request, response) => {
    const record = await find(request, response, true);
    const service = serviceOf(request);
    if (!record) return;
    if (!service) return missing(request, response);
    const { member } = visitorOf(response);
    const on = todayIn(desk.now(), zoneOf(record));
    const by = say('console:facility.confirmedBy', { name: member.name });
    const mark = new Form(request.body).text('mark');
    const { kind } = await saveFacility(desk, member, record.id, mark, (each) => confirmed(each, service, on, by));
    goTo(response, `${pathOf(record)}?saved=${kind === 'moved' ? 'moved' : 'confirmed'}`);
  });

  const drawHours = (
    request: Request,
    response: Response,
    record: FacilityRecord,
    service: ServiceKind,
    more: View,
  ) => {
    const current = statementOn(record, service, todayIn(desk.now(), zoneOf(record)));
    const assumed = service === 'outpatient' && record.kind === 'puskesmas' ? ASSUMED_WEEK : EMPTY_WEEK;
    const week = current?.hours ? weekOfHours(current.hours) : assumed;
    const rules = week === null && current?.hours ? rulesOfHours(current.hours) : null;
    const nearest = rules === null ? EMPTY_WEEK : nearestWeek(rules);
    draw(request, response, 'hours', say('console:hours.title', { service: say(`facility:service.${service}`) }), {
      record,
      service,
      mark: markOf(record),
      current,
      // Hours that the grid cannot hold stay as they are unless somebody means to replace them.
      beyond: week === null,
      lost: rules === null ? [] : rulesBeyond(rules, nearest),
      week: week ?? nearest,
      text: current?.hours ?? '',
      how: week === null ? 'keep' : 'grid',
      validFrom: '',
      // A note of a source is about the source's hours, not about those entered now.
      note: current?.grade === 'verified' ? (current.note ?? '') : '',
      source: say('console:source.office', { name: desk.world().directory.region(record.regionCode)?.name ?? '' }),
      faults: {},
      moved: null,
      ...more,
    });
  };
  router.get('/facilities/:id/hours/:service', async (request, response) => {
    const record = await find(request, response, true);
    const service = serviceOf(request);
    if (!record) return;
    if (!service) return missing(request, response);
    drawHours(request, response, record, service, {});
  });
  router.post('/facilities/:id/hours/:service', async (request, response) => {
    const record = await find(request, response, true);
    const service = serviceOf(request);
    if (!record) return;
    if (!service) return missing(request, response);
    const form = new Form(request.body);
    const on = todayIn(desk.now(), zoneOf(record));
    const read = readWeek(form, desk.hoursFault, statementOn(record, service, on)?.hours ?? null);
    const validFrom = form.day('valid_from');
    const source = form.text('source', 1000);
    const faults: Faults = {
      ...read.faults,
      ...(source === '' ? { source: 'console:fault.source' } : {}),
      ...(form.text('valid_from') !== '' && validFrom === null ? { valid_from: 'console:fault.day' } : {}),
    };
    const typed = {
      week: read.week,
      text: form.text('text', 1000),
      how: read.how,
      note: form.text('note'),
      source,
      validFrom: validFrom ?? '',
    };
    if (Object.keys(faults).length > 0) {
      response.status(422);
      return drawHours(request, response, record, service, { ...typed, faults, mark: form.text('mark') });
    }
    const entered = { hours: read.hours, validFrom, note: form.textOrNull('note'), source };
    const saved = await saveFacility(desk, visitorOf(response).member, record.id, form.text('mark'), (each) =>
      withHours(each, service, entered, on),
    );
    if (saved.kind !== 'moved') return goTo(response, `${pathOf(record)}?saved=hours`);
    response.status(409);
    const theirs = statementOn(saved.record, service, on)?.hours ?? null;
    const moved = { change: await lastChange(record), theirs };
    drawHours(request, response, saved.record, service, { ...typed, moved });
  });

  const drawEdit = (request: Request, response: Response, record: FacilityRecord, more: View) => {
    const { directory } = desk.world();
    const areas = directory.areas.filter(({ code }) => code.startsWith(`${record.regionCode}.`));
    draw(request, response, 'facility-edit', say('console:edit.title'), {
      record,
      mark: markOf(record),
      base: JSON.stringify(record),
      choices: FACILITY_CHOICES,
      kecamatan: areas.filter(({ level }) => level === 'kecamatan'),
      kelurahan: areas.filter(({ level }) => level === 'kelurahan_desa'),
      faults: {},
      moved: null,
      ...more,
    });
  };
  router.get('/facilities/:id/edit', async (request, response) => {
    const record = await find(request, response, true);
    if (record) drawEdit(request, response, record, {});
  });
  router.post('/facilities/:id/edit', async (request, response) => {
    const record = await find(request, response, true);
    if (!record) return;
    const form = new Form(request.body);
    const on = todayIn(desk.now(), zoneOf(record));
    const read = readFacility(form, record, on, (code) => desk.world().directory.area(code) !== null);
    if (Object.keys(read.faults).length > 0) {
      response.status(422);
      return drawEdit(request, response, read.record, {
        faults: read.faults,
        mark: form.text('mark'),
        base: form.raw('base'),
      });
    }
    const edit = (each: FacilityRecord) => readFacility(form, each, on, () => true).record;
    const saved = await saveFacility(desk, visitorOf(response).member, record.id, form.text('mark'), edit);
    if (saved.kind !== 'moved') return goTo(response, `${pathOf(record)}?saved=facility`);
    response.status(409);
    const moved = { change: await lastChange(record), theirs: saved.record };
    const merged = withoutUntouched(read.record, saved.record, form.raw('base'));
    const base = JSON.stringify(saved.record);
    drawEdit(request, response, merged, { moved, mark: markOf(saved.record), base });
  });
  return router;
}
