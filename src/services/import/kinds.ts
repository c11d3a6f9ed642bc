import { AREA_COLUMNS, readArea } from './area-rows.js';
import type { Cells } from './cells.js';
import type { Columns } from './csv-table.js';
import type { Draft, RowEffect } from './draft.js';
import { EMERGENCY_NUMBER_COLUMNS, readEmergencyNumber } from './emergency-number-rows.js';
import { FACILITY_COLUMNS, readFacility } from './facility-rows.js';
import { HOLIDAY_COLUMNS, readHoliday } from './holiday-rows.js';
import { HOURS_COLUMNS, readHours } from './hours-rows.js';
import { LANDMARK_COLUMNS, readLandmark } from './landmark-rows.js';
import { REGION_COLUMNS, readRegion } from './region-rows.js';

interface ImportKindRules {
  readonly columns: Columns;
  readonly read: (cells: Cells, draft: Draft) => RowEffect | null;
}

/** Every kind of file, in the order in which they build on each other; a run reads them in this order. */
export const IMPORT_KINDS = {
  regions: { columns: REGION_COLUMNS, read: readRegion },
  'emergency-numbers': { columns: EMERGENCY_NUMBER_COLUMNS, read: readEmergencyNumber },
  areas: { columns: AREA_COLUMNS, read: readArea },
  facilities: { columns: FACILITY_COLUMNS, read: readFacility },
  hours: { columns: HOURS_COLUMNS, read: readHours },
  holidays: { columns: HOLIDAY_COLUMNS, read: readHoliday },
  landmarks: { columns: LANDMARK_COLUMNS, read: readLandmark },
} as const satisfies Record<string, ImportKindRules>;

export type ImportKind = keyof typeof IMPORT_KINDS;

export function isImportKind(text: string): text is ImportKind {
  return Object.hasOwn(IMPORT_KINDS, text);
}
