import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import helmet from 'helmet';
import type { Log } from '../log.js';
import { projectFile } from '../project-root.js';
import { type ChatDoor, chatRoutes } from './chat/routes.js';
import { consoleRoutes } from './console/index.js';
import type { ConsoleParts } from './console/parts.js';
import { type MetricsDoor, metricsRoutes } from './health/metrics.js';
import { type Health, healthRoutes } from './health/routes.js';
import { A_MINUTE, perMinute } from './limits.js';
import { type PrivacyDoor, privacyRoutes } from './privacy/routes.js';
import { type NamedWebhook, webhookRoutes } from './webhooks/routes.js';

/** What the pages need; each is a few functions, so that no page knows a store or a channel. */
export interface WebParts {
  readonly log: Log;
  readonly health: Health;
  readonly metrics: MetricsDoor;
  readonly chat: ChatDoor;
  readonly privacy: PrivacyDoor;
  readonly console: ConsoleParts;
  readonly webhooks: readonly NamedWebhook[];
}

/** The HTTP side: webhooks first (they need the raw body), then health, the public page and its chat. */
export function buildWeb(parts: WebParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback, linklocal, uniquelocal');
  app.use((_request, response, next) => {
    response.locals.requestId = randomUUID();
    // Whoever reports a fault can name the call as the log does.
    response.set('x-request-id', response.locals.requestId);
    next();
  });
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      // The page may be opened over plain HTTP on an office's own network; a proxy in front sets this one.
      strictTransportSecurity: false,
    }),
  );
  app.use(webhookRoutes(parts.webhooks));
  app.use(healthRoutes(parts.health));
  app.use(metricsRoutes(parts.metrics));
  app.use('/public', express.static(projectFile('src/web/public'), { index: false, maxAge: '1h' }));
  app.use('/console', perMinute(A_MINUTE.console, isAsset), consoleRoutes(parts.console));
  app.use(privacyRoutes(parts.privacy));
  app.use(chatRoutes(parts.chat));
  app.use(perMinute(A_MINUTE.pages), (_request, response) => {
    response.status(404).type('text/plain').send('Not found\n');
  });
  app.use(failure(parts.log));
  return app;
}

/** Files that every page of the console brings along; they are kept by the browser. */
function isAsset({ path }: Request): boolean {
  return path.startsWith('/assets/');
}

/** What a process without pages shows: whether it lives and is ready, and what it counts. */
export function buildHealth(log: Log, health: Health, metrics: MetricsDoor): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(health));
  app.use(metricsRoutes(metrics));
  app.use(failure(log));
  return app;
}

/** The last word on a request that failed: the code to the log, nothing of the request, and a status that the sender understands. */
function failure(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const given = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    const status = given >= 400 && given < 600 ? given : 500;
    if (status >= 500) {
      log.error('request failed', {
        requestId: String(response.locals.requestId),
        method: request.method,
        status,
        errorClass: error instanceof Error ? error.name : 'unknown',
      });
    }
    if (response.headersSent) {
      response.end();
      return;
    }
    response
      .status(status)
      .type('text/plain')
      .send(status >= 500 ? 'Something went wrong\n' : 'Bad request\n');
  };
}
