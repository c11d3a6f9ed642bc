import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf } from '../../src/domain/time.js';
import {
  ALL_DAY,
  CLOSED_DAY,
  type DayHours,
  hoursOfWeek,
  WEEK_DAYS,
  type Week,
  weekOfHours,
} from '../../src/domain/week.js';
import { createTextEvaluator, parseHours } from '../../src/engines/hours/index.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';

function week(days: Partial<Week['days']>, closedOnHolidays = false): Week {
  const every = Object.fromEntries(WEEK_DAYS.map((day) => [day, CLOSED_DAY])) as Record<string, DayHours>;
  return { days: { ...every, ...days } as Week['days'], closedOnHolidays };
}
const open = (...texts: string[]): DayHours => ({
  mode: 'open',
  periods: texts.map((text) => ({ from: text.slice(0, 5), to: text.slice(6) })),
});

describe('a week as an hours text', () => {
  const morning = open('07:30-14:00');
  it.each([
    ['closed all week', week({}), 'off'],
    ['one day', week({ Fr: morning }), 'Fr 07:30-14:00'],
    [
      'a row of days, closed on holidays',
      week({ Mo: morning, Tu: morning, We: morning }, true),
      'Mo-We 07:30-14:00; PH off',
    ],
    ['a break', week({ Mo: open('07:30-12:00', '13:00-14:00') }), 'Mo 07:30-12:00,13:00-14:00'],
    ['a night', week({ Sa: open('20:00-08:00') }), 'Sa 20:00-08:00'],
    ['perhaps', week({ Sa: { ...morning, mode: 'unsure' } }), 'Sa 07:30-14:00 unknown'],
    [
      'round the clock',
      week(Object.fromEntries(WEEK_DAYS.map((day) => [day, { mode: 'open', periods: [ALL_DAY] }]))),
      '24/7',
    ],
  ] as const)('%s', (_, given, text) => {
    expect(hoursOfWeek(given)).toBe(text);
    expect(weekOfHours(text)).toEqual(given);
  });

  it.each([
    'Mo-Fr 08:00+',
    'sunrise-sunset',
    '2026 Dec 25 off',
    'Mo-Fr 07:00-10:00, Sa 08:00-09:00',
    'PH off; Mo-Fr 08:00-12:00',
    'PH 08:00-12:00',
    'Mo-Fr 08:00-12:00,11:00-13:00',
    'Mo 25:00-26:00',
    'Mo 08:00-12:00 "janji dulu"',
    'week 1-10 Mo 08:00-12:00',
    'Mo off unknown',
  ])('is not made of what says more: %s', (text) => expect(weekOfHours(text)).toBeNull());

  it('later rules stand above earlier ones', () => {
    expect(weekOfHours('Mo-Fr 08:00-14:00; Fr 08:00-11:00; We off')?.days).toMatchObject({
      Th: open('08:00-14:00'),
      Fr: open('08:00-11:00'),
      We: CLOSED_DAY,
    });
  });
});

const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const openDay = fc
  .uniqueArray(minute, { minLength: 2, maxLength: 6 })
  .map((list) => [...list].sort((a, b) => a - b))
  .map((list) => list.slice(0, list.length - (list.length % 2)))
  .map((list) =>
    list.flatMap((from, at) => (at % 2 === 0 ? [{ from: clock(from), to: clock(list[at + 1] ?? 0) }] : [])),
  );
const day: fc.Arbitrary<DayHours> = fc.oneof(
  fc.constant(CLOSED_DAY),
  fc.constant<DayHours>({ mode: 'open', periods: [ALL_DAY] }),
  openDay.map((periods): DayHours => ({ mode: 'open', periods })),
  openDay.map((periods): DayHours => ({ mode: 'unsure', periods })),
);
const anyWeek = fc
  .record({ days: fc.tuple(day, day, day, day, day, day, day), closedOnHolidays: fc.boolean() })
  .map(({ days, closedOnHolidays }) => ({
    days: Object.fromEntries(WEEK_DAYS.map((name, at) => [name, days[at] ?? CLOSED_DAY])) as Week['days'],
    closedOnHolidays: closedOnHolidays && days.some(({ mode }) => mode !== 'closed'),
  }));

describe('any week', () => {
  it('comes back from its text as it was, and the library reads the text', () => {
    fc.assert(
      fc.property(anyWeek, (given) => {
        const text = hoursOfWeek(given);
        expect(weekOfHours(text)).toEqual(given);
        parseHours(text);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the shipped hours', () => {
  const texts = [
    ...new Set(loadSeedSnapshot().facilities.flatMap(({ services }) => services.flatMap(({ hours }) => hours ?? []))),
  ];
  const evaluate = createTextEvaluator();
  const holiday = ['2026-11-25'];
  it.each(texts)('mean the same after the week was saved: %s', (text) => {
    const read = weekOfHours(text);
    if (read === null) return;
    const written = hoursOfWeek(read);
    for (let hour = 0; hour < 8 * 24; hour += 1) {
      const at = instantOf('Asia/Makassar', { year: 2026, month: 11, day: 22, hour, minute: 15 });
      const state = (hours: string) => evaluate(hours, 'Asia/Makassar', at, holiday).state;
      expect(state(written)).toBe(state(text));
    }
  });
  it('are mostly simple enough', () => {
    expect(texts.filter((text) => weekOfHours(text) !== null).length / texts.length).toBeGreaterThan(0.6);
  });
});
