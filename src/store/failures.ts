import { AppError } from '../errors.js';

/** Another writer was quicker or holds the lock: the same again may succeed. */
export function isBusy(error: unknown): boolean {
  const { kind } = causeOf(error);
  return kind === 'SocketTimeout' || kind === 'TransactionWriteConflict';
}

/** What PgBouncer says to `statement_timeout` and the like, unless it is told to pass over them. */
const REFUSED_SETTINGS = '08P01';

/** PostgreSQL has no connection left for this one, but those that are there come free: the same again may succeed. */
export function isCrowded(error: unknown): boolean {
  return causeOf(error).kind === 'TooManyConnections';
}

/** A failure of the database as one of our catalogue. Its text is kept out: it may hold values of the statement. */
export function storeError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isBusy(error)) return new AppError('STORE_BUSY', 'another writer held the database for too long');
  if (isCrowded(error)) return new AppError('STORE_CROWDED', 'PostgreSQL has no connection left for this process');
  const { kind, code } = causeOf(error);
  if (code === REFUSED_SETTINGS) {
    const who = 'the database, or a pooler in front of it, refuses the settings of our sessions (08P01)';
    return new AppError('STORE_UNAVAILABLE', `${who}: docs/instances.md, Behind a pooler`);
  }
  // SQLSTATE classes 22 and 23: the values are at fault, not the database.
  const rejected = /Violation$|LengthMismatch|ValueOutOfRange|InvalidInputValue/.test(kind) || /^2[23]/.test(code);
  return new AppError(rejected ? 'STORE_REJECTED' : 'STORE_UNAVAILABLE', `the database failed: ${kind} ${code}`.trim());
}

/** What the driver says happened, wherever Prisma puts it. P1008 and P2034 are its names for busy, P2037 for crowded. */
function causeOf(error: unknown): { readonly kind: string; readonly code: string } {
  const code = field(error, 'code');
  if (code === 'P1008') return { kind: 'SocketTimeout', code };
  if (code === 'P2034') return { kind: 'TransactionWriteConflict', code };
  if (code === 'P2037') return { kind: 'TooManyConnections', code };
  for (const holder of [error, field(error, 'meta'), field(field(error, 'meta'), 'driverAdapterError')]) {
    const cause = field(holder, 'cause');
    const kind = field(cause, 'kind');
    const original = field(cause, 'originalCode');
    if (typeof kind === 'string') return { kind, code: typeof original === 'string' ? original : '' };
  }
  return { kind: error instanceof Error ? error.name : 'unknown', code: typeof code === 'string' ? code : '' };
}

function field(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}
