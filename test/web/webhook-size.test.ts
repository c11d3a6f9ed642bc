import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { webhookRoutes } from '../../src/web/webhooks/routes.js';

const LARGEST = 3 * 1024 * 1024;
let server: Server;
let url: string;
let handled: number[];
let tooLarge: number;

beforeEach(async () => {
  handled = [];
  tooLarge = 0;
  const app = express().use(
    webhookRoutes([
      {
        path: '/whatsapp/webhook',
        handle: async ({ rawBody }) => {
          handled.push(rawBody.length);
          return { status: 200, body: '' };
        },
        knows: (header) => header('x-hub-signature-256') !== null,
        tooLarge: () => {
          tooLarge += 1;
        },
      },
    ]),
  );
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/whatsapp/webhook`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const signed = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
const post = (body: string | ReadableStream, headers: Record<string, string> = signed) =>
  fetch(url, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);

describe('the body of a webhook', () => {
  it('is read up to what the provider may send', async () => {
    expect((await post('x'.repeat(LARGEST))).status).toBe(200);
    expect([handled, tooLarge]).toEqual([[LARGEST], 0]);
  });

  it('that is larger is refused before anything is computed over it, counted, and the line closed', async () => {
    const answer = await post('x'.repeat(LARGEST + 1));
    expect([answer.status, answer.headers.get('connection')]).toEqual([413, 'close']);
    expect([handled, tooLarge]).toEqual([[], 1]);
  });

  it('that does not tell its length is refused as soon as it is too long', async () => {
    let pieces = 0;
    const endless = new ReadableStream({
      pull(controller) {
        pieces += 1;
        if (pieces > 64) controller.close();
        else controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const status = await post(endless).then(
      (answer) => answer.status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(status);
    expect([handled, tooLarge]).toEqual([[], 1]);
  });

  it('of a stranger is not read, however large', async () => {
    await post('x'.repeat(LARGEST + 1), {}).catch(() => undefined);
    expect([handled, tooLarge]).toEqual([[0], 0]);
  });
});
