import { createHash, timingSafeEqual } from 'node:crypto';
import type { WebhookAnswer, WebhookRequest } from '../../ports/webhook.js';

export type WebhookReading = { readonly update: unknown } | { readonly answer: WebhookAnswer; readonly code: string };

/** Checks the secret that Telegram repeats in every call, in constant time, then reads the update. Never throws. */
export function readWebhook(request: WebhookRequest, secret: string): WebhookReading {
  if (!knowsSecret(request.header, secret)) {
    return { answer: { status: 401, body: '' }, code: 'wrong_secret' };
  }
  try {
    return { update: JSON.parse(Buffer.from(request.rawBody).toString('utf8')) };
  } catch {
    // The sender is known, and anything but 200 would bring the same again for ever.
    return { answer: { status: 200, body: '' }, code: 'not_json' };
  }
}

/** Whether the headers carry the secret, told in constant time. */
export function knowsSecret(header: WebhookRequest['header'], secret: string): boolean {
  const given = header('x-telegram-bot-api-secret-token') ?? '';
  return timingSafeEqual(digest(given), digest(secret));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
