import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LimitedBotApi {
  readonly root: string;
  /** How often each chat was written to, as far as the server took it. */
  readonly taken: ReadonlyMap<number, number>;
  /** Instants at which messages were taken, in milliseconds. */
  readonly moments: readonly number[];
  refused(): number;
  close(): void;
}

const SECOND = 1_000;

/**
 * A Bot API server that keeps to Telegram's limits: so many messages within any second over the whole bot, and one a
 * second to one chat. Who is too fast gets 429 with `retry_after`. null = no limit over the whole bot.
 */
export async function startLimitedBotApi(perSecond: number | null): Promise<LimitedBotApi> {
  const taken = new Map<number, number>();
  const lastOf = new Map<number, number>();
  const moments: number[] = [];
  let refused = 0;
  let ids = 0;

  function tooFast(chat: number, now: number): boolean {
    const before = perSecond === null ? undefined : moments.at(-perSecond);
    return (before !== undefined && now - before < SECOND) || now - (lastOf.get(chat) ?? -SECOND) < SECOND;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const now = performance.now();
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const payload = JSON.parse(Buffer.concat(pieces).toString() || '{}') as { chat_id?: number; text?: string };
    const chat = payload.chat_id;
    const isMessage = /\/send[A-Z]\w+$/.test(request.url ?? '') && chat !== undefined;
    const refuses = isMessage && tooFast(chat, now);
    if (refuses) refused += 1;
    if (isMessage && !refuses) {
      moments.push(now);
      lastOf.set(chat, now);
      taken.set(chat, (taken.get(chat) ?? 0) + 1);
    }
    ids += 1;
    const message = { message_id: ids, date: 1_790_000_000, chat: { id: chat, type: 'private' }, text: payload.text };
    const body = refuses
      ? { ok: false, error_code: 429, description: 'Too Many Requests: retry after 1', parameters: { retry_after: 1 } }
      : { ok: true, result: isMessage ? message : true };
    const text = JSON.stringify(body);
    response.writeHead(refuses ? 429 : 200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  }

  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    moments,
    refused: () => refused,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
