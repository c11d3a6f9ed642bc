import type { InboundMessage, MessageBody } from '../../domain/message.js';
import type { DeliveryReceipt } from '../../ports/channel.js';
import type { PersonIds } from './addresses.js';
import { catalogueCode } from './errors.js';
import * as schema from './schema.js';

/** A message whose contact is still to be looked up by who wrote it. */
export interface Incoming {
  readonly message: Omit<InboundMessage, 'contact'>;
  readonly person: PersonIds;
}

/** Meta's word that a person goes by other ids from now on. */
export interface Move {
  readonly before: PersonIds;
  readonly now: PersonIds;
}

export interface Received {
  /** What people sent and where they moved, in the order of the payload. */
  readonly arrivals: readonly (Incoming | Move)[];
  readonly receipts: readonly DeliveryReceipt[];
  /** People of whom a status told both ids. */
  readonly pairs: readonly PersonIds[];
  /** One code for everything that is neither. */
  readonly ignored: readonly string[];
}

type Meaning =
  | { readonly arrival: Incoming | Move }
  | { readonly receipt: DeliveryReceipt }
  | { readonly pair: PersonIds }
  | { readonly ignored: string };

/**
 * Reads a webhook's payload: every entry, change, message and status in it, each on its own, so that one that cannot be
 * read does not cost the others. Never throws. A webhook serves all numbers of an account: other numbers are passed over.
 */
export function receive(raw: unknown, phoneNumberId: string): Received {
  const payload = schema.payload.safeParse(raw);
  const entries = payload.success ? payload.data.entry.map((each) => schema.entry.safeParse(each).data) : [undefined];
  const meanings = entries.flatMap((entry) =>
    entry === undefined ? [NOT_READ] : entry.changes.flatMap((change) => changeMeanings(change, phoneNumberId)),
  );
  return {
    arrivals: meanings.flatMap((meaning) => ('arrival' in meaning ? [meaning.arrival] : [])),
    receipts: meanings.flatMap((meaning) => ('receipt' in meaning ? [meaning.receipt] : [])),
    pairs: meanings.flatMap((meaning) => ('pair' in meaning ? [meaning.pair] : [])),
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
    ...(value.statuses ?? []).flatMap((status) => [statusMeaning(status), ...pairMeaning(status, value)]),
    ...(value.errors ?? []).map(() => ({ ignored: 'error_notice' })),
  ];
}

function messageMeaning(raw: unknown, value: schema.CloudValue): Meaning {
  const parsed = schema.message.safeParse(raw);
  if (!parsed.success) return NOT_READ;
  const message = parsed.data;
  // Groups are not served, and what is said there is for the others in it.
  if (message.group_id !== undefined) return { ignored: 'group' };
  if (message.type === 'system') return systemMeaning(message);
  const person = personOf(message, value.contacts ?? []);
  const body = bodyOf(message);
  if (person === null) return { ignored: 'no_sender' };
  if (body === null) return { ignored: `type_${message.type}` };
  return {
    arrival: {
      message: {
        id: `whatsapp_cloud:${message.id}`,
        channel: 'whatsapp_cloud',
        at: Number(message.timestamp) * 1000,
        body,
        language: null,
      },
      person,
    },
  };
}

/**
 * Who wrote. Providers put a scoped id also where the number used to be, so the form decides. Of several contacts only
 * the one that goes with the message counts.
 */
function personOf(message: schema.CloudMessage, contacts: readonly schema.CloudContact[]): PersonIds | null {
  const only = contacts.length === 1 ? contacts[0] : undefined;
  const same = contacts.find((contact) => contact.wa_id !== undefined && contact.wa_id === message.from) ?? only;
  return idsAmong(message.from_user_id, same?.user_id, message.from, same?.wa_id);
}

const SCOPED_ID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

function idsAmong(...ids: readonly (string | undefined)[]): PersonIds | null {
  const given = ids.filter((id) => id !== undefined);
  const scopedId = given.find((id) => SCOPED_ID.test(id)) ?? null;
  const number = given.find((id) => !SCOPED_ID.test(id)) ?? null;
  return scopedId === null && number === null ? null : { scopedId, number };
}

/** The last is what webhooks before 2022 and some providers call the first. */
const CHANGES = new Set(['user_changed_number', 'user_changed_user_id', 'customer_changed_number']);

/**
 * A new telephone brings a new number and a new scoped id (Meta, changelog of the business-scoped ids of 11-8-2026:
 * `user_changed_number`, and `user_changed_user_id` where the number may not be told). Both name the former id.
 */
function systemMeaning({ from, from_user_id, system }: schema.CloudMessage): Meaning {
  if (!CHANGES.has(system?.type ?? '')) return { ignored: 'type_system' };
  const before = idsAmong(system?.previous_user_id, from_user_id, from);
  const now = idsAmong(system?.user_id, system?.wa_id ?? system?.new_wa_id);
  return before === null || now === null ? { ignored: 'type_system' } : { arrival: { before, now } };
}

/** null for what calls for no answer. A kind that nobody knew when this was written is a person's message all the same. */
function bodyOf(message: schema.CloudMessage): MessageBody | null {
  switch (message.type) {
    case 'reaction':
    case 'request_welcome':
    case 'revoke':
    case 'ephemeral':
      return null;
    case 'text':
      return textOr(message.text?.body, 'other');
    case 'button':
      return choice(message.button?.payload ?? message.button?.text) ?? unreadable('other');
    case 'interactive':
      return choice((message.interactive?.button_reply ?? message.interactive?.list_reply)?.id) ?? unreadable('other');
    case 'location':
      return message.location
        ? { type: 'location', point: { lat: message.location.latitude, lng: message.location.longitude } }
        : unreadable('other');
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
    default:
      return unreadable('other');
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

function textOr(text: string | undefined, kind: Unreadable['kind']): MessageBody {
  if (text !== undefined && text.trim() !== '') return { type: 'text', text };
  return unreadable(kind);
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

/** The number and the scoped id of whom it was sent to, where both are told; a contact of the payload may add one of them. */
function pairMeaning(raw: unknown, { contacts = [], statuses = [] }: schema.CloudValue): readonly Meaning[] {
  const parsed = schema.status.safeParse(raw);
  if (!parsed.success || parsed.data.recipient_type === 'group') return [];
  const { recipient_id, recipient_user_id } = parsed.data;
  const named = [recipient_id, recipient_user_id].filter((id) => id !== undefined);
  const same = ({ wa_id, user_id }: schema.CloudContact) => named.some((id) => id === wa_id || id === user_id);
  const alone = contacts.length === 1 && statuses.length === 1 && named.length === 0;
  const contact = alone ? contacts[0] : contacts.find(same);
  const ids = idsAmong(recipient_user_id, contact?.user_id, recipient_id, contact?.wa_id);
  return ids === null || ids.scopedId === null || ids.number === null ? [] : [{ pair: ids }];
}
