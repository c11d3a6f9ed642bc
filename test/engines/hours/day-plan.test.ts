import { describe, expect, it } from 'vitest';
import type { Facility, HoursException, ServiceKind } from '../../../src/domain/facility.js';
import { isoWithOffset, type Zone } from '../../../src/domain/time.js';
import { createHoursEngine } from '../../../src/engines/hours/index.js';
import { CALENDAR, clinic, exception, statement, wita } from './fixtures.js';

const engine = createHoursEngine();

function question(
  facility: Partial<Facility>,
  service: ServiceKind = 'outpatient',
  exceptions: readonly HoursException[] = [],
  zone: Zone = 'Asia/Makassar',
) {
  return { facility: clinic(facility), service, zone, exceptions, calendar: CALENDAR };
}

function plan(day: string, asked: ReturnType<typeof question>): string[] {
  return engine.dayPlan(asked, day).map(({ from, to, state }) => {
    const [start, end] = [from, to].map((at) => isoWithOffset(at, asked.zone).slice(11, 16));
    return `${start}-${end} ${state}`;
  });
}

const breaks = { services: [statement({ hours: 'Mo-Fr 08:00-12:00,13:00-16:00; Sa 08:00-10:00 unknown; PH off' })] };
const nights = { services: [statement({ service: 'ugd', hours: 'Mo-Su 20:00-06:00' })] };

describe('the plan of a day', () => {
  it.each([
    ['with a break', '2026-11-23', question(breaks), ['08:00-12:00 open', '13:00-16:00 open']],
    ['with hours that are not known', '2026-11-28', question(breaks), ['08:00-10:00 unknown']],
    ['without hours', '2026-11-29', question(breaks), []],
    ['on a holiday', '2026-12-25', question(breaks), []],
    ['on joint leave, assumed', '2026-12-24', question({}), ['07:30-15:00 unknown']],
    [
      'of a night that is cut at midnight',
      '2026-11-23',
      question(nights, 'ugd'),
      ['00:00-06:00 open', '20:00-00:00 open'],
    ],
    [
      'round the clock',
      '2026-11-23',
      question({ services: [statement({ service: 'ugd', hours: '24/7' })] }, 'ugd'),
      ['00:00-00:00 open'],
    ],
    ['that nobody knows', '2026-11-23', question({}, 'dental'), ['00:00-00:00 unknown']],
    [
      'that an exception cuts short',
      '2026-11-24',
      question(breaks, 'outpatient', [exception({ from: wita('2026-11-24T10:00') })]),
      ['08:00-10:00 open'],
    ],
    [
      'in another zone',
      '2026-11-23',
      question(breaks, 'outpatient', [], 'Asia/Jayapura'),
      ['08:00-12:00 open', '13:00-16:00 open'],
    ],
  ])('%s', (_label, day, asked, expected) => {
    expect(plan(day, asked)).toEqual(expected);
  });
});

describe('the next opening', () => {
  it.each([
    ['is now when it is open', '2026-11-23T09:00', question(breaks), false, '2026-11-23T09:00'],
    ['is after the break', '2026-11-23T12:30', question(breaks), false, '2026-11-23T13:00'],
    ['passes over hours that are not known', '2026-11-27T17:00', question(breaks), false, '2026-11-30T08:00'],
    ['takes them where that is wanted', '2026-11-27T17:00', question(breaks), true, '2026-11-28T08:00'],
    [
      'is after the exception',
      '2026-11-24T09:00',
      question(breaks, 'outpatient', [exception()]),
      false,
      '2026-11-26T08:00',
    ],
    ['is not foreseen', '2026-11-23T09:00', question({}, 'dental'), false, null],
    ['is not foreseen in a year without decree', '2026-12-31T17:00', question(breaks), false, null],
  ])('%s', (_label, at, asked, orUnknown, expected) => {
    const found = engine.nextOpening({ ...asked, at: wita(at) }, orUnknown);
    expect(found === null ? null : isoWithOffset(found, 'Asia/Makassar').slice(0, 16)).toBe(expected);
  });
});
