import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realTiming } from '../../../src/channels/real-timing.js';
import { SESSION } from '../../../src/channels/whatsapp/auth-state.js';
import { createVault, createWhatsAppChannel, type WhatsAppChannel } from '../../../src/channels/whatsapp/index.js';
import type { Reply } from '../../../src/domain/reply.js';
import type { Timing } from '../../../src/ports/timing.js';
import { type MemoryCredentials, memoryCredentials } from '../../fakes/credential-store.js';
import { linkedCredentials, SECRET_KEY, startWhatsAppPeer, type WhatsAppPeer } from '../../fakes/whatsapp-peer.js';
import { createInbox, type Inbox, until, WORDS } from '../support.js';

const RESIDENT = '620000000001@s.whatsapp.net';
const MENU: Reply = {
  type: 'text',
  text: 'Mau apa?',
  choices: [
    { id: 'open', label: 'Yang buka' },
    { id: 'free', label: 'Berobat gratis' },
  ],
};

/** Waits between tries, at most a minute, are cut to a hundredth; time limits, which are longer here, are not. */
const quick: Timing = { ...realTiming, wait: (ms, signal) => realTiming.wait(ms > 60_000 ? ms : ms / 100, signal) };
const LIMIT = 75_000;

let peer: WhatsAppPeer;
let store: MemoryCredentials;
let inbox: Inbox;
let channel: WhatsAppChannel;

beforeEach(async () => {
  peer = await startWhatsAppPeer();
  store = await linkedCredentials();
  inbox = createInbox();
});
afterEach(async () => {
  await channel.stop();
  await peer.close();
});

function create(credentials = store): WhatsAppChannel {
  channel = createWhatsAppChannel({
    credentials,
    secretKey: SECRET_KEY,
    wsUrl: peer.wsUrl,
    pairing: null,
    words: WORDS,
    timing: quick,
    ackTimeoutMs: LIMIT,
  });
  return channel;
}

async function startAndOpen(): Promise<void> {
  await create().start(inbox);
  await until(() => channel.status().state === 'up', 'the connection');
}

async function hear(text: string, count: number): Promise<string> {
  await peer.say({ from: RESIDENT, text });
  await until(() => inbox.messages.length === count, `message ${count}`);
  return inbox.messages[count - 1]?.contact ?? '';
}

describe('Baileys against a WhatsApp server that nobody here wrote', () => {
  it('receives, answers with a numbered menu that the server decrypts, and takes the number', async () => {
    await startAndOpen();
    const contact = await hear('halo', 1);
    expect(inbox.messages[0]).toMatchObject({ channel: 'whatsapp', body: { type: 'text', text: 'halo' } });
    expect(await channel.send(contact, MENU, inbox.messages[0]?.id ?? null)).toMatchObject({ kind: 'sent' });
    expect(peer.decrypted()).toEqual([
      { to: RESIDENT, text: 'Mau apa?\n\n1. Yang buka\n2. Berobat gratis\n\nBalas dengan angka.' },
    ]);
    expect([...store.rows.keys()].filter((key) => key.startsWith('whatsapp/sent/'))).toHaveLength(1);
    await hear('2', 2);
    expect(inbox.messages[1]?.body).toEqual({ type: 'text', text: '2' });
  });

  it('sends a location, which the server takes', async () => {
    await startAndOpen();
    const contact = await hear('alamat?', 1);
    const place: Reply = { type: 'place', facility: 'x', lat: -0.4, lng: 117, title: 'Puskesmas Contoh', address: '' };
    expect(await channel.send(contact, place, null)).toMatchObject({ kind: 'sent' });
    expect(peer.takenUnread()).toBe(1);
  });

  it('reads, and shows that it types, once the message is stored', async () => {
    await startAndOpen();
    await hear('halo', 1);
    await until(() => peer.nodes('receipt').some(({ body }) => body?.attrs?.type === 'read'), 'the read receipt');
    await until(() => peer.nodes('chatstate').length > 0, 'typing');
  });

  it('tells a voice note apart', async () => {
    await startAndOpen();
    const audio = { contentBase64: Buffer.from('x').toString('base64'), mimeType: 'audio/ogg', ptt: true };
    await peer.say({ from: RESIDENT, audio });
    await until(() => inbox.messages.length === 1, 'the voice note');
    expect(inbox.messages[0]?.body).toEqual({ type: 'unreadable', kind: 'voice' });
  });

  it('lets groups alone', async () => {
    await startAndOpen();
    await peer.say({ from: RESIDENT, chat: '120363000000000001@g.us', text: 'halo grup' });
    await until(() => inbox.ignoredCodes.length > 0, 'the count');
    expect(inbox.ignoredCodes).toEqual(['group']);
    expect(inbox.messages).toEqual([]);
  });

  it('writes to nobody who did not write first', async () => {
    await startAndOpen();
    expect(await channel.send('620000000009@s.whatsapp.net', MENU, null)).toEqual({
      kind: 'failed',
      code: 'SEND_REFUSED',
    });
    expect(peer.nodes('message')).toEqual([]);
  });

  it('refuses an empty text', async () => {
    await startAndOpen();
    const contact = await hear('halo', 1);
    const empty: Reply = { type: 'text', text: ' ', choices: [] };
    expect(await channel.send(contact, empty, null)).toEqual({ kind: 'failed', code: 'SEND_REFUSED' });
  });

  it('comes back after the line was cut, with what was said meanwhile in order', async () => {
    await startAndOpen();
    const contact = await hear('satu', 1);
    await peer.setUp(false);
    await until(() => channel.status().state === 'down', 'the loss is noticed');
    expect(await channel.send(contact, MENU, null)).toEqual({
      kind: 'retry',
      afterMs: 1000,
      code: 'CHANNEL_UNREACHABLE',
    });
    expect(await peer.say({ from: RESIDENT, text: 'dua' })).toBe('queued');
    expect(await peer.say({ from: RESIDENT, text: 'tiga' })).toBe('queued');
    await peer.setUp(true);
    await until(() => inbox.messages.length === 3, 'both that waited');
    await until(() => channel.status().state === 'up', 'the connection');
    expect(inbox.messages.map(({ body }) => (body.type === 'text' ? body.text : body.type))).toEqual([
      'satu',
      'dua',
      'tiga',
    ]);
    expect(await channel.send(contact, MENU, null)).toMatchObject({ kind: 'sent' });
    expect(peer.connections()).toBeGreaterThanOrEqual(2);
  });

  it('goes on with the same session after a restart, and still knows whom it may write to', async () => {
    await startAndOpen();
    const contact = await hear('halo', 1);
    expect(await channel.send(contact, MENU, null)).toMatchObject({ kind: 'sent' });
    await channel.stop();
    await startAndOpen();
    expect(await channel.send(contact, { ...MENU, text: 'Lagi' } as Reply, null)).toMatchObject({ kind: 'sent' });
    expect(peer.decrypted()).toHaveLength(2);
    expect(await hear('terima kasih', 2)).toBe(contact);
  });

  it('shows after a restart what WhatsApp held against the account before', async () => {
    await startAndOpen();
    const until2099 = { kind: 'BIZ_QUALITY', until: Date.UTC(2099, 0, 1) };
    await createVault(store, SECRET_KEY, () => 0).put(
      SESSION,
      new Map([['=restrictions', JSON.stringify({ timeLock: until2099, cap: null })]]),
    );
    await channel.stop();
    await startAndOpen();
    const restrictions = [{ code: 'time_lock:BIZ_QUALITY', until: until2099.until }];
    expect(channel.status()).toMatchObject({ state: 'up', detail: 'time_lock:BIZ_QUALITY', restrictions });
    expect(channel.restrictions()).toEqual({ timeLock: until2099, cap: null });
  });

  it('hands over who cannot be looked up while the store is down, and can write to them', async () => {
    let down = true;
    const get: MemoryCredentials['get'] = async (keys) => {
      if (down && keys.some((key) => key.startsWith('whatsapp/address/'))) throw new Error('the store is down');
      return store.get(keys);
    };
    await create({ ...store, get }).start(inbox);
    await until(() => channel.status().state === 'up', 'the connection');
    await peer.say({ from: RESIDENT, text: 'tolong' });
    await until(() => inbox.unfiledMessages.length > 0, 'the message');
    const [message] = inbox.unfiledMessages;
    expect(message?.body).toEqual({ type: 'text', text: 'tolong' });
    expect(await channel.send(message?.contact ?? '', MENU, null)).toMatchObject({ kind: 'sent' });
    expect([inbox.messages, peer.decrypted()]).toMatchObject([[], [{ to: RESIDENT }]]);
    down = false;
    await until(() => inbox.messages.length === 1, 'the message again');
    expect(inbox.messages[0]?.contact).toBe(message?.contact);
  });

  it.each(['refuses', 'hangs on'])(
    'reads a message and answers it while the store %s every write, its keys too',
    async (how) => {
      let down = false;
      let letGo = () => undefined as unknown;
      const over = new Promise((resolve) => {
        letGo = () => resolve(undefined);
      });
      const put: MemoryCredentials['put'] = async (changes, at) => {
        if (down && how === 'refuses') throw new Error('the store is down');
        if (down) await over;
        return store.put(changes, at);
      };
      const bad = { ...store, put };
      await create(bad).start(inbox);
      await until(() => channel.status().state === 'up', 'the connection');
      down = true;
      await peer.say({ from: RESIDENT, text: 'tolong' });
      await until(() => inbox.unfiledMessages.length > 0, 'the message');
      const contact = inbox.unfiledMessages[0]?.contact ?? '';
      expect(await channel.send(contact, MENU, null)).toMatchObject({ kind: 'sent' });
      down = false;
      letGo();
      await until(() => inbox.messages.length === 1, 'the message, filed');
      // What it owed the store is there: the next process reads the same person.
      await channel.stop();
      await startAndOpen();
      await hear('halo lagi', 2);
      expect(await channel.send(contact, MENU, null)).toMatchObject({ kind: 'sent' });
    },
  );

  it('tries until the store takes a message, and lets nobody else wait for it', async () => {
    await startAndOpen();
    const receive = inbox.receive;
    let held = () => undefined as unknown;
    const over = new Promise((resolve) => {
      held = () => resolve(undefined);
    });
    let calls = 0;
    inbox.receive = async (messages) => {
      calls += 1;
      if (calls === 1) await over;
      return receive(messages);
    };
    inbox.failNext(4);
    await peer.say({ from: RESIDENT, text: 'halo' });
    await until(() => calls > 0, 'the first try');
    await peer.say({ from: '620000000002@s.whatsapp.net', text: 'tolong' });
    await until(() => inbox.messages.length === 1, 'the other person');
    expect(inbox.messages[0]?.body).toEqual({ type: 'text', text: 'tolong' });
    held();
    await until(() => inbox.messages.length === 2, 'the first');
    expect(inbox.failures()).toBe(4);
  });

  it('keeps no address, text or key readable in the store', async () => {
    await startAndOpen();
    const contact = await hear('rahasia-besar', 1);
    await channel.send(contact, { ...MENU, text: 'jawaban-besar' } as Reply, null);
    const everything = [...store.rows].map(([key, value]) => key + Buffer.from(value).toString('latin1')).join();
    for (const secret of ['620000000001', 'rahasia-besar', 'jawaban-besar', 'noiseKey', '15550000000']) {
      expect(everything).not.toContain(secret);
    }
  });
});

describe('linking', () => {
  it('waits when nobody has linked the device, and begins when somebody has', async () => {
    const credentials = memoryCredentials();
    await create(credentials).start(inbox);
    await until(() => channel.status().state === 'waiting', 'waiting');
    expect(channel.status().detail).toBe('not_linked');
    for (const [key, value] of store.rows) credentials.rows.set(key, value);
    await until(() => channel.status().state === 'up', 'the connection');
  });

  it('says so when the key is not the one of the session', async () => {
    channel = createWhatsAppChannel({
      credentials: store,
      secretKey: 'kunci-lain-sama-sekali',
      wsUrl: peer.wsUrl,
      pairing: null,
      words: WORDS,
      timing: quick,
    });
    await channel.start(inbox);
    await until(() => channel.status().detail === 'wrong_secret_key', 'the fault');
    expect(peer.connections()).toBe(0);
  });
});
