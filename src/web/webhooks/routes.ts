import { type ErrorRequestHandler, type RequestHandler, Router, raw } from 'express';
import type { Webhook, WebhookRequest } from '../../ports/webhook.js';

export interface NamedWebhook {
  readonly path: '/telegram/webhook' | '/whatsapp/webhook';
  readonly handle: Webhook;
  /** Tells from the headers alone whether the caller knows the secret; left out where the secret is over the body. */
  readonly knows?: (header: WebhookRequest['header']) => boolean;
  /** Told of a body that is larger than any that the provider sends. */
  readonly tooLarge?: () => void;
}

/**
 * Meta's webhooks hold 3 MB at most, Telegram's updates far less. What is larger comes from no provider, so it is refused
 * unread, before any signature is computed: nobody sends it again for days, as Meta does with what was refused.
 */
const LARGEST_BODY = '3mb';

/** The providers' doors. The body stays as it came, because signatures are made over its very bytes. */
export function webhookRoutes(webhooks: readonly NamedWebhook[]): Router {
  const router = Router();
  for (const { path, handle, knows, tooLarge } of webhooks) {
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
    const refuseLarge: ErrorRequestHandler = (error: unknown, _request, response, next) => {
      if (!isTooLarge(error)) return next(error);
      tooLarge?.();
      // The rest of it is not waited for.
      response.set('connection', 'close').status(413).type('text/plain').send('Too large\n');
    };
    router.use(path, refuseLarge);
  }
  return router;
}

function isTooLarge(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'status' in error && error.status === 413;
}
