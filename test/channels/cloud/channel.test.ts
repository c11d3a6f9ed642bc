import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWhatsAppServer } from '@openclaw/crabline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudChannel, CloudSettings } from '../../../src/channels/cloud/index.js';
import { messagesUrl } from '../../../src/channels/cloud/send.js';
import type { Reply } from '../../../src/domain/reply.js';
import { CLOUD_SECRET, cloudChannel, cloudOfChannel } from '../../fakes/cloud-channel.js';
import {
  type CloudFault,
  cloudPayload,
  type FakeCloud,
  signatureOf,
  startFakeCloud,
} from '../../fakes/cloud-server.js';
import { type MemoryCredentials, memoryCredentials } from '../../fakes/credential-store.js';
import { hostWebhook, type WebhookHost } from '../../fakes/webhook-host.js';
import { createInbox, type Inbox, until } from '../support.js';

const HALO: Reply = { type: 'text', text: 'Halo', choices: [{ id: 'menu', label: 'Menu' }] };

let credentials: MemoryCredentials;
let cloud: FakeCloud;
let channel: CloudChannel;
let inbox: Inbox;

beforeEach(async () => {
  cloud = await cloudOfChannel();
  inbox = createInbox();
  credentials = memoryCredentials();
});
afterEach(async () => {
  await channel.stop();
  await cloud.close();
});

function create(more: Partial<CloudSettings> = {}): CloudChannel {
  channel = cloudChannel(cloud, { credentials, ...more });
  return channel;
}

describe('sending', () => {
  it.each<[string, CloudFault[], unknown, string | null]>([
    ['taken', [], { kind: 'sent', providerId: 'wamid.out1' }, null],
    ['the window is closed', [{ code: 131047 }], { kind: 'failed', code: 'WINDOW_CLOSED' }, null],
    ['the window is closed, as older servers say', [{ code: 470 }], { kind: 'failed', code: 'WINDOW_CLOSED' }, null],
    ['not on WhatsApp', [{ code: 131026 }], { kind: 'failed', code: 'CONTACT_UNREACHABLE' }, null],
    [
      'the limit of the number',
      [{ code: 130429, status: 429 }],
      { kind: 'retry', afterMs: 2000, code: 'RATE_LIMITED' },
      null,
    ],
    [
      'the limit of one person',
      [{ code: 131056 }],
      { kind: 'retry', afterMs: 7000, code: 'RATE_LIMITED', thisContactOnly: true },
      null,
    ],
    ['enough marketing for this person', [{ code: 131049 }], { kind: 'failed', code: 'RATE_LIMITED' }, null],
    ['a wrong parameter', [{ code: 131009 }], { kind: 'failed', code: 'SEND_REFUSED' }, null],
    [
      'Meta is down',
      [{ code: 131016, status: 503 }],
      { kind: 'retry', afterMs: 10_000, code: 'CHANNEL_UNREACHABLE' },
      null,
    ],
    [
      'the token is wrong',
      [{ code: 190, status: 401 }],
      { kind: 'retry', afterMs: 60_000, code: 'CHANNEL_UNREACHABLE' },
      'token_refused',
    ],
    ['the account is locked', [{ code: 131031 }], { kind: 'failed', code: 'SEND_REFUSED' }, 'account_locked'],
    [
      'a gateway that found nobody',
      [{ gateway: 502 }],
      { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' },
      null,
    ],
    [
      'a gateway before a service that is off',
      [{ gateway: 503 }],
      { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' },
      null,
    ],
    ['a gateway that gave up waiting', [{ gateway: 504 }], { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }, null],
    [
      'a provider’s own limit',
      [{ gateway: 429, retryAfter: '21' }],
      { kind: 'retry', afterMs: 21_000, code: 'RATE_LIMITED' },
      null,
    ],
    ['the line breaks', ['drop'], { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }, null],
    ['no answer in time', ['hang'], { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }, null],
  ])('%s', async (_, faults, expected, trouble) => {
    cloud.fail(...faults);
    await create({ sendTimeoutMs: faults[0] === 'hang' ? 200 : 15_000 }).start(inbox);
    expect(await channel.send('ID.1349', HALO, null)).toEqual(expected);
    expect(channel.status()).toMatchObject(
      trouble ? { state: 'down', detail: trouble } : { state: 'up', detail: null },
    );
  });

  it('shows the trouble until a message goes through', async () => {
    await create().start(inbox);
    cloud.fail({ code: 190, status: 401 });
    await channel.send('ID.1349', HALO, null);
    await channel.send('ID.1349', HALO, null);
    expect(channel.status()).toMatchObject({ state: 'up', detail: null });
  });

  it('writes to a scoped id or a number, whichever the person has', async () => {
    create();
    await channel.send('ID.1349', HALO, null);
    await channel.send('620000000001', HALO, null);
    expect(cloud.sent.map(({ to, recipient }) => ({ to, recipient }))).toEqual([
      { to: undefined, recipient: 'ID.1349' },
      { to: '620000000001', recipient: undefined },
    ]);
  });

  it('does not repeat the first part when the second fails', async () => {
    cloud.fail('none', { code: 130429 });
    const long: Reply = { type: 'text', text: 'kata '.repeat(1500), choices: [] };
    expect(await create().send('ID.1349', long, null)).toEqual({ kind: 'unsure', code: 'RATE_LIMITED' });
  });

  it('sends a template', async () => {
    const template = { name: 'pengumuman', language: 'id', body: ['Jumat'], buttons: [] };
    expect(await create().sendTemplate('ID.1349', template)).toMatchObject({ kind: 'sent' });
    expect(cloud.sent[0]).toMatchObject({ type: 'template', template: { name: 'pengumuman' } });
  });

  it('refuses an empty text, and may try again when nobody listens there', async () => {
    expect(await create().send('ID.1', { ...HALO, text: ' ', choices: [] } as Reply, null)).toMatchObject({
      kind: 'failed',
    });
    create({ graphUrl: 'http://127.0.0.1:2' });
    expect(await channel.send('ID.1', HALO, null)).toEqual({
      kind: 'retry',
      afterMs: 5000,
      code: 'CHANNEL_UNREACHABLE',
    });
  });
});

describe('a Solution Provider', () => {
  it('has its own header, and its own address', async () => {
    const provider = await startFakeCloud({ path: '/messages', header: 'D360-API-KEY', value: 'kunci' });
    create({ graphUrl: `${provider.root}/messages`, authHeader: 'D360-API-KEY' });
    expect(await channel.send('ID.1349', HALO, null)).toMatchObject({ kind: 'sent' });
    await provider.close();
  });

  it.each([
    ['https://graph.facebook.com/v25.0', 'https://graph.facebook.com/v25.0/1001/messages'],
    ['https://graph.facebook.com/v25.0/', 'https://graph.facebook.com/v25.0/1001/messages'],
    ['https://provider.example/messages', 'https://provider.example/messages'],
  ])('%s', (root, url) => {
    expect(messagesUrl(root, '1001')).toBe(url);
  });
});

describe('webhook', () => {
  let host: WebhookHost;
  const message = {
    id: 'wamid.A',
    timestamp: '1790000000',
    from_user_id: 'ID.1349',
    type: 'text',
    text: { body: 'halo 😀' },
  };
  const body = JSON.stringify(cloudPayload({ messages: [message, { ...message, id: 'wamid.B' }] }));

  beforeEach(async () => {
    host = await hostWebhook(() => channel.webhook);
    await create().start(inbox);
  });
  afterEach(() => host.close());

  const post = (content: string, headers: Record<string, string>) =>
    fetch(host.url, { method: 'POST', headers, body: content });

  it('takes a signed batch, and marks its last message as read', async () => {
    expect((await post(body, signatureOf(body, CLOUD_SECRET))).status).toBe(200);
    expect(inbox.messages.map((one) => one.id)).toEqual(['whatsapp_cloud:wamid.A', 'whatsapp_cloud:wamid.B']);
    await until(() => cloud.read.length === 1, 'the read mark');
    expect(cloud.read).toEqual(['wamid.B']);
  });

  it('passes statuses on', async () => {
    const statuses = JSON.stringify(
      cloudPayload({ statuses: [{ id: 'wamid.out1', status: 'delivered', timestamp: '1790000000' }] }),
    );
    expect((await post(statuses, signatureOf(statuses, CLOUD_SECRET))).status).toBe(200);
    expect(inbox.receipts).toMatchObject([{ providerId: 'wamid.out1', status: 'delivered' }]);
  });

  it('writes to the scoped id that a status told of somebody who wrote by number', async () => {
    const from = '620000000007';
    const message = { id: 'wamid.N', from, timestamp: '1790000000', type: 'text', text: { body: 'halo' } };
    const status = { id: 'wamid.out2', status: 'delivered', timestamp: '1790000000', recipient_id: from };
    for (const value of [{ messages: [message] }, { statuses: [{ ...status, recipient_user_id: 'ID.77' }] }]) {
      const sent = JSON.stringify(cloudPayload(value));
      expect((await post(sent, signatureOf(sent, CLOUD_SECRET))).status).toBe(200);
    }
    await channel.send(from, HALO, null);
    expect(cloud.sent.map(({ to, recipient }) => ({ to, recipient }))).toEqual([{ to: undefined, recipient: 'ID.77' }]);
  });

  it('asks for it again while the store is down', async () => {
    inbox.failNext(1);
    expect((await post(body, signatureOf(body, CLOUD_SECRET))).status).toBe(503);
    expect(cloud.read).toEqual([]);
    expect((await post(body, signatureOf(body, CLOUD_SECRET))).status).toBe(200);
  });

  it.each(['refuses', 'hangs'])('hands over at once what cannot be filed while the book %s', async (how) => {
    await channel.stop();
    let down = true;
    let letGo = () => undefined as unknown;
    const over = new Promise((resolve) => {
      letGo = () => resolve(undefined);
    });
    const meet = async () => {
      if (down && how === 'refuses') throw new Error('the store is down');
      if (down) await over;
    };
    await create({
      credentials: {
        ...credentials,
        get: async (keys) => meet().then(() => credentials.get(keys)),
        put: async (changes, at) => meet().then(() => credentials.put(changes, at)),
      },
    }).start(inbox);
    const answer = post(body, signatureOf(body, CLOUD_SECRET));
    await until(() => inbox.unfiledMessages.length === 2, 'both messages');
    expect(inbox.messages).toEqual([]);
    const contact = inbox.unfiledMessages[0]?.contact ?? '';
    expect(await channel.send(contact, HALO, null)).toMatchObject({ kind: 'sent' });
    down = false;
    letGo();
    // What was refused Meta brings again.
    expect((await answer).status).toBe(how === 'refuses' ? 503 : 200);
    if (how === 'refuses') await post(body, signatureOf(body, CLOUD_SECRET));
    expect(inbox.messages.map((one) => [one.id, one.contact])).toEqual(
      inbox.unfiledMessages.map((one) => [one.id, one.contact]),
    );
  });

  it.each([
    ['unsigned', body, {}, 401, 'wrong_signature'],
    ['signed with another secret', body, signatureOf(body, 'lain'), 401, 'wrong_signature'],
    ['signed, then changed', body.replace('halo', 'hola'), signatureOf(body, CLOUD_SECRET), 401, 'wrong_signature'],
    [
      'the signature over JSON written anew',
      body,
      signatureOf(body.replace('😀', '\\ud83d\\ude00'), CLOUD_SECRET),
      401,
      'wrong_signature',
    ],
    ['signed nonsense', '{"a":', signatureOf('{"a":', CLOUD_SECRET), 200, 'not_json'],
    ['a signed unknown kind', '{"object":"page"}', signatureOf('{"object":"page"}', CLOUD_SECRET), 200, 'malformed'],
  ])('%s', async (_, content, headers, status, code) => {
    expect((await post(content, headers)).status).toBe(status);
    expect(inbox.messages).toEqual([]);
    expect(inbox.ignoredCodes).toEqual([code]);
  });

  it.each([
    [
      'the right token',
      'hub.mode=subscribe&hub.verify_token=token-verifikasi&hub.challenge=1158201444',
      200,
      '1158201444',
    ],
    ['a wrong token', 'hub.mode=subscribe&hub.verify_token=x&hub.challenge=1158201444', 403, ''],
    ['no token', '', 403, ''],
    [
      'a challenge that is a page',
      'hub.mode=subscribe&hub.verify_token=token-verifikasi&hub.challenge=%3Cb%3E',
      403,
      '',
    ],
  ])('verification with %s', async (_, query, status, answer) => {
    const response = await fetch(`${host.url}?${query}`);
    expect([response.status, await response.text()]).toEqual([status, answer]);
  });

  it('answers 404 when the channel is stopped', async () => {
    await channel.stop();
    expect((await post(body, signatureOf(body, CLOUD_SECRET))).status).toBe(404);
  });
});

describe('against crabline’s Graph API, which nobody here wrote', () => {
  it('reads its webhook payload, marks it read and answers in text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'graph-'));
    const events: { path?: string; body?: Record<string, unknown>; accepted?: boolean }[] = [];
    const server = await startWhatsAppServer({
      recorderPath: join(folder, 'record.jsonl'),
      onEvent: (event: unknown) => void events.push(event as (typeof events)[number]),
    });
    const { accessToken, adminToken, endpoints, phoneNumberId } = server.manifest;
    await create({ graphUrl: endpoints.apiRoot, token: accessToken, phoneNumberId }).start(inbox);
    const host = await hostWebhook(() => channel.webhook);

    const injected = await fetch(endpoints.adminInboundUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-crabline-admin-token': adminToken },
      body: JSON.stringify({
        chatJid: '15550000001@s.whatsapp.net',
        senderJid: '15550000001@s.whatsapp.net',
        text: 'puskesmas buka?',
      }),
    });
    const { webhook } = (await injected.json()) as { webhook: unknown };
    const payload = JSON.stringify(webhook);
    expect(
      (await fetch(host.url, { method: 'POST', headers: signatureOf(payload, CLOUD_SECRET), body: payload })).status,
    ).toBe(200);
    expect(inbox.messages).toMatchObject([{ contact: '15550000001', body: { type: 'text', text: 'puskesmas buka?' } }]);

    const answer: Reply = { type: 'text', text: 'Buka sampai 14.00', choices: [] };
    expect(await channel.send('15550000001', answer, null)).toMatchObject({ kind: 'sent' });
    const told = () => events.filter((event) => event.accepted).map((event) => event.body?.status ?? event.body?.type);
    await until(() => told().includes('read') && told().includes('text'), 'the read mark and the answer');

    await host.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
});
