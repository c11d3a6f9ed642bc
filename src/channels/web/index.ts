import type { InboundMessage } from '../../domain/message.js';
import type { Reply } from '../../domain/reply.js';
import type { Channel, ChannelEvents, SendRecord, SendResult } from '../../ports/channel.js';
import type { Letter } from '../../ports/letters.js';
import { createInHouse } from '../in-house.js';
import { receive } from './receive.js';
import { render } from './render.js';
import { createMailbox, type Hand, type Mailbox, type MailboxParts, type OpenPage } from './send.js';

export type { OpenPage } from './send.js';

/** What became of a posted message. `not_stored`: the page is to post it again, under the same id. */
export interface Posted {
  readonly state: 'accepted' | 'malformed' | 'not_stored';
  /** An emergency card that went past the store. */
  readonly letters: readonly Letter[];
}

/** The chat on the public page: a channel like the others, with the page's requests as its wire. */
export interface WebChat {
  readonly channel: Channel;
  /** Resolves once the message is accepted, or its card is there. Throws when it could not be accepted. */
  post(payload: unknown, contact: string, requestId?: string): Promise<Posted>;
  /** Hands over every letter beyond the cursor (0: all that are kept), now and from now on. */
  open(contact: string, after: number, hand: Hand): OpenPage;
  /** Looks for letters that other processes put in. Throws when the store cannot be asked. */
  look(): Promise<void>;
}

/** How soon a card is tried again that reached neither a page nor the store, in milliseconds. */
const AGAIN_MS = 500;

/** Builds the channel. `now` is the clock for messages, which a browser's own clock is not trusted with. */
export function createWebChat(parts: MailboxParts): WebChat {
  const { now } = parts;
  const mailbox = createMailbox(parts);
  const { events, ...life } = createInHouse(now);
  return {
    channel: {
      name: 'web',
      repeatable: true,
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
      send: (contact, reply, _replyTo, _language, record) => send(mailbox, contact, reply, record),
    },
    post: async (payload, contact, requestId) => {
      const message = receive(payload, contact, now());
      if (message === null) events()?.ignored?.('web', 'malformed', 1);
      const taking = events();
      if (message === null || taking === null) return { state: 'malformed', letters: [] };
      return takeIn(taking, mailbox, message, requestId);
    },
    open: mailbox.open,
    look: mailbox.look,
  };
}

async function send(
  mailbox: Mailbox,
  contact: string,
  reply: Reply,
  record: SendRecord | undefined,
): Promise<SendResult> {
  const again = { kind: 'retry', afterMs: AGAIN_MS, code: 'CHANNEL_UNREACHABLE' } as const;
  try {
    const id = record
      ? await mailbox.put(contact, render(reply), record)
      : await mailbox.putPast(contact, render(reply));
    return id === null ? again : { kind: 'sent', providerId: id };
  } catch {
    return again;
  }
}

/**
 * The page may be connected to another process, which a store that is down cannot tell: so an emergency card that goes
 * past the store is the answer to the very call that posted the message.
 */
async function takeIn(
  taking: ChannelEvents,
  mailbox: Mailbox,
  message: InboundMessage,
  requestId: string | undefined,
): Promise<Posted> {
  const letters: Letter[] = [];
  let hangUp = () => {};
  const card = new Promise<'card'>((resolve) => {
    hangUp = mailbox.call(message.contact, (letter) => {
      letters.push(letter);
      resolve('card');
    });
  });
  const accepted = taking.receive([message], requestId).then(
    () => 'accepted' as const,
    (error: unknown) => ({ error }),
  );
  const outcome = await Promise.race([accepted, card]);
  // A card has several parts, which follow each other at once; those of a failed message begin with its failure.
  await new Promise((resolve) => setImmediate(resolve));
  hangUp();
  if (outcome === 'accepted') return { state: 'accepted', letters };
  if (outcome !== 'card' && letters.length === 0) throw outcome.error;
  return { state: 'not_stored', letters };
}
