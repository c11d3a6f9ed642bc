import type { Choice, PlaceReply, Reply } from '../../domain/reply.js';
import type { Capabilities } from '../../ports/channel.js';
import { type ChannelWords, shorten, splitText, withNumberedChoices } from '../render-text.js';

/** Limits of the Cloud API (interactive messages guide, 3-11-2025): 3 buttons of 20, 10 rows of 24 with 72 below. The limit for one person is Meta's (throughput, "pair rate"). */
export const CLOUD: Capabilities = {
  buttons: 3,
  buttonLabelLength: 20,
  listRows: 10,
  textLength: 4096,
  locationRequest: true,
  placeMessages: true,
  templates: true,
  perPerson: { burst: 45, everyMs: 6_000 },
};
const BUTTON_BODY = 1024;
const BUTTON_ID = 256;
const ROW_TITLE = 24;
const ROW_DESCRIPTION = 72;
const ROW_ID = 200;
const PLACE_NAME = 100;
const PLACE_ADDRESS = 300;

/** The part of a message's payload that says what it is; `send` adds to whom. */
export type CloudContent =
  | { readonly type: 'text'; readonly text: { readonly body: string; readonly preview_url: false } }
  | { readonly type: 'interactive'; readonly interactive: Interactive }
  | {
      readonly type: 'location';
      readonly location: { latitude: number; longitude: number; name: string; address?: string };
    };

type Interactive =
  | {
      type: 'button';
      body: { text: string };
      action: { buttons: { type: 'reply'; reply: { id: string; title: string } }[] };
    }
  | { type: 'list'; body: { text: string }; action: { button: string; sections: { rows: Row[] }[] } }
  | { type: 'location_request_message'; body: { text: string }; action: { name: 'send_location' } };
interface Row {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
}

/** The messages that show a reply. A text that is too long becomes several; buttons stand below the last. */
export function render(reply: Reply, words: ChannelWords): readonly CloudContent[] {
  if (reply.type === 'place') return [place(reply)];
  if (reply.askLocation) return askForLocation(withNumberedChoices(reply.text, reply.choices, words), words);
  const parts = splitText(reply.text, CLOUD.textLength);
  const last = parts.at(-1);
  if (last === undefined || reply.choices.length === 0) return parts.map(text);
  const interactive = buttons(last, reply.choices) ?? list(last, reply.choices, words);
  if (!interactive) return splitText(withNumberedChoices(reply.text, reply.choices, words), CLOUD.textLength).map(text);
  return [...parts.slice(0, -1).map(text), { type: 'interactive', interactive }];
}

function text(body: string): CloudContent {
  return { type: 'text', text: { body, preview_url: false } };
}

function place({ lat, lng, title, address }: PlaceReply): CloudContent {
  return {
    type: 'location',
    location: {
      latitude: lat,
      longitude: lng,
      name: shorten(title, PLACE_NAME),
      ...(address ? { address: shorten(address, PLACE_ADDRESS) } : {}),
    },
  };
}

/** The button that sends one's place takes a body of 1024; below a longer one stands how to do it by hand. */
function askForLocation(body: string, words: ChannelWords): readonly CloudContent[] {
  if (body.trim() === '' || body.length > BUTTON_BODY) {
    return splitText(`${body}\n\n${words.howToSendLocation}`, CLOUD.textLength).map(text);
  }
  const action = { name: 'send_location' as const };
  return [{ type: 'interactive', interactive: { type: 'location_request_message', body: { text: body }, action } }];
}

/** null when they do not fit as buttons. */
function buttons(body: string, choices: readonly Choice[]): Interactive | null {
  const titles = choices.map(titleOf);
  const fit = choices.length <= CLOUD.buttons && body.length <= BUTTON_BODY;
  if (!fit || titles.some((title) => title.length > CLOUD.buttonLabelLength) || !allDifferent(titles)) return null;
  return {
    type: 'button',
    body: { text: body },
    action: {
      buttons: choices.map((choice, index) => ({
        type: 'reply',
        reply: { id: idOf(choice, index, BUTTON_ID), title: titles[index] ?? '' },
      })),
    },
  };
}

/** null when they do not fit as a list. A label that is cut stands in full in the small line below. */
function list(body: string, choices: readonly Choice[], words: ChannelWords): Interactive | null {
  if (choices.length > CLOUD.listRows) return null;
  const rows = choices.map((choice, index): Row => {
    const title = titleOf(choice, index);
    const row = { id: idOf(choice, index, ROW_ID), title: shorten(title, ROW_TITLE) };
    return title.length <= ROW_TITLE ? row : { ...row, description: shorten(oneLine(choice.label), ROW_DESCRIPTION) };
  });
  if (!allDifferent(rows.map((row) => row.title + (row.description ?? '')))) return null;
  return { type: 'list', body: { text: body }, action: { button: shorten(words.openList, 20), sections: [{ rows }] } };
}

function titleOf(choice: Choice, index: number): string {
  return oneLine(choice.inText ? `${index + 1}. ${choice.label}` : choice.label);
}

function oneLine(label: string): string {
  return label.replace(/\s+/g, ' ').trim();
}

/** The id of the choice, or its number where the id is too long. */
function idOf(choice: Choice, index: number, limit: number): string {
  return choice.id.length <= limit ? choice.id : String(index + 1);
}

function allDifferent(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}
