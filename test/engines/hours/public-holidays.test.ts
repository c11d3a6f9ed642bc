import OpeningHours from 'opening_hours';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../src/domain/time.js';
import { nameHolidays } from '../../../src/engines/hours/public-holidays.js';
import { localDate, pinProcessZone } from './wall-clock-oracle.js';

pinProcessZone();

/** The library knows the holidays of one German state (it takes them where it is told no place): they serve as a check. */
function germanHolidays(): string[] {
  const asked = new OpeningHours('PH 00:00-24:00', null);
  const days: string[] = [];
  for (let civil = Date.UTC(2025, 0, 1); civil < Date.UTC(2029, 0, 1); civil += DAY) {
    if (asked.getState(localDate(civil))) days.push(new Date(civil).toISOString().slice(0, 10));
  }
  return days;
}

/** Half past every hour, from two days before each day until two days after it. */
function halfHoursAround(days: readonly string[]): readonly number[] {
  const hours = Array.from({ length: 5 * 24 }, (_, hour) => hour * HOUR - 2 * DAY + HOUR / 2);
  const moments = days.flatMap((day) => hours.map((hour) => Date.parse(`${day}T00:00:00Z`) + hour));
  return [...new Set(moments)];
}

const SPELLINGS = [
  'PH off',
  'ph off',
  'Mo-Fr 08:00-12:00; PH off',
  '24/7; PH off',
  'Mo-Fr,PH 08:00-12:00',
  'PH,Mo-Fr 08:00-12:00',
  'PH Mo-Fr 08:00-12:00',
  'Mo-Fr PH 08:00-12:00',
  'Mo,PH,We 08:00-12:00',
  'PH -1 day 08:00-12:00',
  'PH +1 day 08:00-12:00',
  'PH,PH -1 day 10:00-11:00',
  'Su,PH +1 day 10:00-11:00',
  'Mo-Su 08:00-16:00; Su,PH off',
  'Mo-Su 08:00-16:00; Su,PH 09:00-10:00',
  'Mo-Fr 08:00-12:00; PH 10:00-11:00; Dec 24-31 off',
  'Mo-Su 20:00-04:00; Su,PH 22:00-02:00',
  'Mo-Su 20:00-04:00, Su,PH 18:00-19:00',
  'Mo-Sa 20:00-04:00; PH 22:00-02:00',
  'Fr,PH 20:00-03:00; Mo 10:00-11:00',
  'Mo-Fr 22:00-06:00; PH off',
  'Mo-Su,PH 22:00-06:00',
  'Mo-Su 08:00-10:00; Dec PH off',
  'Jan-Mar,Dec PH 08:00-09:00',
  '2026 PH 08:00-10:00',
  '2026-2027 Dec PH 08:00-10:00',
  'Dec 20-31 PH 08:00-10:00',
  'Dec 20-31 Su,PH 08:00-10:00',
  '2026 Dec 25-2027 Jan 06 PH 10:00-11:00',
  'week 10-20 PH 08:00-10:00',
  'Sa[1],PH 08:00-10:00',
  'PH 24/7; Mo 08:00-10:00',
  'Mo-Fr 17:00+; PH 18:00+',
  'Mo-Fr 08:00-12:00 || PH 14:00-16:00',
  'Mo-Fr 08:00-12:00 || Su,PH "ring"',
  'Mo-Fr 08:00-12:00, PH 09:00-14:00 unknown',
  'Mo-Fr 08:00-12:00,13:00-16:00, PH 09:00-10:00,11:00-12:00; Sa off',
  'PH 08:00-12:00 open "closed on; PH"; Mo 09:00-10:00',
];

describe('PH written as dates', () => {
  const holidays = germanHolidays();
  const moments = halfHoursAround(holidays.filter((day) => day >= '2026-03-15' && day < '2027-01-10'));

  it('has holidays to compare by', () => {
    expect(holidays.length).toBeGreaterThan(40);
    expect(holidays).toContain('2026-12-25');
  });

  it.each(SPELLINGS)('%s means what the library means by it where it knows the holidays', (text) => {
    const theirs = new OpeningHours(text, null);
    const ours = new OpeningHours(nameHolidays(text, holidays));
    const differing: string[] = [];
    for (const civil of moments) {
      const at = localDate(civil);
      if (theirs.getStateString(at, true) !== ours.getStateString(at, true))
        differing.push(new Date(civil).toISOString());
    }
    expect(differing).toEqual([]);
  });

  it('joins holidays and weekdays listed after a moved holiday, where the library forgets the comma', () => {
    const text = nameHolidays('PH -1 day,Su 08:00-10:00', ['2026-12-25']);
    expect(new OpeningHours(text).getState(new Date(2026, 11, 20, 9))).toBe(true);
    expect(new OpeningHours(text).getState(new Date(2026, 11, 24, 9))).toBe(true);
  });

  it.each(['Mo-Fr 08:00-12:00', 'Mo 08:00-12:00 open "PH"', '24/7'])('leaves %s as it is', (text) => {
    expect(nameHolidays(text, ['2026-12-25'])).toBe(text);
  });
});
