import type { DEFAULT_CONNECTION_CONFIG } from '@whiskeysockets/baileys';

type Logger = (typeof DEFAULT_CONNECTION_CONFIG)['logger'];

/** Baileys logs whole messages and addresses; we keep none of it. What matters comes to us as events. */
export const SILENT: Logger = {
  level: 'silent',
  child: () => SILENT,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** How libsignal's lines on the console begin (session_record.js, session_builder.js, session_cipher.js of 6.0.0). */
const LIBSIGNAL =
  /^(Closing (open )?session|Opening session|Removing old closed session|Session already (open|closed)|Migrating session to|V1 session storage|Failed to decrypt message with any known session|Session error:|Decrypted message with closed session|Unhandled bucket type)/;

let quiet = false;

/**
 * libsignal writes whole sessions to the console, private keys and addresses included, and has no switch for it. Only
 * its own lines are dropped; calling this more than once does nothing.
 */
export function quietLibsignal(): void {
  if (quiet) return;
  quiet = true;
  for (const level of ['info', 'warn', 'error'] as const) {
    const write = console[level].bind(console);
    console[level] = (...parts: unknown[]) => {
      if (typeof parts[0] !== 'string' || !LIBSIGNAL.test(parts[0])) write(...parts);
    };
  }
}
