import type { StaffMember } from '../domain/staff.js';
import { AppError } from '../errors.js';
import { isImportKind } from './import/kinds.js';
import { changesAnything, type ImportFile, type ImportPlan, importFiles, planImport } from './import-facilities.js';
import { csvOf } from './spreadsheet-cell.js';
import { authorOf, type Desk } from './staff-desk.js';
import { refuseHugeArchive } from './zip-size.js';

/** The largest file that is taken, in bytes. */
export const LARGEST_UPLOAD = 10_000_000;
/** What an XLSX file may unpack to: three times a workbook of all 10,300 puskesmas of the country. */
const LARGEST_WORKBOOK = 50_000_000;

/**
 * A file of the office as files of the import. Of an XLSX file each sheet that bears the name of a kind is one (a single
 * sheet may bear any name); cells are read as what they show: a formula as its last result, a date as a day. Throws
 * INPUT_INVALID when it cannot be read.
 */
export async function uploadedFiles(name: string, content: Buffer, kind: string): Promise<readonly ImportFile[]> {
  if (!isImportKind(kind)) throw new AppError('INPUT_INVALID', 'no such kind of file');
  // Every XLSX file is a ZIP archive, and begins like one.
  if (content.subarray(0, 2).toString('latin1') !== 'PK') return [{ kind, name, content }];
  await refuseHugeArchive(content, LARGEST_WORKBOOK);
  // Loaded when the first workbook comes: few processes ever see one.
  const { default: readXlsxFile } = await import('read-excel-file/node');
  const sheets = await readXlsxFile(content).catch((error: unknown) => {
    throw new AppError('INPUT_INVALID', 'not readable as XLSX', { cause: error });
  });
  const named = sheets.filter(({ sheet }) => isImportKind(sheet));
  const taken = named.length > 0 ? named : sheets.slice(0, 1);
  return taken.map(({ sheet, data }) => ({
    kind: isImportKind(sheet) ? sheet : kind,
    name: `${name}, ${sheet}`,
    content: Buffer.from(csvOf(data.map((row) => row.map(cellText)))),
  }));
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return String(value).replace(/^'(?=[=@+-])/, '');
}

/** What the files would change; nothing is written. */
export async function rehearseImport(desk: Desk, files: readonly ImportFile[]): Promise<ImportPlan> {
  return planImport(files, await desk.store.data.snapshot(), desk.hoursFault);
}

/** Writes the files. Throws STORE_BUSY when somebody changed the data in between. */
export async function takeImport(desk: Desk, member: StaffMember, files: readonly ImportFile[]): Promise<ImportPlan> {
  const plan = await importFiles(desk.store.data, files, desk.hoursFault, authorOf(desk, member));
  await desk.refresh();
  return plan;
}

/** The regions that a plan touches; null stands for the whole country (areas, national holidays and numbers). */
export function regionsTouched({ change }: ImportPlan): ReadonlySet<string | null> {
  return new Set<string | null>([
    ...change.regions.map(({ code }) => code),
    ...change.facilities.map(({ regionCode }) => regionCode),
    ...change.landmarks.map(({ regionCode }) => regionCode),
    ...change.holidays.map(({ regionCode }) => regionCode),
    ...change.emergencyNumbers.map(({ regionCode }) => regionCode),
    ...change.areas.map(({ code }) => code.split('.').slice(0, 2).join('.')),
  ]);
}

/** The lines of a plan that do something, as text to compare two plans by. */
export function planText(plan: ImportPlan): string {
  return JSON.stringify([plan.rows.filter(({ what }) => what !== 'unchanged'), plan.faults, changesAnything(plan)]);
}
