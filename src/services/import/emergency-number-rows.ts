import { numberKey } from '../../ports/snapshot.js';
import type { Cells } from './cells.js';
import { type Draft, firstTime, type RowEffect, regionOf } from './draft.js';
import { missingDay } from './region-rows.js';

export const EMERGENCY_NUMBER_COLUMNS = {
  required: ['region_code', 'number', 'kind', 'confidence', 'source', 'checked_on'],
  optional: ['position'],
} as const;

/** An emergency number; an empty region_code means that it works in the whole country. */
export function readEmergencyNumber(cells: Cells, draft: Draft): RowEffect | null {
  const region = cells.raw('region_code') === '' ? null : regionOf(draft, cells);
  const number = cells.required('number', 20);
  if (number !== '' && !/^\+?[\d\s-]{3,20}$/.test(number)) cells.fault('number', 'phone', { text: number });
  const position = cells.raw('position') || '1';
  if (!/^\d{1,3}$/.test(position)) cells.fault('position', 'whole', { text: position });
  const after = {
    regionCode: region?.code ?? null,
    position: Number(position),
    number,
    kind: cells.word('kind', { single: 'single', medical: 'medical', psc: 'psc' } as const, 'medical' as const),
    confidence: cells.word('confidence', { high: 'high', medium: 'medium', low: 'low' } as const, 'low' as const),
    source: cells.required('source', 500),
    checkedOn: cells.day('checked_on', null) ?? missingDay(cells),
  };
  const key = numberKey(after);
  if (!firstTime(draft, cells, 'emergency-number', key, 'number')) return null;
  const before = draft.emergencyNumbers.get(key) ?? null;
  draft.emergencyNumbers.set(key, after);
  return { subject: `${number} (${region?.name ?? 'whole country'})`, before, after };
}
