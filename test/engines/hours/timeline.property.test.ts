import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../../src/domain/time.js';
import { createTextEvaluator, parseHours } from '../../../src/engines/hours/index.js';
import { askLibrary, pinProcessZone } from './wall-clock-oracle.js';

pinProcessZone();

const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (number: number): string => String(number).padStart(2, '0');
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
const quarters = (most: number) => fc.integer({ min: 0, max: most }).map((quarter) => quarter * 15);

/** One span of hours; a quarter of them reach over midnight. */
const span = fc
  .tuple(quarters(95), quarters(95))
  .map(([from, to]) => `${clock(from)}-${clock(to === from ? 1440 : to)}`);
const daySpans = fc.uniqueArray(quarters(96), { minLength: 4, maxLength: 4 }).map((edges) => {
  const [a, b, c, d] = edges.toSorted((x, y) => x - y).map(clock);
  return `${a}-${b},${c}-${d}`;
});
const weekdays = fc.oneof(
  fc.tuple(fc.nat(6), fc.nat(6)).map(([a, b]) => (a === b ? WEEKDAYS[a]! : `${WEEKDAYS[a]}-${WEEKDAYS[b]}`)),
  fc.subarray(WEEKDAYS, { minLength: 1, maxLength: 4 }).map((days) => days.join(',')),
);
const date = fc.integer({ min: 0, max: 1200 }).map((days) => new Date(Date.UTC(2025, 10, 1) + days * DAY));
const dateText = (day: Date): string => `${day.getUTCFullYear()} ${MONTHS[day.getUTCMonth()]} ${two(day.getUTCDate())}`;
const days = fc.oneof(
  { weight: 5, arbitrary: weekdays },
  { weight: 1, arbitrary: date.map(dateText) },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.nat(11), fc.nat(11)).map(([a, b]) => (a === b ? MONTHS[a]! : `${MONTHS[a]}-${MONTHS[b]}`)),
  },
  { weight: 1, arbitrary: fc.tuple(fc.nat(11), weekdays).map(([month, list]) => `${MONTHS[month]} ${list}`) },
);
const modifier = fc.constantFrom('', '', '', '', ' off', ' unknown', ' "by appointment"', ' open "ring"');
const rule = fc.tuple(days, fc.oneof(span, daySpans), modifier).map(([when, hours, said]) => `${when} ${hours}${said}`);
const joint = fc.constantFrom('; ', '; ', '; ', ', ', ' || ');
const text = fc
  .tuple(rule, fc.array(fc.tuple(joint, rule), { maxLength: 3 }))
  .map(([first, more]) => first + more.flat().join(''));
const moment = fc.integer({ min: 0, max: 1100 * 24 * 12 }).map((steps) => Date.UTC(2025, 11, 1) + steps * 5 * MINUTE);

/** "Not within five years" is the library's "never"; ours looks further. */
const LIBRARY_HORIZON = 366 * 5 * DAY;

describe('the timeline and the library say the same', () => {
  const evaluate = createTextEvaluator();
  const ask = (hours: string, civil: number, holidays: readonly string[] = []) => {
    const { state, until } = evaluate(hours, 'Asia/Makassar', civil - 8 * 60 * MINUTE, holidays);
    const next = until === null ? null : until + 8 * 60 * MINUTE;
    return { state, next: next !== null && next - civil > LIBRARY_HORIZON ? null : next };
  };
  const readable = (hours: string): boolean => {
    try {
      return parseHours(hours).text === hours;
    } catch {
      return false;
    }
  };

  it('for random texts at random moments: state and next change', () => {
    let compared = 0;
    fc.assert(
      fc.property(text, fc.array(moment, { minLength: 3, maxLength: 3 }), (hours, moments) => {
        fc.pre(readable(hours));
        for (const civil of moments)
          expect({ hours, ...ask(hours, civil) }).toEqual({ hours, ...askLibrary(hours, civil) });
        compared += moments.length;
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(250);
  });

  it('for holidays, which the library is given as dates', () => {
    fc.assert(
      fc.property(
        fc.tuple(weekdays, span, fc.constantFrom('off', '08:00-12:00', '22:00-06:00', '10:00-11:00 unknown')),
        fc.uniqueArray(date, { minLength: 1, maxLength: 6, selector: (day) => day.getTime() }),
        fc.array(moment, { minLength: 3, maxLength: 3 }),
        ([when, hours, onHolidays], dates, moments) => {
          const holidays = dates.map((day) => day.toISOString().slice(0, 10));
          const ours = `${when} ${hours}; PH ${onHolidays}`;
          fc.pre(readable(ours));
          const theirs = `${when} ${hours}; ${dates.map(dateText).join(',')} ${onHolidays}`;
          for (const near of [...moments, dates[0]!.getTime() + 60 * MINUTE, dates[0]!.getTime() - 60 * MINUTE]) {
            expect({ ours, holidays, ...ask(ours, near, holidays) }).toEqual({
              ours,
              holidays,
              ...askLibrary(theirs, near),
            });
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never fails on any text: it is read, or refused with a reason', () => {
    const pieces = fc.constantFrom(
      'Mo',
      'Su',
      'PH',
      'SH',
      'off',
      '08:00',
      '-',
      ',',
      ';',
      '||',
      '"x"',
      '24/7',
      'Dec',
      '2026',
      '25',
      '+',
      '[1]',
      ' day',
      '(',
      'week',
      'easter',
      'é',
      ' ',
    );
    const anything = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.array(pieces, { maxLength: 14 }).map((list) => list.join(' ')),
      fc.array(pieces, { maxLength: 14 }).map((list) => list.join('')),
    );
    fc.assert(
      fc.property(anything, moment, (hours, civil) => {
        try {
          expect(['open', 'closed', 'unknown']).toContain(ask(hours, civil, ['2026-12-25']).state);
        } catch (error) {
          expect(error).toMatchObject({ code: 'HOURS_UNREADABLE' });
        }
      }),
      { numRuns: 1000 },
    );
  });
});
