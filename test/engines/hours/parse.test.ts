import { describe, expect, it } from 'vitest';
import { HoursUnreadable, MAX_HOURS_LENGTH, parseHours } from '../../../src/engines/hours/index.js';
import { TEXT_CASES, UNREADABLE } from './text-cases.js';

function refusal(hours: string): HoursUnreadable {
  try {
    parseHours(hours);
  } catch (error) {
    if (error instanceof HoursUnreadable) return error;
    throw error;
  }
  throw new Error(`"${hours}" was read`);
}

describe('hours as they are entered', () => {
  it.each(UNREADABLE)('refuses $label', ({ hours, offset }) => {
    const { code, message, offset: named } = refusal(hours);
    expect(code).toBe('HOURS_UNREADABLE');
    if (offset !== null)
      expect({ named, message }).toEqual({
        named: offset,
        message: expect.stringContaining(`character ${offset + 1}`),
      });
    expect(message.length).toBeLessThan(400);
  });

  it.each([...new Set(TEXT_CASES.map(({ hours }) => hours))])('reads %s', (hours) =>
    expect(parseHours(hours)).toMatchObject({ text: hours }),
  );

  it.each([
    ['Mo-Fr 08:00-12:00; PH off', true],
    ['Mo-Fr 08:00-12:00; ph off', true],
    ['Su,PH off', true],
    ['Mo-Fr 08:00-12:00', false],
    ['Mo-Fr 08:00-12:00 open "PH"', false],
  ])('tells whether %s depends on holidays', (hours, usesHolidays) => {
    expect(parseHours(hours).usesHolidays).toBe(usesHolidays);
  });

  it('reads a text of the greatest length and not one more', () => {
    const longest = `Mo 08:00-12:00 open "${'x'.repeat(MAX_HOURS_LENGTH - 22)}"`;
    expect(longest).toHaveLength(MAX_HOURS_LENGTH);
    expect(parseHours(longest).text).toBe(longest);
    expect(refusal(`${longest} `).offset).toBe(MAX_HOURS_LENGTH);
  });

  it('drops the blanks around a text', () => {
    expect(parseHours(`${' '.repeat(400)}Mo-Fr 08:00-12:00  `).text).toBe('Mo-Fr 08:00-12:00');
  });

  it('names the words before the fault', () => {
    expect(refusal('Mo-Fr 08:00-12:00; Sabtu 08:00-10:00').message).toContain('Sabtu');
  });

  it('leaves the process its Date', () => {
    const before = Date;
    refusal('garbage');
    parseHours('Mo-Fr 08:00-12:00; PH off');
    expect(Date).toBe(before);
    expect(new Date(2026, 0, 1).getFullYear()).toBe(2026);
  });
});
