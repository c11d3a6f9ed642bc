import { describe, expect, it } from 'vitest';
import type { HourCount } from '../../src/ports/activity.js';
import { demandOf } from '../../src/services/staff-demand.js';
import type { Desk } from '../../src/services/staff-desk.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { MONDAY, WORLD } from './house.js';

const KUKAR = WORLD.directory.region('64.02');

function deskWith(counts: readonly HourCount[]): Desk {
  const store = createMemoryStore();
  return {
    store: { ...store, activity: { ...store.activity, questionsByHour: async () => counts } },
    world: () => WORLD,
    now: () => MONDAY,
    refresh: async () => {},
    hoursFault: () => null,
    channels: () => ({}),
  };
}
const row = (hour: number, areaCode: string | null, found: string, count: number, service: string | null = null) => ({
  kind: 'question_answered',
  data: { areaCode, found, service },
  hour,
  count,
});

describe('where help was missing', () => {
  it('counts by kecamatan and service, by stretches of three hours, and hides what is below five', async () => {
    if (!KUKAR) throw new Error('the region is not shipped');
    const demand = await demandOf(
      deskWith([
        row(0, '64.02.06.1001', 'none', 3),
        row(2, '64.02.06', 'none', 4),
        row(3, '64.02.06', 'none', 2),
        row(10, '64.02.06', 'open', 9),
        row(167, '64.02.01', 'none', 6, 'ugd'),
        row(50, '64.02.02', 'none', 4),
        row(50, '64.74.01', 'none', 50),
        row(50, '64.021', 'none', 50),
        row(50, null, 'none', 50),
      ]),
      KUKAR,
    );
    expect(demand.asked).toBe(28);
    expect(demand.nothingOpen).toBe(19);
    expect(demand.grid[0]?.slice(0, 3)).toEqual([7, null, 0]);
    expect(demand.grid[6]?.[7]).toBe(6);
    expect(demand.grid[2]?.[0]).toBe(null);
    expect(demand.rows).toEqual([
      { areaCode: '64.02.06', service: null, asked: 18, nothingOpen: 9 },
      { areaCode: '64.02.01', service: 'ugd', asked: 6, nothingOpen: 6 },
    ]);
    expect(demand.areas).toEqual([
      { areaCode: '64.02.06', asked: 18, nothingOpen: 9 },
      { areaCode: '64.02.01', asked: 6, nothingOpen: 6 },
    ]);
  });

  it.each([
    ['nothing is left over', [5, 6], 11],
    ['so few are left over that the difference would tell', [5, 6, 4], 11],
    ['enough are left over', [5, 6, 4, 3], 18],
    ['every part is hidden, the whole is not', [4, 4], 8],
    ['all is hidden', [4], undefined],
  ] as const)('totals a kecamatan where %s', async (_, parts, total) => {
    if (!KUKAR) throw new Error('the region is not shipped');
    const services = ['ugd', 'laboratory', 'pharmacy', 'dental'];
    const rows = parts.map((count, at) => row(1, '64.02.06', 'open', count, services[at]));
    expect((await demandOf(deskWith(rows), KUKAR)).areas[0]?.asked).toBe(total);
  });
});
