import { AsyncResource } from 'node:async_hooks';
import {
  type BinaryNode,
  decodeMessageNode,
  getDecryptionJid,
  jidNormalizedUser,
  proto,
  type SignalKeyStoreWithTransaction,
  type SignalRepositoryWithLIDStore,
  type SocketConfig,
  unpadRandomMax16,
  type WAMessage,
  type WASocket,
} from '@whiskeysockets/baileys';
import type { Timing } from '../../ports/timing.js';
import { isPerson } from './receive.js';

type MakeRepository = SocketConfig['makeSignalRepository'];
type Decrypt = SignalRepositoryWithLIDStore['decryptMessage'];

export interface AcceptanceParts {
  /** Stores a message, or finds that it calls for nothing; throws when the store does. A repeat changes nothing. */
  accept(message: WAMessage): Promise<void>;
  /** The same for what only Baileys could read; it must come to an end soon, for all messages wait behind it. */
  acceptSoon(message: WAMessage): Promise<void>;
  /** How often the session's keys could not be read until now: then a failure says nothing about the message. */
  readFaults(): number;
  readonly timing: Timing;
}

/** How long to wait between two tries to store a message. */
const AGAIN_MS = 1_000;
/** How long an answer waits for Baileys to read what it answers, in milliseconds; most often it has. */
const READ_WITHIN_MS = 2_000;
/** So many messages are held for a store that is away; the others are let go unanswered, and fetched again afterwards. */
const MOST_HELD = 2_000;

/**
 * WhatsApp keeps a message for this device until it is told "received", and brings it again on the next connection; the
 * same rule as whatsmeow's SynchronousAck. Baileys tells it as soon as a message is decrypted, before anybody can have
 * stored it. So every message of a person is stopped at the door: it is read with the keys as they stand, in a
 * transaction that is taken back, and stored; only then is it handed to Baileys, who reads it once more, moves the keys
 * and answers. While the store is away the message stays here, WhatsApp waits, and a process that is killed has
 * lost neither the message nor the keys to read it.
 *
 * What cannot be read here (a session that Baileys must mend or move first) is stored between decryption and answer, in
 * the transaction that moves its keys: when it cannot be stored the keys stay, and the sender's phone is asked again.
 */
export function acceptBeforeAck(make: MakeRepository, parts: AcceptanceParts) {
  const { accept, acceptSoon, readFaults, timing } = parts;
  /** What the door could not read, by the very bytes on their way to decryption. */
  const unread = new WeakMap<Uint8Array, WAMessage>();
  let read: ((envelope: WAMessage, type: 'msg' | 'pkmsg', ciphertext: Uint8Array) => Promise<Uint8Array>) | null = null;
  /** Told when Baileys has read these bytes and moved their keys, or failed to. */
  const readings = new WeakMap<Uint8Array, () => void>();
  /** By address: when Baileys will have read what that person sent. */
  const toCome = new Map<string, Promise<unknown>>();
  /** What follows from a message must not run within the transaction of its keys. */
  const outside = new AsyncResource('message at the door');

  const makeSignalRepository: MakeRepository = (...args) => {
    // Baileys gives the keys their transactions before it asks for this.
    const keys = args[0].keys as SignalKeyStoreWithTransaction;
    const repository = make(...args);
    const decrypt: Decrypt = repository.decryptMessage.bind(repository);
    const decryptAndStore = (options: Parameters<Decrypt>[0], envelope: WAMessage) =>
      keys.transaction(async () => {
        const padded = await decrypt(options);
        const message = { ...envelope, message: contentOf(padded) };
        await outside.runInAsyncScope(() => acceptSoon(message));
        return padded;
      }, options.jid);
    repository.decryptMessage = (options) => {
      const envelope = unread.get(options.ciphertext);
      const reading = envelope ? decryptAndStore(options, envelope) : decrypt(options);
      return reading.finally(() => readings.get(options.ciphertext)?.());
    };
    read = async ({ key }, type, ciphertext) => {
      const jid = await getDecryptionJid(key.remoteJid ?? '', repository);
      let padded: Uint8Array | null = null;
      const takeBack = new Error('read, and taken back');
      const reading = keys.transaction(async () => {
        padded = await decrypt({ jid, type, ciphertext });
        throw takeBack;
      }, jid);
      await reading.catch((error: unknown) => {
        if (error !== takeBack) throw error;
      });
      return padded ?? Promise.reject(new Error('not read'));
    };
    return repository;
  };

  /** Puts the door before the socket's own reading. Nothing passes after the signal. */
  function watch(socket: WASocket, gone: AbortSignal): { settled(): Promise<unknown> } {
    const handlers = socket.ws.listeners('CB:message') as ((node: BinaryNode) => void)[];
    socket.ws.removeAllListeners('CB:message');
    /** The last message of each person at the door: one person's in order, nobody waits for another's. */
    const lanes = new Map<string, Promise<void>>();
    let held = 0;
    let someWentUnread = false;

    function handOver(node: BinaryNode): void {
      for (const handle of handlers) handle(node);
    }

    /** True once it is stored, or when Baileys has to read it first. */
    async function tryToStore(node: BinaryNode, envelope: WAMessage): Promise<boolean> {
      const faults = readFaults();
      const message = await contentAt(node, envelope).catch(() => null);
      if (message === null && readFaults() > faults) return false;
      if (message !== null) await accept({ ...envelope, message });
      for (const child of Array.isArray(node.content) ? node.content : []) {
        if (child.tag !== 'enc' || !(child.content instanceof Uint8Array)) continue;
        if (message === null) unread.set(child.content, envelope);
        expectReading(child.content, envelope);
      }
      return true;
    }

    /** Two that change the same keys at once would undo each other: an answer waits for the reading of its question. */
    function expectReading(bytes: Uint8Array, { key }: WAMessage): void {
      const done = new AbortController();
      readings.set(bytes, () => done.abort());
      const reading = timing.wait(READ_WITHIN_MS, done.signal);
      for (const jid of [key.remoteJid, key.remoteJidAlt]) {
        if (!jid) continue;
        const address = jidNormalizedUser(jid);
        const all = Promise.all([toCome.get(address), reading]);
        toCome.set(address, all);
        void all.then(() => toCome.get(address) === all && toCome.delete(address));
      }
    }

    async function contentAt({ content }: BinaryNode, envelope: WAMessage): Promise<proto.IMessage | null> {
      for (const { tag, attrs, content: bytes } of Array.isArray(content) ? content : []) {
        // WhatsApp keeps what is to be seen once from linked devices, and says only that it was there.
        if (tag === 'unavailable' && attrs.type?.startsWith('view_once')) {
          return proto.Message.fromObject({ placeholderMessage: {} });
        }
        if (!(bytes instanceof Uint8Array)) continue;
        if (tag === 'plaintext') return proto.Message.decode(bytes);
        if (tag !== 'enc' || read === null || (attrs.type !== 'msg' && attrs.type !== 'pkmsg')) continue;
        return contentOf(await read(envelope, attrs.type, bytes));
      }
      return null;
    }

    async function pass(node: BinaryNode, envelope: WAMessage): Promise<void> {
      while (!gone.aborted && !(await tryToStore(node, envelope).catch(() => false))) await timing.wait(AGAIN_MS, gone);
      held -= 1;
      if (gone.aborted) return;
      handOver(node);
      // A new connection brings what was let go.
      if (someWentUnread && held === 0) void socket.end(undefined).catch(() => undefined);
    }

    socket.ws.on('CB:message', (node: BinaryNode) => {
      const me = socket.user;
      const envelope = me ? envelopeOf(node, me.id, me.lid ?? '') : null;
      if (envelope === null || !isPersons(envelope)) return handOver(node);
      if (held >= MOST_HELD) {
        someWentUnread = true;
        return;
      }
      held += 1;
      const lane = laneOf(envelope);
      const passed = (lanes.get(lane) ?? Promise.resolve()).then(() => pass(node, envelope));
      lanes.set(lane, passed);
      void passed.then(() => lanes.get(lane) === passed && lanes.delete(lane));
    });
    return { settled: () => Promise.all(lanes.values()) };
  }

  return {
    makeSignalRepository,
    watch,
    /** Resolves when Baileys has read what came from the address, or has had the time to. */
    haveRead: async (address: string): Promise<void> => void (await toCome.get(address)),
  };
}

/** null for a stanza that Baileys refuses as well. */
function envelopeOf(node: BinaryNode, me: string, meLid: string): WAMessage | null {
  try {
    return decodeMessageNode(node, me, meLid).fullMessage;
  } catch {
    return null;
  }
}

function isPersons({ key, category }: WAMessage): boolean {
  return key.fromMe !== true && category !== 'peer' && isPerson(key.remoteJid ?? '');
}

/** One person's number and LID are one lane, where the message names both. */
function laneOf({ key: { remoteJid, remoteJidAlt } }: WAMessage): string {
  return [remoteJid, remoteJidAlt].filter((jid) => typeof jid === 'string').sort()[0] ?? '';
}

function contentOf(padded: Uint8Array): proto.IMessage {
  const message = proto.Message.decode(unpadRandomMax16(padded));
  return message.deviceSentMessage?.message ?? message;
}
