import type { RawApi } from 'grammy';
import { z } from 'zod';

/**
 * What the fake Bot API server accepts. Each field's type is held against @grammyjs/types by `Fields`, so the fake
 * cannot drift from the Bot API; unknown fields are refused.
 */
type Fields<M extends keyof RawApi> = {
  [K in keyof Parameters<RawApi[M]>[0]]?: z.ZodType<Parameters<RawApi[M]>[0][K]>;
};

const chatId = z.number().int();
const inlineKeyboard = z.strictObject({
  inline_keyboard: z
    .array(
      z
        .array(
          z.strictObject({
            text: z.string().min(1),
            callback_data: z.string().refine((data) => {
              const bytes = Buffer.byteLength(data);
              return bytes >= 1 && bytes <= 64;
            }, 'BUTTON_DATA_INVALID'),
          }),
        )
        .min(1),
    )
    .refine((rows) => rows.flat().length <= 100, 'too many buttons'),
});
const replyKeyboard = z.strictObject({
  keyboard: z.array(
    z.array(
      z.union([
        z.strictObject({ text: z.string().min(1), request_location: z.literal(true) }),
        z.strictObject({ text: z.string().min(1) }),
      ]),
    ),
  ),
  resize_keyboard: z.boolean(),
  one_time_keyboard: z.boolean(),
});

export const METHODS = {
  getMe: z.strictObject({}),
  deleteWebhook: z.strictObject({ drop_pending_updates: z.boolean().optional() } satisfies Fields<'deleteWebhook'>),
  setWebhook: z.strictObject({
    url: z.url(),
    secret_token: z.string().regex(/^[A-Za-z0-9_-]{1,256}$/),
    allowed_updates: z.array(z.enum(['message', 'edited_message', 'callback_query', 'my_chat_member'])),
  } satisfies Fields<'setWebhook'>),
  setMyCommands: z
    .strictObject({
      commands: z
        .array(
          z.strictObject({
            command: z.string().regex(/^[a-z0-9_]{1,32}$/),
            description: z.string().min(1).max(256),
          }),
        )
        .max(100),
      language_code: z.string().length(2).optional() as z.ZodType<'id' | 'en'>,
    } satisfies Fields<'setMyCommands'>)
    .partial({ language_code: true }),
  getUpdates: z.strictObject({
    offset: z.number().int(),
    limit: z.number().int().min(1).max(100),
    timeout: z.number().int().min(0),
    allowed_updates: z.array(z.enum(['message', 'edited_message', 'callback_query', 'my_chat_member'])).optional(),
  } satisfies Fields<'getUpdates'>),
  sendMessage: z.strictObject({
    chat_id: chatId,
    text: z.string().trim().min(1).max(4096),
    link_preview_options: z.strictObject({ is_disabled: z.boolean() }).optional(),
    reply_markup: z.union([inlineKeyboard, replyKeyboard]).optional(),
  } satisfies Fields<'sendMessage'>),
  sendVenue: z.strictObject({
    chat_id: chatId,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    title: z.string().min(1),
    address: z.string().min(1),
  } satisfies Fields<'sendVenue'>),
  answerCallbackQuery: z.strictObject({ callback_query_id: z.string() } satisfies Fields<'answerCallbackQuery'>),
};

export type FakeMethod = keyof typeof METHODS;
