import {
  type BaileysEventMap,
  DEFAULT_CONNECTION_CONFIG,
  DisconnectReason,
  isJidBroadcast,
  isJidGroup,
  isJidNewsletter,
  makeWASocket,
  type SocketConfig,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import { AppError } from '../../errors.js';
import type { Timing } from '../../ports/timing.js';
import type { StatusBoard } from '../status.js';
import { acceptBeforeAck } from './accept-before-ack.js';
import { createEarlyAcceptance } from './accept-early.js';
import { openSession, type SavedSession, SESSION } from './auth-state.js';
import type { PatientVault } from './patient-vault.js';
import { decideReconnect } from './reconnect.js';
import type { Cap, TimeLock } from './restrictions.js';
import { SILENT } from './silence.js';

/** Links this device: with a phone number by a code typed on that phone, without one by a QR picture. */
export interface Pairing {
  /** Digits with the country code, or null. */
  readonly phone: string | null;
  /** Shows what the person at the phone needs; a QR text changes every 20 to 60 seconds. */
  show(what: { readonly kind: 'qr' | 'code'; readonly value: string }): void;
}

export interface ConnectionParts {
  readonly vault: Omit<PatientVault, 'settled'>;
  readonly timing: Timing;
  readonly status: StatusBoard;
  readonly wsUrl: string | null;
  readonly pairing: Pairing | null;
  readonly getMessage: SocketConfig['getMessage'];
  /** Stores a message before WhatsApp is told that it arrived; throws when it cannot. A repeat changes nothing. */
  accept(message: WAMessage): Promise<void>;
  ignored(code: string): void;
  /** A socket that is logged in, and its end. `haveRead` resolves when it has read what came from an address. */
  opened(socket: WASocket, haveRead: (address: string) => Promise<void>): void;
  closed(): void;
  upserted(event: BaileysEventMap['messages.upsert']): void;
  updated(event: BaileysEventMap['messages.update']): void;
  acknowledged(node: unknown): void;
  restricted(change: { lock?: TimeLock; cap?: Cap }): void;
  /** The session was forgotten, and all that lay with it. */
  forgotten(): Promise<void>;
}

/** How often an unlinked server looks whether someone has linked it by the command line. */
const LOOK_AGAIN_MS = 10_000;
/** Baileys gives its own steps 20 seconds each. */
const OPEN_WITHIN_MS = 75_000;
const END_WITHIN_MS = 2_000;

/** Stays connected until the signal aborts or a reason says that only a person can help; never throws. */
export async function keepConnected(parts: ConnectionParts, signal: AbortSignal): Promise<void> {
  const { vault, timing, status } = parts;
  let attempt = 0;
  let wasLoggedOut: string | null = null;
  while (!signal.aborted) {
    const session = await openSession(vault).catch((error: unknown) => faultOf(error));
    if (typeof session === 'string') {
      status.set('down', session);
      await timing.wait(LOOK_AGAIN_MS, signal);
      continue;
    }
    if (!session.linked && parts.pairing === null) {
      status.set('waiting', wasLoggedOut ?? 'not_linked');
      await timing.wait(LOOK_AGAIN_MS, signal);
      continue;
    }
    const end = await connectOnce(session, parts, signal);
    if (signal.aborted) return;
    if (end.opened) attempt = 0;
    const decision = decideReconnect(end.code, attempt, timing.random());
    attempt += 1;
    status.set(decision.action === 'stop' ? 'stopped' : 'down', decision.status);
    if (decision.action === 'stop') return;
    if (decision.action === 'repair') {
      wasLoggedOut = decision.status;
      await vault.clear(SESSION).catch(() => undefined);
      await parts.forgotten();
    }
    await timing.wait(decision.afterMs, signal);
  }
}

function faultOf(error: unknown): string {
  return error instanceof AppError && error.code === 'CONFIG_FAULTY' ? 'wrong_secret_key' : 'store';
}

interface End {
  readonly code: number | null;
  readonly opened: boolean;
}

/** One connection from beginning to end. */
async function connectOnce(session: SavedSession, parts: ConnectionParts, signal: AbortSignal): Promise<End> {
  const acceptEarly = createEarlyAcceptance(parts.accept, parts.timing);
  const door = acceptBeforeAck(DEFAULT_CONNECTION_CONFIG.makeSignalRepository, {
    accept: parts.accept,
    acceptSoon: (message) => acceptEarly(message, signal),
    readFaults: parts.vault.readFaults,
    timing: parts.timing,
  });
  const socket = makeWASocket({
    auth: session.state,
    logger: SILENT,
    ...(parts.wsUrl ? { waWebSocketUrl: parts.wsUrl } : {}),
    makeSignalRepository: door.makeSignalRepository,
    getMessage: parts.getMessage,
    // The short history after linking brings the pairs of number and LID, which answers need; its messages are let go.
    syncFullHistory: false,
    // What we send ourselves we know already; what the phone sends still comes.
    emitOwnEvents: false,
    defaultQueryTimeoutMs: 20_000,
    shouldIgnoreJid: (jid) => isNoPersonsChat(jid, parts.ignored),
  });
  const gone = new AbortController();
  const atTheDoor = door.watch(socket, AbortSignal.any([gone.signal, signal]));
  const creds = credsKeeper(session, parts.timing, signal);
  socket.ev.on('creds.update', creds.save);
  socket.ev.on('messages.upsert', parts.upserted);
  socket.ev.on('messages.update', parts.updated);
  socket.ev.on('message-capping.update', (cap) => parts.restricted({ cap }));
  socket.ws.on('CB:ack,class:message', parts.acknowledged);
  const end = await watchConnection(socket, parts, () => parts.opened(socket, door.haveRead), signal);
  gone.abort();
  parts.closed();
  if (signal.aborted) await atTheDoor.settled();
  await creds.saved();
  return end;
}

/**
 * Resolves when the connection has ended, with WhatsApp's reason. An attempt that neither opens nor fails is given up:
 * Baileys waits for ever when the other side refuses the upgrade with an HTTP status (OpenWA issue 1546), and its own
 * `end` waits for a close that a dead line never brings.
 */
function watchConnection(
  socket: WASocket,
  parts: ConnectionParts,
  whenOpen: () => void,
  signal: AbortSignal,
): Promise<End> {
  let opened = false;
  const settled = new AbortController();
  return new Promise((resolve) => {
    const finish = (code: number | null) => {
      settled.abort();
      resolve({ code, opened });
    };
    const giveUp = (code: number | null) => {
      void socket.end(undefined).catch(() => undefined);
      void parts.timing.wait(END_WITHIN_MS, settled.signal).then(() => finish(code));
    };
    const refused = () => giveUp(DisconnectReason.unavailableService);
    const stop = () => giveUp(null);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true, signal: settled.signal });
    socket.ws.once('unexpected-response', refused);
    const attempt = new AbortController();
    void parts.timing.wait(OPEN_WITHIN_MS, attempt.signal).then(() => {
      if (!attempt.signal.aborted) giveUp(DisconnectReason.timedOut);
    });
    const showPairing = pairingShower(socket, parts);
    socket.ev.on('connection.update', (update) => {
      if (update.reachoutTimeLock) parts.restricted({ lock: update.reachoutTimeLock });
      if (update.qr) {
        attempt.abort();
        showPairing(update.qr);
      }
      if (update.connection === 'open') {
        attempt.abort();
        opened = true;
        parts.status.set('up');
        whenOpen();
        void askForRestrictions(socket, parts);
      }
      if (update.connection === 'close') {
        attempt.abort();
        finish(reasonOf(update.lastDisconnect?.error));
      }
    });
  });
}

/** Shows the QR of the moment, or asks once for a code to type on the phone. */
function pairingShower(socket: WASocket, { pairing, status }: ConnectionParts): (qr: string) => void {
  let asked = false;
  return (qr) => {
    if (!pairing) return;
    status.set('pairing', pairing.phone === null ? 'qr' : 'code');
    const show = (what: Parameters<Pairing['show']>[0]) => {
      status.showPairing(what);
      pairing.show(what);
    };
    if (pairing.phone === null) show({ kind: 'qr', value: qr });
    else if (!asked) {
      asked = true;
      void askForCode(socket, pairing.phone, show);
    }
  };
}

async function askForCode(socket: WASocket, phone: string, show: Pairing['show']): Promise<void> {
  const code = await socket.requestPairingCode(phone).catch(() => null);
  if (code !== null) show({ kind: 'code', value: code });
}

/** What WhatsApp holds against the account comes as news only when it changes; a server that cannot say is left alone. */
async function askForRestrictions(socket: WASocket, parts: ConnectionParts): Promise<void> {
  // The first answer comes as an event of its own.
  await socket.fetchAccountReachoutTimelock().catch(() => undefined);
  const cap = await socket.fetchNewChatMessageCap().catch(() => null);
  if (cap) parts.restricted({ cap });
}

function reasonOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('output' in error)) return null;
  const { output } = error as { output: { statusCode?: unknown } };
  return typeof output.statusCode === 'number' ? output.statusCode : null;
}

function isNoPersonsChat(jid: string, ignored: (code: string) => void): boolean {
  const kind = isJidGroup(jid)
    ? 'group'
    : isJidBroadcast(jid)
      ? 'broadcast'
      : isJidNewsletter(jid)
        ? 'newsletter'
        : null;
  if (kind !== null) ignored(kind);
  return kind !== null;
}

/** Writes the credentials, and again until the store takes them: a session whose saved state lags behind is lost. */
function credsKeeper(session: SavedSession, timing: Timing, signal: AbortSignal) {
  let pending: Promise<void> = Promise.resolve();
  async function write(): Promise<void> {
    for (let attempt = 0; attempt === 0 || !signal.aborted; attempt += 1) {
      try {
        await session.saveCreds();
        return;
      } catch {
        await timing.wait(1000, signal);
      }
    }
  }
  return {
    save: () => {
      pending = pending.then(write);
    },
    saved: () => pending,
  };
}
