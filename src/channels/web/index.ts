import type { Instant } from '../../domain/time.js';
import type { Channel } from '../../ports/channel.js';
import { createInHouse } from '../in-house.js';
import { receive } from './receive.js';
import { render } from './render.js';
import { type Letter, Mailbox } from './send.js';

export type { Letter } from './send.js';

/** The chat on the public page: a channel like the others, with the page's requests as its wire. */
export interface WebChat {
  readonly channel: Channel;
  /** False when the payload is no message; resolves once the message is accepted. */
  post(payload: unknown, contact: string, requestId?: string): Promise<boolean>;
  listen(contact: string, after: number | null, listener: (letter: Letter) => void): () => void;
}

/** Builds the channel. `now` is the clock for messages, which a browser's own clock is not trusted with. */
export function createWebChat(now: () => Instant): WebChat {
  const mailbox = new Mailbox();
  const { events, ...life } = createInHouse(now);
  return {
    channel: {
      name: 'web',
      capabilities: {
        buttons: 20,
        buttonLabelLength: 80,
        listRows: 0,
        textLength: 10_000,
        locationRequest: true,
        placeMessages: true,
        templates: false,
      },
      ...life,
      send: async (contact, reply) => ({ kind: 'sent', providerId: String(mailbox.put(contact, render(reply))) }),
    },
    post: async (payload, contact, requestId) => {
      const message = receive(payload, contact, now());
      if (message === null) events()?.ignored?.('web', 'malformed', 1);
      if (message === null || events() === null) return false;
      await events()?.receive([message], requestId);
      return true;
    },
    listen: (contact, after, listener) => mailbox.listen(contact, after, listener),
  };
}
