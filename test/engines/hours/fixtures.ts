import type { Facility, Holiday, HoursException, ServiceHours } from '../../../src/domain/facility.js';
import type { HolidayCalendar } from '../../../src/ports/directory.js';

/** A made-up puskesmas that nothing is stated about; `over` states it. */
export function clinic(over: Partial<Facility> = {}): Facility {
  return {
    id: 'contoh',
    regionCode: '99.01',
    kind: 'puskesmas',
    scope: 'general',
    status: 'operating',
    name: 'Puskesmas Contoh',
    aliases: [],
    kecamatanCode: null,
    kelurahanCode: null,
    address: null,
    point: null,
    coordConfidence: 'none',
    phone: null,
    phoneAsOf: null,
    services: [],
    source: 'fictitious',
    checkedOn: '2026-11-22',
    ...over,
  };
}

export function statement(over: Partial<ServiceHours> = {}): ServiceHours {
  return {
    service: 'outpatient',
    hours: 'Mo-Fr 08:00-16:00; PH off',
    validFrom: null,
    validTo: null,
    standing: 'active',
    note: null,
    source: 'fictitious',
    grade: 'published',
    checkedOn: '2026-11-22',
    ...over,
  };
}

export function holiday(date: string, kind: Holiday['kind'], name: string): Holiday {
  return { date, kind, name, regionCode: kind === 'regional' ? '99.01' : null, source: 'fictitious' };
}

export const CHRISTMAS = holiday('2026-12-25', 'national', 'Natal');
export const CHRISTMAS_EVE = holiday('2026-12-24', 'joint_leave', 'Cuti bersama Natal');
export const TOWN_DAY = holiday('2026-12-09', 'regional', 'Hari jadi kota contoh');

/** 2026 as decreed, as far as these tests need it; 2027 is not loaded. */
export const CALENDAR = calendarOf([
  holiday('2026-01-01', 'national', 'Tahun Baru'),
  holiday('2026-08-17', 'national', 'Proklamasi Kemerdekaan'),
  TOWN_DAY,
  CHRISTMAS_EVE,
  CHRISTMAS,
]);

export function calendarOf(holidays: readonly Holiday[]): HolidayCalendar {
  return {
    byDay: new Map(holidays.map((day) => [day.date, day])),
    years: new Set(holidays.filter(({ kind }) => kind === 'national').map(({ date }) => Number(date.slice(0, 4)))),
  };
}

/** A wall-clock time of Central Indonesian Time as an instant. */
export function wita(text: string): number {
  return Date.parse(`${text}:00+08:00`);
}

export function exception(over: Partial<HoursException> = {}): HoursException {
  return {
    id: 'e1',
    regionCode: '99.01',
    facilityId: 'contoh',
    service: null,
    from: wita('2026-11-24T00:00'),
    to: wita('2026-11-26T00:00'),
    hours: null,
    reason: 'banjir',
    source: 'fictitious',
    grade: 'verified',
    checkedOn: '2026-11-23',
    ...over,
  };
}
