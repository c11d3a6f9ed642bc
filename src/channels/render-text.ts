import type { Language } from '../domain/message.js';
import type { Choice, PlaceReply } from '../domain/reply.js';

/** The few words that belong to a channel and not to an answer. */
export interface ChannelWords {
  /** Below a numbered list: "Balas dengan angka pilihan Anda." */
  readonly replyWithNumber: string;
  /** On a button that sends one's place; at most 20 characters. */
  readonly sendLocation: string;
  /** Where there is no such button: how to send one's place by hand. */
  readonly howToSendLocation: string;
  /** On a button that opens a list; at most 20 characters. */
  readonly openList: string;
  /** Said to a group, which gets no answers. */
  readonly privateOnly: string;
}

export type WordsByLanguage = Readonly<Record<Language, ChannelWords>>;

/**
 * The text with its choices written below it, for a place without buttons. A choice keeps the number of its position,
 * counted from 1, whether the text already shows it or not; those the text shows are not written again.
 */
export function withNumberedChoices(text: string, choices: readonly Choice[], words: ChannelWords): string {
  if (choices.length === 0) return text;
  const lines = choices.flatMap((choice, index) => (choice.inText ? [] : [`${index + 1}. ${choice.label}`]));
  return [text, lines.join('\n'), words.replyWithNumber].filter((part) => part !== '').join('\n\n');
}

/** A place as text with a link that any phone opens in its map. */
export function placeAsText(place: PlaceReply): string {
  const link = `https://maps.google.com/?q=${place.lat},${place.lng}`;
  return [place.title, place.address, link].filter((line) => line !== '').join('\n');
}

/**
 * Cuts a text into parts of at most `limit` UTF-16 units: at an empty line where possible, else at a line, else at a
 * space, else anywhere but within a character. An empty text gives no parts.
 */
export function splitText(text: string, limit: number): readonly string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = cutBefore(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

/** Shortens to at most `limit` UTF-16 units, with an ellipsis, never within a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, wholeCharacters(text, limit - 1)).trimEnd()}…`;
}

/** The last good place to cut, at most `limit`; a cut in the first half would leave crumbs and is passed over. */
function cutBefore(text: string, limit: number): number {
  const head = text.slice(0, limit + 1);
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = head.lastIndexOf(mark);
    if (at > limit / 2) return at;
  }
  return wholeCharacters(text, limit);
}

function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end - 1 : end;
}
