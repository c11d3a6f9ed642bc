import { z } from 'zod';
import { maybe } from '../lenient.js';

/** What we read of a Bot API update (core.telegram.org/bots/api#update); everything else is dropped unseen. */
const chat = z.object({ id: z.number().int(), type: z.string() });
const user = z.object({ is_bot: maybe(z.boolean()), language_code: maybe(z.string()) });

const location = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

/** Content that a person sends and the bot cannot read, by the field that carries it. */
export const UNREADABLE = {
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
} as const;
export type UnreadableField = keyof typeof UNREADABLE;

const present = z.unknown().optional();
const unreadableFields = Object.fromEntries(
  (Object.keys(UNREADABLE) as UnreadableField[]).map((field) => [field, present]),
) as Record<UnreadableField, typeof present>;

const message = z.object({
  date: z.number().int(),
  edit_date: maybe(z.number().int()),
  chat,
  from: maybe(user),
  text: maybe(z.string()),
  caption: maybe(z.string()),
  media_group_id: maybe(z.string()),
  location: maybe(location),
  ...unreadableFields,
});

const callbackQuery = z.object({
  id: z.string(),
  from: user,
  data: maybe(z.string()),
  message: maybe(z.object({ chat })),
});

const chatMember = z.object({
  chat,
  date: z.number().int(),
  new_chat_member: z.object({ status: z.string() }),
});

export const updateId = z.object({ update_id: z.number().int() });

export const update = updateId.extend({
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  /** Our own place in a chat: in a private one, whether the person blocked us. */
  my_chat_member: chatMember.optional(),
});

export type TelegramUpdate = z.infer<typeof update>;
export type TelegramMessage = z.infer<typeof message>;
export type TelegramCallback = z.infer<typeof callbackQuery>;
export type TelegramChatMember = z.infer<typeof chatMember>;
export type TelegramUser = z.infer<typeof user>;

/** The kinds of update that we ask the server for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;
