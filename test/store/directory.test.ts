import { describe, expect, test } from 'vitest';
import type { FacilityKind, Holiday, OpenAnswer } from '../../src/domain/facility.js';
import { distanceKm } from '../../src/domain/place.js';
import { HOUR } from '../../src/domain/time.js';
import type { HoursEngine, HoursQuestion } from '../../src/ports/directory.js';
import { EMPTY_SNAPSHOT, type FacilityRecord, type Snapshot } from '../../src/ports/snapshot.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { buildDirectory } from '../../src/store/directory.js';
import { clinic } from '../engines/hours/fixtures.js';

const NOON = Date.UTC(2026, 10, 23, 4);

/** Stands in for the hours engine, knows nothing, and remembers what it was asked. */
function listeningEngine() {
  const asked: Omit<HoursQuestion, 'at'>[] = [];
  const answer: OpenAnswer = {
    state: 'unknown',
    grade: 'assumed',
    until: null,
    because: 'no_hours',
    basis: null,
    exception: null,
    holiday: null,
  };
  const engine: HoursEngine = {
    schedule: (question) => {
      asked.push(question);
      return { at: () => answer };
    },
    openAt: () => answer,
    dayPlan: () => [],
  };
  return { engine, asked };
}

const seed = loadSeedSnapshot();
const directory = (snapshot: Snapshot = seed) => buildDirectory(snapshot, listeningEngine().engine);
const PUSKESMAS: readonly FacilityKind[] = ['puskesmas'];

function invented(id: string, fields: Partial<FacilityRecord> = {}): FacilityRecord {
  return { ...clinic({ id, regionCode: '64.02', name: id }), kemenkesCode: null, notes: null, ...fields };
}

describe('looking up', () => {
  test('by code and id; null for what is not there', () => {
    const found = directory();
    expect(found.region('64.02')?.name).toBe('Kabupaten Kutai Kartanegara');
    expect(found.area('64.02.06')?.name).toBe('Tenggarong');
    expect(found.facility('64.02-puskesmas-loa-ipuh')?.name).toBe('Puskesmas Loa Ipuh');
    expect([found.region('x'), found.area('x'), found.facility('x')]).toEqual([null, null, null]);
  });

  test('in a kecamatan or region, by name, of the kinds asked for', () => {
    const names = (code: string, kinds: readonly FacilityKind[]) =>
      directory()
        .within(code, kinds)
        .map(({ name }) => name);
    expect(names('64.02.06', PUSKESMAS)).toEqual([
      'Puskesmas Loa Ipuh',
      'Puskesmas Mangkurawang',
      'Puskesmas Rapak Mahang',
    ]);
    expect(names('64.02.06', ['pustu'])).toEqual(['Pusban Bukit Biru']);
    expect(names('64.74', ['hospital'])).toContain('RS Pupuk Kaltim Bontang');
    expect(names('64.74.01', ['hospital'])).not.toContain('RS Pupuk Kaltim Bontang');
    expect(names('nowhere', PUSKESMAS)).toEqual([]);
  });

  test('Roman and other numbers in order', () => {
    const names = directory()
      .within('64.74', PUSKESMAS)
      .map(({ name }) => name);
    expect(names).toEqual([...names].sort());
  });
});

describe('emergency numbers', () => {
  test.each([
    ['64.74', ['112', '119']],
    ['64.71', ['112', '0822-2558-1119', '119']],
    ['35.14', ['112', '119']],
    // By one source only: never before the national number.
    ['64.02', ['119', '112']],
  ])('of %s in the order of trying', (code, numbers) => {
    const region = directory().region(code);
    expect(region?.emergencyNumbers.map(({ number }) => number)).toEqual(numbers);
  });
});

describe('nearest', () => {
  const tenggarong = { lat: -0.4172, lng: 116.9925 };

  test('gives what measuring every one would give', () => {
    const placed = seed.facilities.filter(({ kind, point }) => kind === 'puskesmas' && point);
    const byHand = placed
      .map((facility) => ({ id: facility.id, km: distanceKm(tenggarong, facility.point!) }))
      .sort((a, b) => a.km - b.km)
      .slice(0, 8);
    const hasPoint = (facility: { point: unknown }) => facility.point !== null;
    const found = directory().nearest(tenggarong, PUSKESMAS, 8, hasPoint);
    expect(found.map(({ facility }) => facility.id)).toEqual(byHand.map(({ id }) => id));
    for (const [at, { km }] of found.entries()) expect(km).toBeCloseTo(byHand[at]?.km ?? 0, 6);
  });

  test('mixes kinds by distance, keeps to the wish and to the reach', () => {
    const found = directory().nearest(tenggarong, ['puskesmas', 'pustu', 'hospital'], 12);
    expect(found).toHaveLength(12);
    expect(found.map(({ km }) => km)).toEqual(found.map(({ km }) => km).sort((a, b) => a - b));
    expect(new Set(found.map(({ facility }) => facility.kind)).size).toBeGreaterThan(1);
    expect(
      directory()
        .nearest(tenggarong, PUSKESMAS, 50, undefined, 10)
        .every(({ km }) => km <= 10),
    ).toBe(true);
    expect(directory().nearest(tenggarong, PUSKESMAS, 5, () => false)).toEqual([]);
    expect(directory().nearest(tenggarong, ['clinic'], 5)).toEqual([]);
  });

  test('says when a distance is approximate', () => {
    const kelurahan = seed.areas.find(({ code }) => code === '64.02.06.1001')!;
    const kecamatan = seed.areas.find(({ code }) => code === '64.02.06')!;
    const place = { kecamatanCode: kecamatan.code, kelurahanCode: kelurahan.code };
    const found = directory({
      ...EMPTY_SNAPSHOT,
      areas: seed.areas,
      facilities: [
        invented('sure', { point: tenggarong, coordConfidence: 'high' }),
        invented('disputed', { point: tenggarong, coordConfidence: 'low' }),
        invented('in-kelurahan', place),
        invented('in-kecamatan', { ...place, kelurahanCode: null }),
        invented('somewhere'),
      ],
    }).nearest(tenggarong, PUSKESMAS, 9);
    const known = Object.fromEntries(found.map(({ facility, approximate, km }) => [facility.id, [approximate, km]]));
    expect(known).toEqual({
      sure: [false, 0],
      disputed: [true, 0],
      'in-kelurahan': [true, distanceKm(tenggarong, kelurahan.centroid!)],
      'in-kecamatan': [true, distanceKm(tenggarong, kecamatan.centroid!)],
    });
  });

  test('finds the kelurahan of a point', () => {
    for (const area of seed.areas.filter(({ level }) => level === 'kelurahan_desa').slice(0, 50)) {
      expect(directory().areaAt(area.centroid!)).toEqual({ area, km: 0 });
    }
    expect(directory(EMPTY_SNAPSHOT).areaAt(tenggarong)).toBeNull();
  });
});

describe('hours', () => {
  const loaIpuh = '64.02-puskesmas-loa-ipuh';
  const bangil = '35.14-puskesmas-bangil';
  const exception = (id: string, facilityId: string | null, from = NOON, to = NOON + HOUR) => ({
    id,
    regionCode: '64.02',
    facilityId,
    service: null,
    from,
    to,
    hours: null,
    reason: 'fiktif',
    source: 'fiktif',
    grade: 'verified' as const,
    checkedOn: '2026-11-22',
  });

  test('are asked with the zone, the exceptions and the holidays of the place', () => {
    const { engine, asked } = listeningEngine();
    const mine = exception('a', loaIpuh);
    const ours = exception('b', null);
    const others = exception('c', '64.02-puskesmas-mangkurawang');
    const regional: Holiday = {
      date: '2026-09-28',
      kind: 'regional',
      name: 'Hari jadi (fiktif)',
      regionCode: '64.02',
      source: 'x',
    };
    const found = buildDirectory(
      {
        ...seed,
        exceptions: [mine, ours, others],
        holidays: [...seed.holidays, regional],
      },
      engine,
    );
    found.openAt(found.facility(loaIpuh)!, 'ugd', NOON);
    found.openAt(found.facility(bangil)!, 'outpatient', NOON);
    found.openAt(found.facility('64.02-rsud-dayaku-raja')!, 'ugd', NOON);
    expect(asked.map(({ zone, service, exceptions }) => [zone, service, exceptions])).toEqual([
      ['Asia/Makassar', 'ugd', [mine, ours]],
      ['Asia/Jakarta', 'outpatient', []],
      // "Every puskesmas of the region" is no hospital.
      ['Asia/Makassar', 'ugd', []],
    ]);
    const days = asked.map(({ calendar }) => [
      calendar.byDay.get('2026-12-25')?.kind,
      calendar.byDay.has('2026-09-28'),
    ]);
    expect(days).toEqual([
      ['national', true],
      ['national', false],
      ['national', true],
    ]);
    expect([...(asked[0]?.calendar.years ?? [])]).toEqual([2026]);
  });

  test('of a year without its decree are known to be missing', () => {
    expect(directory().calendarLoaded(2026)).toBe(true);
    expect(directory().calendarLoaded(2027)).toBe(false);
    const onlyLeave = seed.holidays.map((holiday) => ({ ...holiday, kind: 'joint_leave' as const }));
    expect(directory({ ...seed, holidays: onlyLeave }).calendarLoaded(2026)).toBe(false);
  });

  test('of a year half entered are no calendar: the days not yet there would be told as working days', () => {
    const national = seed.holidays.filter(({ kind }) => kind === 'national');
    const begun = (count: number) => directory({ ...seed, holidays: national.slice(0, count) });
    expect(national.length).toBe(17);
    expect([1, 13, 14, 17].map((count) => begun(count).calendarLoaded(2026))).toEqual([false, false, true, true]);
  });

  test('statements count from their first day to their last, on the clock of the place', () => {
    const found = directory();
    const facility = found.facility(bangil)!;
    const firstMoment = Date.parse('2026-01-01T00:00:00+07:00');
    expect(found.statements(facility, 'ugd', firstMoment)).toHaveLength(1);
    expect(found.statements(facility, 'ugd', firstMoment - 1)).toEqual([]);
    expect(found.statements(facility, 'dental', NOON)).toEqual([]);
    const planned = found.facility('64.74-puskesmas-bontang-utara-i')!;
    expect(found.statements(planned, 'ugd', NOON)).toMatchObject([{ standing: 'planned' }]);
  });

  test('exceptions are those that touch the period', () => {
    const found = directory({
      ...seed,
      exceptions: [exception('a', loaIpuh), exception('b', null, NOON + 5 * HOUR, NOON + 9 * HOUR)],
    });
    const ids = (from: number, to: number) => found.exceptions(found.facility(loaIpuh)!, from, to).map(({ id }) => id);
    expect(ids(NOON, NOON + HOUR)).toEqual(['a']);
    expect(ids(NOON + HOUR, NOON + 5 * HOUR)).toEqual([]);
    expect(ids(NOON - HOUR, NOON)).toEqual([]);
    expect(ids(NOON, NOON + 9 * HOUR)).toEqual(['a', 'b']);
  });
});

test('holds ten thousand facilities', () => {
  const villages = seed.areas.filter(({ centroid }) => centroid !== null);
  const facilities = Array.from({ length: 10_000 }, (_, at) => {
    const { lat, lng } = villages[at % villages.length]!.centroid!;
    return invented(`f${at}`, { point: { lat: lat + at / 1e6, lng }, coordConfidence: 'high' });
  });
  const found = directory({ ...seed, facilities });
  expect(found.within('64.02', PUSKESMAS)).toHaveLength(10_000);
  expect(found.nearest(villages[3]!.centroid!, PUSKESMAS, 5)[0]?.facility.id).toBe('f3');
});
