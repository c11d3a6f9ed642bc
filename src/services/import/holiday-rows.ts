import type { Holiday } from '../../domain/facility.js';
import { holidayKey } from '../../ports/snapshot.js';
import type { Cells } from './cells.js';
import { type Draft, firstTime, type RowEffect, regionOf } from './draft.js';
import { missingDay } from './region-rows.js';

export const HOLIDAY_COLUMNS = { required: ['date', 'kind', 'name', 'source'], optional: ['region_code'] } as const;

/** A holiday by decree; only a regional one names a region. */
export function readHoliday(cells: Cells, draft: Draft): RowEffect | null {
  const kinds = { national: 'national', joint_leave: 'joint_leave', regional: 'regional' } as const;
  const kind = cells.word<Holiday['kind']>('kind', kinds, 'national');
  if (cells.raw('kind') === '') cells.fault('kind', 'empty');
  const region = cells.raw('region_code') === '' ? null : regionOf(draft, cells);
  if (kind === 'regional' && cells.raw('region_code') === '') cells.fault('region_code', 'regional');
  if (kind !== 'regional' && region) cells.fault('region_code', 'national', { kind });
  const after: Holiday = {
    date: cells.day('date', null) ?? missingDay(cells, 'date'),
    kind,
    name: cells.required('name', 200),
    regionCode: region?.code ?? null,
    source: cells.required('source', 500),
  };
  const key = holidayKey(after);
  if (!firstTime(draft, cells, 'holiday', key, 'date')) return null;
  const before = draft.holidays.get(key) ?? null;
  draft.holidays.set(key, after);
  return { subject: `${after.date} ${after.name}`, before, after };
}
