import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createTelegramChannel,
  type TelegramChannel,
  type TelegramSettings,
} from '../../../src/channels/telegram/index.js';
import type { Reply } from '../../../src/domain/reply.js';
import {
  callbackUpdate,
  type FakeTelegram,
  type Fault,
  messageUpdate,
  refusal,
  startFakeTelegram,
} from '../../fakes/telegram-server.js';
import { hostWebhook, type WebhookHost } from '../../fakes/webhook-host.js';
import { createInbox, type HeldTiming, heldTiming, type Inbox, until, WORDS } from '../support.js';

const HALO: Reply = { type: 'text', text: 'Halo', choices: [] };
const PLACE: Reply = {
  type: 'place',
  facility: 'x',
  lat: -0.4,
  lng: 117,
  title: 'Puskesmas Contoh',
  address: 'Jl. Contoh 1',
};

let server: FakeTelegram;
let timing: HeldTiming;
let inbox: Inbox;
let channel: TelegramChannel;

beforeEach(async () => {
  server = await startFakeTelegram();
  timing = heldTiming();
  inbox = createInbox();
});
afterEach(async () => {
  await channel.stop();
  await server.close();
});

function create(more: Partial<TelegramSettings> = {}): TelegramChannel {
  channel = createTelegramChannel({
    token: server.token,
    apiRoot: server.root,
    webhook: null,
    words: WORDS,
    commands: {
      id: [{ command: 'menu', description: 'Lihat menu' }],
      en: [{ command: 'menu', description: 'Show the menu' }],
    },
    timing,
    ...more,
  });
  return channel;
}

it('hears of who blocked the bot, in the order in which it happened', async () => {
  const place = (id: number, status: string) => ({
    update_id: id,
    my_chat_member: { chat: { id: 777, type: 'private' }, date: 1_790_000_000 + id, new_chat_member: { status } },
  });
  await server.push(place(1, 'kicked') as never, place(2, 'member') as never);
  await create().start(inbox);
  await until(() => inbox.reached.length === 2, 'both changes');
  expect(inbox.reached.map(({ contact, reachable }) => [contact, reachable])).toEqual([
    ['777', false],
    ['777', true],
  ]);
  expect(server.callsTo('getUpdates')[0]?.payload).toMatchObject({
    allowed_updates: expect.arrayContaining(['my_chat_member']),
  });
});

describe('sending', () => {
  it.each<[string, Fault[], unknown]>([
    ['taken', [], { kind: 'sent', providerId: '1' }],
    [
      '429: wait to the second',
      [refusal(429, 'Too Many Requests: retry after 17', 17)],
      { kind: 'retry', afterMs: 17_000, code: 'RATE_LIMITED', thisContactOnly: true },
    ],
    [
      '403: blocked by the person',
      [refusal(403, 'Forbidden: bot was blocked by the user')],
      { kind: 'failed', code: 'CONTACT_UNREACHABLE' },
    ],
    [
      '400: no such chat',
      [refusal(400, 'Bad Request: chat not found')],
      { kind: 'failed', code: 'CONTACT_UNREACHABLE' },
    ],
    [
      '400: anything else',
      [refusal(400, 'Bad Request: message text is empty')],
      { kind: 'failed', code: 'SEND_REFUSED' },
    ],
    [
      '500: it says that it did not',
      [refusal(500, 'Internal Server Error')],
      { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' },
    ],
    [
      '401: the token is wrong',
      [refusal(401, 'Unauthorized')],
      { kind: 'retry', afterMs: 60_000, code: 'CHANNEL_UNREACHABLE' },
    ],
    ['the line breaks', ['drop'], { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }],
    ['no answer in time', ['hang'], { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }],
  ])('%s', async (_, faults, expected) => {
    server.fail('sendMessage', ...faults);
    expect(await create({ sendTimeoutSeconds: faults[0] === 'hang' ? 0.2 : 15 }).send('777', HALO, null)).toEqual(
      expected,
    );
  });

  it('takes "too many requests" in a second chat for a limit on the bot', async () => {
    server.fail('sendMessage', refusal(429, 'Too Many Requests', 17), refusal(429, 'Too Many Requests', 3));
    create();
    await channel.send('777', HALO, null);
    expect(await channel.send('888', HALO, null)).toEqual({ kind: 'retry', afterMs: 17_000, code: 'RATE_LIMITED' });
  });

  it('may try again when nobody listens there', async () => {
    create({ apiRoot: 'http://127.0.0.1:9' });
    expect(await channel.send('777', HALO, null)).toEqual({
      kind: 'retry',
      afterMs: 5000,
      code: 'CHANNEL_UNREACHABLE',
    });
  });

  it('does not repeat the first part when the second fails', async () => {
    create();
    server.fail('sendMessage', 'none', refusal(429, 'Too Many Requests', 1));
    const long: Reply = { type: 'text', text: 'kata '.repeat(1500), choices: [] };
    expect(await channel.send('777', long, null)).toEqual({ kind: 'unsure', code: 'RATE_LIMITED' });
  });

  it.each([
    ['a venue', [], ['sendVenue']],
    ['text with a link where the server knows no venues', ['sendVenue'], ['sendVenue', 'sendMessage']],
  ])('shows a place as %s', async (_, missing, methods) => {
    server.without(...missing);
    expect(await create().send('777', PLACE, null)).toMatchObject({ kind: 'sent' });
    expect(server.calls.map((call) => call.method)).toEqual(methods);
  });

  it.each([
    ['no number', 'abc', HALO],
    ['an empty text', '777', { ...HALO, text: '  ' }],
  ])('refuses %s', async (_, contact, reply) => {
    expect(await create().send(contact, reply as Reply, null)).toEqual({ kind: 'failed', code: 'SEND_REFUSED' });
    expect(server.calls).toEqual([]);
  });
});

describe('polling', () => {
  it('confirms an update only after it was accepted, however often the store fails', async () => {
    await create().start(inbox);
    inbox.failNext(3);
    await server.push(messageUpdate(5, { text: 'satu' }), messageUpdate(6, { text: 'dua' }));
    await until(() => inbox.failures() === 3 && inbox.messages.length === 2, 'both accepted');
    expect(inbox.messages.map((message) => message.id)).toEqual(['telegram:1:5', 'telegram:1:6']);
    const offsets = server.callsTo('getUpdates').map((call) => call.payload.offset);
    expect(offsets.slice(0, 4)).toEqual([0, 0, 0, 0]);
    await until(() => server.unconfirmed().length === 0, 'confirmed');
    expect(channel.status().state).toBe('up');
  });

  it.each<[string, Fault, number, string]>([
    [
      'another poller (409) after a restart',
      refusal(409, 'Conflict: terminated by other getUpdates request'),
      1000,
      'conflict',
    ],
    ['429', refusal(429, 'Too Many Requests', 33), 33_000, 'rate_limited'],
    ['500', refusal(500, 'Internal Server Error'), 1000, 'refused'],
    ['a dropped line', 'drop', 1000, 'unreachable'],
    ['a wrong token', refusal(401, 'Unauthorized'), 60_000, 'token_refused'],
  ])('outlives %s', async (_, fault, wait) => {
    server.fail('getUpdates', fault);
    await create().start(inbox);
    await until(() => server.isPolled(), 'polling again');
    expect(timing.waits).toContain(wait);
    await server.push(messageUpdate(1, { text: 'halo' }));
    await until(() => inbox.messages.length === 1, 'the message');
  });

  it('goes on when the numbers of the updates begin anew, as after a week without any', async () => {
    await create().start(inbox);
    await server.push(messageUpdate(700_000, { text: 'lama' }));
    await until(() => server.unconfirmed().length === 0, 'the old numbers');
    for (const id of [12, 13]) {
      await server.push(messageUpdate(id, { text: 'baru' }));
      await until(() => server.unconfirmed().length === 0, 'confirmed');
    }
    expect(inbox.messages.map((message) => message.id)).toEqual([700_000, 12, 13].map((id) => `telegram:1:${id}`));
  });

  it('removes a webhook that someone left behind', async () => {
    server.setForeignWebhook();
    await create().start(inbox);
    await until(() => server.isPolled(), 'polling');
  });

  it('confirms on stopping, so that a restart hears nothing twice', async () => {
    await create().start(inbox);
    await server.push(messageUpdate(8, { text: 'halo' }));
    await until(() => inbox.messages.length === 1, 'the message');
    await channel.stop();
    expect(server.unconfirmed()).toEqual([]);
    expect(channel.status().state).toBe('stopped');
  });

  it('frees a pressed button', async () => {
    await create().start(inbox);
    await server.push(callbackUpdate(3, 'menu'));
    await until(() => server.callsTo('answerCallbackQuery').length === 1, 'the answer to the query');
    expect(inbox.messages[0]?.body).toEqual({ type: 'choice', value: 'menu' });
  });

  it('tells a group once where to write, and again the next day', async () => {
    await create().start(inbox);
    const chat = { id: -5, type: 'group' as const, title: 'RT 3' };
    await server.push(messageUpdate(1, { chat, text: 'halo' }), messageUpdate(2, { chat, text: 'halo?' }));
    await server.push(messageUpdate(3, { text: 'pribadi' }));
    await until(() => inbox.messages.length === 1, 'the private message');
    await until(() => server.callsTo('sendMessage').length === 1, 'the word to the group');
    timing.setNow(timing.now() + 86_400_001);
    await server.push(messageUpdate(4, { chat, text: 'halo' }));
    await until(() => server.callsTo('sendMessage').length === 2, 'the second word');
    expect(server.callsTo('sendMessage').map((call) => [call.payload.chat_id, call.payload.text])).toEqual([
      [-5, WORDS.id.privateOnly],
      [-5, WORDS.id.privateOnly],
    ]);
    expect(inbox.ignoredCodes).toEqual(['group', 'group', 'group']);
  });

  it('works on a server that knows neither menus nor webhooks', async () => {
    server.without('setMyCommands', 'deleteWebhook', 'answerCallbackQuery');
    await create().start(inbox);
    await server.push(callbackUpdate(1, 'menu'), messageUpdate(2, { text: 'halo' }));
    await until(() => inbox.messages.length === 2, 'both');
  });
});

describe('webhook', () => {
  let host: WebhookHost;
  beforeEach(async () => {
    host = await hostWebhook(() => channel.webhook);
    create({ webhook: { url: host.url, secret: 'rahasia-1' } });
  });
  afterEach(() => host.close());

  it('takes what carries the secret, and frees the button', async () => {
    await channel.start(inbox);
    await until(() => channel.status().state === 'up', 'the webhook is set');
    await server.push(messageUpdate(1, { text: 'halo 😀' }), callbackUpdate(2, 'menu'));
    expect(inbox.messages.map((message) => message.body)).toEqual([
      { type: 'text', text: 'halo 😀' },
      { type: 'choice', value: 'menu' },
    ]);
    await until(() => server.callsTo('answerCallbackQuery').length === 1, 'the answer to the query');
    expect(server.webhookAnswers).toEqual([200, 200]);
  });

  it('is told 503 while the store is down, and gets the update again', async () => {
    await channel.start(inbox);
    await until(() => channel.status().state === 'up', 'the webhook is set');
    inbox.failNext(2);
    await server.push(messageUpdate(1, { text: 'halo' }));
    expect(server.webhookAnswers).toEqual([503, 503, 200]);
    expect(inbox.messages).toHaveLength(1);
  });

  it('sets the webhook again after a failure', async () => {
    server.fail('setWebhook', refusal(429, 'Too Many Requests', 3), 'drop');
    await channel.start(inbox);
    await until(() => channel.status().state === 'up', 'the webhook is set');
    expect(timing.waits).toEqual([3000, 2000]);
  });

  it.each([
    ['no secret', {}, '{"update_id":1}', 401, 'wrong_secret'],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'rahasia-2' }, '{"update_id":1}', 401, 'wrong_secret'],
    ['no JSON', { 'x-telegram-bot-api-secret-token': 'rahasia-1' }, '{"update_id":', 200, 'not_json'],
    [
      'an unknown kind',
      { 'x-telegram-bot-api-secret-token': 'rahasia-1' },
      '{"update_id":1,"new_thing":{}}',
      200,
      'unknown_update',
    ],
    ['not an update at all', { 'x-telegram-bot-api-secret-token': 'rahasia-1' }, '[1,2]', 200, 'malformed'],
  ])('%s', async (_, headers, body, status, code) => {
    await channel.start(inbox);
    const response = await fetch(host.url, { method: 'POST', headers, body });
    expect(response.status).toBe(status);
    expect(inbox.messages).toEqual([]);
    expect(inbox.ignoredCodes).toEqual([code]);
  });

  it('answers 404 before the channel is started', async () => {
    expect((await fetch(host.url, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
