import type { Message, Update } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { createAlbumMemory } from '../../../src/channels/albums.js';
import { receive as receiveWith } from '../../../src/channels/telegram/receive.js';
import { callbackUpdate, messageUpdate } from '../../fakes/telegram-server.js';

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
const BOT = '123456';
/** Each batch to a process that has seen nothing before, unless told otherwise. */
const receive = (updates: readonly unknown[], bot: string, now: number, albums = createAlbumMemory()) =>
  receiveWith(updates, bot, now, albums);

const file = { file_id: 'f', file_unique_id: 'u' };

function bodyOf(content: Partial<Message>): unknown {
  return receive([messageUpdate(1, content)], BOT, NOW).messages[0]?.body;
}

describe('what a private chat may send', () => {
  it.each<[string, Partial<Message>, unknown]>([
    ['text', { text: 'pkm buka?' }, { type: 'text', text: 'pkm buka?' }],
    ['a command', { text: '/menu' }, { type: 'text', text: '/menu' }],
    ['a command with the name of the bot', { text: '/bantuan@contoh_bot' }, { type: 'text', text: '/bantuan' }],
    ['a command with words', { text: '/darurat anak kejang' }, { type: 'text', text: '/darurat anak kejang' }],
    ['/start with the code of a link', { text: '/start poster12' }, { type: 'text', text: '/start' }],
    [
      'a location',
      { location: { latitude: -0.41, longitude: 116.99 } },
      { type: 'location', point: { lat: -0.41, lng: 116.99 } },
    ],
    [
      'a venue is its location',
      {
        location: { latitude: 1, longitude: 2 },
        venue: { location: { latitude: 1, longitude: 2 }, title: 'Pasar', address: 'Jl. Contoh' },
      },
      { type: 'location', point: { lat: 1, lng: 2 } },
    ],
    ['a voice note', { voice: { ...file, duration: 3 } }, { type: 'unreadable', kind: 'voice' }],
    ['a photo', { photo: [{ ...file, width: 1, height: 1 }] }, { type: 'unreadable', kind: 'image' }],
    [
      'a photo with a question below it',
      { photo: [{ ...file, width: 1, height: 1 }], caption: 'ini gratis?' },
      { type: 'text', text: 'ini gratis?' },
    ],
    ['a document', { document: file }, { type: 'unreadable', kind: 'document' }],
    ['a contact', { contact: { phone_number: '0', first_name: 'x' } }, { type: 'unreadable', kind: 'contact' }],
    ['a die', { dice: { emoji: '🎲', value: 3 } }, { type: 'unreadable', kind: 'other' }],
    ['blank text', { text: ' \n' }, undefined],
    [
      'a service message',
      { pinned_message: { chat: { id: 1, type: 'private', first_name: 'x' }, message_id: 1, date: 0 } },
      undefined,
    ],
    ['a location off the globe', { location: { latitude: 123, longitude: 2 } }, undefined],
  ])('%s', (_, content, expected) => {
    expect(bodyOf(content)).toEqual(expected);
  });
});

it('gives a message its id, contact, time and language', () => {
  expect(receive([messageUpdate(42, { text: 'halo', date: 1_790_000_123 })], BOT, NOW).messages).toEqual([
    {
      id: 'telegram:123456:42',
      channel: 'telegram',
      contact: '777',
      at: 1_790_000_123_000,
      body: { type: 'text', text: 'halo' },
      language: 'id',
    },
  ]);
});

it('dates a pressed button by its arrival and names its query', () => {
  const received = receive([callbackUpdate(7, 'menu.open')], BOT, NOW);
  expect(received.callbacks).toEqual(['query-7']);
  expect(received.messages[0]).toMatchObject({
    id: 'telegram:123456:7',
    at: NOW,
    body: { type: 'choice', value: 'menu.open' },
  });
});

describe('an album', () => {
  const photo = { photo: [{ ...file, width: 1, height: 1 }], media_group_id: '99' };
  const worded = { ...photo, caption: 'ini gratis?' };
  const ALBUM = 'telegram:123456:album:99';

  it.each<[string, Partial<Message>[][], string[]]>([
    ['of pictures: they share an id, so the rest are repeats', [[photo, photo]], [`${ALBUM} image`, `${ALBUM} image`]],
    ['with words first', [[worded, photo, photo]], [`${ALBUM} text`]],
    ['with words later', [[photo, worded, photo]], [`${ALBUM} text`]],
    ['one by one, words first', [[worded], [photo], [photo]], [`${ALBUM} text`, `${ALBUM} image`, `${ALBUM} image`]],
    [
      'one by one, words later: the question is not lost',
      [[photo], [worded], [photo]],
      [`${ALBUM} image`, 'telegram:123456:11 text', `${ALBUM} image`],
    ],
    ['with two questions', [[worded, worded]], [`${ALBUM} text`, 'telegram:123456:2 text']],
  ])('%s', (_, batches, expected) => {
    const albums = createAlbumMemory();
    const take = () =>
      batches.flatMap((batch, number) => {
        const updates = batch.map((content, at) => messageUpdate(number * 10 + at + 1, content));
        return receive(updates, BOT, NOW, albums).messages;
      });
    const shown = () => take().map(({ id, body }) => `${id} ${body.type === 'unreadable' ? body.kind : body.type}`);
    expect(shown()).toEqual(expected);
    // Handed in again, every message has the id that it had.
    expect(shown()).toEqual(expected);
  });
});

describe('our own place in a chat', () => {
  const member = (status: string, type = 'private') => ({
    update_id: 1,
    my_chat_member: {
      chat: { id: 777, type },
      from: { id: 777, is_bot: false, first_name: 'x' },
      date: 1_790_000_123,
      old_chat_member: { status: 'member' },
      new_chat_member: { status },
    },
  });

  it.each([
    ['kicked', false],
    ['member', true],
  ])('%s by a person', (status, reachable) => {
    expect(receive([member(status)], BOT, NOW)).toMatchObject({
      reach: [{ channel: 'telegram', contact: '777', reachable, at: 1_790_000_123_000 }],
      messages: [],
      ignored: [],
    });
  });

  it('in a group is counted', () => {
    expect(receive([member('member', 'group')], BOT, NOW)).toMatchObject({ reach: [], ignored: ['group_membership'] });
  });
});

it.each([
  [
    'a post in a channel',
    { channel_post: { message_id: 1, date: 1, chat: { id: -100, type: 'channel', title: 'x' } } },
  ],
  [
    'a message to a business account',
    { business_message: { message_id: 1, date: 1, chat: { id: 1, type: 'private' } } },
  ],
  ['a reaction', { message_reaction: { chat: { id: 1, type: 'private' }, message_id: 1, date: 1 } }],
])('%s is not answered, but counted', (_, update) => {
  expect(receive([{ update_id: 1, ...update }], BOT, NOW)).toMatchObject({ messages: [], ignored: ['unknown_update'] });
});

it('a message in a topic of a private chat is a message', () => {
  const [message] = receive(
    [messageUpdate(1, { text: 'halo', message_thread_id: 5, is_topic_message: true })],
    BOT,
    NOW,
  ).messages;
  expect(message).toMatchObject({ contact: '777', body: { type: 'text', text: 'halo' } });
});

it('keeps the order of a batch and counts what is nobody’s question', () => {
  const group = { chat: { id: -5, type: 'group' as const, title: 'RT 3' }, text: 'halo' };
  const edited = messageUpdate(3, { text: 'buka?', edit_date: 1_790_000_500 });
  const batch: unknown[] = [
    messageUpdate(1, { text: 'a' }),
    messageUpdate(2, group),
    { update_id: 3, edited_message: edited.message },
    { update_id: 4, edited_message: messageUpdate(4, { location: { latitude: 1, longitude: 1 } }).message },
    messageUpdate(5, { text: 'x', from: { id: 1, is_bot: true, first_name: 'Bot' } }),
    { update_id: 6, poll: {} },
    { nonsense: true },
    null,
    messageUpdate(9, { text: 'b' }),
    { update_id: 10, callback_query: { ...(callbackUpdate(10, 'x') as Update).callback_query, message: undefined } },
  ];
  const received = receive(batch, BOT, NOW);
  expect(received.messages.map((message) => [message.id, message.body.type])).toEqual([
    ['telegram:123456:1', 'text'],
    ['telegram:123456:3', 'unreadable'],
    ['telegram:123456:9', 'text'],
  ]);
  expect(received.messages[1]).toMatchObject({ at: 1_790_000_500_000, body: { kind: 'edited', text: 'buka?' } });
  expect(received.groups).toEqual([-5]);
  expect(received.callbacks).toEqual(['query-10']);
  expect(received.ignored).toEqual([
    'edited_without_text',
    'bot',
    'unknown_update',
    'malformed',
    'malformed',
    'callback_elsewhere',
  ]);
});

it('tells the same number of two bots apart', () => {
  const [first, second] = ['111', '222'].map((bot) => receive([messageUpdate(1, { text: 'halo' })], bot, NOW));
  expect(first?.messages[0]?.id).not.toBe(second?.messages[0]?.id);
});
