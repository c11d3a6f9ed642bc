import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { HOUR } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';
import { isBusy, isCrowded, storeError } from './failures.js';
import type { Prisma, PrismaClient } from './generated/sqlite/client.js';
import { type Dialect, POSTGRES, type Row, SQLITE, type Statement } from './sql.js';

/** Runs statements one by one inside a transaction. */
export interface Transaction {
  run(statement: Statement): Promise<readonly Row[]>;
}

/** One database behind both engines. Failures come out as `AppError`s. */
export interface Database {
  readonly dialect: Dialect;
  /** For reads by model; on SQLite a connection of its own, which sees committed data only. */
  readonly reader: PrismaClient;
  /** For transactions only: they run one after the other, and no other query slips between their statements. */
  readonly serial: PrismaClient;
  /** One read outside any transaction. */
  query(statement: Statement): Promise<readonly Row[]>;
  /** Statements in one transaction; the first must write. Rows by statement. */
  batch(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  /** A transaction that looks before it writes on; its first statement must write. May run more than once. */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * A picture of everything as of one moment, for as long as the work reads: what others write meanwhile is not in it.
   */
  picture<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * As `write`, without its limit of time: for a restore, which fills the whole database in one transaction. Runs once.
   */
  fill<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Takes what was deleted out of the database's own files, as far as it lets us. */
  wipe(): Promise<void>;
  close(): Promise<void>;
}

/** Hears the code of each failure as it goes out. */
export type FailureCounter = (code: ErrorCode) => void;

/**
 * How long SQLite itself waits for another's write to end, in milliseconds. It waits with the whole process: no timer
 * fires and no request is read meanwhile. So the real waiting is done by `patiently`, which leaves the process free.
 */
const BUSY_TIMEOUT = 20;
/** How long a statement is tried again while another writer is in the way, in milliseconds. */
const PATIENCE = 5_000;
/**
 * One process's connections to PostgreSQL; docs/instances.md says how many processes fit. What stands in the address
 * (`?statement_timeout=…`) goes before these.
 */
const POOL = {
  application_name: 'tanya-puskesmas',
  max: 8,
  /** For a free connection or a new one: whoever waits longer fails, is told so and tries again. */
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  /** Far above the slowest statement, an audience of a million; it ends what nobody waits for any more. */
  statement_timeout: 120_000,
  /** A process that hangs within a transaction does not hold its locks for ever. */
  idle_in_transaction_session_timeout: 300_000,
  /** A machine that vanished without a word is noticed within half a minute. */
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;
/** For what goes over the whole database, in milliseconds. */
const LONG = 6 * HOUR;
const SHORTEST_WAIT = 10;
const LONGEST_WAIT = 400;
/** So long a row of calls may keep the process from everything else, in milliseconds. */
const LONGEST_BREATH = 10;

/**
 * Opens `file:…` or `postgres://…`. On SQLite two connections are held: Prisma's adapter lets a query outside a
 * transaction slip between the statements of one on the same connection, so whatever only reads uses its own.
 * Only the engine that is asked for is loaded: the other would lie in memory for nothing.
 */
export async function openDatabase(url: string, failed: FailureCounter = () => undefined): Promise<Database> {
  return translated(
    async () =>
      /^postgres(ql)?:/.test(url)
        ? await openPostgres(url, failed)
        : await openSqlite(url.replace(/^file:/, ''), failed),
    failed,
  );
}

async function openSqlite(path: string, failed: FailureCounter): Promise<Database> {
  const [{ PrismaBetterSqlite3 }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-better-sqlite3'),
    import('./generated/sqlite/client.js'),
  ]);
  mkdirSync(dirname(path), { recursive: true });
  // People's addresses are in it: whoever else has an account on the machine does not read them. SQLite gives the files
  // beside it the same mode. A file that is there keeps the mode that the operator gave it.
  closeSync(openSync(path, 'a', 0o600));
  const connect = () =>
    new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${path}`, timeout: BUSY_TIMEOUT }) });
  const [writer, reader] = [connect(), connect()];
  const database = databaseOf(SQLITE, writer, patientReader(reader), failed);
  try {
    for (const client of [writer, reader]) await setUp(client);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function setUp(client: PrismaClient): Promise<void> {
  // Switching to WAL answers BUSY at once while another process switches too.
  await patiently(() => client.$queryRawUnsafe('PRAGMA journal_mode = WAL'));
  await patiently(() => client.$queryRawUnsafe('PRAGMA synchronous = FULL'));
  await patiently(() => client.$queryRawUnsafe('PRAGMA foreign_keys = ON'));
  // What a resident wrote is emptied once it is answered; without this its bytes would stay in the file until overwritten.
  await patiently(() => client.$queryRawUnsafe('PRAGMA secure_delete = ON'));
}

async function openPostgres(url: string, failed: FailureCounter): Promise<Database> {
  const [{ PrismaPg }, { PrismaClient }] = await Promise.all([
    import('@prisma/adapter-pg'),
    import('./generated/postgres/client.js'),
  ]);
  // The two generated clients have the same models; only their type names differ.
  const client = new PrismaClient({
    adapter: new PrismaPg({ ...POOL, connectionString: url }),
  }) as unknown as PrismaClient;
  return databaseOf(POSTGRES, client, patientReader(client), failed);
}

function databaseOf(dialect: Dialect, writer: PrismaClient, reader: PrismaClient, failed: FailureCounter): Database {
  const breathe = dialect.name === 'sqlite' ? createBreath() : null;
  const translate = async <T>(work: () => Promise<T>) => {
    await breathe?.();
    return translated(work, failed);
  };
  const send = (client: Prisma.TransactionClient, { text, values, returns }: Statement) =>
    returns
      ? client.$queryRawUnsafe<Row[]>(dialect.placeholders(text), ...values)
      : client.$executeRawUnsafe(dialect.placeholders(text), ...values);
  const rowsOf = (result: Row[] | number): readonly Row[] => (typeof result === 'number' ? [] : result);
  return {
    dialect,
    reader,
    serial: writer,
    query: (statement) => translate(async () => rowsOf(await send(reader, statement))),
    batch: (statements) =>
      translate(() =>
        patiently(async () => {
          const results = await writer.$transaction(statements.map((statement) => send(writer, statement)));
          return results.map(rowsOf);
        }),
      ),
    write: (work) =>
      translate(() =>
        patiently(() =>
          writer.$transaction((prisma) => work({ run: async (statement) => rowsOf(await send(prisma, statement)) }), {
            maxWait: 30_000,
            timeout: 120_000,
          }),
        ),
      ),
    picture: (work) =>
      translate(() =>
        reader.$transaction(
          async (prisma) => {
            const run = async (statement: Statement) => rowsOf(await send(prisma, statement));
            for (const statement of dialect.wholePicture) await run(statement);
            return work({ run });
          },
          { maxWait: 30_000, timeout: LONG },
        ),
      ),
    fill: (work) =>
      translate(() =>
        writer.$transaction((prisma) => work({ run: async (statement) => rowsOf(await send(prisma, statement)) }), {
          maxWait: 30_000,
          timeout: LONG,
        }),
      ),
    wipe: () =>
      translate(async () => {
        for (const statement of dialect.wipe) await patiently(async () => void (await send(writer, statement)));
      }),
    close: async () => {
      await writer.$disconnect();
      if (reader !== writer) await reader.$disconnect();
    },
  };
}

/**
 * SQLite answers within the call, and whoever awaits it goes on at once: in a long row of calls no timer would fire and no
 * request be read until its end. So a call that comes too long after the others had their turn lets them go first.
 */
function createBreath(): () => Promise<void> {
  let since: number | null = null;
  const turn = () =>
    new Promise<void>((resolve) =>
      setImmediate(() => {
        since = null;
        resolve();
      }),
    );
  return async () => {
    if (since === null) {
      since = performance.now();
      void turn();
    } else if (performance.now() - since > LONGEST_BREATH) await turn();
  };
}

/** Reads seldom meet a lock (a checkpoint, a recovery after a kill) or a crowded server; then they wait as the writes do. */
function patientReader(client: PrismaClient): PrismaClient {
  const extended = client.$extends({
    query: { $allOperations: ({ args, query }) => patiently(() => query(args)) },
  });
  // The extension adds nothing that shows: same models, same calls.
  return extended as unknown as PrismaClient;
}

/**
 * Tries again while another writer is in the way, or no connection is free, with growing, uneven waits so that two do not
 * stay in step; gives up with the database's own failure when the patience is used up. The work may run many times and
 * must bear it.
 */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(isBusy(error) || isCrowded(error)) || performance.now() >= until) throw error;
      const wait = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
    }
  }
}

async function translated<T>(work: () => Promise<T>, failed: FailureCounter): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = storeError(error);
    failed(failure.code);
    throw failure;
  }
}
