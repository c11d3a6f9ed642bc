import pino from 'pino';
import type { ChannelName } from './domain/message.js';
import { AppError, type ErrorCode } from './errors.js';

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/**
 * All that a log line may hold. There is no field for a text, a name, a number or a chat id, so none can get in;
 * errors are logged by their code and class, never by their message.
 */
export interface LogFields {
  readonly code?: ErrorCode;
  readonly errorClass?: string;
  readonly channel?: ChannelName;
  readonly requestId?: string;
  /** One message on its way: `turnId` of services. */
  readonly turn?: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly count?: number;
  readonly ms?: number;
  readonly port?: number;
  readonly migration?: string;
  readonly state?: string;
  readonly job?: string;
  readonly attempt?: number;
}

export interface Log {
  error(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  debug(event: string, fields?: LogFields): void;
}

/** A structured log on standard error, one JSON object a line, times in UTC. `event` is a fixed phrase of the code, never data. */
export function createLog(level: LogLevel): Log {
  const logger = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  );
  return {
    error: (event, fields) => logger.error(fields ?? {}, event),
    warn: (event, fields) => logger.warn(fields ?? {}, event),
    info: (event, fields) => logger.info(fields ?? {}, event),
    debug: (event, fields) => logger.debug(fields ?? {}, event),
  };
}

/** What a line may tell of an error: its code where it is one of ours, and its class. */
export function causeOf(error: unknown): Pick<LogFields, 'code' | 'errorClass'> {
  if (error instanceof AppError) return { code: error.code, errorClass: error.name };
  return { errorClass: error instanceof Error ? error.name : 'unknown' };
}
