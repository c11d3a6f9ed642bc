import { Router, raw } from 'express';
import type { Webhook } from '../../ports/webhook.js';

export interface NamedWebhook {
  readonly path: '/telegram/webhook' | '/whatsapp/webhook';
  readonly handle: Webhook;
}

/** The largest batch that a provider sends is far below this; what is larger is refused unread. */
const LARGEST_BODY = '1mb';

/** The providers' doors. The body stays as it came, because signatures are made over its very bytes. */
export function webhookRoutes(webhooks: readonly NamedWebhook[]): Router {
  const router = Router();
  for (const { path, handle } of webhooks) {
    router.all(path, raw({ type: () => true, limit: LARGEST_BODY }), async (request, response) => {
      const answer = await handle({
        method: request.method,
        query: new URL(request.originalUrl, 'http://localhost').searchParams,
        header: (name) => request.get(name) ?? null,
        rawBody: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
      });
      response.status(answer.status).type('text/plain').send(answer.body);
    });
  }
  return router;
}
