import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ApiError, ApiSuccess, Message, Update } from 'grammy/types';
import { type FakeMethod, METHODS } from './telegram-schema.js';

export interface Call {
  readonly method: string;
  // biome-ignore lint/suspicious/noExplicitAny: a recorded body, read freely by tests
  readonly payload: any;
  readonly ok: boolean;
}

/** `drop` cuts the line without an answer, `hang` never answers, `none` lets a call pass before the next fault. */
export type Fault = ApiError | 'drop' | 'hang' | 'none';

/** An answer that says no, in the Bot API's own shape. */
export function refusal(error_code: number, description: string, retry_after?: number): ApiError {
  return { ok: false, error_code, description, ...(retry_after === undefined ? {} : { parameters: { retry_after } }) };
}

function success<T>(result: T): ApiSuccess<T> {
  return { ok: true, result };
}

interface Poll {
  readonly offset: number;
  readonly limit: number;
  answer(updates: readonly Update[] | ApiError): void;
}

/**
 * A strict Bot API server for what no other test server can do: venues, callbacks, edits, the secret header, and every
 * kind of failure. It refuses payloads that Telegram would refuse and methods it does not know.
 */
export async function startFakeTelegram(token = '1:fake') {
  const calls: Call[] = [];
  const faults = new Map<string, Fault[]>();
  const openCallbacks = new Set<string>();
  const webhookAnswers: number[] = [];
  let pending: Update[] = [];
  let webhook: { url: string; secret_token: string } | null = null;
  let poll: Poll | null = null;
  let messageIds = 0;
  /** The number of the last update; after a week without any it begins anew. */
  let tail = 0;
  let withoutMethods = new Set<string>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const method = (request.url ?? '').replace(`/bot${token}/`, '');
    const payload = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const fault = faults.get(method)?.shift();
    if (fault === 'hang') return void calls.push({ method, payload, ok: false });
    if (fault === 'drop') {
      calls.push({ method, payload, ok: false });
      request.socket.destroy();
      return;
    }
    const result = typeof fault === 'object' ? fault : await perform(method, payload, request);
    calls.push({ method, payload, ok: result.ok });
    if (!response.destroyed) {
      response.writeHead(result.ok ? 200 : result.error_code, { 'content-type': 'application/json' });
      response.end(JSON.stringify(result));
    }
  }

  async function perform(
    method: string,
    // biome-ignore lint/suspicious/noExplicitAny: checked by the method's schema in the first lines
    payload: any,
    request: IncomingMessage,
  ): Promise<ApiError | ApiSuccess<unknown>> {
    if (!(method in METHODS) || withoutMethods.has(method)) return refusal(404, 'Not Found');
    const parsed = METHODS[method as FakeMethod].safeParse(payload);
    if (!parsed.success) return refusal(400, `Bad Request: ${parsed.error.issues[0]?.message}`);
    switch (method as FakeMethod) {
      case 'getUpdates':
        return getUpdates(payload, request);
      case 'setWebhook':
        webhook = payload;
        void deliver();
        return success(true);
      case 'deleteWebhook':
        webhook = null;
        return success(true);
      case 'sendMessage':
      case 'sendVenue':
        return success(sentMessage(payload));
      case 'answerCallbackQuery':
        return openCallbacks.delete(payload.callback_query_id)
          ? success(true)
          : refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid');
      default:
        return success(true);
    }
  }

  function sentMessage(payload: { chat_id: number; text?: string }): Message {
    messageIds += 1;
    return {
      message_id: messageIds,
      date: 1_700_000_000,
      chat: { id: payload.chat_id, type: 'private', first_name: 'Contoh' },
      ...(payload.text === undefined ? {} : { text: payload.text }),
    } as Message;
  }

  async function getUpdates(
    body: { offset: number; limit: number; timeout: number },
    request: IncomingMessage,
  ): Promise<ApiError | ApiSuccess<readonly Update[]>> {
    if (webhook) return refusal(409, "Conflict: can't use getUpdates method while webhook is active");
    poll?.answer(refusal(409, 'Conflict: terminated by other getUpdates request'));
    // As tdlib's queue does: a number far beyond its own it takes for none, and gives all it has.
    const isBeyond = body.offset > tail + 11;
    pending = isBeyond ? pending : pending.filter((update) => update.update_id >= body.offset);
    if (pending.length > 0 || body.timeout === 0) return success(pending.slice(0, body.limit));
    return new Promise((resolve) => {
      const mine: Poll = {
        offset: body.offset,
        limit: body.limit,
        answer: (updates) => {
          if (poll === mine) poll = null;
          resolve('ok' in updates ? updates : success(updates));
        },
      };
      poll = mine;
      request.socket.once('close', () => mine.answer([]));
    });
  }

  async function deliver(): Promise<void> {
    for (let update = pending[0]; webhook && update; update = pending[0]) {
      const response = await fetch(webhook.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': webhook.secret_token },
        body: JSON.stringify(update),
      });
      webhookAnswers.push(response.status);
      if (response.ok) pending.shift();
    }
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    token,
    root,
    calls,
    webhookAnswers,
    callsTo: (method: string) => calls.filter((call) => call.method === method),
    /** Updates that were not confirmed yet. */
    unconfirmed: () => pending.map((update) => update.update_id),
    isPolled: () => poll !== null,
    /** Puts updates where polling or the webhook finds them. */
    async push(...updates: Update[]): Promise<void> {
      tail = updates.at(-1)?.update_id ?? tail;
      for (const update of updates) if (update.callback_query) openCallbacks.add(update.callback_query.id);
      pending.push(...updates);
      if (webhook) await deliver();
      else poll?.answer(pending.slice(0, poll.limit));
    },
    /** The next calls of the method meet these faults, one each. */
    fail(method: string, ...list: Fault[]): void {
      faults.set(method, [...(faults.get(method) ?? []), ...list]);
    },
    without(...methods: string[]): void {
      withoutMethods = new Set(methods);
    },
    setForeignWebhook(): void {
      webhook = { url: 'http://127.0.0.1:9/', secret_token: 'x' };
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type FakeTelegram = Awaited<ReturnType<typeof startFakeTelegram>>;

const person = { id: 777, is_bot: false, first_name: 'Contoh', language_code: 'id' };
const privateChat = { id: 777, type: 'private' as const, first_name: 'Contoh' };

/** A message in a private chat; `content` is the part that differs. */
export function messageUpdate(update_id: number, content: Partial<Message>): Update {
  return {
    update_id,
    message: { message_id: update_id, date: 1_790_000_000, chat: privateChat, from: person, ...content } as NonNullable<
      Update['message']
    >,
  };
}

export function callbackUpdate(update_id: number, data: string): Update {
  return {
    update_id,
    callback_query: {
      id: `query-${update_id}`,
      from: person,
      chat_instance: '1',
      data,
      message: { message_id: 1, date: 1_790_000_000, chat: privateChat },
    } as NonNullable<Update['callback_query']>,
  };
}
