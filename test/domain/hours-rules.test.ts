import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { nearestWeek, rulesBeyond, rulesOfHours } from '../../src/domain/hours-rules.js';
import { hoursOfWeek, weekOfHours } from '../../src/domain/week.js';
import { projectFile } from '../../src/project-root.js';

const SHIPPED = parse(readFileSync(projectFile('prisma/seed/hours.csv'), 'utf8'), { columns: true }) as {
  hours: string;
}[];
const MIXED = 'Mo-Th 07:30-13:00, Mo-Th 13:00-14:00 unknown; Fr 07:30-11:00; Sa 07:00-14:00 unknown; PH off';

describe('hours that say more than a week can hold', () => {
  it('are read rule by rule, so that every text of the shipped data can be said in words', () => {
    const texts = SHIPPED.map(({ hours }) => hours).filter((hours) => hours !== '' && hours !== 'off');
    const beyond = texts.filter((hours) => weekOfHours(hours) === null);
    expect(beyond.length).toBe(2);
    expect(texts.filter((hours) => rulesOfHours(hours) === null)).toEqual([]);
  });

  it.each([
    [MIXED, 'Mo-Th 07:30-13:00; Fr 07:30-11:00; Sa 07:00-14:00 unknown; PH off', ['Mo 13:00']],
    ['Mo-Fr 08:00-12:00; 2026 Dec 24 08:00-10:00 unknown', 'Mo-Fr 08:00-12:00', ['2026-12-24 08:00']],
    [
      'Mo-Fr 08:00-12:00; We off, We 08:00-09:00 unknown',
      'Mo-Tu 08:00-12:00; We 08:00-09:00 unknown; Th-Fr 08:00-12:00',
      ['We'],
    ],
    ['Mo-Fr 08:00-12:00; We 08:00-10:00', 'Mo-Tu 08:00-12:00; We 08:00-10:00; Th-Fr 08:00-12:00', []],
  ])('%s: the nearest week, and what it would lose', (text, nearest, lost) => {
    const rules = rulesOfHours(text);
    if (rules === null) throw new Error('not read');
    const week = nearestWeek(rules);
    expect(hoursOfWeek(week)).toBe(nearest);
    expect(
      rulesBeyond(rules, week).map(({ date, days, hours }) =>
        `${date ?? days[0]} ${hours.periods[0]?.from ?? ''}`.trim(),
      ),
    ).toEqual(lost);
  });

  it.each(['Mo-Fr sunrise-sunset', 'week 1-20 Mo 08:00-10:00', 'Mo 08:00-10:00 "dengan janji"'])(
    '%s is not guessed',
    (text) => {
      expect(rulesOfHours(text)).toBe(null);
    },
  );
});
