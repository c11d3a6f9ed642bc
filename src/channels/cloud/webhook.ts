import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookAnswer, WebhookRequest } from '../../ports/webhook.js';

export interface WebhookSecrets {
  readonly appSecret: string;
  readonly verifyToken: string;
}

export type WebhookReading =
  | { readonly payload: unknown }
  | { readonly answer: WebhookAnswer; readonly code: string | null };

/** Answers Meta's verification (GET) and checks the signature of everything else. Never throws. */
export function readWebhook(request: WebhookRequest, secrets: WebhookSecrets): WebhookReading {
  if (request.method === 'GET') return verification(request.query, secrets.verifyToken);
  if (!isSigned(request, secrets.appSecret)) return { answer: { status: 401, body: '' }, code: 'wrong_signature' };
  try {
    return { payload: JSON.parse(Buffer.from(request.rawBody).toString('utf8')) };
  } catch {
    // The sender is known, and anything but 200 would bring the same again for days.
    return { answer: { status: 200, body: '' }, code: 'not_json' };
  }
}

/** False for a caller whose headers hold no signature at all, so that their body need not be read. */
export function maySign(header: WebhookRequest['header']): boolean {
  return /^sha256=[0-9a-f]{64}$/.test(header('x-hub-signature-256') ?? '');
}

/** The challenge is given back only with the right token, and only when it cannot be mistaken for a page. */
function verification(query: URLSearchParams, verifyToken: string): WebhookReading {
  const challenge = query.get('hub.challenge') ?? '';
  const right = query.get('hub.mode') === 'subscribe' && same(query.get('hub.verify_token') ?? '', verifyToken);
  return right && /^[\w-]{1,256}$/.test(challenge)
    ? { answer: { status: 200, body: challenge }, code: null }
    : { answer: { status: 403, body: '' }, code: 'wrong_verify_token' };
}

/** X-Hub-Signature-256 is over the bytes as they came: JSON written anew would differ at the first emoji. */
function isSigned(request: WebhookRequest, appSecret: string): boolean {
  const expected = createHmac('sha256', appSecret).update(request.rawBody).digest('hex');
  return same(request.header('x-hub-signature-256') ?? '', `sha256=${expected}`);
}

function same(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
