import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../../errors.js';
import type { Plain } from './values.js';

/** The first line of a backup. */
const header = z.object({
  tanya: z.literal('backup'),
  format: z.literal(1),
  from: z.enum(['sqlite', 'postgres']),
  at: z.number(),
  /** The migrations that had made the tables, in their order. */
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({
      name: z.string(),
      columns: z.record(z.string(), z.enum(['text', 'integer', 'real', 'boolean', 'datetime', 'bytes'])),
    }),
  ),
});
export type Header = z.infer<typeof header>;

const rowLine = z.object({
  table: z.string(),
  row: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
const lastLine = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number()), sha256: z.string() });

export interface TableRow {
  readonly table: string;
  readonly row: Readonly<Record<string, Plain>>;
}

export type Counts = Readonly<Record<string, number>>;

/** Writes a backup: one JSON object a line, packed with gzip, closed by the counts and a checksum over all lines before. */
export async function writeBackup(path: string, first: Header, rows: AsyncIterable<TableRow>): Promise<Counts> {
  const sum = createHash('sha256');
  const counts: Record<string, number> = Object.fromEntries(first.tables.map(({ name }) => [name, 0]));
  const packed = createGzip();
  const written = pipeline(packed, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  // Heard at the end; until then a full disk must not end the process.
  written.catch(() => undefined);
  const write = async (value: unknown) => {
    const line = `${JSON.stringify(value)}\n`;
    sum.update(line);
    if (!packed.write(line)) await Promise.race([once(packed, 'drain'), written]);
  };
  await write(first);
  for await (const row of rows) {
    counts[row.table] = (counts[row.table] ?? 0) + 1;
    await write(row);
  }
  packed.end(`${JSON.stringify({ end: true, rows: counts, sha256: sum.digest('hex') })}\n`);
  await written;
  return counts;
}

/** Reads a backup from its first line to its last and gives each row. Throws BACKUP_FAULTY when a byte of it is not as it was written. */
export async function readBackup(
  path: string,
  onHeader: (header: Header) => void | Promise<void>,
  onRow: (row: TableRow) => void | Promise<void>,
): Promise<Counts> {
  const sum = createHash('sha256');
  const counts: Record<string, number> = {};
  let ended: z.infer<typeof lastLine> | null = null;
  let number = 0;
  for await (const line of linesOf(path)) {
    number += 1;
    const value = jsonOf(line, number);
    if (ended !== null) throw faulty('it goes on after its end');
    const end = lastLine.safeParse(value);
    if (end.success) {
      ended = end.data;
      continue;
    }
    sum.update(`${line}\n`);
    if (number === 1) {
      const first = header.safeParse(value);
      if (!first.success) throw faulty('it does not begin as a backup of this program does');
      for (const { name } of first.data.tables) counts[name] = 0;
      await onHeader(first.data);
      continue;
    }
    const row = rowLine.safeParse(value);
    if (!row.success || counts[row.data.table] === undefined) throw faulty(`line ${number} is no row of its tables`);
    counts[row.data.table] = (counts[row.data.table] ?? 0) + 1;
    await onRow(row.data);
  }
  if (ended === null) throw faulty('it ends too early');
  if (ended.sha256 !== sum.digest('hex')) throw faulty('its checksum is not that of its lines');
  const missing = Object.keys(counts).filter((name) => counts[name] !== ended?.rows[name]);
  if (missing.length > 0) throw faulty(`rows are missing in ${missing.join(', ')}`);
  return counts;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const unpacked = createGunzip();
  const read = pipeline(file, unpacked);
  read.catch(() => undefined);
  try {
    yield* createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
    await read;
  } catch (error) {
    if (error instanceof AppError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new AppError('NOT_FOUND', `there is no file ${path}`);
    throw faulty('it cannot be unpacked to its end');
  }
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw faulty(`line ${number} cannot be read`);
  }
}

function faulty(why: string): AppError {
  return new AppError('BACKUP_FAULTY', `The backup is not whole: ${why}.`);
}
