import { type Request, type Response, Router } from 'express';
import type { Facility } from '../../domain/facility.js';
import { FACILITY_TOPICS, REPORT_TOPICS, type Report, type ReportOutcome } from '../../domain/report.js';
import type { Zone } from '../../domain/time.js';
import { answerReports, MOST_TOGETHER, previewReportAnswer } from '../../services/answer-reports.js';
import { statementOn, todayIn } from '../../services/staff-facility.js';
import { previewAnswer } from '../../services/staff-preview.js';
import { isTheirs, may } from '../policies/staff.js';
import { type Faults, Form } from './form.js';
import { allow, missing, refuse } from './guard.js';
import { morningRows } from './morning.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const TOPICS = [...REPORT_TOPICS, ...FACILITY_TOPICS] as const;
const MOST_LISTED = 500;
const LONGEST_WORDS = 500;

/** What residents and facilities say is wrong: the list by facility, and one page where all that waits on it is answered. */
export function reportsRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const theirs = (response: Response) => {
    const { member } = visitorOf(response);
    return desk.world().directory.regions.filter(({ code }) => isTheirs(member, code));
  };
  const zoneOf = (regionCode: string): Zone => desk.world().directory.region(regionCode)?.zone ?? 'Asia/Jakarta';

  router.get('/reports', allow('reports.see'), async (request, response) => {
    const form = new Form(request.query);
    const regions = theirs(response);
    const wanted = { region: form.text('region', 20), status: form.text('status', 20), topic: form.text('topic', 20) };
    const open = wanted.status !== 'answered';
    const found = await desk.store.reports.find({
      regionCodes: regions.map(({ code }) => code).filter((code) => wanted.region === '' || wanted.region === code),
      open,
      facilityId: null,
      topic: TOPICS.find((topic) => topic === wanted.topic) ?? null,
      limit: MOST_LISTED,
    });
    const { directory } = desk.world();
    draw(request, response, 'reports', say('reports:console.nav'), {
      regions,
      topics: TOPICS,
      wanted: { ...wanted, status: open ? 'open' : 'answered' },
      groups: open ? groupsOf(found) : [],
      answered: open ? [] : found,
      nameOf: (id: string) => directory.facility(id)?.name ?? id,
      zoneOf,
      wordState,
      morning: await morningRows(desk, regions),
      done: doneOf(request),
    });
  });

  /** The facility of the address, when it is one of the visitor's; otherwise the answer is given already. */
  const find = (request: Request, response: Response, answers: boolean): Facility | null => {
    const facility = desk.world().directory.facility(String(request.params.id));
    const { member } = visitorOf(response);
    if (!facility || !isTheirs(member, facility.regionCode)) missing(request, response);
    else if (answers && !may(member, 'reports.answer', facility.regionCode)) refuse(request, response);
    else return facility;
    return null;
  };

  const drawOne = async (request: Request, response: Response, facility: Facility, more: View = {}) => {
    const { reports, data } = desk.store;
    const query = { regionCodes: [facility.regionCode], facilityId: facility.id, topic: null, limit: MOST_TOGETHER };
    const zone = zoneOf(facility.regionCode);
    const open = await reports.find({ ...query, open: true });
    draw(request, response, 'report', say('reports:console.title', { name: facility.name }), {
      record: (await data.facility(facility.id)) ?? facility,
      zone,
      open,
      answered: (await reports.find({ ...query, open: false })).slice(0, 20),
      current: statementOn(facility, 'outpatient', todayIn(desk.now(), zone)),
      services: [...new Set(facility.services.map(({ service }) => service))],
      answers: previewAnswer(desk, say('console:facility.question', { name: facility.name }), desk.now()).slice(0, 1),
      chosen: open.map(({ id }) => id),
      outcome: '',
      words: '',
      faults: {},
      preview: null,
      wordState,
      done: doneOf(request),
      ...more,
    });
  };

  router.get('/reports/:id', allow('reports.see'), async (request, response) => {
    const facility = find(request, response, false);
    if (facility) await drawOne(request, response, facility);
  });

  router.post('/reports/:id', async (request, response) => {
    const facility = find(request, response, true);
    if (!facility) return;
    const form = new Form(request.body);
    const entered = {
      facilityId: facility.id,
      ids: form.all('report'),
      outcome: form.text('outcome') === 'unchanged' ? 'unchanged' : ('corrected' satisfies ReportOutcome),
      words: form.lines('words', LONGEST_WORDS),
    } as const;
    const faults: Faults = {
      ...(entered.ids.length === 0 ? { which: 'reports:console.fault.which' } : {}),
      ...(['corrected', 'unchanged'].includes(form.text('outcome'))
        ? {}
        : { outcome: 'reports:console.fault.outcome' }),
      ...(entered.outcome === 'unchanged' && entered.words === '' ? { words: 'reports:console.fault.words' } : {}),
    };
    const typed = { chosen: entered.ids, outcome: form.text('outcome'), words: entered.words };
    if (Object.keys(faults).length > 0) {
      response.status(422);
      return drawOne(request, response, facility, { ...typed, faults });
    }
    if (form.text('do') === 'preview') {
      return drawOne(request, response, facility, { ...typed, preview: await previewReportAnswer(desk, entered) });
    }
    if ((await answerReports(desk, visitorOf(response).member, entered)) === 'answered') {
      return goTo(response, `/console/reports/${encodeURIComponent(facility.id)}?done=answered`);
    }
    response.status(409);
    await drawOne(request, response, facility, { ...typed, faults: { which: 'reports:console.fault.moved' } });
  });
  return router;
}

interface FacilityReports {
  readonly facilityId: string;
  readonly regionCode: string;
  readonly count: number;
  readonly topics: readonly Report['topic'][];
  readonly oldest: number;
  readonly byFacility: boolean;
}

/** The open reports of each facility together, in the order of the first of each. */
function groupsOf(reports: readonly Report[]): readonly FacilityReports[] {
  const byFacility = new Map<string, Report[]>();
  for (const report of reports)
    byFacility.set(report.facilityId, [...(byFacility.get(report.facilityId) ?? []), report]);
  return [...byFacility].map(([facilityId, own]) => ({
    facilityId,
    regionCode: own[0]?.regionCode ?? '',
    count: own.length,
    topics: [...new Set(own.map(({ topic }) => topic))],
    oldest: Math.min(...own.map(({ at }) => at)),
    byFacility: own.some(({ origin }) => origin === 'facility'),
  }));
}

/** What became of the word, in a word. */
function wordState({ word, wordStatus }: Report): string {
  if (word === 'queued') {
    const failed = wordStatus === 'failed' || wordStatus === 'expired' || wordStatus === 'unsure';
    const waits = wordStatus === 'pending' || wordStatus === 'sending' || wordStatus === 'retry';
    return say(`reports:console.wordState.${failed ? 'failed' : waits ? 'queued' : 'sent'}`);
  }
  return say(`reports:console.wordState.${word === 'waiting' ? 'none' : word}`);
}

/** What the page says after a form was taken. */
export function doneOf(request: Request): string | null {
  const done = new Form(request.query).text('done', 20);
  const known = (['answered', 'removed', 'morning'] as const).find((each) => each === done);
  return known === undefined ? null : say(`reports:console.done.${known}`);
}
