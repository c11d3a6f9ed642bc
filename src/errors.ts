/**
 * Every failure that a person or a program is told about: a code, what to do, and whether trying again helps.
 * Callers switch on the code, never on the text. Adapters translate a provider's quirks into these at the edge.
 */
export const ERROR_CATALOGUE = {
  CONFIG_FAULTY: { retry: false, act: 'Correct the settings listed and start again.' },
  HOURS_UNREADABLE: { retry: false, act: 'Correct the hours text at the position named.' },
  IMPORT_FAULTY: { retry: false, act: 'Correct the lines listed; nothing was written.' },
  INPUT_INVALID: { retry: false, act: 'Correct the field named.' },
  NOT_FOUND: { retry: false, act: 'Check the name or id.' },
  STORE_UNAVAILABLE: { retry: true, act: 'Check that the database is reachable; the work is tried again.' },
  STORE_CROWDED: {
    retry: true,
    act: 'Raise max_connections of PostgreSQL or run fewer processes (docs/instances.md, Connections); the work is tried again.',
  },
  STORE_REJECTED: { retry: false, act: 'Report it: the database refused a record.' },
  STORE_BUSY: { retry: true, act: 'Nothing to do; the work is tried again.' },
  MIGRATION_FAILED: { retry: false, act: 'Restore the last backup and report the migration named.' },
  PROGRAM_OUTDATED: { retry: false, act: 'Start the newer version again; nothing was changed.' },
  BACKUP_FAULTY: { retry: false, act: 'Take another backup file; nothing was changed.' },
  SERVER_RUNNING: { retry: false, act: 'Nothing was changed.' },
  RESTORE_REFUSED: { retry: false, act: 'Nothing was changed.' },
  CONTACT_UNREACHABLE: { retry: false, act: 'The person blocked the bot or left; they come back by writing again.' },
  WINDOW_CLOSED: { retry: false, act: 'Use an approved template, or wait until the person writes.' },
  SEND_REFUSED: { retry: false, act: 'Read the channel status page; the provider refuses this message.' },
  RATE_LIMITED: { retry: true, act: 'Nothing to do; sending goes on when the provider allows it.' },
  TOO_OLD: { retry: false, act: 'Nothing to do; an answer is not sent when it comes more than an hour late.' },
  CHANNEL_UNREACHABLE: { retry: true, act: 'Check the network; sending is tried again.' },
} as const;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** An error of the catalogue. `message` says what happened and where; it never holds what a resident wrote. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly retry: boolean;
  readonly act: string;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.retry = ERROR_CATALOGUE[code].retry;
    this.act = ERROR_CATALOGUE[code].act;
  }
}

/** True for an error of the catalogue with this code. */
export function hasCode(error: unknown, code: ErrorCode): error is AppError {
  return error instanceof AppError && error.code === code;
}
