import type { InboundMessage, Language, MessageBody } from '../../domain/message.js';
import type { Instant } from '../../domain/time.js';
import type { ReachChange } from '../../ports/channel.js';
import type { AlbumMemory } from '../albums.js';
import {
  type TelegramCallback,
  type TelegramChatMember,
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
  /** People who blocked the bot, or let it in again. */
  readonly reach: readonly ReachChange[];
  /** One code for every update that is no resident's message. */
  readonly ignored: readonly string[];
}

type Meaning =
  | { readonly message: InboundMessage; readonly callback?: string }
  | { readonly group: number }
  | { readonly reach: ReachChange }
  | { readonly ignored: string; readonly callback?: string };

/**
 * Reads updates as the Bot API delivers them, in their order. Never throws: what cannot be read is counted.
 * `bot` is the bot's own id: every bot counts its updates for itself, so a number alone would name two messages after
 * a change of bot. `receivedAt` dates a pressed button, which Telegram does not date.
 */
export function receive(updates: readonly unknown[], bot: string, receivedAt: Instant, albums: AlbumMemory): Received {
  const parsed = updates.map((raw) => updateSchema.safeParse(raw));
  const worded = wordedAlbums(parsed.flatMap(({ data }) => data?.message ?? []));
  const within: Within = { prefix: `telegram:${bot}`, receivedAt, albums, worded };
  const meanings = parsed.map(({ data }): Meaning => (data ? meaningOf(data, within) : { ignored: 'malformed' }));
  return {
    messages: meanings.flatMap((meaning) => ('message' in meaning ? [meaning.message] : [])),
    callbacks: meanings.flatMap((meaning) => ('callback' in meaning && meaning.callback ? [meaning.callback] : [])),
    groups: meanings.flatMap((meaning) => ('group' in meaning ? [meaning.group] : [])),
    reach: meanings.flatMap((meaning) => ('reach' in meaning ? [meaning.reach] : [])),
    ignored: meanings.flatMap((meaning) => ('ignored' in meaning ? [meaning.ignored] : [])),
  };
}

/** What holds for a whole batch. */
interface Within {
  readonly prefix: string;
  readonly receivedAt: Instant;
  readonly albums: AlbumMemory;
  /** Albums with words below one of their pictures: the others need no answer. */
  readonly worded: ReadonlySet<string>;
}

function wordedAlbums(messages: readonly TelegramMessage[]): ReadonlySet<string> {
  return new Set(messages.flatMap((message) => (message.caption?.trim() ? (message.media_group_id ?? []) : [])));
}

function meaningOf(update: TelegramUpdate, within: Within): Meaning {
  const id = `${within.prefix}:${update.update_id}`;
  if (update.message) return messageMeaning(id, update.message, within);
  if (update.edited_message) return editedMeaning(id, update.edited_message);
  if (update.callback_query) return callbackMeaning(id, update.callback_query, within.receivedAt);
  if (update.my_chat_member) return reachMeaning(update.my_chat_member);
  return { ignored: 'unknown_update' };
}

/** In a private chat our own place changes only when the person blocks us or lets us in again. */
function reachMeaning({ chat, date, new_chat_member }: TelegramChatMember): Meaning {
  if (chat.type !== 'private') return { ignored: 'group_membership' };
  const reachable = new_chat_member.status !== 'kicked';
  return { reach: { channel: 'telegram', contact: String(chat.id), reachable, at: date * 1000 } };
}

function messageMeaning(own: string, message: TelegramMessage, { prefix, albums, worded }: Within): Meaning {
  if (message.from?.is_bot) return { ignored: 'bot' };
  if (message.chat.type === 'channel') return { ignored: 'channel' };
  if (message.chat.type !== 'private') return { group: message.chat.id };
  const body = bodyOf(message);
  if (!body) return { ignored: 'service_message' };
  const album = message.media_group_id;
  const hasWords = body.type === 'text';
  if (album !== undefined && !hasWords && worded.has(album)) return { ignored: 'album_part' };
  return {
    message: {
      id: album === undefined ? own : albums.idOf(`${prefix}:album:${album}`, own, hasWords),
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
