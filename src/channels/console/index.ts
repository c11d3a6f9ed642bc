import { randomUUID } from 'node:crypto';
import type { Instant } from '../../domain/time.js';
import type { Channel } from '../../ports/channel.js';
import { createInHouse } from '../in-house.js';
import type { WordsByLanguage } from '../render-text.js';
import { receive } from './receive.js';
import { render } from './render.js';
import { send } from './send.js';

/** The terminal: a channel like the others, with lines as its wire. */
export interface ConsoleChannel extends Channel {
  /** Hands a typed line in; resolves once it is accepted. */
  type(line: string): Promise<void>;
}

/** Builds the channel. `print` gets each rendered reply; the person has a new address for every run. */
export function createConsoleChannel(
  now: () => Instant,
  words: WordsByLanguage,
  print: (text: string) => void,
): ConsoleChannel {
  const address = randomUUID();
  const { events, ...life } = createInHouse(now);
  return {
    name: 'console',
    capabilities: {
      buttons: 0,
      buttonLabelLength: 0,
      listRows: 0,
      textLength: 10_000,
      locationRequest: false,
      placeMessages: false,
      templates: false,
    },
    ...life,
    send: async (_contact, reply, _replyTo, language = 'id') => send(print, render(reply, words[language])),
    type: async (line) => {
      await events()?.receive([receive(line, address, now())]);
    },
  };
}
