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

/**
 * Every field that a message of the Bot API can have beside what is said about it, by what it calls for. The compiler
 * holds the list against the Bot API's types: what a new version brings is to be judged here.
 */
describe('every kind of content', () => {
  type About =
    | 'message_id'
    | 'message_thread_id'
    | 'direct_messages_topic'
    | 'from'
    | 'sender_chat'
    | 'sender_boost_count'
    | 'sender_business_bot'
    | 'sender_tag'
    | 'date'
    | 'business_connection_id'
    | 'chat'
    | 'forward_origin'
    | 'is_topic_message'
    | 'is_automatic_forward'
    | 'reply_to_message'
    | 'external_reply'
    | 'quote'
    | 'reply_to_story'
    | 'reply_to_checklist_task_id'
    | 'via_bot'
    | 'edit_date'
    | 'has_protected_content'
    | 'is_from_offline'
    | 'is_paid_post'
    | 'media_group_id'
    | 'author_signature'
    | 'paid_star_count'
    | 'link_preview_options'
    | 'effect_id'
    | 'guest_query_id'
    | 'receiver_user'
    | 'ephemeral_message_id'
    | 'reply_to_poll_option_id'
    | 'guest_bot_caller_user'
    | 'guest_bot_caller_chat'
    | 'entities'
    | 'caption_entities'
    | 'show_caption_above_media'
    | 'has_media_spoiler'
    | 'reply_markup';
  type Kind = 'text' | 'location' | 'voice' | 'image' | 'sticker' | 'contact' | 'document' | 'other' | null;

  const KINDS: Record<Exclude<keyof Message, About>, Kind> = {
    text: 'text',
    caption: 'text',
    location: 'location',
    voice: 'voice',
    audio: 'voice',
    video_note: 'voice',
    photo: 'image',
    live_photo: 'image',
    animation: 'image',
    sticker: 'sticker',
    contact: 'contact',
    document: 'document',
    video: 'other',
    poll: 'other',
    dice: 'other',
    story: 'other',
    game: 'other',
    paid_media: 'other',
    checklist: 'other',
    rich_message: 'other',
    giveaway: 'other',
    giveaway_winners: 'other',
    invoice: 'other',
    // Comes with its location.
    venue: null,
    // Words of Telegram about the chat, a payment or a group; nothing that a person said.
    checklist_tasks_done: null,
    checklist_tasks_added: null,
    community_chat_added: null,
    community_chat_removed: null,
    suggested_post_info: null,
    suggested_post_approved: null,
    suggested_post_approval_failed: null,
    suggested_post_declined: null,
    suggested_post_paid: null,
    suggested_post_refunded: null,
    chat_owner_left: null,
    chat_owner_changed: null,
    new_chat_members: null,
    community_chat_joined: null,
    left_chat_member: null,
    new_chat_title: null,
    new_chat_photo: null,
    delete_chat_photo: null,
    group_chat_created: null,
    supergroup_chat_created: null,
    channel_chat_created: null,
    managed_bot_created: null,
    poll_option_added: null,
    poll_option_deleted: null,
    message_auto_delete_timer_changed: null,
    migrate_to_chat_id: null,
    migrate_from_chat_id: null,
    pinned_message: null,
    successful_payment: null,
    refunded_payment: null,
    users_shared: null,
    chat_shared: null,
    connected_website: null,
    write_access_allowed: null,
    passport_data: null,
    proximity_alert_triggered: null,
    boost_added: null,
    chat_background_set: null,
    forum_topic_created: null,
    forum_topic_edited: null,
    forum_topic_closed: null,
    forum_topic_reopened: null,
    general_forum_topic_hidden: null,
    general_forum_topic_unhidden: null,
    giveaway_created: null,
    giveaway_completed: null,
    gift: null,
    gift_upgrade_sent: null,
    unique_gift: null,
    paid_message_price_changed: null,
    direct_message_price_changed: null,
    video_chat_scheduled: null,
    video_chat_started: null,
    video_chat_ended: null,
    video_chat_participants_invited: null,
    web_app_data: null,
  };

  it.each(Object.entries(KINDS))('%s', (field, kind) => {
    const content = field === 'text' || field === 'caption' ? 'halo' : { latitude: 1, longitude: 2 };
    const body = bodyOf({ [field]: content } as Partial<Message>);
    if (kind === null) expect(body).toBeUndefined();
    else if (kind === 'text' || kind === 'location') expect(body).toMatchObject({ type: kind });
    else expect(body).toEqual({ type: 'unreadable', kind });
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

describe('what stands around a message', () => {
  const group = { id: -100_5, type: 'supergroup' as const, title: 'RT 3' };
  const person = { id: 777, is_bot: false, first_name: 'x' };
  const said = { message_id: 3, date: 1, chat: { id: 777, type: 'private', first_name: 'x' }, text: 'kejang' };
  type Expected = { body?: unknown; groups?: number[]; ignored?: string[] };
  const HALO = { type: 'text', text: 'halo' };

  it.each<[string, object, Expected]>([
    [
      'an answer to a message that is quoted',
      { text: 'halo', reply_to_message: said, quote: { text: 'kejang' } },
      { body: HALO },
    ],
    ['an answer to a message of another chat', { text: 'halo', external_reply: { origin: {} } }, { body: HALO }],
    [
      'a forward',
      { text: 'halo', forward_origin: { type: 'hidden_user', sender_user_name: 'x', date: 1 } },
      { body: HALO },
    ],
    ['words put in by another bot', { text: 'halo', via_bot: { ...person, is_bot: true } }, { body: HALO }],
    ['text with marks only', { text: 'halo', entities: [{ type: 'bold', offset: 0, length: 4 }] }, { body: HALO }],
    [
      'a picture that costs stars, with words',
      { caption: 'halo', paid_media: { star_count: 1, paid_media: [] } },
      { body: HALO },
    ],
    ['nobody named as the sender', { text: 'halo', from: undefined }, { body: HALO }],
    [
      'an odd part beside the text',
      { text: 'halo', location: null, from: { is_bot: 'no' }, media_group_id: 7 },
      { body: HALO },
    ],
    ['an unknown field of the future', { text: 'halo', hologram: {} }, { body: HALO }],
    [
      'a place that moves',
      { location: { latitude: 1, longitude: 2, live_period: 900, heading: 5 } },
      { body: { type: 'location', point: { lat: 1, lng: 2 } } },
    ],
    ['a supergroup', { text: 'halo', chat: group }, { groups: [-100_5] }],
    [
      'an admin who writes as the group',
      { text: 'halo', chat: group, sender_chat: group, from: { id: 1_087_968_824, is_bot: true, first_name: 'Group' } },
      { ignored: ['bot'] },
    ],
    [
      'a group that became a supergroup',
      { chat: { ...group, type: 'group' }, migrate_to_chat_id: -100_6 },
      { groups: [-100_5] },
    ],
    ['a kind of chat that nobody knows', { text: 'halo', chat: { id: 5, type: 'community' } }, { groups: [5] }],
  ])('%s', (_, content, { body, groups = [], ignored = [] }) => {
    const received = receive([messageUpdate(1, content as Partial<Message>)], BOT, NOW);
    expect([received.messages.map((one) => one.body), received.groups, received.ignored]).toEqual([
      body ? [body] : [],
      groups,
      ignored,
    ]);
  });

  it('a button below a message too old to be shown is a choice', () => {
    const { callback_query } = callbackUpdate(7, 'menu.open') as { callback_query: object };
    const old = { chat: { id: 777, type: 'private', first_name: 'x' }, message_id: 1, date: 0 };
    const [message] = receive(
      [{ update_id: 7, callback_query: { ...callback_query, message: old } }],
      BOT,
      NOW,
    ).messages;
    expect(message).toMatchObject({ at: NOW, contact: '777', body: { type: 'choice', value: 'menu.open' } });
  });

  it.each([
    'edited_channel_post',
    'business_connection',
    'edited_business_message',
    'deleted_business_messages',
    'guest_message',
    'stopped_message_generation',
    'message_reaction_count',
    'inline_query',
    'chosen_inline_result',
    'shipping_query',
    'pre_checkout_query',
    'purchased_paid_media',
    'poll_answer',
    'chat_member',
    'chat_join_request',
    'chat_boost',
    'removed_chat_boost',
    'managed_bot',
    'subscription',
  ])('an update of the kind %s is counted, should somebody have asked for it', (kind) => {
    expect(receive([{ update_id: 1, [kind]: { chat: group } }], BOT, NOW)).toMatchObject({
      messages: [],
      ignored: ['unknown_update'],
    });
  });
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
