import type { proto } from '@whiskeysockets/baileys';
import { z } from 'zod';
import type { MessageBody } from '../../domain/message.js';

type Field = keyof proto.IMessage;
type UnreadableKind = Extract<MessageBody, { type: 'unreadable' }>['kind'];

/**
 * Content that a person sends and the bot cannot read, by the field of WhatsApp's protobuf that carries it. A field that
 * stands neither here nor in `receive` is machinery (keys, reactions, receipts) and calls for no answer.
 */
export const UNREADABLE: Partial<Record<Field, UnreadableKind>> = {
  audioMessage: 'voice',
  ptvMessage: 'voice',
  imageMessage: 'image',
  stickerMessage: 'sticker',
  lottieStickerMessage: 'sticker',
  stickerPackMessage: 'sticker',
  contactMessage: 'contact',
  contactsArrayMessage: 'contact',
  documentMessage: 'document',
  videoMessage: 'other',
  pollCreationMessage: 'other',
  pollCreationMessageV2: 'other',
  pollCreationMessageV3: 'other',
  pollCreationMessageV5: 'other',
  eventMessage: 'other',
  groupInviteMessage: 'other',
  productMessage: 'other',
  orderMessage: 'other',
  requestPaymentMessage: 'other',
  sendPaymentMessage: 'other',
  paymentInviteMessage: 'other',
  invoiceMessage: 'other',
  scheduledCallCreationMessage: 'other',
  newsletterAdminInviteMessage: 'other',
  newsletterFollowerInviteMessageV2: 'other',
  pollResultSnapshotMessage: 'other',
  pollResultSnapshotMessageV3: 'other',
  // Forwarded from a business, or from WhatsApp's own assistant.
  highlyStructuredMessage: 'other',
  templateMessage: 'other',
  buttonsMessage: 'other',
  listMessage: 'other',
  interactiveMessage: 'other',
  richResponseMessage: 'other',
  // What the phone shows and no linked device may.
  placeholderMessage: 'other',
};

/** Envelopes around what a person sent that Baileys does not open itself. */
export const ENVELOPES = [
  'botForwardedMessage',
  'botInvokeMessage',
  'groupMentionedMessage',
  'lottieStickerMessage',
  'pollCreationMessageV4',
  'questionMessage',
  'questionReplyMessage',
] as const satisfies readonly Field[];

export const point = z.object({
  degreesLatitude: z.number().min(-90).max(90),
  degreesLongitude: z.number().min(-180).max(180),
});

/** What must be there before a message is looked at. Baileys names a chat by a phone number's JID or a LID. */
export const key = z.object({
  id: z.string().min(1),
  remoteJid: z.string().min(1),
  remoteJidAlt: z.string().nullish(),
  fromMe: z.boolean().nullish(),
});

/** An acknowledgement of the server for something sent: `error` is WhatsApp's own code. */
export const ack = z.object({ attrs: z.object({ id: z.string(), error: z.string().optional() }) });

/** The parts of a saved session that must be there for it to be taken over. */
export const linkedCreds = z.object({
  noiseKey: z.object({ public: z.instanceof(Uint8Array), private: z.instanceof(Uint8Array) }),
  signedIdentityKey: z.object({ public: z.instanceof(Uint8Array), private: z.instanceof(Uint8Array) }),
  registrationId: z.number().int(),
  me: z.object({ id: z.string().min(1) }),
});
