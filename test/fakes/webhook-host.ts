import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Webhook } from '../../src/ports/webhook.js';

export interface WebhookHost {
  readonly url: string;
  /** The status of every answer given so far. */
  readonly statuses: number[];
  close(): Promise<void>;
}

/**
 * Serves one webhook on a free port of this machine, as the web layer does. The webhook may be given later; `added` are
 * headers that a proxy before it would put on every request.
 */
export async function hostWebhook(
  find: () => Webhook,
  added: Readonly<Record<string, string>> = {},
): Promise<WebhookHost> {
  const statuses: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await find()({
      method: request.method ?? 'GET',
      query: new URL(request.url ?? '/', 'http://host').searchParams,
      header: (name) => {
        const value = added[name.toLowerCase()] ?? request.headers[name.toLowerCase()];
        return typeof value === 'string' ? value : null;
      },
      rawBody: Buffer.concat(chunks),
    });
    statuses.push(answer.status);
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    statuses,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
