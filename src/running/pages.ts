import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import type { WebChat } from '../channels/web/index.js';
import { AppError } from '../errors.js';
import type { ChannelStatus } from '../ports/channel.js';
import { firstLook } from '../services/first-look.js';
import { buildHealth, buildWeb } from '../web/server.js';
import type { NamedWebhook } from '../web/webhooks/routes.js';
import type { Foundation } from './foundation.js';
import { hoursFault } from './hours-fault.js';
import { secretKey } from './secret-key.js';

export interface PageParts extends Foundation {
  readonly webChat: WebChat;
  readonly webhooks: readonly NamedWebhook[];
  readonly refresh: () => Promise<void>;
  readonly channelStates: () => Readonly<Record<string, ChannelStatus>>;
}

/** What this process's role shows by HTTP: a worker its health only. */
function pagesOf(parts: PageParts): Express {
  const { config, log, timing, store, world, webChat, webhooks, refresh, channelStates } = parts;
  const health = {
    ready: () =>
      store.check().then(
        () => true,
        () => false,
      ),
    channels: channelStates,
  };
  if (config.role === 'worker') return buildHealth(health);
  const secret = secretKey(config);
  return buildWeb({
    log,
    health,
    chat: {
      ...webChat,
      isEmergency: (text) =>
        firstLook({ id: '', channel: 'web', contact: '', at: 0, body: { type: 'text', text }, language: null })
          .emergency !== null,
    },
    console: {
      desk: { store, world, now: timing.now, refresh, hoursFault, channels: channelStates },
      staff: store.staff({ secret, publicUrl: config.publicUrl }),
      secret,
      publicUrl: config.publicUrl,
    },
    webhooks,
  });
}

/** Opens the port of the settings. Throws CONFIG_FAULTY when it cannot be had. */
export async function openPages(parts: PageParts): Promise<Server> {
  const { port } = parts.config;
  const pages = pagesOf(parts);
  const server = await new Promise<Server>((resolve, reject) => {
    // Express would hand a port that is taken to its own callback, as if it listened.
    const listening = createServer(pages);
    listening.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, port)));
    listening.listen(port, () => resolve(listening));
  });
  server.requestTimeout = 30_000;
  // Longer than a provider or a proxy keeps a line that it means to use again: otherwise it writes into a closed one.
  server.keepAliveTimeout = 75_000;
  return server;
}

/** The port that the pages are on; null without them. */
export function portOf(server: Server | null): number | null {
  const address = server?.address();
  return typeof address === 'object' && address !== null ? address.port : null;
}

function portFault(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new AppError('CONFIG_FAULTY', `PORT ${port} is taken by another program.`);
  if (error.code === 'EACCES') return new AppError('CONFIG_FAULTY', `PORT ${port} may not be opened by this user.`);
  return error;
}
