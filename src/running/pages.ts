import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Express } from 'express';
import type { WebChat } from '../channels/web/index.js';
import { AppError } from '../errors.js';
import type { ChannelStatus } from '../ports/channel.js';
import { firstLook } from '../services/first-look.js';
import type { MetricsDoor } from '../web/health/metrics.js';
import { serverOptions } from '../web/limits.js';
import { buildHealth, buildWeb } from '../web/server.js';
import type { NamedWebhook } from '../web/webhooks/routes.js';
import type { Foundation } from './foundation.js';
import { hoursFault } from './hours-fault.js';
import { secretKey } from './secret-key.js';

export interface PageParts extends Foundation {
  readonly metrics: MetricsDoor;
  /** True from the first sign to stop. */
  readonly stopping: () => boolean;
  readonly webChat: WebChat;
  readonly webhooks: readonly NamedWebhook[];
  readonly refresh: () => Promise<void>;
  readonly channelStates: () => Readonly<Record<string, ChannelStatus>>;
}

/** What this process's role shows by HTTP: a worker its health only. */
function pagesOf(parts: PageParts): Express {
  const { config, log, timing, store, world, webChat, webhooks, refresh, channelStates, metrics, stopping } = parts;
  const { channels } = parts;
  const health = {
    ready: () =>
      store.check().then(
        () => true,
        () => false,
      ),
    stopping,
    channels: channelStates,
  };
  if (config.role === 'worker') return buildHealth(log, health, metrics);
  const secret = secretKey(config);
  return buildWeb({
    log,
    health,
    metrics,
    chat: {
      ...webChat,
      isEmergency: (text) =>
        firstLook({ id: '', channel: 'web', contact: '', at: 0, body: { type: 'text', text }, language: null })
          .emergency !== null,
    },
    privacy: {
      messageDays: config.messageRetentionDays,
      contactDays: config.contactRetentionDays,
      offices: () =>
        world().directory.regions.map(({ name, officeContact }) => ({ region: name, contact: officeContact })),
    },
    console: {
      desk: { store, world, now: timing.now, refresh, hoursFault, channels: channelStates },
      keep: { messageDays: config.messageRetentionDays, contactDays: config.contactRetentionDays },
      staff: store.staff({ secret, publicUrl: config.publicUrl }),
      announcing: { channels, timing },
      secret,
      publicUrl: config.publicUrl,
      mapTiles: config.mapTiles,
    },
    webhooks,
  });
}

/** The open port. */
export interface Pages {
  readonly port: number;
  /** Takes no more calls, and resolves when those under way are answered or have had their time. */
  close(): Promise<void>;
}

/** How long calls under way may take at the end, in milliseconds; a provider's are answered within a second. */
const LAST_CALLS_MS = 5_000;

/** Opens the port of the settings. Throws CONFIG_FAULTY when it cannot be had. */
export async function openPages(parts: PageParts): Promise<Pages> {
  const { port } = parts.config;
  const pages = pagesOf(parts);
  const server = await new Promise<Server>((resolve, reject) => {
    // Express would hand a port that is taken to its own callback, as if it listened.
    const listening = createServer(serverOptions(), pages);
    listening.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, port)));
    listening.listen(port, () => resolve(listening));
  });
  const underWay = new Set<ServerResponse>();
  server.on('request', (_request, response) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // A stream of answers never ends by itself; its page opens it again, elsewhere or later.
      for (const response of underWay) if (isStream(response)) response.end();
      const late = setTimeout(() => server.closeAllConnections(), LAST_CALLS_MS);
      await closed;
      clearTimeout(late);
    },
  };
}

function isStream(response: ServerResponse): boolean {
  return String(response.getHeader('content-type')).startsWith('text/event-stream');
}

function portFault(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new AppError('CONFIG_FAULTY', `PORT ${port} is taken by another program.`);
  if (error.code === 'EACCES') return new AppError('CONFIG_FAULTY', `PORT ${port} may not be opened by this user.`);
  return error;
}
