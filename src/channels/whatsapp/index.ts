import type { WAMessage, WAMessageUpdate, WASocket } from '@whiskeysockets/baileys';
import type { Channel, ChannelEvents, SendResult } from '../../ports/channel.js';
import type { CredentialStore } from '../../ports/credential-store.js';
import type { Timing } from '../../ports/timing.js';
import { createAlbumMemory } from '../albums.js';
import { backoffMs } from '../backoff.js';
import type { WordsByLanguage } from '../render-text.js';
import { createStatusBoard } from '../status.js';
import { createVault } from '../vault.js';
import { createAddresses } from './addresses.js';
import { keepConnected, type Pairing } from './connection.js';
import { createPatientVault } from './patient-vault.js';
import { receiptOf, receive } from './receive.js';
import { createRecentSends } from './recent-sends.js';
import { render, WHATSAPP } from './render.js';
import { activeAt, createRestrictionMemory, type Restrictions } from './restrictions.js';
import { ack } from './schema.js';
import { createAcks, send } from './send.js';
import { quietLibsignal } from './silence.js';

export { createVault, type Vault } from '../vault.js';
export { openSession } from './auth-state.js';
export type { Pairing } from './connection.js';
export { type Imported, importAuthFolder } from './import-auth.js';
export type { Restrictions } from './restrictions.js';

export interface WhatsAppSettings {
  readonly credentials: CredentialStore;
  /** Seals the session in the store. */
  readonly secretKey: string;
  /** Another server than WhatsApp's; null: WhatsApp's. */
  readonly wsUrl: string | null;
  /** null: this process does not link a device, it waits until another has. */
  readonly pairing: Pairing | null;
  readonly words: WordsByLanguage;
  readonly timing: Timing;
  /** How long to wait for the server's word on a message, in milliseconds; default 20 000. */
  readonly ackTimeoutMs?: number;
}

export interface WhatsAppChannel extends Channel {
  restrictions(): Restrictions;
}

const REMEMBERED = 2000;
/** How long an emergency waits for the address book, in milliseconds. */
const BOOK_WITHIN_MS = 2_000;

/** WhatsApp as a linked device, through Baileys. Writes only to people who wrote first. */
export function createWhatsAppChannel(settings: WhatsAppSettings): WhatsAppChannel {
  const { timing, words } = settings;
  const vault = createVault(settings.credentials, settings.secretKey, timing.now);
  const addresses = createAddresses(vault, async (contact, other) => events?.samePerson?.('whatsapp', contact, other));
  const recent = createRecentSends(vault, timing.now);
  const acks = createAcks(timing, settings.ackTimeoutMs ?? 20_000);
  const status = createStatusBoard(timing.now);
  const albums = createAlbumMemory();
  const accepted = new Set<string>();
  const restrictions = createRestrictionMemory(vault);
  let events: ChannelEvents | null = null;
  let socket: WASocket | null = null;
  let haveRead: (address: string) => Promise<void> = async () => undefined;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let session = createPatientVault(vault, timing, stopping.signal);
  /** The last message of each address that is on its way in: one person's in order, nobody waits for another's. */
  const intake = new Map<string, Promise<void>>();

  const ignored = (code: string) => events?.ignored?.('whatsapp', code, 1);

  /** Stores one message; the second call for the same one does nothing. Throws when the store does. */
  async function accept(message: WAMessage): Promise<void> {
    const result = receive(message, timing.now(), albums);
    if (!('incoming' in result) || accepted.has(result.incoming.id)) return;
    const { id, jid, alt, at, body } = result.incoming;
    const whole = { id, channel: 'whatsapp', at, body, language: null } as const;
    const contact = await whoWrote(jid, alt, (name) => void events?.unfiled?.([{ ...whole, contact: name }]));
    // Without anybody to take it, it was not taken.
    if (!events) throw new Error('stopped');
    await events.receive([{ ...whole, contact }]);
    if (accepted.size >= REMEMBERED) accepted.clear();
    accepted.add(id);
  }

  /** The contact by the book. When the book does not say, or not soon, `unfiled` hears it: an emergency is answered all the same. */
  async function whoWrote(jid: string, alt: string | null, unfiled: (contact: string) => void): Promise<string> {
    const answered = new AbortController();
    const tell = () => answered.signal.aborted || unfiled(addresses.withoutBook(jid, alt));
    void timing.wait(BOOK_WITHIN_MS, answered.signal).then(tell);
    try {
      return await addresses.contactOf(jid, alt);
    } catch (error) {
      tell();
      throw error;
    } finally {
      answered.abort();
    }
  }

  /**
   * Most are stored by now. The others came another way (a phone's copy of what could not be read), and after the answer
   * to WhatsApp nobody sends them again: tried until the store takes it or we are stopped.
   */
  async function acceptLate(message: WAMessage): Promise<void> {
    for (let attempt = 0; !stopping.signal.aborted; attempt += 1) {
      try {
        await accept(message);
        return bePolite(message);
      } catch {
        await timing.wait(backoffMs(attempt, timing.random()), stopping.signal);
      }
    }
  }

  /** Marks as read and shows "typing", as a person would; only polite, so failures do not matter. */
  function bePolite(message: WAMessage): void {
    const line = socket;
    const jid = message.key.remoteJid;
    if (!line || !jid) return;
    const quietly = (act: Promise<unknown>) => void act.catch(() => undefined);
    quietly(line.readMessages([message.key]));
    quietly(line.sendPresenceUpdate('composing', jid));
  }

  function take(message: WAMessage): void {
    const result = receive(message, timing.now(), albums);
    if ('ignored' in result) {
      ignored(result.ignored);
      // What our own phone sent may be asked for again as well.
      if (message.key.fromMe) void keep(message);
      return;
    }
    const { jid } = result.incoming;
    const taken = (intake.get(jid) ?? Promise.resolve()).then(() => acceptLate(message));
    intake.set(jid, taken);
    void taken.then(() => intake.get(jid) === taken && intake.delete(jid));
  }

  async function keep({ key, message }: WAMessage): Promise<void> {
    if (key.id && message) await recent.put(key.id, message).catch(() => undefined);
  }

  function pass(updates: readonly WAMessageUpdate[]): void {
    const receipts = updates.flatMap((update) => receiptOf(update, timing.now()));
    if (receipts.length > 0) void events?.receipt(receipts).catch(() => undefined);
  }

  return {
    name: 'whatsapp',
    capabilities: WHATSAPP,
    exclusive: true,
    async start(given) {
      quietLibsignal();
      events = given;
      stopping = new AbortController();
      status.set('starting');
      await restrictions.load();
      session = createPatientVault(vault, timing, stopping.signal);
      running = keepConnected(
        {
          vault: session,
          timing,
          status,
          wsUrl: settings.wsUrl,
          pairing: settings.pairing,
          getMessage: async ({ id }) => (id ? recent.get(id).catch(() => undefined) : undefined),
          accept,
          ignored,
          opened: (line, whenRead) => {
            socket = line;
            haveRead = whenRead;
          },
          closed: () => {
            socket = null;
            acks.abandonAll();
          },
          upserted: ({ messages }) => messages.forEach(take),
          updated: pass,
          acknowledged: (node) => {
            const parsed = ack.safeParse(node);
            if (parsed.success) acks.settle(parsed.data.attrs.id, parsed.data.attrs.error ?? null);
          },
          restricted: restrictions.note,
          forgotten: restrictions.load,
        },
        stopping.signal,
      );
    },
    async stop() {
      stopping.abort();
      await running;
      await Promise.all(intake.values());
      await session.settled();
      events = null;
      status.set('stopped');
    },
    status: () => {
      const now = status.get();
      const held = activeAt(restrictions.known(), timing.now());
      if (held.length === 0) return now;
      // The detail of a line that is up is the most serious restriction.
      return { ...now, ...(now.state === 'up' ? { detail: held[0]?.code ?? null } : {}), restrictions: held };
    },
    restrictions: restrictions.known,
    forget: (contact) => addresses.forget(contact),
    async send(contact, reply, _replyTo, language = 'id'): Promise<SendResult> {
      const to = await addresses.addressOf(contact).catch(() => undefined);
      if (to === null) return { kind: 'failed', code: 'SEND_REFUSED' };
      if (to) await haveRead(to);
      const line = socket;
      if (to === undefined || !line) return { kind: 'retry', afterMs: 1000, code: 'CHANNEL_UNREACHABLE' };
      const result = await send(to, render(reply, words[language]), { socket: line, acks, written: keep });
      void line.sendPresenceUpdate('paused', to).catch(() => undefined);
      return result;
    },
  };
}
