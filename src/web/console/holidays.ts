import { Router } from 'express';
import type { Holiday } from '../../domain/facility.js';
import { dayOf } from '../../domain/time.js';
import { markOf } from '../../services/staff-facility.js';
import { enterHoliday, takeHolidayBack } from '../../services/staff-holidays.js';
import { isTheirs, may } from '../policies/staff.js';
import { type Faults, Form } from './form.js';
import { allow, refuse } from './guard.js';
import { draw, goTo, say, type View, visitorOf } from './page.js';
import type { ConsoleParts } from './parts.js';

const KINDS = ['national', 'joint_leave', 'regional'] as const;

/** The holidays of a year, as decreed: entered one by one, or imported; an amendment adds and takes back. */
export function holidaysRoutes({ desk }: ConsoleParts): Router {
  const router = Router();
  const page = (
    request: Parameters<typeof draw>[0],
    response: Parameters<typeof draw>[1],
    year: number,
    more: View = {},
  ) => {
    const { member } = visitorOf(response);
    const { directory } = desk.world();
    const holidays = directory.holidays
      .filter(({ date }) => date.startsWith(`${year}-`))
      .filter(({ regionCode }) => regionCode === null || isTheirs(member, regionCode));
    draw(request, response, 'holidays', `${say('console:nav.holidays')} ${year}`, {
      year,
      loaded: directory.calendarLoaded(year),
      begun: holidays.filter(({ kind }) => kind === 'national').length,
      nextLoaded: directory.calendarLoaded(year + 1),
      holidays: [...holidays].sort((a, b) => (a.date < b.date ? -1 : 1)),
      regions: directory.regions.filter(({ code }) => isTheirs(member, code)),
      nameOf: (code: string) => directory.region(code)?.name ?? code,
      kinds: KINDS,
      markOf,
      there: null,
      faults: {},
      typed: {},
      ...more,
    });
  };
  const thisYear = () => Number(dayOf(desk.now(), 'Asia/Jakarta').slice(0, 4));

  router.get('/holidays', allow('holidays.see'), (request, response) => {
    const year = Number(new Form(request.query).text('year', 4));
    page(request, response, year >= 2000 && year < 2100 ? year : thisYear());
  });
  router.post('/holidays', async (request, response) => {
    const form = new Form(request.body);
    const { member } = visitorOf(response);
    const kind = form.oneOf('kind', KINDS, 'national');
    const regionCode = kind === 'regional' ? form.text('region', 20) : null;
    if (!may(member, 'holidays.edit', regionCode)) return refuse(request, response);
    const [date, name, source] = [form.day('date'), form.text('name', 120), form.text('source')];
    const faults: Faults = {
      ...(date === null ? { date: 'console:fault.day' } : {}),
      ...(name === '' ? { name: 'console:fault.name' } : {}),
      ...(source === '' ? { source: 'console:fault.source' } : {}),
      ...(regionCode !== null && !desk.world().directory.region(regionCode) ? { region: 'console:fault.region' } : {}),
    };
    if (date === null || Object.keys(faults).length > 0) {
      response.status(422);
      return page(request, response, thisYear(), { faults, typed: { date: form.text('date'), name, source, kind } });
    }
    const entered = { date, kind, name, regionCode, source };
    const there = await enterHoliday(desk, member, entered, form.text('mark', 40));
    if (there !== null) {
      response.status(409);
      return page(request, response, Number(date.slice(0, 4)), { there, typed: entered });
    }
    goTo(response, `/console/holidays?year=${date.slice(0, 4)}&saved=holiday`);
  });
  router.post('/holidays/remove', async (request, response) => {
    const form = new Form(request.body);
    const { member } = visitorOf(response);
    const kind: Holiday['kind'] = form.oneOf('kind', KINDS, 'national');
    const regionCode = form.textOrNull('region', 20);
    if (!may(member, 'holidays.edit', regionCode)) return refuse(request, response);
    const date = form.day('date') ?? '';
    const gone = await takeHolidayBack(desk, member, { date, kind, regionCode }, form.text('mark', 40));
    goTo(response, `/console/holidays?year=${date.slice(0, 4)}&saved=${gone ? 'holiday_removed' : 'moved'}`);
  });
  return router;
}
