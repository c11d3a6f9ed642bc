import type { InboundMessage, MessageBody } from '../../domain/message.js';
import type { DeliveryReceipt } from '../../ports/channel.js';
import { catalogueCode } from './errors.js';
import * as schema from './schema.js';

export interface Received {
  readonly messages: readonly InboundMessage[];
  readonly receipts: readonly DeliveryReceipt[];
  /** One code for everything that is neither. */
  readonly ignored: readonly string[];
}

type Meaning =
  | { readonly message: InboundMessage }
  | { readonly receipt: DeliveryReceipt }
  | { readonly ignored: string };

/**
 * Reads a webhook's payload: every entry, change, message and status in it, each on its own, so that one that cannot be
 * read does not cost the others. Never throws. A webhook serves all numbers of an account: other numbers are passed over.
 */
export function receive(raw: unknown, phoneNumberId: string): Received {
  const payload = schema.payload.safeParse(raw);
  const changes = payload.success ? payload.data.entry.flatMap((entry) => entry.changes) : [];
  const meanings = payload.success ? changes.flatMap((change) => changeMeanings(change, phoneNumberId)) : [NOT_READ];
  return {
    messages: meanings.flatMap((meaning) => ('message' in meaning ? [meaning.message] : [])),
    receipts: meanings.flatMap((meaning) => ('receipt' in meaning ? [meaning.receipt] : [])),
    ignored: meanings.flatMap((meaning) => ('ignored' in meaning ? [meaning.ignored] : [])),
  };
}

const NOT_READ: Meaning = { ignored: 'malformed' };

function changeMeanings(raw: unknown, phoneNumberId: string): readonly Meaning[] {
  const change = schema.change.safeParse(raw);
  if (!change.success) return [{ ignored: 'unknown_change' }];
  const { value } = change.data;
  if (value.metadata.phone_number_id !== phoneNumberId) return [{ ignored: 'other_number' }];
  return [
    ...(value.messages ?? []).map((message) => messageMeaning(message, value)),
    ...(value.statuses ?? []).map(statusMeaning),
  ];
}

function messageMeaning(raw: unknown, value: schema.CloudValue): Meaning {
  const parsed = schema.message.safeParse(raw);
  if (!parsed.success) return NOT_READ;
  const message = parsed.data;
  const contact = contactOf(message, value.contacts ?? []);
  const body = bodyOf(message);
  if (contact === null) return { ignored: 'no_sender' };
  if (body === null) return { ignored: `type_${KNOWN_SILENT.has(message.type) ? message.type : 'unknown'}` };
  return {
    message: {
      id: `whatsapp_cloud:${message.id}`,
      channel: 'whatsapp_cloud',
      contact,
      at: Number(message.timestamp) * 1000,
      body,
      language: null,
    },
  };
}

/**
 * Who wrote. The business-scoped id comes first: it is in every webhook, while a phone number disappears when its owner
 * takes a username; keyed by number, one person would become two, and BERHENTI from the second would not stop the first.
 */
function contactOf(message: schema.CloudMessage, contacts: readonly schema.CloudContact[]): string | null {
  const only = contacts.length === 1 ? contacts[0] : undefined;
  const same = contacts.find((contact) => contact.wa_id !== undefined && contact.wa_id === message.from) ?? only;
  return message.from_user_id ?? same?.user_id ?? message.from ?? same?.wa_id ?? null;
}

/** Kinds that call for no answer. */
const KNOWN_SILENT = new Set(['reaction', 'system', 'request_welcome', 'revoke', 'ephemeral']);

function bodyOf(message: schema.CloudMessage): MessageBody | null {
  switch (message.type) {
    case 'text':
      return textOr(message.text?.body, null);
    case 'button':
      return choice(message.button?.payload ?? message.button?.text);
    case 'interactive':
      return choice((message.interactive?.button_reply ?? message.interactive?.list_reply)?.id) ?? unreadable('other');
    case 'location':
      return message.location
        ? { type: 'location', point: { lat: message.location.latitude, lng: message.location.longitude } }
        : null;
    // A question written below a picture is a question.
    case 'image':
      return textOr(message.image?.caption, 'image');
    case 'document':
      return textOr(message.document?.caption, 'document');
    case 'video':
      return textOr(message.video?.caption, 'other');
    case 'audio':
      return unreadable('voice');
    case 'sticker':
      return unreadable('sticker');
    case 'contacts':
      return unreadable('contact');
    case 'edit':
      return edited(message.edit?.message);
    case 'order':
    case 'unsupported':
    case 'unknown':
      return unreadable('other');
    default:
      return null;
  }
}

type Unreadable = Extract<MessageBody, { type: 'unreadable' }>;

function unreadable(kind: Unreadable['kind']): MessageBody {
  return { type: 'unreadable', kind };
}

function edited(now: NonNullable<schema.CloudMessage['edit']>['message']): MessageBody {
  const text = now?.text?.body ?? now?.image?.caption ?? now?.video?.caption ?? now?.document?.caption;
  return { type: 'unreadable', kind: 'edited', ...(text === undefined ? {} : { text }) };
}

function choice(value: string | undefined): MessageBody | null {
  return value ? { type: 'choice', value } : null;
}

function textOr(text: string | undefined, kind: Unreadable['kind'] | null): MessageBody | null {
  if (text !== undefined && text.trim() !== '') return { type: 'text', text };
  return kind === null ? null : unreadable(kind);
}

function statusMeaning(raw: unknown): Meaning {
  const parsed = schema.status.safeParse(raw);
  if (!parsed.success) return NOT_READ;
  const { id, status, timestamp, errors } = parsed.data;
  if (status !== 'delivered' && status !== 'read' && status !== 'failed') {
    return { ignored: status === 'sent' ? 'status_sent' : 'status_unknown' };
  }
  const code = status === 'failed' ? catalogueCode(errors?.[0]?.code ?? Number.NaN) : null;
  return { receipt: { channel: 'whatsapp_cloud', providerId: id, status, code, at: Number(timestamp) * 1000 } };
}
