import type { InboundMessage } from '../../domain/message.js';
import type { Channel, ChannelEvents, SendResult } from '../../ports/channel.js';
import type { CredentialStore } from '../../ports/credential-store.js';
import type { Timing } from '../../ports/timing.js';
import type { Webhook, WebhookRequest } from '../../ports/webhook.js';
import type { WordsByLanguage } from '../render-text.js';
import { createStatusBoard } from '../status.js';
import { createVault } from '../vault.js';
import { createAddresses, type PersonIds } from './addresses.js';
import { type Received, receive } from './receive.js';
import { CLOUD, render } from './render.js';
import { type CloudLine, markRead, messagesUrl, type Sent, send } from './send.js';
import { renderTemplate, type Template } from './template.js';
import { maySign, readWebhook } from './webhook.js';

export type { Template } from './template.js';

export interface CloudSettings {
  readonly token: string;
  readonly phoneNumberId: string;
  readonly appSecret: string;
  readonly verifyToken: string;
  /** Root of the Graph API or of a Solution Provider; null: Meta's. One that ends in /messages is taken as it is. */
  readonly graphUrl: string | null;
  /** A Solution Provider's own header for the token, such as D360-API-KEY; null: a bearer token. */
  readonly authHeader: string | null;
  /** Where the address book lies, sealed under the key. */
  readonly credentials: CredentialStore;
  readonly secretKey: string;
  readonly words: WordsByLanguage;
  readonly timing: Timing;
  /** How long one call may take, in milliseconds; default 15 000. */
  readonly sendTimeoutMs?: number;
}

export interface CloudChannel extends Channel {
  /** For the web layer, GET and POST; answers 404 while the channel is not started. */
  readonly webhook: Webhook;
  /** False for a caller who cannot be Meta by their headers alone. */
  readonly knows: (header: WebhookRequest['header']) => boolean;
  /** Counts a body that was refused for its size. */
  tooLarge(): void;
  /** Sends an approved template, also to people who have not written for 24 hours. Never throws. */
  sendTemplate(contact: string, template: Template): Promise<SendResult>;
}

const META = 'https://graph.facebook.com/v25.0';
/** How long an emergency waits for the address book, in milliseconds. */
const BOOK_WITHIN_MS = 2_000;
const REMEMBERED = 2_000;

/** WhatsApp through Meta's Cloud API, directly or through a Solution Provider. */
export function createCloudChannel(settings: CloudSettings): CloudChannel {
  const { timing, words } = settings;
  const line: CloudLine = {
    url: messagesUrl(settings.graphUrl ?? META, settings.phoneNumberId),
    headers: settings.authHeader
      ? { [settings.authHeader]: settings.token }
      : { authorization: `Bearer ${settings.token}` },
    timeoutMs: settings.sendTimeoutMs ?? 15_000,
  };
  const status = createStatusBoard(timing.now);
  let events: ChannelEvents | null = null;
  const addresses = createAddresses(
    createVault(settings.credentials, settings.secretKey, timing.now),
    async (contact, other) => events?.samePerson?.('whatsapp_cloud', contact, other),
  );

  /** The account's trouble shows until a message goes through again. */
  function note({ result, trouble }: Sent): SendResult {
    if (trouble) status.set('down', trouble);
    else if (result.kind === 'sent' && status.get().state === 'down') status.set('up');
    return result;
  }

  /** Who wrote lately, and from where: for a card while the book cannot be read. */
  const heard = new Map<string, readonly string[]>();
  let bookIsSilent = false;

  function remember(contact: string, { scopedId, number }: PersonIds): void {
    if (heard.size >= REMEMBERED) heard.clear();
    heard.set(
      contact,
      [scopedId, number].filter((id) => id !== null),
    );
  }

  /**
   * Every message with its contact, by the book as it stands when the message came. When the book does not say, or not
   * soon, an emergency is answered all the same, and is filed when the book is back.
   */
  async function whoWrote(received: Received): Promise<readonly InboundMessage[]> {
    const found = new AbortController();
    const tell = () => {
      if (found.signal.aborted) return;
      bookIsSilent = true;
      void events?.unfiled?.(withoutBook(received));
    };
    void timing.wait(BOOK_WITHIN_MS, found.signal).then(tell);
    try {
      const messages: InboundMessage[] = [];
      for (const arrival of received.arrivals) {
        if ('before' in arrival) await addresses.moved(arrival.before, arrival.now);
        else messages.push({ ...arrival.message, contact: await addresses.contactOf(arrival.person) });
      }
      bookIsSilent = false;
      return messages;
    } catch (error) {
      tell();
      throw error;
    } finally {
      found.abort();
    }
  }

  /** The messages when the book cannot be read: each person under the surest id. */
  function withoutBook({ arrivals }: Received): readonly InboundMessage[] {
    return arrivals.flatMap((arrival) => {
      if ('before' in arrival) return [];
      const contact = arrival.person.scopedId ?? arrival.person.number ?? '';
      remember(contact, arrival.person);
      return [{ ...arrival.message, contact }];
    });
  }

  /** While the book does not answer: from where they wrote, else the contact's own name, which is an address most often. */
  async function addressesOf(contact: string): Promise<readonly string[]> {
    const otherwise = heard.get(contact) ?? [contact];
    if (bookIsSilent && heard.has(contact)) return otherwise;
    const read = new AbortController();
    const late = timing.wait(BOOK_WITHIN_MS, read.signal).then(() => otherwise);
    return Promise.race([addresses.addressesOf(contact).catch(() => otherwise), late]).finally(() => read.abort());
  }

  return {
    name: 'whatsapp_cloud',
    capabilities: CLOUD,
    async start(given) {
      events = given;
      status.set('up');
    },
    async stop() {
      events = null;
      status.set('stopped');
    },
    status: () => status.get(),
    async send(contact, reply, _replyTo, language = 'id') {
      return note(await send(line, await addressesOf(contact), render(reply, words[language])));
    },
    async sendTemplate(contact, template) {
      return note(await send(line, await addressesOf(contact), [renderTemplate(template)]));
    },
    forget: (contact) => {
      heard.delete(contact);
      return addresses.forget(contact);
    },
    knows: maySign,
    tooLarge: () => events?.ignored?.('whatsapp_cloud', 'oversized', 1),
    async webhook(request) {
      if (!events) return { status: 404, body: '' };
      const reading = readWebhook(request, settings);
      if ('answer' in reading) {
        if (reading.code) events.ignored?.('whatsapp_cloud', reading.code, 1);
        return reading.answer;
      }
      const received = receive(reading.payload, settings.phoneNumberId);
      for (const code of received.ignored) events.ignored?.('whatsapp_cloud', code, 1);
      let messages: readonly InboundMessage[];
      try {
        messages = await whoWrote(received);
      } catch {
        return { status: 503, body: '' };
      }
      try {
        if (messages.length > 0) await events.receive(messages, request.requestId);
        for (const pair of received.pairs) await addresses.learn(pair);
        if (received.receipts.length > 0) await events.receipt(received.receipts);
      } catch {
        // Not accepted: Meta keeps the batch and sends it again; what was accepted of it is known by its ids.
        return { status: 503, body: '' };
      }
      for (const id of lastOfEach(messages)) void markRead(line, id);
      return { status: 200, body: '' };
    },
  };
}

/** The provider's id of each person's last message: marking it marks those before it. */
function lastOfEach(messages: readonly InboundMessage[]): readonly string[] {
  const last = new Map(messages.map((message) => [message.contact, message.id]));
  return [...last.values()].map((id) => id.slice('whatsapp_cloud:'.length));
}
