import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTelegramServer } from '@openclaw/crabline';
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realTiming } from '../../../src/channels/real-timing.js';
import { createTelegramChannel, type TelegramChannel } from '../../../src/channels/telegram/index.js';
import type { Reply } from '../../../src/domain/reply.js';
import { hostWebhook, type WebhookHost } from '../../fakes/webhook-host.js';
import { createInbox, type Inbox, until, WORDS } from '../support.js';

/** What both independent Bot API servers can do, told in the same words. */
interface Peer {
  /** Whether its webhook calls carry the secret header; where not, a proxy adds it. */
  readonly sendsSecret: boolean;
  readonly root: string;
  readonly token: string;
  say(text: string): Promise<void>;
  /** Texts that the server took from the bot. */
  heard(): readonly string[];
  close(): Promise<void>;
}

const peers: Record<string, () => Promise<Peer>> = {
  async crabline() {
    const folder = await mkdtemp(join(tmpdir(), 'bot-api-'));
    const heard: string[] = [];
    const server = await startTelegramServer({
      recorderPath: join(folder, 'record.jsonl'),
      onEvent: (event: unknown) => {
        const { accepted, body, path } = event as { accepted?: boolean; body?: { text?: string }; path?: string };
        if (accepted && path?.endsWith('/sendMessage') && body?.text) heard.push(body.text);
      },
    });
    const { adminToken, botToken, endpoints } = server.manifest;
    return {
      root: endpoints.apiRoot,
      token: botToken,
      sendsSecret: true,
      heard: () => heard,
      async say(text) {
        const response = await fetch(endpoints.adminInboundUrl, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
          body: JSON.stringify({ chatId: 777, chatType: 'private', fromId: 777, text }),
        });
        if (!response.ok)
          throw new Error(`the server refused the message: ${response.status} ${await response.text()}`);
      },
      async close() {
        await server.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
  async 'telegram-test-api'() {
    const token = '1:peer';
    const server = new TelegramServer({ host: '127.0.0.1', port: await freePort() });
    await server.start();
    const client = server.getClient(token, { userId: 777, chatId: 777 });
    return {
      root: server.config.apiURL,
      token,
      sendsSecret: false,
      heard: () => server.storage.botMessages.map(({ message }) => String(message.text)),
      say: async (text) => void (await client.sendMessage(client.makeMessage(text))),
      close: async () => void (await server.stop()),
    };
  },
};

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const SECRET = 'rahasia-1';
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';
const ANSWER: Reply = { type: 'text', text: 'Buka <b>24 jam</b>_', choices: [{ id: 'menu', label: 'Menu' }] };
const PLACE: Reply = {
  type: 'place',
  facility: 'x',
  lat: -0.4,
  lng: 117,
  title: 'Puskesmas Contoh',
  address: 'Jl. Contoh',
};

describe.each(Object.keys(peers))('against the Bot API server of %s', (name) => {
  let peer: Peer;
  let inbox: Inbox;
  let channel: TelegramChannel;
  let host: WebhookHost;

  beforeEach(async () => {
    peer = await (peers[name] as () => Promise<Peer>)();
    host = await hostWebhook(() => channel.webhook, peer.sendsSecret ? {} : { [SECRET_HEADER]: SECRET });
    inbox = createInbox();
  });
  afterEach(async () => {
    await channel.stop();
    await host.close();
    await peer.close();
  });

  function create(webhook: { url: string; secret: string } | null): TelegramChannel {
    channel = createTelegramChannel({
      token: peer.token,
      apiRoot: peer.root,
      webhook,
      words: WORDS,
      commands: { id: [{ command: 'menu', description: 'Menu' }], en: [{ command: 'menu', description: 'Menu' }] },
      timing: realTiming,
    });
    return channel;
  }

  async function converse(): Promise<void> {
    await peer.say('puskesmas buka?');
    await until(() => inbox.messages.length === 1, 'the message');
    const message = inbox.messages[0];
    expect(message).toMatchObject({
      channel: 'telegram',
      contact: '777',
      body: { type: 'text', text: 'puskesmas buka?' },
    });
    expect(await channel.send('777', ANSWER, message?.id ?? null)).toMatchObject({ kind: 'sent' });
    await until(() => peer.heard().includes('Buka <b>24 jam</b>_'), 'the answer');
  }

  it('converses by polling', async () => {
    await create(null).start(inbox);
    await converse();
    await peer.say('terima kasih');
    await until(() => inbox.messages.length === 2, 'the second message');
  });

  it('converses by webhook', async () => {
    await create({ url: host.url, secret: SECRET }).start(inbox);
    await until(() => channel.status().state === 'up', 'the webhook is set');
    await converse();
    expect(host.statuses).toEqual([200]);
  });

  it('shows a place as text: these servers know no venues', async () => {
    await create(null).start(inbox);
    expect(await channel.send('777', PLACE, null)).toMatchObject({ kind: 'sent' });
    await until(() => peer.heard().some((text) => text.includes('maps.google.com/?q=-0.4,117')), 'the link');
  });
});

it('takes a pressed button from telegram-test-api', async () => {
  const server = new TelegramServer({ host: '127.0.0.1', port: await freePort() });
  await server.start();
  const inbox = createInbox();
  const channel = createTelegramChannel({
    token: '1:peer',
    apiRoot: server.config.apiURL,
    webhook: null,
    words: WORDS,
    commands: { id: [], en: [] },
    timing: realTiming,
  });
  await channel.start(inbox);
  const client = server.getClient('1:peer', { userId: 777, chatId: 777 });
  await client.sendCallback(client.makeCallbackQuery('menu.open'));
  await until(() => inbox.messages.length === 1, 'the choice');
  expect(inbox.messages[0]?.body).toEqual({ type: 'choice', value: 'menu.open' });
  await channel.stop();
  await server.stop();
});
