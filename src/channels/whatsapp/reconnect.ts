import { DisconnectReason } from '@whiskeysockets/baileys';
import { backoffMs } from '../backoff.js';

export interface Reconnect {
  /** `repair`: the session is of no use any more: forget it and link anew. `stop`: nothing happens without a person. */
  readonly action: 'reconnect' | 'stop' | 'repair';
  readonly afterMs: number;
  /** What the status shows. */
  readonly status: string;
}

/** Reasons that WhatsApp gives besides those Baileys names (ConnectFailureReason of the whatsmeow project). */
const BANNED_FOR_NOW = 402;
const CLIENT_OUTDATED = 405;
const LOGGED_OUT_OTHERWISE = 406;
const TEN_MINUTES = 600_000;

/**
 * What to do when the connection has closed. `code` is the reason of Baileys' error, null when there is none; `attempt`
 * counts the failures in a row from 0; `random` is in [0, 1).
 */
export function decideReconnect(code: number | null, attempt: number, random: number): Reconnect {
  switch (code) {
    case DisconnectReason.loggedOut:
    case LOGGED_OUT_OTHERWISE:
      return { action: 'repair', afterMs: 0, status: 'logged_out' };
    case DisconnectReason.multideviceMismatch:
      return { action: 'repair', afterMs: 0, status: 'device_mismatch' };
    case DisconnectReason.forbidden:
      return { action: 'stop', afterMs: 0, status: 'banned' };
    case BANNED_FOR_NOW:
      return { action: 'stop', afterMs: 0, status: 'banned_for_now' };
    case DisconnectReason.connectionReplaced:
      // Another program uses this session: reconnecting would throw it out, and it us, for ever.
      return { action: 'stop', afterMs: 0, status: 'replaced' };
    case DisconnectReason.restartRequired:
      // The normal end of linking. More than once in a row is no restart but a fault.
      return { action: 'reconnect', afterMs: attempt === 0 ? 0 : backoffMs(attempt, random), status: 'restarting' };
    case CLIENT_OUTDATED:
      return { action: 'reconnect', afterMs: TEN_MINUTES, status: 'client_outdated' };
    default:
      return { action: 'reconnect', afterMs: backoffMs(attempt, random), status: 'unreachable' };
  }
}
