import { isZone, type Zone } from '../../domain/time.js';
import type { Cells } from './cells.js';
import { type Draft, firstTime, putArea, type RowEffect } from './draft.js';

export const REGION_COLUMNS = {
  required: ['code', 'name', 'zone', 'source', 'checked_on'],
  optional: ['aliases', 'office_contact'],
} as const;

const ZONES: Readonly<Record<string, Zone>> = { wib: 'Asia/Jakarta', wita: 'Asia/Makassar', wit: 'Asia/Jayapura' };

/** A kabupaten or kota. Its own entry among the areas is made with it. */
export function readRegion(cells: Cells, draft: Draft): RowEffect | null {
  const code = cells.required('code');
  if (code !== '' && !/^\d{2}\.\d{2}$/.test(code)) {
    cells.fault('code', /^\d{4}$/.test(code) ? 'regionBps' : 'region', { code });
  }
  if (!firstTime(draft, cells, 'region', code, 'code')) return null;
  const before = draft.regions.get(code) ?? null;
  const aliases = listOf(cells.text('aliases', null)) ?? before?.aliases;
  const after = {
    code,
    name: cells.required('name', 120),
    ...(aliases ? { aliases } : {}),
    zone: zoneOf(cells),
    officeContact: cells.text('office_contact', before?.officeContact ?? null),
    source: cells.required('source', 500),
    checkedOn: cells.day('checked_on', null) ?? missingDay(cells),
  };
  draft.regions.set(code, after);
  if (!draft.areas.has(code)) {
    putArea(draft, { code, level: 'kabupaten_kota', name: after.name, parentCode: null, centroid: null });
  }
  return { subject: `${code} ${after.name}`, before, after };
}

function zoneOf(cells: Cells): Zone {
  const text = cells.required('zone');
  const zone = ZONES[text.toLowerCase()] ?? text;
  if (isZone(zone)) return zone;
  if (text !== '') cells.fault('zone', 'noneOf', { text, words: 'WIB, WITA, WIT' });
  return 'Asia/Jakarta';
}

/** Names in one cell, separated by semicolons; null when the cell is empty. */
export function listOf(text: string | null): readonly string[] | null {
  if (text === null) return null;
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** For a day that must be given. */
export function missingDay(cells: Cells, field = 'checked_on'): string {
  cells.fault(field, 'empty');
  return '';
}
