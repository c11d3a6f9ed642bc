import { describe, expect, test } from 'vitest';
import { HoursUnreadable, parseHours } from '../../src/engines/hours/index.js';
import { loadSeedSnapshot, planSeed } from '../../src/services/seed.js';

function checkHours(text: string) {
  try {
    parseHours(text);
    return null;
  } catch (error) {
    if (error instanceof HoursUnreadable) return { message: error.message };
    throw error;
  }
}

describe('the shipped data', () => {
  const seed = loadSeedSnapshot();
  const inRegion = (region: string, kind: string) =>
    seed.facilities.filter((facility) => facility.regionCode === region && facility.kind === kind);
  const facility = (id: string) => seed.facilities.find((each) => each.id === id)!;
  const statements = (id: string, service: string) =>
    facility(id).services.filter((statement) => statement.service === service);

  test('has hours that the engine reads, every one', () => {
    expect(planSeed(checkHours).faults).toEqual([]);
  });

  test.each([
    ['64.74', 6, 5, 1],
    // Sepinggan Baru, planned, comes on top of the 27 that work.
    ['64.71', 28, 15, 0],
    ['64.02', 32, 4, 10],
    ['35.14', 33, 7, 0],
  ])('region %s has %i puskesmas, %i hospitals, %i pustu', (region, puskesmas, hospitals, pustu) => {
    expect(inRegion(region, 'puskesmas')).toHaveLength(puskesmas);
    expect(inRegion(region, 'hospital')).toHaveLength(hospitals);
    expect(inRegion(region, 'pustu')).toHaveLength(pustu);
  });

  test('has every area, each in a known parent', () => {
    const codes = new Set(seed.areas.map(({ code }) => code));
    expect(codes.size).toBe(708);
    expect(seed.areas.filter(({ parentCode }) => parentCode !== null && !codes.has(parentCode))).toEqual([]);
  });

  test('names a source and a day for everything', () => {
    const facts = [...seed.facilities, ...seed.facilities.flatMap(({ services }) => services), ...seed.regions];
    for (const fact of facts) {
      expect(fact.source).not.toBe('');
      expect(fact.checkedOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });

  test('calls nothing verified: no office has confirmed it yet', () => {
    const grades = new Set(seed.facilities.flatMap(({ services }) => services.map(({ grade }) => grade)));
    expect(grades).toEqual(new Set(['published']));
  });

  test('opens the UGD of all of Kukar since 11 Oct 2025, of Pasuruan since 1 Jan 2026 or earlier', () => {
    for (const { id } of inRegion('64.02', 'puskesmas')) {
      expect(statements(id, 'ugd')).toMatchObject([{ hours: '24/7', standing: 'active', validFrom: '2025-10-11' }]);
    }
    const early = '35.14-puskesmas-wonorejo';
    for (const { id } of inRegion('35.14', 'puskesmas')) {
      const validFrom = id === early ? '2025-12-01' : '2026-01-01';
      expect(statements(id, 'ugd')).toMatchObject([{ hours: '24/7', standing: 'active', validFrom }]);
      expect(statements(id, 'ambulance')).toMatchObject([{ hours: '24/7' }]);
    }
  });

  test('opens seven of Balikpapan round the clock, and no ward in any', () => {
    const open = inRegion('64.71', 'puskesmas').filter(({ id }) => statements(id, 'outpatient').length > 0);
    expect(open.map(({ name }) => name.replace('Puskesmas ', '')).sort()).toEqual([
      'Baru Ulu',
      'Karang Joang',
      'Kariangau',
      'Klandasan Ilir',
      'Manggar Baru',
      'Mekar Sari',
      'Sepinggan',
    ]);
    for (const { id, status } of inRegion('64.71', 'puskesmas')) {
      if (status === 'operating') expect(statements(id, 'inpatient')).toMatchObject([{ hours: 'off' }]);
    }
  });

  test('keeps planned, contested and open apart in Bontang', () => {
    const standings = inRegion('64.74', 'puskesmas').map(({ id }) => [
      id.slice(24),
      statements(id, 'ugd')[0]?.standing,
    ]);
    expect(Object.fromEntries(standings)).toEqual({
      barat: 'planned',
      lestari: 'contested',
      'selatan-i': 'planned',
      'selatan-ii': 'planned',
      'utara-i': 'planned',
      'utara-ii': 'planned',
    });
  });

  test('sends nobody where nobody knows', () => {
    expect(facility('64.02-rsud-aji-muhammad-idris').status).toBe('unconfirmed');
    expect(facility('64.71-puskesmas-sepinggan-baru').status).toBe('planned');
  });

  test('knows what a hospital treats', () => {
    expect(facility('64.71-rs-mata-smec-balikpapan').scope).toBe('eye');
    expect(facility('64.71-rsia-asih').scope).toBe('maternity');
    expect(facility('64.71-rs-bersalin-kasih-bunda').scope).toBe('maternity');
    expect(facility('64.02-rsud-aji-muhammad-parikesit').scope).toBe('general');
  });

  test('finds a facility by its other and former names', () => {
    expect(facility('64.71-rsud-beriman-balikpapan').aliases).toContain('RSUD Kota Balikpapan');
    expect(facility('64.02-rsud-aji-muhammad-parikesit').aliases).toContain('RSUD AM Parikesit');
    expect(facility('64.02-pusban-bukit-biru').aliases).toContain('Pustu Bukit Biru');
  });

  test('has no phone without its age, and no point without its confidence', () => {
    for (const each of seed.facilities) {
      expect(each.phone === null).toBe(each.phoneAsOf === null);
      expect(each.point === null).toBe(each.coordConfidence === 'none');
    }
  });
});
