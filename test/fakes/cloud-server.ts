import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { outgoing, readMark } from './cloud-schema.js';

/** A refusal with Meta's code, an HTTP answer of a gateway, a cut line, or no answer at all. */
export type CloudFault =
  | { readonly code: number; readonly status?: number }
  | { readonly gateway: number; readonly retryAfter?: string }
  | 'drop'
  | 'hang'
  | 'none';

/** A strict Graph API: checks the key and every payload, and fails on demand. */
export async function startFakeCloud(expected: { path: string; header: string; value: string }) {
  // biome-ignore lint/suspicious/noExplicitAny: recorded bodies, read freely by tests
  const sent: any[] = [];
  const read: string[] = [];
  const marks: unknown[] = [];
  const refusals: string[] = [];
  const faults: CloudFault[] = [];

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const answer = (status: number, content: unknown) => response.writeHead(status).end(JSON.stringify(content));
    const refuse = (code: number, status = 400, message = '') => {
      refusals.push(`${code} ${message}`.trim());
      answer(status, { error: { message, type: 'OAuthException', code, fbtrace_id: 'x' } });
    };
    if (request.url !== expected.path) return refuse(100, 404, 'no such path');
    if (request.headers[expected.header.toLowerCase()] !== expected.value) return refuse(190, 401, 'wrong token');
    const mark = readMark.safeParse(body);
    if (mark.success) {
      read.push(mark.data.message_id);
      marks.push(body);
      return void answer(200, { success: true });
    }
    const fault = faults.shift() ?? 'none';
    if (fault === 'hang') return;
    if (fault === 'drop') return void request.socket.destroy();
    if (fault !== 'none' && 'gateway' in fault) {
      const headers = fault.retryAfter ? { 'retry-after': fault.retryAfter } : {};
      return void response.writeHead(fault.gateway, headers).end('<html>gateway</html>');
    }
    if (fault !== 'none') return refuse(fault.code, fault.status);
    const checked = outgoing.safeParse(body);
    if (!checked.success) return refuse(100, 400, JSON.stringify(checked.error.issues));
    sent.push(body);
    answer(200, { messaging_product: 'whatsapp', contacts: [{}], messages: [{ id: `wamid.out${sent.length}` }] });
  }

  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    read,
    /** The read marks as they were on the wire. */
    marks,
    refusals,
    fail: (...list: CloudFault[]) => void faults.push(...list),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type FakeCloud = Awaited<ReturnType<typeof startFakeCloud>>;

/** The header that Meta puts on a webhook: over the bytes, with the app's secret. */
export function signatureOf(body: string, appSecret: string): Record<string, string> {
  return { 'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}` };
}

/** A webhook's payload around the given parts of a `value`. */
export function cloudPayload(value: object, phoneNumberId = '1001') {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: 'WABA',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '0', phone_number_id: phoneNumberId },
              ...value,
            },
          },
        ],
      },
    ],
  };
}
