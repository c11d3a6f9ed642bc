import { describe, expect, it } from 'vitest';
import type { HoursException } from '../../src/domain/facility.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { previewAnswer } from '../../src/services/staff-preview.js';
import { buildWorld } from '../../src/world.js';

const SNAPSHOT = loadSeedSnapshot();
const at = (text: string) => Date.parse(`${text}:00+08:00`);

/** What somebody new is told while the exception is in the data. */
function told(exception: Partial<HoursException>, question: string, when: string): string {
  const entered: HoursException = {
    id: 'the office says so',
    facilityId: null,
    regionCode: '64.02',
    service: null,
    from: at('2026-11-22T18:00'),
    to: at('2026-11-24T12:00'),
    hours: null,
    reason: 'banjir',
    grade: 'verified',
    source: 'Dinas Kesehatan Contoh',
    checkedOn: '2026-11-22',
    ...exception,
  };
  const world = buildWorld({ ...SNAPSHOT, exceptions: [entered] });
  return previewAnswer({ world: () => world }, question, at(when)).join('\n');
}

describe('closed by the office', () => {
  const LOA_IPUH = { facilityId: '64.02-puskesmas-loa-ipuh' };
  const ASKS = 'puskesmas loa ipuh buka?';

  it.each([
    ['the whole house: its emergency unit is named as closed too', LOA_IPUH, '2026-11-22T21:00', /UGD: tutup: banjir/],
    ['the emergency unit alone', { ...LOA_IPUH, service: 'ugd' as const }, '2026-11-22T21:00', /UGD: tutup: banjir/],
    [
      'outpatient care alone: the unit is open',
      { ...LOA_IPUH, service: 'outpatient' as const },
      '2026-11-23T09:00',
      /UGD: buka 24 jam/,
    ],
  ])('%s', (_what, exception, when, said) => {
    expect(told(exception, ASKS, when)).toMatch(said);
  });

  it('no emergency unit is closed where none is recorded', () => {
    const facility = SNAPSHOT.facilities.find(
      (each) =>
        each.kind === 'puskesmas' &&
        each.status === 'operating' &&
        !each.services.some(({ service }) => service === 'ugd'),
    );
    expect(facility).toBeDefined();
    const closed = { facilityId: facility?.id ?? '', regionCode: facility?.regionCode ?? '' };
    const answer = told(closed, `${facility?.name} buka?`, '2026-11-23T09:00');
    expect(answer).toMatch(/Rawat jalan: tutup: banjir/);
    expect(answer).not.toMatch(/UGD: tutup/);
  });

  it('in a list, nobody is left to think that the closed emergency unit is open', () => {
    const [, house = ''] = told(LOA_IPUH, 'puskesmas yang buka sekarang di tenggarong', '2026-11-22T21:00').split(
      /Puskesmas Loa Ipuh\n/,
    );
    expect(house.split('\n')[0]).toMatch(/^UGD: tutup: banjir/);
  });
});

describe('special hours', () => {
  const ramadan = {
    hours: 'Mo-Fr 08:00-12:00',
    to: at('2026-12-20T00:00'),
    reason: 'sesuai edaran: jam Ramadan',
  };

  it.each([
    ['open', '2026-11-23T09:00', 'Rawat jalan: buka sampai 12.00 (jam khusus: sesuai edaran: jam Ramadan).'],
    [
      'closed for the night, not until they end',
      '2026-11-23T13:30',
      'Rawat jalan: tutup, buka lagi Selasa 24 Nov 08.00 (jam khusus: sesuai edaran: jam Ramadan).',
    ],
  ])('%s', (_what, when, said) => {
    expect(told(ramadan, 'puskesmas rapak mahang buka?', when)).toContain(said);
  });
});

describe('the hours of the day', () => {
  it.each([
    ['today', 'puskesmas loa ipuh buka jam berapa hari ini?', 'Jam hari ini: 12.00–15.00.'],
    ['tomorrow', 'puskesmas loa ipuh besok jam 9 buka?', 'Jam Selasa 24 Nov: 12.00–15.00.'],
  ])('%s are told of the day that was asked about', (day, question, said) => {
    const noon = at(`2026-11-${day === 'today' ? 23 : 24}T12:00`);
    expect(told({ facilityId: '64.02-puskesmas-loa-ipuh', to: noon }, question, '2026-11-23T10:00')).toContain(said);
  });
});
