import { AppError } from '../errors.js';
import type { Author, ChangeQuery, ChangeRecord, DataChange, FacilityStore } from '../ports/facility-store.js';
import { holidayKey, numberKey } from '../ports/snapshot.js';
import {
  AREAS,
  EMERGENCY_NUMBERS,
  EXCEPTIONS,
  FACILITIES,
  FACILITY_NAMES,
  HOLIDAYS,
  LANDMARKS,
  nameRows,
  REGIONS,
  type RecordTable,
  RULE_VERSIONS,
  SERVICE_HOURS,
  statementRows,
} from './data-tables.js';
import type { Database, Transaction } from './database.js';
import { readSnapshot } from './snapshot.js';
import { exceptionRecord, facilityRecord, numberRecord, regionRecord, ruleVersionRecord } from './snapshot-rows.js';
import { ask, type Row, type TableShape, textOrNull, upsert } from './sql.js';

/** The data version is a row of `store_meta`; where it is missing, nothing was ever loaded. */
const VERSION = 'data_version';

/** What staff keep true, over the database. */
export function createFacilityStore(database: Database): FacilityStore {
  const version = async () => {
    const row = await database.reader.meta.findUnique({ where: { key: VERSION } });
    return row ? Number(row.value) : 0;
  };
  /** A change and what goes with it. Raising the version comes first: it takes the write lock before anything is read. */
  const change = (author: Author, work: (log: ChangeLog) => Promise<void>, fromVersion?: number) =>
    database.write(async (transaction) => {
      const next = await raiseVersion(transaction);
      if (fromVersion !== undefined && next !== fromVersion + 1) throw movedOn();
      const log = new ChangeLog(database, transaction, author, next);
      await work(log);
      await log.write();
      return next;
    });
  const find = async ({ who, what, subject, from, to, limit, skip }: ChangeQuery): Promise<readonly ChangeRecord[]> => {
    const at = { ...(from === null ? {} : { gte: BigInt(from) }), ...(to === null ? {} : { lt: BigInt(to) }) };
    const rows = await database.reader.change.findMany({
      where: {
        ...(who === null ? {} : { who }),
        ...(what === null ? {} : { what }),
        ...(subject === null ? {} : { subject }),
        ...(from === null && to === null ? {} : { at }),
      },
      orderBy: { id: 'desc' },
      take: limit,
      skip,
    });
    return rows.map(({ id: _, at: moment, ...row }): ChangeRecord => ({ ...row, at: Number(moment) }));
  };
  return {
    version,
    snapshot: () => readSnapshot(database, VERSION),
    apply: (records, author, fromVersion) => change(author, (log) => putAll(log, records), fromVersion),
    seed: (records, author) =>
      database.write(async (transaction) => {
        const first = await transaction.run(
          ask(
            `INSERT INTO store_meta (key, value) VALUES ('${VERSION}', '1') ON CONFLICT (key) DO NOTHING RETURNING key`,
          ),
        );
        if (first.length === 0) return false;
        const log = new ChangeLog(database, transaction, author, 1);
        await putAll(log, records);
        // The shipped records carry their sources; a line each would only bury what people change later.
        log.onlySay('seed', 'the shipped data was loaded');
        await log.write();
        return true;
      }),
    putException: (exception, author) => change(author, (log) => log.put(EXCEPTIONS, [exception])),
    putExceptions: (exceptions, author) => change(author, (log) => log.put(EXCEPTIONS, exceptions)),
    numbers: async () => {
      const rows = await database.reader.emergencyNumber.findMany({
        orderBy: [{ regionCode: 'asc' }, { position: 'asc' }],
      });
      return rows.map(numberRecord).sort((a, b) => Number(a.regionCode !== null) - Number(b.regionCode !== null));
    },
    regions: async () => (await database.reader.region.findMany({ orderBy: { code: 'asc' } })).map(regionRecord),
    exceptions: async (regionCodes) => {
      const where = { regionCode: { in: [...regionCodes] } };
      const rows = await database.reader.hoursException.findMany({ where, orderBy: { from: 'desc' } });
      return rows.map(exceptionRecord);
    },
    removeException: (id, author) => change(author, (log) => log.remove(EXCEPTIONS.table, 'id', id)),
    removeHoliday: (holiday, author) => change(author, (log) => log.remove(HOLIDAYS.table, 'key', holidayKey(holiday))),
    removeNumber: (number, author) =>
      change(author, (log) => log.remove(EMERGENCY_NUMBERS.table, 'key', numberKey(number))),
    ruleVersions: async () =>
      (await database.reader.ruleVersion.findMany({ orderBy: { id: 'asc' } })).map(ruleVersionRecord),
    putRuleVersion: (version, author, fromVersion) =>
      change(author, (log) => log.put(RULE_VERSIONS, [version]), fromVersion),
    facility: async (id) => {
      const include = { names: { orderBy: { position: 'asc' } }, hours: true } as const;
      const row = await database.reader.facility.findUnique({ where: { id }, include });
      return row && facilityRecord(row);
    },
    note: async (line, author) => {
      await change(author, async (log) => log.add(line));
    },
    changes: (limit, subject) => find({ ...EVERY_CHANGE, limit, subject: subject ?? null }),
    findChanges: find,
  };
}

const EVERY_CHANGE = { who: null, what: null, subject: null, from: null, to: null, skip: 0 } as const;

function movedOn(): AppError {
  return new AppError('STORE_BUSY', 'the data was changed by someone else meanwhile');
}

async function raiseVersion(transaction: Transaction): Promise<number> {
  const [row] = await transaction.run(
    ask(
      `INSERT INTO store_meta (key, value) VALUES ('${VERSION}', '1')
       ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(store_meta.value AS INTEGER) + 1 AS TEXT) RETURNING value`,
    ),
  );
  return Number(row?.value);
}

/** Parents before children, as the foreign keys want. */
async function putAll(log: ChangeLog, records: DataChange): Promise<void> {
  await log.put(REGIONS, records.regions);
  await log.put(EMERGENCY_NUMBERS, records.emergencyNumbers);
  await log.put(AREAS, records.areas);
  await log.put(FACILITIES, records.facilities);
  await log.replaceParts(FACILITY_NAMES, records.facilities, nameRows);
  await log.replaceParts(SERVICE_HOURS, records.facilities, statementRows);
  await log.put(HOLIDAYS, records.holidays);
  await log.put(LANDMARKS, records.landmarks);
}

interface Line {
  readonly what: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Writes records and remembers what each write changed; `write` puts that into the change log. */
class ChangeLog {
  readonly #database: Database;
  readonly #transaction: Transaction;
  readonly #author: Author;
  readonly #version: number;
  #lines: Line[] = [];

  constructor(database: Database, transaction: Transaction, author: Author, version: number) {
    this.#database = database;
    this.#transaction = transaction;
    this.#author = author;
    this.#version = version;
  }

  async put<T>(table: RecordTable<T>, records: readonly T[]): Promise<void> {
    if (records.length === 0) return;
    const rows = records.map((record) => table.row(record));
    const [key = ''] = table.key;
    const before = await this.#existing(table, key, rows);
    await this.#transaction.run(upsert(this.#database.dialect, table, rows));
    for (const [at, row] of rows.entries()) {
      const old = before.get(String(row[key]));
      this.#note(table.table, table.subject(records[at]!), old ?? null, row);
    }
  }

  /** Replaces all the rows that belong to these facilities. */
  async replaceParts<T extends { readonly id: string }>(
    shape: TableShape,
    owners: readonly T[],
    rowsOf: (owner: T) => readonly Row[],
  ): Promise<void> {
    if (owners.length === 0) return;
    const ids = JSON.stringify(owners.map(({ id }) => ({ id })));
    const list = `(SELECT r.id FROM ${this.#database.dialect.rows('r', { id: 'text' })})`;
    const old = await this.#transaction.run(
      ask(
        `DELETE FROM ${shape.table} WHERE facility_id IN ${list} RETURNING ${Object.keys(shape.columns).join(', ')}`,
        ids,
      ),
    );
    const rows = owners.flatMap(rowsOf);
    if (rows.length > 0) await this.#transaction.run(upsert(this.#database.dialect, shape, rows));
    const [before, after] = [partsByOwner(old, shape), partsByOwner(rows, shape)];
    for (const { id } of owners) this.#note(shape.table, id, before.get(id) ?? [], after.get(id) ?? []);
  }

  async remove(table: string, key: string, value: string): Promise<void> {
    const gone = await this.#transaction.run(ask(`DELETE FROM ${table} WHERE ${key} = ? RETURNING *`, value));
    for (const row of gone) this.#note(table, String(row.facility_id ?? row.region_code ?? value), row, null);
  }

  add(line: Line): void {
    this.#lines.push(line);
  }

  /** One line instead of those remembered so far. */
  onlySay(what: string, after: string): void {
    this.#lines = [{ what, subject: what, before: null, after }];
  }

  async write(): Promise<void> {
    if (this.#lines.length === 0) return;
    const columns = {
      id: 'text',
      at: 'integer',
      who: 'text',
      what: 'text',
      subject: 'text',
      before: 'text',
      after: 'text',
    };
    // The version first: the ids stand in the order of the changes, whatever the clocks of two processes say.
    const id = (at: number) => `${padded(this.#version)}/${padded(at)}`;
    const rows = this.#lines.map((line, at) => ({ id: id(at), ...this.#author, ...line }));
    const shape = { table: 'change_log', key: ['id'], columns: columns as TableShape['columns'] };
    await this.#transaction.run(upsert(this.#database.dialect, shape, rows));
  }

  async #existing<T>(table: RecordTable<T>, key: string, rows: readonly Row[]): Promise<ReadonlyMap<string, Row>> {
    const found = await this.#transaction.run(
      ask(
        `SELECT ${Object.keys(table.columns)
          .map((column) => `t.${column}`)
          .join(', ')} FROM ${table.table} t
         JOIN ${this.#database.dialect.rows('r', { k: 'text' })} ON t.${key} = r.k`,
        JSON.stringify(rows.map((row) => ({ k: row[key] }))),
      ),
    );
    return new Map(found.map((row) => [String(row[key]), row]));
  }

  #note(what: string, subject: string, before: unknown, after: unknown): void {
    const [from, to] = [jsonOf(before), jsonOf(after)];
    if (from !== to) this.#lines.push({ what, subject, before: from, after: to });
  }
}

function padded(number: number): string {
  return String(number).padStart(9, '0');
}

function partsByOwner(rows: readonly Row[], shape: TableShape): ReadonlyMap<unknown, readonly Row[]> {
  const parts = new Map<unknown, Row[]>();
  for (const row of [...rows].sort(byKey(shape))) {
    const part = parts.get(row.facility_id);
    if (part) part.push(row);
    else parts.set(row.facility_id, [row]);
  }
  return parts;
}

function byKey(shape: TableShape): (a: Row, b: Row) => number {
  const text = (row: Row) => shape.key.map((column) => textOrNull(row[column]) ?? String(row[column])).join('/');
  return (a, b) => (text(a) < text(b) ? -1 : 1);
}

/** JSON with big integers as plain ones, so that a row as written and as read compare equal; null stays null. */
function jsonOf(value: unknown): string | null {
  if (value === null || (Array.isArray(value) && value.length === 0)) return null;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? Number(part) : part));
}
