import { parse } from 'csv-parse/sync';
import { type Fault, type FaultCode, type FaultParams, faultAt } from './fault.js';

/** A file handed to the import; `name` only serves messages. */
export interface CsvFile {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface TableRow {
  readonly line: number;
  /** Trimmed cells by column; a column that the file does not have is the empty text. */
  cell(column: string): string;
}

export interface Columns {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  /** For a column that is not known: what to write instead, or null. */
  readonly hint?: (column: string) => FaultCode | null;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly columns: readonly string[];
  readonly faults: readonly Fault[];
}

const LARGEST_FILE = 20_000_000;

/**
 * Reads a CSV file as Indonesian offices save it: UTF-8 with or without BOM, LF or CRLF, separated by comma,
 * semicolon (Excel in Indonesian) or tab. The names in the header must be exactly those known; their order is free.
 */
export function readTable(file: CsvFile, columns: Columns): Table {
  const refuse = (line: number, code: FaultCode, params: FaultParams = {}): Table => ({
    rows: [],
    columns: [],
    faults: [faultAt({ file: file.name, line, field: null }, code, params)],
  });
  if (file.content.length > LARGEST_FILE) return refuse(1, 'tooLarge');
  const text = decode(file.content);
  if (text === null) return refuse(1, 'encoding');
  if (text.trim() === '') return refuse(1, 'nothing');
  let records: readonly ParsedRecord[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      raw: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as readonly ParsedRecord[];
  } catch (error) {
    return refuse(lineOf(error), 'csv', { why: error instanceof Error ? error.message : '?' });
  }
  return tableOf(file.name, records, columns);
}

/** What csv-parse gives with `info` and `raw`; `info.lines` is the last line of the record. */
interface ParsedRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

function tableOf(file: string, records: readonly ParsedRecord[], columns: Columns): Table {
  const [header, ...body] = records;
  if (!header) return { rows: [], columns: [], faults: [faultAt({ file, line: 1, field: null }, 'noHeader')] };
  const faults: Fault[] = headerFaults(file, header.record, columns);
  if (faults.length > 0) return { rows: [], columns: header.record, faults };
  const position = new Map(header.record.map((column, at) => [column, at]));
  const rows: TableRow[] = [];
  for (const { record, raw, info } of body) {
    const line = info.lines - (raw.trim().match(/\r\n|\r|\n/g)?.length ?? 0);
    if (record.every((cell) => cell === '')) continue;
    if (record.length !== header.record.length) {
      const figures = { cells: record.length, columns: header.record.length };
      faults.push(faultAt({ file, line, field: null }, 'cells', figures));
      continue;
    }
    rows.push({ line, cell: (column) => record[position.get(column) ?? -1] ?? '' });
  }
  return { rows, columns: header.record, faults };
}

function headerFaults(file: string, names: readonly string[], columns: Columns): Fault[] {
  const faults: Fault[] = [];
  const add = (field: string, code: FaultCode) => faults.push(faultAt({ file, line: 1, field }, code));
  const known = new Set([...columns.required, ...columns.optional]);
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) !== at) add(name, 'twice');
    else if (!known.has(name)) {
      add(name, columns.hint?.(name) ?? 'column');
    }
  }
  for (const name of columns.required) if (!names.includes(name)) add(name, 'columnMissing');
  return faults;
}

function decode(content: Uint8Array): string | null {
  try {
    // The decoder drops a byte order mark; a UTF-16 one is no valid UTF-8 and lands in the catch.
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

/** The separator that occurs most in the header, which holds no quoted text of ours. */
function delimiterOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

function lineOf(error: unknown): number {
  const lines = error !== null && typeof error === 'object' && 'lines' in error ? error.lines : 1;
  return typeof lines === 'number' ? lines : 1;
}
