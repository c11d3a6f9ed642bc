import {
  isHostedLidUser,
  isHostedPnUser,
  isLidUser,
  isPnUser,
  jidNormalizedUser,
  normalizeMessageContent,
  proto,
  toNumber,
  type WAMessage,
  type WAMessageUpdate,
} from '@whiskeysockets/baileys';
import type { MessageBody } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import type { DeliveryReceipt } from '../../ports/channel.js';
import type { AlbumMemory } from '../albums.js';
import * as schema from './schema.js';

/** A resident's message, before it is known under which contact its two addresses are kept. */
export interface Incoming {
  readonly id: string;
  /** The provider's own id, for the read mark. */
  readonly providerId: string;
  /** The address that wrote; answers go there. */
  readonly jid: string;
  /** The same person's other address (number or LID), when WhatsApp told it. */
  readonly alt: string | null;
  readonly at: Instant;
  readonly body: MessageBody;
}

export type Received = { readonly incoming: Incoming } | { readonly ignored: string };

/** True for an address of one person; groups, broadcast lists, status, channels and bots are not. */
export function isPerson(jid: string): boolean {
  return Boolean(isPnUser(jid) || isLidUser(jid) || isHostedPnUser(jid) || isHostedLidUser(jid));
}

/** Reads one message as Baileys hands it over, decrypted. Never throws. `receivedAt` dates one without a time. */
export function receive(message: WAMessage, receivedAt: Instant, albums: AlbumMemory): Received {
  const key = schema.key.safeParse(message.key);
  if (!key.success) return { ignored: 'malformed' };
  const { id, remoteJid, remoteJidAlt, fromMe } = key.data;
  if (fromMe) return { ignored: 'own' };
  if (!isPerson(remoteJid)) return { ignored: 'not_a_person' };
  if (message.category === 'peer') return { ignored: 'peer' };
  const body = bodyOf(message.message ?? null) ?? unshown(message);
  if (typeof body === 'string') return { ignored: body };
  const seconds = toNumber(message.messageTimestamp);
  const album = albumOf(message.message ?? null);
  const own = `whatsapp:${id}`;
  return {
    incoming: {
      id: album === null ? own : albums.idOf(`whatsapp:album:${album}`, own, body.type === 'text'),
      providerId: id,
      jid: jidNormalizedUser(remoteJid),
      alt: remoteJidAlt && isPerson(remoteJidAlt) ? jidNormalizedUser(remoteJidAlt) : null,
      at: seconds > 0 ? seconds * 1000 : receivedAt,
      body,
    },
  };
}

function albumOf(message: proto.IMessage | null): string | null {
  return message?.messageContextInfo?.messageAssociation?.parentMessageKey?.id ?? null;
}

/** What is to be seen once comes without its content to a linked device: it was sent all the same. */
function unshown({ key }: WAMessage): MessageBody | string {
  return key.isViewOnce ? { type: 'unreadable', kind: 'image' } : 'not_decrypted';
}

/** What lies in all envelopes; a message opens at most so many. */
function opened(raw: proto.IMessage | null): proto.IMessage | undefined {
  let content = normalizeMessageContent(raw ?? undefined);
  for (let depth = 0; depth < 3 && content; depth += 1) {
    const envelope = schema.ENVELOPES.find((field) => content?.[field]?.message);
    if (!envelope) return content;
    content = normalizeMessageContent(content[envelope]?.message ?? undefined);
  }
  return content;
}

/** The body, or a code for what calls for no answer; null when there is nothing at all. */
function bodyOf(raw: proto.IMessage | null): MessageBody | string | null {
  const content = opened(raw);
  if (!content) return null;
  return chosen(content) ?? place(content) ?? text(content) ?? unreadable(content) ?? 'service_message';
}

function chosen(content: proto.IMessage): MessageBody | null {
  const value =
    content.buttonsResponseMessage?.selectedButtonId ??
    content.listResponseMessage?.singleSelectReply?.selectedRowId ??
    content.templateButtonReplyMessage?.selectedId;
  return value ? { type: 'choice', value } : null;
}

function place(content: proto.IMessage): MessageBody | null {
  const parsed = schema.point.safeParse(content.locationMessage ?? content.liveLocationMessage);
  if (!parsed.success) return null;
  return { type: 'location', point: { lat: parsed.data.degreesLatitude, lng: parsed.data.degreesLongitude } };
}

/** What was typed, or written below a picture: a question there is a question. */
function text(content: proto.IMessage): MessageBody | null {
  const written =
    content.conversation ||
    content.extendedTextMessage?.text ||
    content.imageMessage?.caption ||
    content.videoMessage?.caption ||
    content.documentMessage?.caption;
  return written?.trim() ? { type: 'text', text: written } : null;
}

function unreadable(content: proto.IMessage): MessageBody | null {
  if (content.protocolMessage?.type === proto.Message.ProtocolMessage.Type.MESSAGE_EDIT) {
    const now = text(normalizeMessageContent(content.protocolMessage.editedMessage ?? undefined) ?? {});
    return { type: 'unreadable', kind: 'edited', ...(now?.type === 'text' ? { text: now.text } : {}) };
  }
  for (const [field, kind] of Object.entries(schema.UNREADABLE)) {
    if (content[field as keyof proto.IMessage]) return { type: 'unreadable', kind };
  }
  return null;
}

const { Status } = proto.WebMessageInfo;

/** What a later word about something of ours means; nothing for other people's messages and for steps of no interest. */
export function receiptOf({ key, update }: WAMessageUpdate, now: Instant): readonly DeliveryReceipt[] {
  if (!key.fromMe || !key.id) return [];
  const known = { channel: 'whatsapp', providerId: key.id, code: null, at: now } as const;
  switch (update.status) {
    case Status.DELIVERY_ACK:
      return [{ ...known, status: 'delivered' }];
    case Status.READ:
    case Status.PLAYED:
      return [{ ...known, status: 'read' }];
    case Status.ERROR:
      return [{ ...known, status: 'failed', code: 'SEND_REFUSED' }];
    default:
      return [];
  }
}
