import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Recurrence } from '../../../src/domain/broadcast.js';
import { DAY, HOUR, wallClock, type Zone } from '../../../src/domain/time.js';
import { minutesOf, nextOccurrence, quietUntil, USUAL_QUIET } from '../../../src/engines/broadcast/index.js';

const at = (iso: string) => Date.parse(iso);
const WITA: Zone = 'Asia/Makassar';

describe('quiet hours', () => {
  const NIGHTS: readonly (readonly [string, string, Zone, string | null])[] = [
    ['a minute before', '2026-11-23T20:59:00+08:00', WITA, null],
    ['the first minute', '2026-11-23T21:00:00+08:00', WITA, '2026-11-24T06:00:00+08:00'],
    ['before midnight', '2026-11-23T23:59:59+08:00', WITA, '2026-11-24T06:00:00+08:00'],
    ['after midnight', '2026-11-24T00:00:00+08:00', WITA, '2026-11-24T06:00:00+08:00'],
    ['the last second', '2026-11-24T05:59:59+08:00', WITA, '2026-11-24T06:00:00+08:00'],
    ['the end itself', '2026-11-24T06:00:00+08:00', WITA, null],
    ['still evening in Pasuruan when it is night in Bontang', '2026-11-23T21:30:00+08:00', 'Asia/Jakarta', null],
    ['night in Jayapura already', '2026-11-23T20:30:00+08:00', 'Asia/Jayapura', '2026-11-24T06:00:00+09:00'],
    ['the last night of a year', '2026-12-31T23:00:00+08:00', WITA, '2027-01-01T06:00:00+08:00'],
  ];
  test.each(NIGHTS)('%s', (_, now, zone, end) => {
    expect(quietUntil(at(now), zone, USUAL_QUIET)).toBe(end === null ? null : at(end));
  });

  test('may lie within a day', () => {
    const rest = { from: '12:00', to: '13:30' };
    expect(quietUntil(at('2026-11-23T12:15:00+08:00'), WITA, rest)).toBe(at('2026-11-23T13:30:00+08:00'));
    expect(quietUntil(at('2026-11-23T13:30:00+08:00'), WITA, rest)).toBeNull();
  });

  test.each([
    { from: '21:00', to: '21:00' },
    { from: '25:00', to: '06:00' },
    { from: '', to: '' },
  ])('never hold from $from to $to', (quiet) => {
    expect(quietUntil(at('2026-11-23T23:00:00+08:00'), WITA, quiet)).toBeNull();
  });

  const time = fc.integer({ min: 0, max: 1439 }).map((m) => {
    const [hour, minute] = [Math.floor(m / 60), m % 60].map((n) => String(n).padStart(2, '0'));
    return `${hour}:${minute}`;
  });
  const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2029-01-01T00:00:00Z') });
  const zone = fc.constantFrom<Zone>('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura');

  test('end within a day, at their end on the wall clock, and are over then', () => {
    fc.assert(
      fc.property(moment, zone, time, time, (now, where, from, to) => {
        const end = quietUntil(now, where, { from, to });
        if (end === null) return;
        expect(end).toBeGreaterThan(now);
        expect(end - now).toBeLessThanOrEqual(DAY);
        const wall = wallClock(end, where);
        expect(wall.hour * 60 + wall.minute).toBe(minutesOf(to));
        expect(quietUntil(end, where, { from, to })).toBeNull();
      }),
    );
  });
});

describe('recurring announcements', () => {
  const RULES: readonly (readonly [string, Recurrence, string, string | null])[] = [
    [
      'the second Tuesday of each month',
      { kind: 'monthly', nth: 2, weekday: 2, until: null },
      '2026-11-10T08:00:00+08:00',
      '2026-12-08T08:00:00+08:00',
    ],
    [
      'the second Tuesday, from a month that has it still to come',
      { kind: 'monthly', nth: 2, weekday: 2, until: null },
      '2026-12-01T08:00:00+08:00',
      '2026-12-08T08:00:00+08:00',
    ],
    [
      'the first Sunday, into the next year',
      { kind: 'monthly', nth: 1, weekday: 0, until: null },
      '2026-12-06T07:30:00+08:00',
      '2027-01-03T07:30:00+08:00',
    ],
    [
      'the last Monday, in a month with five',
      { kind: 'monthly', nth: -1, weekday: 1, until: null },
      '2026-10-26T08:00:00+08:00',
      '2026-11-30T08:00:00+08:00',
    ],
    [
      'every second week',
      { kind: 'weekly', every: 2, until: null },
      '2026-12-22T08:00:00+08:00',
      '2027-01-05T08:00:00+08:00',
    ],
    [
      'up to its last day',
      { kind: 'weekly', every: 1, until: '2026-11-30' },
      '2026-11-23T08:00:00+08:00',
      '2026-11-30T08:00:00+08:00',
    ],
    ['not after it', { kind: 'weekly', every: 1, until: '2026-11-30' }, '2026-11-24T08:00:00+08:00', null],
  ];
  test.each(RULES)('%s', (_, rule, previous, next) => {
    expect(nextOccurrence(rule, at(previous), WITA)).toBe(next === null ? null : at(next));
  });

  test('always move on, to the same hour and the right weekday', () => {
    const nth = fc.constantFrom<1 | 2 | 3 | 4 | -1>(1, 2, 3, 4, -1);
    const moment = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moment, nth, fc.integer({ min: 0, max: 6 }), (start, which, weekday) => {
        const previous = start - (start % 60_000);
        const next = nextOccurrence({ kind: 'monthly', nth: which, weekday, until: null }, previous, WITA) ?? 0;
        const wall = wallClock(next, WITA);
        expect(next).toBeGreaterThan(previous);
        expect(next - previous).toBeLessThan(63 * DAY);
        expect(wall.weekday).toBe(weekday);
        expect((next - previous) % HOUR).toBe(0);
        if (which > 0) expect(Math.ceil(wall.day / 7)).toBe(which);
        else expect(wallClock(next + 7 * DAY, WITA).month).not.toBe(wall.month);
      }),
    );
  });
});
