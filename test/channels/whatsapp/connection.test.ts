import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AuthenticationState,
  addTransactionCapability,
  type BinaryNode,
  DEFAULT_CONNECTION_CONFIG,
  initAuthCreds,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type WAMessage,
  type WASocket,
  writeRandomPadMax16,
} from '@whiskeysockets/baileys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realTiming } from '../../../src/channels/real-timing.js';
import { createStatusBoard, type StatusBoard } from '../../../src/channels/status.js';
import { createVault, type Vault } from '../../../src/channels/vault.js';
import { CREDS, openSession, SESSION } from '../../../src/channels/whatsapp/auth-state.js';
import { type ConnectionParts, keepConnected } from '../../../src/channels/whatsapp/connection.js';
import { SILENT } from '../../../src/channels/whatsapp/silence.js';
import type { CredentialStore } from '../../../src/ports/credential-store.js';
import { memoryCredentials } from '../../fakes/credential-store.js';
import { linkedCredentials, SECRET_KEY, startWhatsAppPeer, type WhatsAppPeer } from '../../fakes/whatsapp-peer.js';
import { until } from '../support.js';

const SENDER = '620000000001@s.whatsapp.net';

let peer: WhatsAppPeer;
let vault: Vault & { readFaults: () => number };
let status: StatusBoard;
let stopping: AbortController;
let running: Promise<void>;
let socket: WASocket | null;
let opened: number;
let shown: { kind: string; value: string }[];

function vaultOver(credentials: CredentialStore): typeof vault {
  return { ...createVault(credentials, SECRET_KEY, () => 0), readFaults: () => 0 };
}

beforeEach(async () => {
  peer = await startWhatsAppPeer();
  vault = vaultOver(await linkedCredentials());
  status = createStatusBoard(() => 0);
  stopping = new AbortController();
  running = Promise.resolve();
  socket = null;
  opened = 0;
  shown = [];
});
afterEach(async () => {
  stopping.abort();
  await running;
  await peer.close();
});

function partsOf(more: Partial<ConnectionParts>): ConnectionParts {
  return {
    vault,
    status,
    timing: { ...realTiming, wait: (ms, signal) => realTiming.wait(ms > 60_000 ? ms : ms / 100, signal) },
    wsUrl: peer.wsUrl,
    pairing: null,
    getMessage: async () => undefined,
    accept: async () => undefined,
    ignored: () => undefined,
    opened: (line) => {
      opened += 1;
      socket = line;
    },
    closed: () => undefined,
    upserted: () => undefined,
    updated: () => undefined,
    acknowledged: () => undefined,
    restricted: () => undefined,
    forgotten: async () => undefined,
    ...more,
  };
}

async function connect(more: Partial<ConnectionParts> = {}): Promise<WASocket> {
  running = keepConnected(partsOf(more), stopping.signal);
  await until(() => socket !== null, 'the connection');
  return socket as unknown as WASocket;
}

const isSaved = async () => (await vault.get(SESSION, [CREDS])).size === 1;

describe('how a connection ends', () => {
  it.each<[string, BinaryNode, string, boolean]>([
    [
      'replaced by another program',
      { tag: 'stream:error', attrs: {}, content: [{ tag: 'conflict', attrs: { type: 'replaced' } }] },
      'replaced',
      true,
    ],
    ['banned', { tag: 'failure', attrs: { reason: '403' } }, 'banned', true],
  ])('%s: it stops, and keeps the session', async (_, node, detail, saved) => {
    const line = await connect();
    line.ws.emit(`CB:${node.tag}`, node);
    await running;
    expect(status.get()).toMatchObject({ state: 'stopped', detail });
    expect(await isSaved()).toBe(saved);
    expect(opened).toBe(1);
  });

  it('logged out on the phone: it forgets the session and waits to be linked', async () => {
    let forgotten = 0;
    const line = await connect({
      forgotten: async () => {
        forgotten += 1;
      },
    });
    line.ws.emit('CB:failure', { tag: 'failure', attrs: { reason: '401' } });
    await until(() => status.get().state === 'waiting', 'waiting');
    expect(forgotten).toBe(1);
    expect(status.get().detail).toBe('logged_out');
    expect((await openSession(vault)).linked).toBe(false);
  });

  it.each([
    ['restart required', '515'],
    ['not available', '503'],
  ])('%s: it comes back', async (_, code) => {
    const line = await connect();
    line.ws.emit('CB:stream:error', { tag: 'stream:error', attrs: { code }, content: [] });
    await until(() => opened === 2, 'the next connection');
    expect(status.get().state).toBe('up');
  });

  it('goes on after every single cut', async () => {
    await connect();
    for (let time = 2; time <= 4; time += 1) {
      await peer.cut();
      await until(() => opened === time, `connection ${time}`);
    }
    expect(await isSaved()).toBe(true);
  });
});

it('does not wait for ever for a server that refuses the connection with an HTTP status', async () => {
  let refused = 0;
  const server = createServer().on('upgrade', (_, line) => {
    refused += 1;
    line.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const wsUrl = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws/chat`;
  running = keepConnected(partsOf({ wsUrl }), stopping.signal);
  await until(() => refused >= 3, 'three tries');
  expect(status.get()).toMatchObject({ state: 'down', detail: 'unreachable' });
  stopping.abort();
  await running;
  server.close();
});

it('tells of restrictions as they come', async () => {
  const told: unknown[] = [];
  const line = await connect({ restricted: (change) => void told.push(change) });
  line.ev.emit('connection.update', { reachoutTimeLock: { isActive: true } });
  line.ev.emit('message-capping.update', { used_quota: 3 });
  await until(() => told.length >= 2, 'both');
  expect(told).toEqual(expect.arrayContaining([{ lock: { isActive: true } }, { cap: { used_quota: 3 } }]));
});

describe('linking a device', () => {
  const pairDevice = (): BinaryNode => ({
    tag: 'iq',
    attrs: { id: '1', type: 'set', from: '@s.whatsapp.net' },
    content: [
      { tag: 'pair-device', attrs: {}, content: [{ tag: 'ref', attrs: {}, content: Buffer.from('2@contoh') }] },
    ],
  });

  // The server takes every client as linked, so the invitation to pair is put into the socket by hand.
  it.each<[string, string | null, string, RegExp]>([
    ['by QR', null, 'qr', /2@contoh,/],
    ['by a code for the phone', '620000000009', 'code', /^[0-9A-Z]{8}$/],
  ])('%s', async (_, phone, kind, value) => {
    vault = vaultOver(memoryCredentials());
    const line = await connect({ pairing: { phone, show: (what) => void shown.push(what) } });
    line.ws.emit('CB:iq,type:set,pair-device', pairDevice());
    await until(() => shown.length === 1, 'what the person needs');
    expect(shown[0]).toMatchObject({ kind, value: expect.stringMatching(value) });
    expect(status.get()).toMatchObject({ state: 'pairing', detail: kind, pairing: shown[0] });
    line.ev.emit('connection.update', { connection: 'open' });
    await until(() => status.get().state === 'up', 'the link');
    expect(status.get().pairing).toBeUndefined();
  });

  it('shows each new QR in the place of the one that ran out, and none once the line is gone', async () => {
    vault = vaultOver(memoryCredentials());
    const line = await connect({ pairing: { phone: null, show: (what) => void shown.push(what) } });
    for (const qr of ['satu', 'dua']) line.ev.emit('connection.update', { qr });
    await until(() => shown.length === 2, 'both');
    expect(status.get().pairing).toEqual({ kind: 'qr', value: 'dua' });
    await peer.setUp(false);
    await until(() => status.get().state === 'down', 'the loss is noticed');
    expect(status.get().pairing).toBeUndefined();
  });
});

/** A second, real Signal party: what it encrypts is what a phone would send. */
async function phoneOf(recipient: WASocket) {
  const keys = new Map<string, unknown>();
  const auth: AuthenticationState = {
    creds: initAuthCreds(),
    keys: {
      get: async <T extends keyof SignalDataTypeMap>(kind: T, ids: string[]) =>
        Object.fromEntries(
          ids.flatMap((id) =>
            keys.has(`${kind} ${id}`) ? [[id, keys.get(`${kind} ${id}`) as SignalDataTypeMap[T]]] : [],
          ),
        ),
      set: async (data: SignalDataSet) => {
        for (const [kind, entries] of Object.entries(data)) {
          for (const [id, value] of Object.entries(entries ?? {})) keys.set(`${kind} ${id}`, value);
        }
      },
    },
  };
  const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(
    {
      creds: auth.creds,
      keys: addTransactionCapability(auth.keys, SILENT, { maxCommitRetries: 1, delayBetweenTriesMs: 1 }),
    },
    SILENT,
  );
  const { registrationId, signedIdentityKey, signedPreKey } = recipient.authState.creds;
  const jid = '15550000000@s.whatsapp.net';
  const framed = (key: Uint8Array) => Buffer.concat([Buffer.from([5]), key]);
  await repository.injectE2ESession({
    jid,
    session: {
      registrationId,
      identityKey: framed(signedIdentityKey.public),
      signedPreKey: {
        keyId: signedPreKey.keyId,
        publicKey: framed(signedPreKey.keyPair.public),
        signature: signedPreKey.signature,
      },
    },
  });
  return async (id: string, message: proto.IMessage): Promise<BinaryNode> => {
    const { type, ciphertext } = await repository.encryptMessage({
      jid,
      data: writeRandomPadMax16(proto.Message.encode(message).finish()),
    });
    return {
      tag: 'message',
      attrs: { from: SENDER, id, t: '1790000000', type: 'text' },
      content: [{ tag: 'enc', attrs: { v: '2', type }, content: ciphertext }],
    };
  };
}

describe('an encrypted message', () => {
  const answers = (id: string) =>
    peer
      .nodes('receipt')
      .filter(({ body }) => body?.attrs?.id === id)
      .map(({ body }) => body?.attrs?.type ?? 'received');

  it('is stored before WhatsApp is told that it arrived', async () => {
    const stored: WAMessage[] = [];
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const line = await connect({
      accept: async (message) => {
        stored.push(message);
        await gate;
      },
    });
    const encrypt = await phoneOf(line);
    line.ws.emit('CB:message', await encrypt('3EB0FIRST', { conversation: 'tolong' }));
    await until(() => stored.length === 1, 'the message');
    // Something later on the same line has come through, so the answer would have, too.
    await line.sendPresenceUpdate('composing', SENDER);
    await until(() => peer.nodes('chatstate').length === 1, 'something later');
    expect(answers('3EB0FIRST')).toEqual([]);
    release();
    await until(() => answers('3EB0FIRST').length === 1, 'the answer');
    expect(stored[0]).toMatchObject({
      key: { id: '3EB0FIRST', remoteJid: SENDER },
      message: { conversation: 'tolong' },
    });
  });

  it('is held while it cannot be stored, asked for nowhere and never told as received, and then told once', async () => {
    let down = true;
    let tries = 0;
    const line = await connect({
      accept: async () => {
        tries += 1;
        if (down) throw new Error('the store is down');
      },
    });
    const encrypt = await phoneOf(line);
    line.ws.emit('CB:message', await encrypt('3EB0HELD', { conversation: 'tolong' }));
    // Far beyond the five times that Baileys would ask for it.
    await until(() => tries >= 12, 'many tries');
    expect(answers('3EB0HELD')).toEqual([]);
    expect(line.messageRetryManager?.getRetryCount('3EB0HELD') ?? 0).toBe(0);
    expect(peer.nodes('ack').filter(({ body }) => body?.attrs?.id === '3EB0HELD')).toEqual([]);
    down = false;
    await until(() => answers('3EB0HELD').length > 0, 'the answer');
    expect([answers('3EB0HELD').length, opened]).toEqual([1, 1]);
  });

  it('can be read again by the process that comes after one that was killed while it held it', async () => {
    const killed = new AbortController();
    let tries = 0;
    const accept = async () => {
      tries += 1;
      throw new Error('the store is down');
    };
    running = keepConnected(partsOf({ accept }), killed.signal);
    await until(() => socket !== null, 'the connection');
    const first = socket as unknown as WASocket;
    const encrypt = await phoneOf(first);
    const node = await encrypt('3EB0AGAIN', { conversation: 'tolong' });
    first.ws.emit('CB:message', node);
    await until(() => tries >= 2, 'two tries');
    killed.abort();
    await running;
    socket = null;
    const stored: WAMessage[] = [];
    const next = await connect({ accept: async (message) => void stored.push(message) });
    // As WhatsApp does with what nobody told it to have received.
    next.ws.emit('CB:message', node);
    await until(() => answers('3EB0AGAIN').length === 1, 'the answer');
    expect(stored[0]).toMatchObject({ message: { conversation: 'tolong' } });
    next.ws.emit('CB:message', await encrypt('3EB0NEXT', { conversation: 'terima kasih' }));
    await until(() => answers('3EB0NEXT').length === 1, 'the next');
    expect(stored.map(({ key }) => key.id)).toEqual(['3EB0AGAIN', '3EB0NEXT']);
  });

  it('stays where it is while the keys to read it cannot be fetched', async () => {
    let faults = 0;
    let down = false;
    const credentials = await linkedCredentials();
    const fetch: CredentialStore['get'] = async (keys) => {
      if (!down) return credentials.get(keys);
      faults += 1;
      throw new Error('the store is down');
    };
    vault = { ...vaultOver({ ...credentials, get: fetch }), readFaults: () => faults };
    const stored: WAMessage[] = [];
    const line = await connect({ accept: async (message) => void stored.push(message) });
    const encrypt = await phoneOf(line);
    down = true;
    line.ws.emit('CB:message', await encrypt('3EB0KEYS', { conversation: 'tolong' }));
    await until(() => faults >= 12, 'many tries');
    expect(line.messageRetryManager?.getRetryCount('3EB0KEYS') ?? 0).toBe(0);
    down = false;
    await until(() => answers('3EB0KEYS').length === 1, 'the answer');
    expect(stored[0]).toMatchObject({ key: { id: '3EB0KEYS' } });
  });
});
