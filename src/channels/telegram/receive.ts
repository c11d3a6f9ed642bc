import type { InboundMessage, Language, MessageBody } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import {
  type TelegramCallback,
  type TelegramMessage,
  type TelegramUpdate,
  type TelegramUser,
  UNREADABLE,
  type UnreadableField,
  update as updateSchema,
} from './schema.js';

/** What a batch of updates means. `callbacks` are queries whose button waits; `groups` are chats that we do not serve. */
export interface Received {
  readonly messages: readonly InboundMessage[];
  readonly callbacks: readonly string[];
  readonly groups: readonly number[];
  /** One code for every update that is no resident's message. */
  readonly ignored: readonly string[];
}

type Meaning =
  | { readonly message: InboundMessage; readonly callback?: string }
  | { readonly group: number }
  | { readonly ignored: string; readonly callback?: string };

/**
 * Reads updates as the Bot API delivers them, in their order. Never throws: what cannot be read is counted.
 * `bot` is the bot's own id: every bot counts its updates for itself, so a number alone would name two messages after
 * a change of bot. `receivedAt` dates a pressed button, which Telegram does not date.
 */
export function receive(updates: readonly unknown[], bot: string, receivedAt: Instant): Received {
  const meanings = updates.map((raw): Meaning => {
    const parsed = updateSchema.safeParse(raw);
    return parsed.success ? meaningOf(parsed.data, `telegram:${bot}`, receivedAt) : { ignored: 'malformed' };
  });
  return {
    messages: meanings.flatMap((meaning) => ('message' in meaning ? [meaning.message] : [])),
    callbacks: meanings.flatMap((meaning) => ('callback' in meaning && meaning.callback ? [meaning.callback] : [])),
    groups: meanings.flatMap((meaning) => ('group' in meaning ? [meaning.group] : [])),
    ignored: meanings.flatMap((meaning) => ('ignored' in meaning ? [meaning.ignored] : [])),
  };
}

function meaningOf(update: TelegramUpdate, prefix: string, receivedAt: Instant): Meaning {
  const id = `${prefix}:${update.update_id}`;
  if (update.message) return messageMeaning(id, prefix, update.message);
  if (update.edited_message) return editedMeaning(id, update.edited_message);
  if (update.callback_query) return callbackMeaning(id, update.callback_query, receivedAt);
  return { ignored: 'unknown_update' };
}

function messageMeaning(id: string, prefix: string, message: TelegramMessage): Meaning {
  if (message.from?.is_bot) return { ignored: 'bot' };
  if (message.chat.type === 'channel') return { ignored: 'channel' };
  if (message.chat.type !== 'private') return { group: message.chat.id };
  const body = bodyOf(message);
  if (!body) return { ignored: 'service_message' };
  // The pictures of one album come as messages of their own: under one id, only the first is answered.
  const album = body.type === 'unreadable' ? message.media_group_id : undefined;
  return {
    message: {
      id: album === undefined ? id : `${prefix}:album:${album}`,
      channel: 'telegram',
      contact: String(message.chat.id),
      at: message.date * 1000,
      body,
      language: languageOf(message.from),
    },
  };
}

/**
 * An edit is told apart from a new message, and keeps its text, because an emergency in it is answered all the same. The
 * steps of a live location are edits too, and no one's question.
 */
function editedMeaning(id: string, message: TelegramMessage): Meaning {
  if (message.chat.type !== 'private' || message.from?.is_bot) return { ignored: 'edited_elsewhere' };
  const text = message.text ?? message.caption;
  if (text === undefined) return { ignored: 'edited_without_text' };
  return {
    message: {
      id,
      channel: 'telegram',
      contact: String(message.chat.id),
      at: (message.edit_date ?? message.date) * 1000,
      body: { type: 'unreadable', kind: 'edited', text },
      language: languageOf(message.from),
    },
  };
}

function callbackMeaning(id: string, query: TelegramCallback, receivedAt: Instant): Meaning {
  if (query.message?.chat.type !== 'private' || !query.data)
    return { ignored: 'callback_elsewhere', callback: query.id };
  return {
    callback: query.id,
    message: {
      id,
      channel: 'telegram',
      contact: String(query.message.chat.id),
      at: receivedAt,
      body: { type: 'choice', value: query.data },
      language: languageOf(query.from),
    },
  };
}

function bodyOf(message: TelegramMessage): MessageBody | null {
  if (message.location) {
    return { type: 'location', point: { lat: message.location.latitude, lng: message.location.longitude } };
  }
  // A question written below a picture is a question.
  const text = message.text ?? message.caption;
  if (text !== undefined && text.trim() !== '') return { type: 'text', text: withoutAddress(text) };
  const field = (Object.keys(UNREADABLE) as UnreadableField[]).find((key) => message[key] !== undefined);
  return field ? { type: 'unreadable', kind: UNREADABLE[field] } : null;
}

/** A command without the bot's own name behind it, and /start without the code of the link that led here. */
function withoutAddress(text: string): string {
  const command = /^(\/[a-z0-9_]+)(?:@[a-z0-9_]+)?(?=\s|$)/i.exec(text);
  if (!command?.[1]) return text;
  if (command[1].toLowerCase() === '/start') return '/start';
  return command[1] + text.slice(command[0].length);
}

function languageOf(user: TelegramUser | undefined): Language | null {
  const code = user?.language_code?.toLowerCase().split('-')[0];
  return code === 'id' || code === 'en' ? code : null;
}
