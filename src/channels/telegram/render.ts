import type { RawApi } from 'grammy';
import type { Choice, PlaceReply, Reply } from '../../domain/reply.js';
import type { Capabilities } from '../../ports/channel.js';
import { type ChannelWords, placeAsText, shorten, splitText, withNumberedChoices } from '../render-text.js';

export type MessageCall = Parameters<RawApi['sendMessage']>[0];
export type VenueCall = Parameters<RawApi['sendVenue']>[0];
type Markup = NonNullable<MessageCall['reply_markup']>;

export type TelegramCall =
  | { readonly method: 'sendMessage'; readonly payload: MessageCall }
  /** `otherwise` is for a Bot API server that has no venues. */
  | { readonly method: 'sendVenue'; readonly payload: VenueCall; readonly otherwise: MessageCall };

/**
 * Limits of the Bot API: text 4096, at most 100 buttons below a message, 64 bytes behind a button. In one chat about a
 * message a second, with "short bursts" above it (Bot FAQ); how short is not told, and twenty was never seen refused.
 */
export const TELEGRAM: Capabilities = {
  buttons: 100,
  buttonLabelLength: 64,
  listRows: 0,
  textLength: 4096,
  locationRequest: true,
  placeMessages: true,
  templates: false,
  perPerson: { burst: 20, everyMs: 1_000 },
};
const CALLBACK_BYTES = 64;
/** Labels up to this length fit two to a row on a small phone. */
const SHORT_LABEL = 16;

/**
 * The calls that show a reply in a private chat. Text goes out plain, without a parse mode, so that no name and no
 * announcement can break it. A text that is too long becomes several calls; buttons stand below the last.
 */
export function render(chatId: number, reply: Reply, words: ChannelWords): readonly TelegramCall[] {
  if (reply.type === 'place') return [venue(chatId, reply)];
  // One message has either buttons below it or a keyboard that can ask for the place, not both.
  const body = reply.askLocation ? withNumberedChoices(reply.text, reply.choices, words) : reply.text;
  const markup = reply.askLocation ? locationKeyboard(reply.choices, words) : buttons(reply.choices);
  const parts = splitText(body, TELEGRAM.textLength);
  return parts.map((text, index) => ({
    method: 'sendMessage',
    payload: message(chatId, text, index === parts.length - 1 ? markup : null),
  }));
}

function message(chatId: number, text: string, markup: Markup | null): MessageCall {
  return {
    chat_id: chatId,
    text,
    // A preview costs data that residents pay for.
    link_preview_options: { is_disabled: true },
    ...(markup ? { reply_markup: markup } : {}),
  };
}

function venue(chatId: number, place: PlaceReply): TelegramCall {
  return {
    method: 'sendVenue',
    payload: {
      chat_id: chatId,
      latitude: place.lat,
      longitude: place.lng,
      title: place.title,
      // The Bot API refuses an empty address.
      address: place.address || place.title,
    },
    otherwise: message(chatId, placeAsText(place), null),
  };
}

function buttons(choices: readonly Choice[]): Markup | null {
  if (choices.length === 0) return null;
  const all = choices.slice(0, TELEGRAM.buttons).map((choice, index) => ({
    text: shorten(choice.inText ? `${index + 1}. ${choice.label}` : choice.label, TELEGRAM.buttonLabelLength),
    callback_data: Buffer.byteLength(choice.id) <= CALLBACK_BYTES ? choice.id : String(index + 1),
  }));
  const perRow = all.every((button) => button.text.length <= SHORT_LABEL) ? 2 : 1;
  return { inline_keyboard: rows(all, perRow) };
}

/** A keyboard with a button that sends the place, and one for each number written in the text. */
function locationKeyboard(choices: readonly Choice[], words: ChannelWords): Markup {
  const numbers = choices.map((_, index) => ({ text: String(index + 1) }));
  return {
    keyboard: [[{ text: words.sendLocation, request_location: true }], ...rows(numbers, 5)],
    resize_keyboard: true,
    one_time_keyboard: true,
  };
}

function rows<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) => items.slice(row * size, (row + 1) * size));
}
