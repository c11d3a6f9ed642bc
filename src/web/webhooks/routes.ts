import { type RequestHandler, Router, raw } from 'express';
import type { Webhook, WebhookRequest } from '../../ports/webhook.js';

export interface NamedWebhook {
  readonly path: '/telegram/webhook' | '/whatsapp/webhook';
  readonly handle: Webhook;
  /** Tells from the headers alone whether the caller knows the secret; left out where the secret is over the body. */
  readonly knows?: (header: WebhookRequest['header']) => boolean;
}

/** The largest batch that a provider sends is far below this; what is larger is refused unread. */
const LARGEST_BODY = '1mb';

/** The providers' doors. The body stays as it came, because signatures are made over its very bytes. */
export function webhookRoutes(webhooks: readonly NamedWebhook[]): Router {
  const router = Router();
  for (const { path, handle, knows } of webhooks) {
    const read = raw({ type: () => true, limit: LARGEST_BODY });
    const readFromFriends: RequestHandler = (request, response, next) => {
      // A stranger's body is not read at all; the refusal follows from the headers.
      if (!knows || knows((name) => request.get(name) ?? null)) read(request, response, next);
      else next();
    };
    router.all(path, readFromFriends, async (request, response) => {
      const answer = await handle({
        method: request.method,
        query: new URL(request.originalUrl, 'http://localhost').searchParams,
        header: (name) => request.get(name) ?? null,
        rawBody: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
        requestId: String(response.locals.requestId),
      });
      response.status(answer.status).type('text/plain').send(answer.body);
    });
  }
  return router;
}
