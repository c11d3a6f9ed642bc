import { Router } from 'express';
import type { ChannelStatus } from '../../ports/channel.js';

export interface Health {
  /** True when the store answers and the data is loaded. */
  ready(): Promise<boolean>;
  channels(): Readonly<Record<string, ChannelStatus>>;
}

/** `/healthz`: the process lives. `/readyz`: the store answers; the channels are told, but one that is down does not take the rest away. */
export function healthRoutes(health: Health): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const ready = await health.ready();
    const channels = Object.fromEntries(
      Object.entries(health.channels()).map(([name, status]) => [
        name,
        { state: status.state, since: new Date(status.since).toISOString() },
      ]),
    );
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not_ready', channels });
  });
  return router;
}
