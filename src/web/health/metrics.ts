import { createHash, timingSafeEqual } from 'node:crypto';
import { type Request, Router } from 'express';

/** The page that Prometheus reads, and who may read it. */
export interface MetricsDoor {
  /** The bearer token that is asked for; null: only callers on this machine. */
  readonly token: string | null;
  readonly contentType: string;
  page(): Promise<string>;
}

/** `/metrics`: counts and times only, yet not for everybody, because they tell how an office works. */
export function metricsRoutes(door: MetricsDoor): Router {
  const router = Router();
  router.get('/metrics', async (request, response) => {
    response.set('cache-control', 'no-store');
    if (door.token !== null && !bears(request, door.token)) {
      response.status(401).set('www-authenticate', 'Bearer').type('text/plain').send('A bearer token is needed\n');
      return;
    }
    if (door.token === null && !fromThisMachine(request)) {
      response.status(403).type('text/plain').send('Only from the machine itself; or set METRICS_TOKEN\n');
      return;
    }
    response.set('content-type', door.contentType).send(await door.page());
  });
  return router;
}

function bears(request: Request, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(request.get('authorization') ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** What a proxy says about where a call came from; one of them naming another machine is enough. */
const TOLD_BY_PROXIES = ['x-forwarded-for', 'x-real-ip'] as const;

/** A proxy on this machine also calls from here: then what it says about the caller counts. */
function fromThisMachine(request: Request): boolean {
  if (request.get('forwarded') !== undefined || !isLoopback(request.socket.remoteAddress ?? '')) return false;
  return TOLD_BY_PROXIES.every((name) =>
    (request.get(name) ?? '::1').split(',').every((each) => isLoopback(each.trim())),
  );
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}
