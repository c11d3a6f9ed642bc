import { proto, type WAMessage, type WAMessageUpdate } from '@whiskeysockets/baileys';
import { describe, expect, it } from 'vitest';
import { createAlbumMemory } from '../../../src/channels/albums.js';
import { receiptOf, receive } from '../../../src/channels/whatsapp/receive.js';
import { UNREADABLE } from '../../../src/channels/whatsapp/schema.js';

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
const KEY = { id: '3EB0A', remoteJid: '620000000001@s.whatsapp.net', fromMe: false };
const EDIT = proto.Message.ProtocolMessage.Type.MESSAGE_EDIT;
const REVOKE = proto.Message.ProtocolMessage.Type.REVOKE;

function received(message: proto.IMessage, key: object = {}, more: object = {}) {
  return receive(
    { key: { ...KEY, ...key }, message, messageTimestamp: 1_790_000_000, ...more } as WAMessage,
    NOW,
    createAlbumMemory(),
  );
}

describe('what a person may send', () => {
  it.each<[string, proto.IMessage, unknown]>([
    ['text', { conversation: 'pkm buka?' }, { type: 'text', text: 'pkm buka?' }],
    ['text as an answer', { extendedTextMessage: { text: 'ya' } }, { type: 'text', text: 'ya' }],
    ['a disappearing text', { ephemeralMessage: { message: { conversation: 'hai' } } }, { type: 'text', text: 'hai' }],
    [
      'a location',
      { locationMessage: { degreesLatitude: -0.4, degreesLongitude: 117 } },
      { type: 'location', point: { lat: -0.4, lng: 117 } },
    ],
    [
      'a live location',
      { liveLocationMessage: { degreesLatitude: -0.4, degreesLongitude: 117 } },
      { type: 'location', point: { lat: -0.4, lng: 117 } },
    ],
    [
      'a button of an older menu',
      { buttonsResponseMessage: { selectedButtonId: 'menu' } },
      { type: 'choice', value: 'menu' },
    ],
    [
      'a row of a list',
      { listResponseMessage: { singleSelectReply: { selectedRowId: 'f.2' } } },
      { type: 'choice', value: 'f.2' },
    ],
    ['a voice note', { audioMessage: { ptt: true } }, { type: 'unreadable', kind: 'voice' }],
    ['a photo', { imageMessage: {} }, { type: 'unreadable', kind: 'image' }],
    [
      'a photo seen once',
      { viewOnceMessageV2: { message: { imageMessage: {} } } },
      { type: 'unreadable', kind: 'image' },
    ],
    ['a photo with a question', { imageMessage: { caption: 'gratis?' } }, { type: 'text', text: 'gratis?' }],
    [
      'a file with a question',
      { documentWithCaptionMessage: { message: { documentMessage: { caption: 'ini?' } } } },
      { type: 'text', text: 'ini?' },
    ],
    ['a sticker', { stickerMessage: {} }, { type: 'unreadable', kind: 'sticker' }],
    ['contact cards', { contactsArrayMessage: { contacts: [] } }, { type: 'unreadable', kind: 'contact' }],
    [
      'an edit',
      { editedMessage: { message: { protocolMessage: { type: EDIT } } } },
      { type: 'unreadable', kind: 'edited' },
    ],
    [
      'an edit with its text',
      { editedMessage: { message: { protocolMessage: { type: EDIT, editedMessage: { conversation: 'kejang' } } } } },
      { type: 'unreadable', kind: 'edited', text: 'kejang' },
    ],
    ['a poll', { pollCreationMessageV3: {} }, { type: 'unreadable', kind: 'other' }],
  ])('%s', (_, message, body) => {
    expect(received(message)).toMatchObject({ incoming: { id: 'whatsapp:3EB0A', at: 1_790_000_000_000, body } });
  });

  it.each<[string, proto.IMessage, object, string]>([
    ['a withdrawn message', { protocolMessage: { type: REVOKE } }, {}, 'service_message'],
    ['a reaction', { reactionMessage: { text: '👍' } }, {}, 'service_message'],
    ['a vote', { pollUpdateMessage: {} }, {}, 'service_message'],
    [
      'a location off the globe',
      { locationMessage: { degreesLatitude: 91, degreesLongitude: 0 } },
      {},
      'service_message',
    ],
    ['blank text', { conversation: '  ' }, {}, 'service_message'],
    ['what our own phone sent', { conversation: 'x' }, { fromMe: true }, 'own'],
    ['a group', { conversation: 'x' }, { remoteJid: '120363@g.us' }, 'not_a_person'],
    ['a broadcast list', { conversation: 'x' }, { remoteJid: '1@broadcast' }, 'not_a_person'],
    ['a status', { conversation: 'x' }, { remoteJid: 'status@broadcast' }, 'not_a_person'],
    ['a channel', { conversation: 'x' }, { remoteJid: '1@newsletter' }, 'not_a_person'],
    ['WhatsApp itself', { conversation: 'x' }, { remoteJid: '0@c.us' }, 'not_a_person'],
    ['no id', { conversation: 'x' }, { id: '' }, 'malformed'],
  ])('%s is not answered, but counted', (_, message, key, code) => {
    expect(received(message, key)).toEqual({ ignored: code });
  });

  it('counts what could not be decrypted', () => {
    expect(receive({ key: KEY, messageTimestamp: 1 } as WAMessage, NOW, createAlbumMemory())).toEqual({
      ignored: 'not_decrypted',
    });
  });
});

/**
 * Every field that a message of WhatsApp's protobuf can have, by what it calls for: a field that a later version of
 * Baileys brings is in none of them, and is to be judged here.
 */
describe('every kind of content', () => {
  const TEXT = { conversation: 'pkm buka?' };
  const read: Partial<Record<keyof proto.IMessage, object | string>> = {
    conversation: 'pkm buka?',
    extendedTextMessage: { text: 'pkm buka?' },
    // Words below a picture and what lies in an envelope are read as what they are.
    ...Object.fromEntries(
      (
        [
          'ephemeralMessage',
          'viewOnceMessage',
          'viewOnceMessageV2',
          'viewOnceMessageV2Extension',
          'documentWithCaptionMessage',
          'editedMessage',
          'associatedChildMessage',
          'groupStatusMessage',
          'groupStatusMessageV2',
          'botForwardedMessage',
          'botInvokeMessage',
          'groupMentionedMessage',
          'questionMessage',
          'questionReplyMessage',
        ] as const
      ).map((field) => [field, { message: TEXT }]),
    ),
  };
  const choices: Partial<Record<keyof proto.IMessage, object>> = {
    buttonsResponseMessage: { selectedButtonId: 'menu' },
    listResponseMessage: { singleSelectReply: { selectedRowId: 'menu' } },
    templateButtonReplyMessage: { selectedId: 'menu' },
  };
  const places: Partial<Record<keyof proto.IMessage, object>> = {
    locationMessage: { degreesLatitude: 0.1, degreesLongitude: 117 },
    liveLocationMessage: { degreesLatitude: 0.1, degreesLongitude: 117, sequenceNumber: 1 },
  };
  /** The poll within the envelope; a poll is something that the bot cannot read. */
  const polls: Partial<Record<keyof proto.IMessage, object>> = {
    pollCreationMessageV4: { message: { pollCreationMessageV3: {} } },
  };
  const machinery: readonly (keyof proto.IMessage)[] = [
    // Keys, and words of the phone to its own devices.
    'senderKeyDistributionMessage',
    'fastRatchetKeySenderKeyDistributionMessage',
    'deviceSentMessage',
    'messageContextInfo',
    'protocolMessage',
    'stickerSyncRmrMessage',
    'messageHistoryBundle',
    'messageHistoryNotice',
    'limitSharingMessage',
    'botTaskMessage',
    'chat',
    // Said about another message: a thumb, a vote, a pin, a comment, an edit that only the phone can open.
    'reactionMessage',
    'encReactionMessage',
    'pollUpdateMessage',
    'keepInChatMessage',
    'pinInChatMessage',
    'commentMessage',
    'encCommentMessage',
    'encEventResponseMessage',
    'secretEncryptedMessage',
    'scheduledCallEditMessage',
    'declinePaymentRequestMessage',
    'cancelPaymentRequestMessage',
    'eventCoverImage',
    'pollCreationOptionImageMessage',
    // The head of an album: its pictures follow, each a message of its own.
    'albumMessage',
    // Calls ring on the phone.
    'call',
    'bcallMessage',
    'callLogMesssage',
    // Answers to what we never send.
    'interactiveResponseMessage',
    'requestPhoneNumberMessage',
    'questionResponseMessage',
    // About a status that somebody showed.
    'statusMentionMessage',
    'groupStatusMentionMessage',
    'statusAddYours',
    'statusNotificationMessage',
    'statusQuestionAnswerMessage',
    'statusQuotedMessage',
    'statusStickerInteractionMessage',
  ];
  const fields = Object.keys(Object.getPrototypeOf(new proto.Message())).filter(
    (field): field is keyof proto.IMessage => field !== 'toJSON',
  );
  const unreadable = new Set(Object.keys(UNREADABLE));

  it.each(fields)('%s', (field) => {
    const machine = machinery.includes(field);
    const expected: Record<string, object> = {
      ...Object.fromEntries(Object.keys(read).map((key) => [key, { type: 'text', text: 'pkm buka?' }])),
      ...Object.fromEntries(Object.keys(choices).map((key) => [key, { type: 'choice', value: 'menu' }])),
      ...Object.fromEntries(Object.keys(places).map((key) => [key, { type: 'location' }])),
      ...Object.fromEntries(Object.keys(polls).map((key) => [key, { type: 'unreadable', kind: 'other' }])),
      ...Object.fromEntries([...unreadable].map((key) => [key, { type: 'unreadable' }])),
    };
    const content = { ...read, ...choices, ...places, ...polls }[field] ?? {};
    const result = received({ [field]: content } as proto.IMessage);
    if (machine) expect(result).toEqual({ ignored: 'service_message' });
    else expect(result).toMatchObject({ incoming: { body: expected[field] ?? { type: 'nobody has judged it' } } });
    expect([machine, field in expected].filter(Boolean)).toHaveLength(1);
  });
});

it('answers what is to be seen once and comes to no linked device', () => {
  const message = { key: { ...KEY, isViewOnce: true }, messageTimestamp: 1_790_000_000 } as WAMessage;
  expect(receive(message, NOW, createAlbumMemory())).toMatchObject({
    incoming: { body: { type: 'unreadable', kind: 'image' } },
  });
});

describe('who and when', () => {
  it.each<[string, object, { jid: string; alt: string | null }]>([
    ['a number only', {}, { jid: '620000000001@s.whatsapp.net', alt: null }],
    ['a number with its LID', { remoteJidAlt: '99@lid' }, { jid: '620000000001@s.whatsapp.net', alt: '99@lid' }],
    [
      'a LID with its number',
      { remoteJid: '99@lid', remoteJidAlt: '620000000001@s.whatsapp.net' },
      { jid: '99@lid', alt: '620000000001@s.whatsapp.net' },
    ],
    [
      'the device of the phone is left out',
      { remoteJid: '620000000001:7@s.whatsapp.net' },
      { jid: '620000000001@s.whatsapp.net', alt: null },
    ],
    ['an alternative that is no person', { remoteJidAlt: '1@g.us' }, { jid: '620000000001@s.whatsapp.net', alt: null }],
  ])('%s', (_, key, expected) => {
    expect(received({ conversation: 'x' }, key)).toMatchObject({ incoming: expected });
  });

  it('dates a message without a time by its arrival', () => {
    expect(received({ conversation: 'x' }, {}, { messageTimestamp: null })).toMatchObject({ incoming: { at: NOW } });
  });

  it('answers an album once: its pictures share an id', () => {
    const picture = {
      imageMessage: {},
      messageContextInfo: { messageAssociation: { parentMessageKey: { id: 'ALBUM' } } },
    };
    expect(received(picture, { id: 'B' })).toMatchObject({ incoming: { id: 'whatsapp:album:ALBUM', providerId: 'B' } });
    const worded = { ...picture, imageMessage: { caption: 'ini gratis?' } };
    const albums = createAlbumMemory();
    const ids = [worded, picture, picture].map((message, at) =>
      receive({ key: { ...KEY, id: `${at}` }, message, messageTimestamp: 1 } as unknown as WAMessage, NOW, albums),
    );
    expect(ids).toMatchObject(ids.map(() => ({ incoming: { id: 'whatsapp:album:ALBUM' } })));
  });
});

describe('what becomes of something sent', () => {
  const { Status } = proto.WebMessageInfo;
  const given = (status: proto.WebMessageInfo.Status, fromMe = true) =>
    receiptOf({ key: { ...KEY, fromMe }, update: { status } } as WAMessageUpdate, NOW);

  it.each([
    ['delivered', Status.DELIVERY_ACK, 'delivered', null],
    ['read', Status.READ, 'read', null],
    ['played', Status.PLAYED, 'read', null],
    ['refused', Status.ERROR, 'failed', 'SEND_REFUSED'],
  ])('%s', (_, status, told, code) => {
    expect(given(status)).toEqual([{ channel: 'whatsapp', providerId: '3EB0A', status: told, code, at: NOW }]);
  });

  it('says nothing of steps in between and of other people’s messages', () => {
    expect([given(Status.SERVER_ACK), given(Status.PENDING), given(Status.READ, false)]).toEqual([[], [], []]);
  });
});
