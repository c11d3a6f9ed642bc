import type { Author, DataChange, FacilityStore } from '../ports/facility-store.js';
import type { Snapshot } from '../ports/snapshot.js';
import { Cells, type HoursCheck } from './import/cells.js';
import { type CsvFile, readTable } from './import/csv-table.js';
import { type Draft, draftOf, type RowEffect, snapshotOf } from './import/draft.js';
import type { Fault } from './import/fault.js';
import { IMPORT_KINDS, type ImportKind } from './import/kinds.js';

export interface ImportFile extends CsvFile {
  readonly kind: ImportKind;
}

/** A field that a row changes, as text for people. */
export interface FieldChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** What a row would do. */
export interface RowChange {
  readonly file: string;
  readonly line: number;
  readonly subject: string;
  readonly what: 'new' | 'changed' | 'unchanged' | 'removed';
  readonly fields: readonly FieldChange[];
}

export interface ImportPlan {
  readonly rows: readonly RowChange[];
  /** Any fault means that nothing is written. */
  readonly faults: readonly Fault[];
  /** The data as it would be. */
  readonly after: Snapshot;
  /** What has to be written to get there. */
  readonly change: DataChange;
}

/**
 * Says what a set of CSV files would change, without changing it. Files may build on each other: the regions of a
 * new kabupaten, its areas and its facilities go through in one run. Every faulty row is reported, not just the first.
 */
export function planImport(files: readonly ImportFile[], current: Snapshot, checkHours: HoursCheck): ImportPlan {
  const draft = draftOf(current, checkHours);
  const rows: RowChange[] = [];
  const faults: Fault[] = [];
  for (const kind of Object.keys(IMPORT_KINDS) as ImportKind[]) {
    for (const file of files) if (file.kind === kind) readFile(file, draft, rows, faults);
    draft.read.clear();
  }
  return {
    rows,
    faults,
    after: {
      ...snapshotOf(draft, current.version),
      exceptions: current.exceptions,
      ruleVersions: current.ruleVersions,
    },
    change: changeOf(draft, current),
  };
}

/**
 * Plans the files onto the store's data and, unless a fault was found, writes them as one change. Throws STORE_BUSY when someone changed the data in between: then nothing was written.
 */
export async function importFiles(
  data: FacilityStore,
  files: readonly ImportFile[],
  checkHours: HoursCheck,
  author: Author,
): Promise<ImportPlan> {
  const current = await data.snapshot();
  const plan = planImport(files, current, checkHours);
  if (plan.faults.length === 0 && changesAnything(plan)) await data.apply(plan.change, author, current.version);
  return plan;
}

/** False when the store holds all of it already. */
export function changesAnything(plan: ImportPlan): boolean {
  return Object.values(plan.change).some((records) => records.length > 0);
}

function readFile(file: ImportFile, draft: Draft, rows: RowChange[], faults: Fault[]): void {
  const rules = IMPORT_KINDS[file.kind];
  const table = readTable(file, rules.columns);
  faults.push(...table.faults);
  for (const row of table.rows) {
    const wrong: Fault[] = [];
    const effect = rules.read(new Cells(file.name, row, wrong), draft);
    faults.push(...wrong);
    if (effect && wrong.length === 0) rows.push({ file: file.name, line: row.line, ...describe(effect) });
  }
}

function describe({ subject, before, after }: RowEffect): Omit<RowChange, 'file' | 'line'> {
  if (after === null) return { subject, what: before === null ? 'unchanged' : 'removed', fields: [] };
  if (before === null) return { subject, what: 'new', fields: [] };
  const fields = changedFields(before, after);
  return { subject, what: fields.length === 0 ? 'unchanged' : 'changed', fields };
}

function changedFields(before: object, after: object): FieldChange[] {
  const [old, now] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((field) => {
    const [from, to] = [written(old.get(field)), written(now.get(field))];
    return from === to ? [] : [{ field, from, to }];
  });
}

/** A value as text: what is empty reads as nothing. */
function written(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The records that are not, or not so, in the current data. The draft keeps an untouched record as the same object. */
function changeOf(draft: Draft, current: Snapshot): DataChange {
  const changed = <T>(now: ReadonlyMap<string, T>, before: readonly T[]): readonly T[] => {
    const same = new Set(before);
    const texts = new Set(before.map((record) => JSON.stringify(record)));
    return [...now.values()].filter((record) => !same.has(record) && !texts.has(JSON.stringify(record)));
  };
  return {
    regions: changed(draft.regions, current.regions),
    emergencyNumbers: changed(draft.emergencyNumbers, current.emergencyNumbers),
    areas: changed(draft.areas, current.areas),
    facilities: changed(draft.facilities, current.facilities),
    holidays: changed(draft.holidays, current.holidays),
    landmarks: changed(draft.landmarks, current.landmarks),
  };
}
