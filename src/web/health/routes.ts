import { Router } from 'express';
import type { ChannelStatus } from '../../ports/channel.js';
import { shared } from '../limits.js';

export interface Health {
  /** True when the store answers and the data is loaded. */
  ready(): Promise<boolean>;
  /** True from the first sign to stop: a proxy sends nobody here any more, and what is under way ends. */
  stopping(): boolean;
  channels(): Readonly<Record<string, ChannelStatus>>;
}

/**
 * `/healthz`: the process lives. `/readyz`: it may be given work; the store and the channels are told by their state, but
 * a channel that is down does not take the rest away.
 */
export function healthRoutes(health: Health): Router {
  const router = Router();
  const storeIsUp = shared(health.ready);
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const storeUp = await storeIsUp();
    const stopping = health.stopping();
    const ready = storeUp && !stopping;
    const channels = Object.fromEntries(
      Object.entries(health.channels()).map(([name, status]) => [
        name,
        { state: status.state, detail: codeOnly(status.detail), since: new Date(status.since).toISOString() },
      ]),
    );
    const status = stopping ? 'stopping' : ready ? 'ready' : 'not_ready';
    response.status(ready ? 200 : 503).json({ status, store: storeUp ? 'up' : 'down', channels });
  });
  return router;
}

/** Details are codes of the channels; this page is open to everybody, so anything else stays out. */
function codeOnly(detail: string | null): string | null {
  return detail !== null && /^[a-z][a-z0-9_]{0,39}$/.test(detail) ? detail : null;
}
