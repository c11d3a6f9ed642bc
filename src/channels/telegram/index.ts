import { Api } from 'grammy';
import type { Language } from '../../domain/message.js';
import type { Channel, ChannelEvents } from '../../ports/channel.js';
import type { Timing } from '../../ports/timing.js';
import type { Webhook, WebhookRequest } from '../../ports/webhook.js';
import { createAlbumMemory } from '../albums.js';
import type { WordsByLanguage } from '../render-text.js';
import { createStatusBoard } from '../status.js';
import { createFloodSense } from './flood.js';
import { createGroupMemory } from './groups.js';
import { afterFailure, poll } from './polling.js';
import { receive } from './receive.js';
import { render, TELEGRAM } from './render.js';
import { ALLOWED_UPDATES } from './schema.js';
import { send } from './send.js';
import { knowsSecret, readWebhook } from './webhook.js';

export interface TelegramSettings {
  readonly token: string;
  /** Another Bot API server than Telegram's, without a slash at the end; null: Telegram's. */
  readonly apiRoot: string | null;
  /** null: long polling. `url` is the full public address of the webhook. */
  readonly webhook: { readonly url: string; readonly secret: string } | null;
  readonly words: WordsByLanguage;
  /** The commands in the bot's menu. */
  readonly commands: Readonly<Record<Language, readonly { readonly command: string; readonly description: string }[]>>;
  readonly timing: Timing;
  /** How long one call may take, in seconds (default 15), and how long the server may hold a poll (default 30). */
  readonly sendTimeoutSeconds?: number;
  readonly holdSeconds?: number;
}

export interface TelegramChannel extends Channel {
  /** For the web layer; answers 404 while the channel polls or is not started. */
  readonly webhook: Webhook;
  /** Whether the headers of a call carry the webhook's secret, so that a stranger's body need not be read. */
  knows(header: WebhookRequest['header']): boolean;
  /** Counts a body that was refused for its size. */
  tooLarge(): void;
}

/** Telegram through the Bot API. A group gets one polite word a day, everything else only private chats. */
export function createTelegramChannel(settings: TelegramSettings): TelegramChannel {
  const { timing, words } = settings;
  const bot = settings.token.split(':')[0] ?? '';
  const holdSeconds = settings.holdSeconds ?? 30;
  const sendTimeout = settings.sendTimeoutSeconds ?? 15;
  const api = createApi(settings, sendTimeout);
  const pollingApi = createApi(settings, holdSeconds + 15);
  const status = createStatusBoard(timing.now);
  const groups = createGroupMemory();
  const flood = createFloodSense(timing.now);
  const albums = createAlbumMemory();
  let events: ChannelEvents | null = null;
  let stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  /** Accepts a batch durably, then does what is only polite: frees the pressed button, tells a group where to write. */
  async function accept(updates: readonly unknown[], requestId?: string): Promise<void> {
    const received = receive(updates, bot, timing.now(), albums);
    if (received.messages.length > 0) await events?.receive(received.messages, requestId);
    if (received.reach.length > 0) await events?.reach?.(received.reach);
    for (const code of received.ignored) events?.ignored?.('telegram', code, 1);
    for (const id of received.callbacks) quietly(api.raw.answerCallbackQuery({ callback_query_id: id }));
    for (const group of received.groups) {
      events?.ignored?.('telegram', 'group', 1);
      if (groups.mayTell(group, timing.now())) {
        quietly(api.raw.sendMessage({ chat_id: group, text: words.id.privateOnly }));
      }
    }
  }

  async function announceWebhook(url: string, secret: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        await api.raw.setWebhook({ url, secret_token: secret, allowed_updates: ALLOWED_UPDATES });
        status.set('up');
        return;
      } catch (error) {
        const { afterMs, detail } = afterFailure(error, attempt, timing.random());
        status.set('down', detail);
        await timing.wait(afterMs, signal);
      }
    }
  }

  return {
    name: 'telegram',
    capabilities: TELEGRAM,
    exclusive: settings.webhook === null,
    async start(given) {
      events = given;
      stopping = new AbortController();
      status.set('starting');
      announceCommands(api, settings.commands);
      running = settings.webhook
        ? announceWebhook(settings.webhook.url, settings.webhook.secret, stopping.signal)
        : poll({ api: pollingApi, status, timing, holdSeconds, accept }, stopping.signal);
    },
    async stop() {
      stopping.abort();
      await running;
      events = null;
      status.set('stopped');
    },
    status: () => status.get(),
    async send(contact, reply, _replyTo, language = 'id') {
      const chatId = Number(contact);
      if (!Number.isSafeInteger(chatId)) return { kind: 'failed', code: 'SEND_REFUSED' };
      const begun = flood.begin();
      return flood.heard(chatId, begun, await send(api, render(chatId, reply, words[language])));
    },
    knows: (header) => settings.webhook !== null && knowsSecret(header, settings.webhook.secret),
    tooLarge: () => events?.ignored?.('telegram', 'oversized', 1),
    async webhook(request) {
      if (!settings.webhook || !events) return { status: 404, body: '' };
      const reading = readWebhook(request, settings.webhook.secret);
      if ('answer' in reading) {
        events.ignored?.('telegram', reading.code, 1);
        return reading.answer;
      }
      try {
        await accept([reading.update], request.requestId);
        return { status: 200, body: '' };
      } catch {
        // Not accepted: Telegram keeps the update and sends it again.
        return { status: 503, body: '' };
      }
    },
  };
}

function createApi(settings: TelegramSettings, timeoutSeconds: number): Api {
  return new Api(settings.token, { timeoutSeconds, ...(settings.apiRoot ? { apiRoot: settings.apiRoot } : {}) });
}

/** The menu is a convenience: a server that does not know it, or a failure, changes nothing. */
function announceCommands(api: Api, commands: TelegramSettings['commands']): void {
  quietly(api.raw.setMyCommands({ commands: commands.id }));
  quietly(api.raw.setMyCommands({ commands: commands.en, language_code: 'en' }));
}

function quietly(call: Promise<unknown>): void {
  call.catch(() => undefined);
}
