import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message that the Bot API server accepted from the bot. */
export interface Accepted {
  readonly chat: number;
  readonly text: string;
}

export interface BotApi {
  readonly root: string;
  /** Called at the moment a message is accepted. */
  onMessage(listener: (message: Accepted) => void): void;
  close(): void;
}

/** The smallest Bot API server: it accepts every call at once, so that the bot is what is measured. */
export async function startBotApi(): Promise<BotApi> {
  let listener: (message: Accepted) => void = () => undefined;
  let sent = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const payload = JSON.parse(Buffer.concat(pieces).toString() || '{}') as { chat_id?: number; text?: string };
    const isMessage = /\/send[A-Z]\w+$/.test(request.url ?? '');
    sent += 1;
    const result = isMessage
      ? { message_id: sent, date: 1_790_000_000, chat: { id: payload.chat_id, type: 'private' }, text: payload.text }
      : true;
    const body = JSON.stringify({ ok: true, result });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
    response.end(body);
    if (isMessage && payload.chat_id !== undefined) listener({ chat: payload.chat_id, text: payload.text ?? '' });
  }

  const server = createServer((request, response) => void answer(request, response));
  // A line cut while idle would be a fault of the bench, not of the bot that uses it again.
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onMessage: (given) => {
      listener = given;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
