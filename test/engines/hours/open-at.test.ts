import { describe, expect, it } from 'vitest';
import type { Facility, HoursException, OpenAnswer, ServiceKind } from '../../../src/domain/facility.js';
import { isoWithOffset } from '../../../src/domain/time.js';
import { createHoursEngine } from '../../../src/engines/hours/index.js';
import type { HolidayCalendar } from '../../../src/ports/directory.js';
import {
  CALENDAR,
  CHRISTMAS,
  CHRISTMAS_EVE,
  calendarOf,
  clinic,
  exception,
  statement,
  TOWN_DAY,
  wita,
} from './fixtures.js';

const engine = createHoursEngine();

interface Asked {
  facility?: Partial<Facility>;
  service?: ServiceKind;
  exceptions?: readonly HoursException[];
  calendar?: HolidayCalendar;
}

function ask(
  at: string,
  { facility, service = 'outpatient', exceptions = [], calendar = CALENDAR }: Asked = {},
): OpenAnswer {
  return engine.openAt({
    facility: clinic(facility),
    service,
    at: wita(at),
    zone: 'Asia/Makassar',
    exceptions,
    calendar,
  });
}

type Row = [
  label: string,
  at: string,
  state: OpenAnswer['state'],
  because: OpenAnswer['because'],
  grade: OpenAnswer['grade'],
  until: string | null,
  asked?: Asked,
];

/** 23 November 2026 is a Monday. */
function table(rows: readonly Row[]): void {
  it.each(rows)('%s (%s)', (_label, at, state, because, grade, until, asked) => {
    const answer = ask(at, asked);
    const shown = answer.until === null ? null : isoWithOffset(answer.until, 'Asia/Makassar').slice(0, 16);
    expect({ state: answer.state, because: answer.because, grade: answer.grade, until: shown }).toEqual({
      state,
      because,
      grade,
      until,
    });
  });
}

const stated = (...services: Parameters<typeof statement>[0][]): Asked => ({
  facility: { services: services.map(statement) },
});

describe('outpatient care of a puskesmas that nothing is stated about', () => {
  table([
    ['Monday morning', '2026-11-23T09:00', 'open', 'hours', 'assumed', '2026-11-23T14:00'],
    ['Monday night', '2026-11-23T21:00', 'closed', 'hours', 'assumed', '2026-11-24T07:30'],
    ['Friday at half past eleven', '2026-11-27T11:30', 'closed', 'hours', 'assumed', '2026-11-28T07:30'],
    ['Saturday morning is not known', '2026-11-28T09:00', 'unknown', 'saturday_unclear', 'assumed', '2026-11-28T15:00'],
    ['Saturday night is', '2026-11-28T20:00', 'closed', 'hours', 'assumed', '2026-11-30T07:30'],
    ['Sunday', '2026-11-29T09:00', 'closed', 'hours', 'assumed', '2026-11-30T07:30'],
    ['a national holiday', '2026-12-25T09:00', 'closed', 'holiday', 'assumed', '2026-12-26T07:30'],
    ['joint leave is not known', '2026-12-24T09:00', 'unknown', 'joint_leave_unclear', 'assumed', '2026-12-24T15:00'],
    ['joint leave, at night, over the holiday', '2026-12-24T15:30', 'closed', 'hours', 'assumed', '2026-12-26T07:30'],
    [
      'the eve of joint leave: the change is to unknown',
      '2026-12-23T15:00',
      'closed',
      'hours',
      'assumed',
      '2026-12-24T07:30',
    ],
    [
      'a holiday of the region is not known',
      '2026-12-09T09:00',
      'unknown',
      'joint_leave_unclear',
      'assumed',
      '2026-12-09T15:00',
    ],
    ['a year without decree', '2027-01-04T09:00', 'unknown', 'calendar_missing', 'assumed', '2027-01-04T14:00'],
    ['a year without decree, at night', '2027-01-04T21:00', 'closed', 'hours', 'assumed', '2027-01-05T07:30'],
    ['the last evening of a year with decree', '2026-12-31T15:00', 'closed', 'hours', 'assumed', '2027-01-01T07:30'],
  ]);

  it('names the day that makes the difference, and only then', () => {
    expect(ask('2026-12-25T09:00').holiday).toBe(CHRISTMAS);
    expect(ask('2026-12-24T09:00').holiday).toBe(CHRISTMAS_EVE);
    expect(ask('2026-12-09T09:00').holiday).toBe(TOWN_DAY);
    expect(ask('2026-12-24T20:00').holiday).toBeNull();
    expect(ask('2026-11-23T09:00').holiday).toBeNull();
    expect(ask('2026-11-23T09:00').basis).toBeNull();
  });
});

describe('what nobody knows', () => {
  const wednesday = '2026-11-25T09:00';
  table([
    ['another service', wednesday, 'unknown', 'no_hours', 'assumed', null, { service: 'dental' }],
    ['an emergency unit', wednesday, 'unknown', 'no_hours', 'assumed', null, { service: 'ugd' }],
    ['a pustu', wednesday, 'unknown', 'no_hours', 'assumed', null, { facility: { kind: 'pustu' } }],
    ['a hospital', wednesday, 'unknown', 'no_hours', 'assumed', null, { facility: { kind: 'hospital' } }],
    [
      'a service without hours',
      wednesday,
      'unknown',
      'no_hours',
      'published',
      null,
      { service: 'dental', ...stated({ service: 'dental', hours: null }) },
    ],
    [
      'outpatient care without hours falls back on the pattern',
      wednesday,
      'open',
      'hours',
      'assumed',
      '2026-11-25T14:00',
      stated({ hours: null }),
    ],
    [
      'hours that were stored unread',
      wednesday,
      'unknown',
      'hours',
      'published',
      null,
      stated({ hours: 'Senin 25:00' }),
    ],
    [
      'a facility that nobody could confirm',
      wednesday,
      'unknown',
      'unconfirmed_facility',
      'assumed',
      null,
      { facility: { status: 'unconfirmed', services: [statement({ hours: '24/7' })] } },
    ],
    [
      'a facility that is planned',
      wednesday,
      'unknown',
      'planned',
      'assumed',
      null,
      { facility: { status: 'planned' } },
    ],
    [
      'a facility that was closed',
      wednesday,
      'closed',
      'facility_closed',
      'assumed',
      null,
      { facility: { status: 'closed' } },
    ],
    [
      'a service that is only planned',
      wednesday,
      'unknown',
      'planned',
      'published',
      null,
      { service: 'ugd', ...stated({ service: 'ugd', hours: '24/7', standing: 'planned' }) },
    ],
  ]);
});

describe('stated hours', () => {
  table([
    ['count by the clock', '2026-11-23T15:30', 'open', 'hours', 'published', '2026-11-23T16:00', stated({})],
    [
      'stop on a national holiday',
      '2026-12-25T09:00',
      'closed',
      'holiday',
      'published',
      '2026-12-28T08:00',
      stated({}),
    ],
    ['go on through joint leave', '2026-12-24T09:00', 'open', 'hours', 'published', '2026-12-24T16:00', stated({})],
    [
      'go on through a holiday of the region',
      '2026-12-09T09:00',
      'open',
      'hours',
      'published',
      '2026-12-09T16:00',
      stated({}),
    ],
    [
      'that are only assumed do not know joint leave',
      '2026-12-24T09:00',
      'unknown',
      'joint_leave_unclear',
      'assumed',
      '2026-12-24T16:00',
      stated({ grade: 'assumed' }),
    ],
    [
      'may open on holidays',
      '2026-12-25T09:00',
      'open',
      'holiday',
      'published',
      '2026-12-25T10:00',
      stated({ hours: 'Mo-Fr 08:00-16:00; PH 08:00-10:00' }),
    ],
    [
      'that say nothing of holidays do not stop',
      '2026-12-25T09:00',
      'open',
      'hours',
      'published',
      '2026-12-25T16:00',
      stated({ hours: 'Mo-Fr 08:00-16:00' }),
    ],
    [
      'with PH need the decree',
      '2027-02-01T09:00',
      'unknown',
      'calendar_missing',
      'published',
      '2027-02-01T16:00',
      stated({}),
    ],
    ['without PH need none', '2027-02-01T09:00', 'open', 'hours', 'published', null, stated({ hours: '24/7' })],
    [
      'round the clock never change',
      '2026-12-25T03:00',
      'open',
      'hours',
      'published',
      null,
      { service: 'ugd', ...stated({ service: 'ugd', hours: '24/7' }) },
    ],
    [
      'round the clock but on holidays change far away',
      '2026-01-02T03:00',
      'open',
      'hours',
      'published',
      '2026-08-17T00:00',
      stated({ hours: '24/7; PH off' }),
    ],
    [
      'until the decree ends: from then on nobody knows',
      '2026-12-26T03:00',
      'open',
      'hours',
      'published',
      '2027-01-01T00:00',
      stated({ hours: '24/7; PH off' }),
    ],
    [
      'of the emergency unit stay when outpatient care stops',
      '2026-12-25T09:00',
      'open',
      'hours',
      'published',
      null,
      { service: 'ugd', ...stated({}, { service: 'ugd', hours: '24/7' }) },
    ],
    [
      'of the counter end before those of care',
      '2026-11-23T11:30',
      'closed',
      'hours',
      'published',
      '2026-11-24T08:00',
      { service: 'registration', ...stated({}, { service: 'registration', hours: 'Mo-Sa 08:00-11:00' }) },
    ],
  ]);
});

describe('which statement counts', () => {
  const usual = { hours: 'Mo-Fr 08:00-12:00', validFrom: null };
  const always = { hours: '24/7', validFrom: '2027-01-01' };
  table([
    [
      'one that is not yet valid',
      '2026-12-31T13:00',
      'closed',
      'hours',
      'published',
      '2027-01-01T00:00',
      stated(usual, always),
    ],
    ['the later start', '2027-01-01T00:00', 'open', 'hours', 'published', null, stated(usual, always)],
    [
      'the day itself, in the order of entry that says otherwise',
      '2027-01-01T00:00',
      'open',
      'hours',
      'published',
      null,
      stated(always, usual),
    ],
    [
      'one that has ended',
      '2026-12-01T13:00',
      'closed',
      'hours',
      'published',
      '2026-12-02T08:00',
      stated(usual, { hours: '24/7', validTo: '2026-11-30', validFrom: '2026-11-01' }),
    ],
    [
      'the last day inclusive',
      '2026-11-30T23:59',
      'open',
      'hours',
      'published',
      '2026-12-01T00:00',
      stated(usual, { hours: '24/7', validTo: '2026-11-30', validFrom: '2026-11-01' }),
    ],
    [
      'the better grade before the later start',
      '2027-02-01T13:00',
      'closed',
      'hours',
      'verified',
      '2027-02-02T08:00',
      stated({ ...usual, grade: 'verified' }, always),
    ],
    [
      'a plan opens nothing',
      '2026-11-23T20:00',
      'closed',
      'hours',
      'published',
      '2026-11-24T08:00',
      stated(usual, { hours: '24/7', standing: 'planned', validFrom: '2026-01-01' }),
    ],
    [
      'nothing left: the assumed pattern',
      '2027-02-02T13:00',
      'unknown',
      'calendar_missing',
      'assumed',
      '2027-02-02T14:00',
      stated({ hours: '24/7', validTo: '2026-12-31' }),
    ],
  ]);

  it('gives the statement as basis', () => {
    const verified = statement({ grade: 'verified' });
    expect(ask('2026-11-23T09:00', { facility: { services: [statement(), verified] } }).basis).toBe(verified);
  });
});

describe('a contested claim of 24 hours', () => {
  const claim = { hours: '24/7', standing: 'contested' as const };
  const unit = { ...claim, service: 'ugd' as const };
  table([
    [
      'in the usual hours: the pattern',
      '2026-11-23T09:00',
      'open',
      'hours',
      'assumed',
      '2026-11-23T14:00',
      stated(claim),
    ],
    ['at night', '2026-11-23T23:00', 'unknown', 'contested', 'published', '2026-11-24T07:30', stated(claim)],
    ['on Saturday', '2026-11-28T09:00', 'unknown', 'contested', 'published', '2026-11-30T07:30', stated(claim)],
    ['on a holiday', '2026-12-25T09:00', 'unknown', 'contested', 'published', '2026-12-28T07:30', stated(claim)],
    [
      'of the emergency unit, by day',
      '2026-11-23T09:00',
      'open',
      'hours',
      'assumed',
      '2026-11-23T14:00',
      { service: 'ugd', ...stated(unit) },
    ],
    [
      'of the emergency unit, at night',
      '2026-11-23T23:00',
      'unknown',
      'contested',
      'published',
      '2026-11-24T07:30',
      { service: 'ugd', ...stated(unit) },
    ],
    [
      'of a hospital',
      '2026-11-23T09:00',
      'unknown',
      'contested',
      'published',
      null,
      { facility: { kind: 'hospital', services: [statement(claim)] } },
    ],
    [
      'above hours that nobody disputes',
      '2026-11-23T13:00',
      'unknown',
      'contested',
      'published',
      '2026-11-24T08:00',
      stated(claim, { hours: 'Mo-Fr 08:00-12:00' }),
    ],
    [
      'within hours that nobody disputes',
      '2026-11-23T09:00',
      'open',
      'hours',
      'published',
      '2026-11-23T12:00',
      stated(claim, { hours: 'Mo-Fr 08:00-12:00' }),
    ],
    [
      'that staff have settled',
      '2026-11-23T13:00',
      'closed',
      'hours',
      'verified',
      '2026-11-24T08:00',
      stated(claim, { hours: 'Mo-Fr 08:00-12:00', grade: 'verified' }),
    ],
    [
      'where the claim is closed too',
      '2026-11-23T23:00',
      'closed',
      'hours',
      'assumed',
      '2026-11-24T07:00',
      stated({ ...claim, hours: 'Mo-Fr 07:00-20:00' }),
    ],
  ]);
});

describe('exceptions', () => {
  const flood = exception();
  const ramadan = exception({
    id: 'e2',
    facilityId: null,
    hours: 'Mo-Th 08:00-13:00; Fr 08:00-11:00',
    reason: 'Ramadan',
    from: wita('2026-11-23T00:00'),
    to: wita('2026-12-23T00:00'),
  });
  const withUnit = { facility: { services: [statement(), statement({ service: 'ugd', hours: '24/7' })] } };
  table([
    [
      'close what would be open',
      '2026-11-24T09:00',
      'closed',
      'exception',
      'verified',
      '2026-11-26T08:00',
      { ...withUnit, exceptions: [flood] },
    ],
    [
      'begin in the middle of the hours',
      '2026-11-24T09:00',
      'open',
      'hours',
      'published',
      '2026-11-24T10:00',
      { ...withUnit, exceptions: [exception({ from: wita('2026-11-24T10:00') })] },
    ],
    [
      'end in the middle of the hours',
      '2026-11-24T09:00',
      'closed',
      'exception',
      'verified',
      '2026-11-24T10:00',
      { ...withUnit, exceptions: [exception({ to: wita('2026-11-24T10:00') })] },
    ],
    [
      'close the emergency unit of the facility too',
      '2026-11-24T09:00',
      'closed',
      'exception',
      'verified',
      '2026-11-26T00:00',
      { ...withUnit, service: 'ugd', exceptions: [flood] },
    ],
    [
      'for a region leave the emergency unit alone',
      '2026-11-24T09:00',
      'open',
      'hours',
      'published',
      null,
      { ...withUnit, service: 'ugd', exceptions: [exception({ facilityId: null })] },
    ],
    [
      'for a region that name the emergency unit',
      '2026-11-24T09:00',
      'closed',
      'exception',
      'verified',
      '2026-11-26T00:00',
      { ...withUnit, service: 'ugd', exceptions: [exception({ facilityId: null, service: 'ugd' })] },
    ],
    [
      'for a region give other hours',
      '2026-11-24T12:30',
      'open',
      'exception',
      'verified',
      '2026-11-24T13:00',
      { ...withUnit, exceptions: [ramadan] },
    ],
    [
      'for a region give other hours: closed',
      '2026-11-24T14:00',
      'closed',
      'exception',
      'verified',
      '2026-11-25T08:00',
      { ...withUnit, exceptions: [ramadan] },
    ],
    [
      'for a region, over the assumed pattern',
      '2026-11-24T07:45',
      'closed',
      'exception',
      'verified',
      '2026-11-24T08:00',
      { exceptions: [ramadan] },
    ],
    [
      'for another region',
      '2026-11-24T14:00',
      'open',
      'hours',
      'published',
      '2026-11-24T16:00',
      { ...withUnit, exceptions: [{ ...ramadan, regionCode: '99.02' }] },
    ],
    [
      'for a region do not touch hospitals',
      '2026-11-24T14:00',
      'open',
      'hours',
      'published',
      '2026-11-24T16:00',
      { facility: { kind: 'hospital', services: [statement()] }, exceptions: [ramadan] },
    ],
    [
      'for a facility stand above those for a region',
      '2026-11-24T09:00',
      'closed',
      'exception',
      'verified',
      '2026-11-26T08:00',
      { ...withUnit, exceptions: [{ ...ramadan, service: 'outpatient' }, flood] },
    ],
    [
      'for a service stand above those for a facility',
      '2026-11-24T09:00',
      'open',
      'exception',
      'verified',
      '2026-11-24T10:00',
      {
        ...withUnit,
        exceptions: [
          exception({ id: 'e3', service: 'outpatient', hours: '08:00-10:00', checkedOn: '2026-11-01' }),
          flood,
        ],
      },
    ],
    [
      'of one kind: the one checked last',
      '2026-11-24T09:00',
      'open',
      'exception',
      'verified',
      '2026-11-24T12:00',
      { ...withUnit, exceptions: [exception({ id: 'e3', hours: '08:00-12:00', checkedOn: '2026-11-24' }), flood] },
    ],
    [
      'of one kind and day: the one entered last',
      '2026-11-24T09:00',
      'open',
      'exception',
      'verified',
      '2026-11-24T12:00',
      { ...withUnit, exceptions: [flood, exception({ id: 'e3', hours: '08:00-12:00' })] },
    ],
    [
      'stand above a holiday',
      '2026-12-25T09:00',
      'open',
      'exception',
      'verified',
      '2026-12-25T10:00',
      {
        ...withUnit,
        exceptions: [exception({ hours: '08:00-10:00', from: wita('2026-12-25T00:00'), to: wita('2026-12-26T00:00') })],
      },
    ],
    [
      'open no service that nobody knows of',
      '2026-11-24T09:00',
      'unknown',
      'no_hours',
      'assumed',
      '2026-11-24T13:00',
      { service: 'dental', exceptions: [ramadan] },
    ],
    [
      'open a service that they name',
      '2026-11-24T09:00',
      'open',
      'exception',
      'verified',
      '2026-11-24T13:00',
      { service: 'dental', exceptions: [{ ...ramadan, service: 'dental' }] },
    ],
    [
      'that close everything close what nobody knows of',
      '2026-11-24T09:00',
      'closed',
      'exception',
      'verified',
      '2026-11-26T00:00',
      { service: 'dental', exceptions: [flood] },
    ],
    [
      'with PH need the decree',
      '2027-01-04T09:00',
      'unknown',
      'calendar_missing',
      'verified',
      '2027-01-04T10:00',
      {
        ...withUnit,
        exceptions: [
          exception({ hours: '08:00-10:00; PH off', from: wita('2027-01-04T00:00'), to: wita('2027-01-05T00:00') }),
        ],
      },
    ],
    [
      'after the last of them',
      '2026-11-26T00:00',
      'closed',
      'hours',
      'published',
      '2026-11-26T08:00',
      { ...withUnit, exceptions: [flood] },
    ],
    [
      'to come, over unbroken hours',
      '2026-11-23T09:00',
      'open',
      'hours',
      'published',
      '2026-11-24T00:00',
      { ...withUnit, service: 'ugd', exceptions: [flood] },
    ],
  ]);

  it('are given in the answer while they count', () => {
    expect(ask('2026-11-24T09:00', { exceptions: [flood] }).exception).toBe(flood);
    expect(ask('2026-11-26T09:00', { exceptions: [flood] }).exception).toBeNull();
  });
});

describe('the engine', () => {
  it('takes a corrected calendar at once', () => {
    const facility = clinic({ services: [statement()] });
    const question = {
      facility,
      service: 'outpatient' as const,
      at: wita('2026-11-23T09:00'),
      zone: 'Asia/Makassar' as const,
      exceptions: [],
    };
    const corrected = calendarOf([CHRISTMAS, { ...CHRISTMAS, date: '2026-11-23', name: 'Hari contoh' }]);
    expect(engine.openAt({ ...question, calendar: CALENDAR }).state).toBe('open');
    expect(engine.openAt({ ...question, calendar: corrected })).toMatchObject({ state: 'closed', because: 'holiday' });
    expect(engine.openAt({ ...question, calendar: CALENDAR }).state).toBe('open');
  });

  it('answers alike whatever was asked before: forwards, backwards, and anew', () => {
    const facility = clinic({ services: [statement({ hours: 'Mo-Fr 08:00-12:00,13:00-16:00; PH off' })] });
    const circumstances = {
      facility,
      service: 'outpatient' as const,
      zone: 'Asia/Makassar' as const,
      exceptions: [exception()],
      calendar: CALENDAR,
    };
    const moments = Array.from({ length: 400 }, (_, index) => wita('2026-11-20T00:00') + index * 37 * 60_000 * 7);
    const forwards = moments.map((at) => engine.openAt({ ...circumstances, at }));
    const backwards = moments
      .toReversed()
      .map((at) => engine.openAt({ ...circumstances, at }))
      .toReversed();
    const anew = moments.map((at) => createHoursEngine().openAt({ ...circumstances, at }));
    expect(backwards).toEqual(forwards);
    expect(anew).toEqual(forwards);
  });

  it('tells as next change the first moment at which the state is another', () => {
    const circumstances = {
      facility: clinic(),
      service: 'outpatient' as const,
      zone: 'Asia/Makassar' as const,
      exceptions: [exception()],
      calendar: CALENDAR,
    };
    for (let at = wita('2026-11-20T00:00'); at < wita('2027-01-10T00:00'); at += 15 * 60_000) {
      const { state, until } = engine.openAt({ ...circumstances, at });
      for (const between of [at + 15 * 60_000, (until ?? 0) - 60_000].filter((moment) => moment < (until ?? 0))) {
        expect(engine.openAt({ ...circumstances, at: between }).state).toBe(state);
      }
      expect(engine.openAt({ ...circumstances, at: until ?? 0 }).state).not.toBe(state);
    }
  });

  it('shares one schedule among facilities whose hours are stated alike', () => {
    const question = (id: string, hours: string) => ({
      facility: clinic({ id, services: [statement({ hours })] }),
      service: 'outpatient' as const,
      zone: 'Asia/Makassar' as const,
      exceptions: [],
      calendar: CALENDAR,
    });
    const one = engine.schedule(question('a', 'Mo-Fr 08:00-12:00'));
    expect(engine.schedule(question('b', 'Mo-Fr 08:00-12:00'))).toBe(one);
    expect(engine.schedule(question('c', 'Mo-Fr 08:00-13:00'))).not.toBe(one);
    expect(one.at(wita('2026-11-23T09:00'))).toBe(one.at(wita('2026-11-23T11:59')));
  });
});
