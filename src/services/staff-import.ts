import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { StaffMember } from '../domain/staff.js';
import { MINUTE } from '../domain/time.js';
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

/** Names what a plan does: two plans of the same mark change the same lines in the same way. */
export function planMark(plan: ImportPlan): string {
  const rows = plan.rows.filter(({ what }) => what !== 'unchanged');
  return createHash('sha256')
    .update(JSON.stringify([rows, plan.faults, changesAnything(plan)]))
    .digest('base64url');
}

/** How long a rehearsed file waits for the second tap. */
const KEPT_MS = 15 * MINUTE;

/** A file that was rehearsed and waits for the second tap. */
export interface Rehearsal {
  readonly files: readonly ImportFile[];
  /** The mark of the plan that was shown. */
  readonly mark: string;
}

/** Of one member: somebody may rehearse on the telephone and at the desk. */
const MOST_KEPT = 3;

const kept = z.array(
  z.object({
    token: z.string(),
    sessionId: z.string(),
    until: z.number(),
    mark: z.string(),
    files: z.array(z.object({ kind: z.string().refine(isImportKind), name: z.string(), content: z.string() })),
  }),
);

/**
 * Keeps a rehearsed file in the store, so that the second tap may reach any process. Gives the token that the form
 * carries.
 */
export async function keepRehearsal(
  desk: Desk,
  member: StaffMember,
  sessionId: string,
  { files, mark }: Rehearsal,
): Promise<string> {
  const token = randomUUID();
  const texts = files.map((file) => ({ ...file, content: Buffer.from(file.content).toString('base64') }));
  const others = await waiting(desk, member);
  await putWaiting(desk, member, [
    ...others.slice(1 - MOST_KEPT),
    { token, sessionId, until: desk.now() + KEPT_MS, mark, files: texts },
  ]);
  return token;
}

/** Takes the file that waits under the token out, for the session that rehearsed it; null when there is none. */
export async function takeRehearsal(
  desk: Desk,
  member: StaffMember,
  sessionId: string,
  token: string,
): Promise<Rehearsal | null> {
  const all = await waiting(desk, member);
  const found = all.find((each) => each.token === token && each.sessionId === sessionId);
  if (found === undefined) return null;
  await putWaiting(
    desk,
    member,
    all.filter((each) => each !== found),
  );
  const files = found.files.map((file) => ({ ...file, content: Buffer.from(file.content, 'base64') }));
  return { mark: found.mark, files };
}

/** The member's rehearsals whose time is not over, the oldest first. */
async function waiting(desk: Desk, member: StaffMember): Promise<z.infer<typeof kept>> {
  const text = await desk.store.meta.get(rehearsalKey(member));
  if (text === null || text === '') return [];
  const all = kept.parse(JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString()));
  return all.filter(({ until }) => until >= desk.now());
}

async function putWaiting(desk: Desk, member: StaffMember, all: z.infer<typeof kept>): Promise<void> {
  const text = all.length === 0 ? '' : gzipSync(JSON.stringify(all)).toString('base64');
  await desk.store.meta.set(rehearsalKey(member), text);
}

function rehearsalKey({ id }: StaffMember): string {
  return `import/${id}`;
}
