import { describe, expect, it } from 'vitest';
import {
  dayOf,
  instantOf,
  isoWithOffset,
  isZone,
  startOfDay,
  wallClock,
  zoneAbbreviation,
} from '../../src/domain/time.js';

const at = Date.parse('2026-12-31T16:30:00Z');

describe('wall clocks of Indonesia', () => {
  it.each([
    ['Asia/Jakarta', 'WIB', '2026-12-31', 23, 30, 4, '2026-12-31T23:30:00+07:00'],
    ['Asia/Makassar', 'WITA', '2027-01-01', 0, 30, 5, '2027-01-01T00:30:00+08:00'],
    ['Asia/Jayapura', 'WIT', '2027-01-01', 1, 30, 5, '2027-01-01T01:30:00+09:00'],
  ] as const)('%s (%s)', (zone, short, day, hour, minute, weekday, iso) => {
    expect(zoneAbbreviation(zone)).toBe(short);
    expect(dayOf(at, zone)).toBe(day);
    expect(wallClock(at, zone)).toMatchObject({ hour, minute, weekday });
    expect(isoWithOffset(at, zone)).toBe(iso);
    expect(instantOf(zone, wallClock(at, zone))).toBe(at);
    expect(isoWithOffset(startOfDay(day, zone), zone)).toBe(`${day}T00:00:00${iso.slice(-6)}`);
  });

  it('knows only the zones of Indonesia', () => {
    expect(isZone('Asia/Pontianak')).toBe(true);
    expect(isZone('Europe/Berlin')).toBe(false);
    expect(isZone('toString')).toBe(false);
  });
});
