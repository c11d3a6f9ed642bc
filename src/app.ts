import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { realTiming } from './channels/real-timing.js';
import { createWebChat } from './channels/web/index.js';
import type { Config } from './config.js';
import { type ChannelParts, configuredChannels } from './configured-channels.js';
import { MINUTE } from './domain/time.js';
import type { World } from './engines/dialogue/index.js';
import { HoursUnreadable, parseHours } from './engines/hours/index.js';
import { AppError } from './errors.js';
import type { Log } from './log.js';
import type { Channel, ChannelEvents, ChannelStatus } from './ports/channel.js';
import type { Store } from './ports/store.js';
import type { Timing } from './ports/timing.js';
import { type ChannelAccount, createChannelAccount } from './services/channel-account.js';
import { createDeliverer, type Deliverer } from './services/deliver.js';
import { createDirectCard } from './services/direct-card.js';
import { firstLook } from './services/first-look.js';
import { createFloodGate } from './services/flood-gate.js';
import { bulkLease, channelLease, holdChannel } from './services/hold-channel.js';
import { createReceiptKeeper } from './services/keep-receipts.js';
import { advanceBroadcasts } from './services/plan-broadcast.js';
import { createReceiver, type Receiver } from './services/receive-message.js';
import { type BulkSender, createBulkSender } from './services/run-broadcast.js';
import { planSeed } from './services/seed.js';
import { openStore } from './store/open-store.js';
import { ownerName, surelyDead } from './store/owner.js';
import { buildHealth, buildWeb, type WebParts } from './web/server.js';
import { buildWorld } from './world.js';

/** Tests and the terminal chat put their own parts in the place of these. */
export interface Overrides {
  readonly timing?: Timing;
  readonly store?: Store;
  /** Instead of those that the settings turn on. */
  readonly channels?: readonly Channel[];
  readonly withoutWeb?: boolean;
  /** Shows a code for linking WhatsApp to whoever started the server. */
  readonly showPairing?: ChannelParts['showPairing'];
}

export interface App {
  readonly world: () => World;
  readonly store: Store;
  readonly channels: readonly Channel[];
  readonly receiver: Receiver;
  /** Starts everything; resolves to the port that the pages are on, null without them. */
  start(): Promise<number | null>;
  /** Stops taking in, finishes what is under way, closes. */
  stop(): Promise<void>;
}

const MESSAGES_A_MINUTE = 30;
const DATA_LOOK_MS = 1_000;
const SWEEP_MS = 5_000;
/** After this long without a sign of life another process takes over: what was being sent, and the exclusive channels. */
const LEASE_MS = 9_000;
const ANNOUNCE_MS = 1_000;
const PLANNING_LEASE = 'announcements/plan';
const RETENTION_LOOK_MS = 10 * MINUTE;
/** How long it stays on record that a message came and that its answer was sent; what they said is gone at once. */
const RECORD_DAYS = 30;
const DAY_MS = 24 * 60 * MINUTE;

/** Where the embedded database and the generated key lie. */
export const DATA_FOLDER = 'data';

/** The store that the settings name, migrated and, when it is new, filled with the shipped data. */
export async function openFilledStore(config: Config, timing: Timing = realTiming): Promise<Store> {
  const url = config.databaseUrl ?? `file:${join(DATA_FOLDER, 'tanya.db')}`;
  const store = await openStore(url);
  if ((await store.data.version()) === 0) {
    await store.data.seed(planSeed(hoursFault).change, { who: 'seed', at: timing.now() });
  }
  return store;
}

/** What is wrong with a bare hours text, and where; null when it can be read. For imports and the console. */
export function hoursFault(text: string): { position: number; message: string } | null {
  try {
    parseHours(text);
    return null;
  } catch (error) {
    if (error instanceof HoursUnreadable) return { position: error.offset ?? 0, message: error.message };
    throw error;
  }
}

/**
 * The key that encrypts channel credentials: from the settings, else (only on the embedded database) made once and kept
 * beside it, readable by its owner alone.
 */
export function secretKey(config: Config): string {
  if (config.secretKey !== null) return config.secretKey;
  const path = join(DATA_FOLDER, 'secret.key');
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    try {
      writeFileSync(path, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  return readFileSync(path, 'utf8').trim();
}

function portFault(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') return new AppError('CONFIG_FAULTY', `PORT ${port} is taken by another program.`);
  if (error.code === 'EACCES') return new AppError('CONFIG_FAULTY', `PORT ${port} may not be opened by this user.`);
  return error;
}

/** Joins ports and adapters. Nothing runs before `start`. */
export async function buildApp(config: Config, log: Log, overrides: Overrides = {}): Promise<App> {
  const timing = overrides.timing ?? realTiming;
  const store = overrides.store ?? (await openFilledStore(config, timing));
  const owner = ownerName();
  let version = await store.data.version();
  let world = buildWorld(await store.data.snapshot());

  const webChat = createWebChat(timing.now);
  const configured = configuredChannels({
    config,
    timing,
    credentials: store.credentials,
    secretKey: () => secretKey(config),
    showPairing: overrides.showPairing ?? (() => undefined),
  });
  const channels = overrides.channels ?? [webChat.channel, ...configured.channels];
  const deliverers = new Map<string, Deliverer>();
  const bulkSenders = new Map<string, BulkSender>();
  for (const channel of channels) {
    const account: ChannelAccount = createChannelAccount(timing);
    const { outbox, contacts, broadcasts, meta } = store;
    const shared = { contacts, channel, account, owner, timing, log };
    deliverers.set(channel.name, createDeliverer({ ...shared, outbox }));
    bulkSenders.set(channel.name, createBulkSender({ ...shared, broadcasts, meta, world: () => world }));
  }
  const receiver = createReceiver({
    inbox: store.inbox,
    world: () => world,
    timing,
    log,
    floodGate: createFloodGate(MESSAGES_A_MINUTE),
    directCard: createDirectCard({ channels, world: () => world, timing, log }),
    wake: (channel) => deliverers.get(channel)?.wake(),
    linking: { broadcasts: store.broadcasts, meta: store.meta },
    keepBodies: config.messageRetentionDays > 0,
  });
  const { outbox, broadcasts, contacts } = store;
  const receiptKeeper = createReceiptKeeper({ outbox, broadcasts, contacts, timing, log });
  const events: ChannelEvents = {
    receive: (messages) => receiver.receive(messages),
    receipt: (receipts) => receiptKeeper.keep(receipts),
    ignored: (channel, code, count) => log.debug('ignored', { channel, state: code, count }),
  };

  /** Keeps this process known as alive; what a dead one had begun to send is settled by whoever lives. */
  async function heartbeat(): Promise<void> {
    const now = timing.now();
    await store.leases.take(`process/${owner}`, owner, now, now + LEASE_MS);
    const left = await store.outbox.interrupted(now);
    if (left.unsure + left.again > 0) log.warn('sends were interrupted', { count: left.unsure + left.again });
    const announced = await store.broadcasts.interrupted(now);
    if (announced.unsure > 0) log.warn('announcements were interrupted', { count: announced.unsure });
  }

  /** Ends the leases of the process before this one when it certainly died, so that nobody waits for them to run out. */
  async function bury(): Promise<void> {
    const before = await store.meta.get('last_process');
    await store.meta.set('last_process', owner);
    if (before === null || !surelyDead(before)) return;
    await store.leases.release(`process/${before}`, before);
    for (const channel of channels) {
      await store.leases.release(channelLease(channel), before);
      await store.leases.release(bulkLease(channel), before);
    }
    await store.leases.release(PLANNING_LEASE, before);
  }

  async function refresh(): Promise<void> {
    const latest = await store.data.version();
    if (latest === version) return;
    world = buildWorld(await store.data.snapshot());
    version = latest;
    log.info('data reloaded');
  }

  /** One process at a time plans announcements; the others look on. */
  async function announce(): Promise<void> {
    const now = timing.now();
    if (!(await store.leases.take(PLANNING_LEASE, owner, now, now + LEASE_MS))) return;
    const { broadcasts, meta } = store;
    await advanceBroadcasts({ broadcasts, meta, channels, world: () => world, now: timing.now });
  }

  async function retention(): Promise<void> {
    await store.outbox.prune(timing.now() - RECORD_DAYS * DAY_MS);
    await store.inbox.prune(timing.now() - Math.max(RECORD_DAYS, config.messageRetentionDays) * DAY_MS);
    if (config.messageRetentionDays === 0) return;
    await store.inbox.emptyBodies(timing.now() - config.messageRetentionDays * DAY_MS);
  }

  const stopping = new AbortController();
  const loops: Promise<void>[] = [];
  function every(ms: number, name: string, work: () => Promise<void>): void {
    loops.push(
      (async () => {
        while (!stopping.signal.aborted) {
          await timing.wait(ms, stopping.signal);
          if (stopping.signal.aborted) return;
          await work().catch(() => log.warn('job failed', { job: name }));
        }
      })(),
    );
  }

  /** A channel and what drains its outbox run together, until the end of the tenure. */
  const tenures = new Map<Channel, { readonly over: AbortController; readonly sending: Promise<unknown> }>();
  /** Why an exclusive channel ended by itself, until it is begun again. */
  const gaveUp = new Map<Channel, ChannelStatus>();
  async function begin(channel: Channel): Promise<void> {
    gaveUp.delete(channel);
    await channel.start(events);
    const over = new AbortController();
    const replies = deliverers.get(channel.name)?.run(over.signal);
    tenures.set(channel, { over, sending: Promise.all([replies, sendToMany(channel, over.signal)]) });
  }
  /** Announcements leave an account from one process at a time, because the pace is that of the account. */
  async function sendToMany(channel: Channel, over: AbortSignal): Promise<void> {
    let turn: { readonly end: AbortController; readonly done: Promise<void> | undefined } | null = null;
    const begin = async () => {
      const end = new AbortController();
      turn = { end, done: bulkSenders.get(channel.name)?.run(end.signal) };
    };
    const end = async () => {
      turn?.end.abort();
      await turn?.done;
      turn = null;
    };
    const parts = { leases: store.leases, owner, timing, log, leaseMs: LEASE_MS, lease: bulkLease(channel) };
    await holdChannel(channel, { begin, end }, parts, over);
    await end();
    await store.leases.release(bulkLease(channel), owner).catch(() => undefined);
  }
  /** An exclusive channel that another process runs waits here. */
  function statusOf(channel: Channel): ChannelStatus {
    const ended = gaveUp.get(channel);
    if (ended) return ended;
    const status = channel.status();
    return tenures.has(channel) || !channel.exclusive ? status : { ...status, state: 'waiting', detail: 'elsewhere' };
  }
  async function stopSending(channel: Channel): Promise<void> {
    const tenure = tenures.get(channel);
    tenure?.over.abort();
    await tenure?.sending;
    tenures.delete(channel);
  }
  function hold(channel: Channel): Promise<void> {
    const end = async () => {
      const status = channel.status();
      if (status.state === 'stopped') gaveUp.set(channel, status);
      await channel.stop();
      await stopSending(channel);
    };
    const parts = { leases: store.leases, owner, timing, log, leaseMs: LEASE_MS };
    const tenure = { begin: () => begin(channel), end, gaveUp: () => channel.status().state === 'stopped' };
    return holdChannel(channel, tenure, parts, stopping.signal);
  }

  /** In two roles, the worker runs what only one process may run, and the other all that comes in by HTTP. */
  const serves = (channel: Channel) =>
    config.role === 'all' || (config.role === 'worker') === (channel.exclusive === true);

  let server: Server | null = null;
  return {
    world: () => world,
    store,
    channels,
    receiver,
    start: async () => {
      await bury();
      await heartbeat();
      every(LEASE_MS / 3, 'heartbeat', heartbeat);
      every(DATA_LOOK_MS, 'refresh', refresh);
      every(SWEEP_MS, 'sweep', () => receiver.sweep());
      if (config.role !== 'web') {
        every(RETENTION_LOOK_MS, 'retention', retention);
        every(ANNOUNCE_MS, 'announcements', announce);
      }
      if (overrides.withoutWeb !== true) {
        const secret = secretKey(config);
        const channelStates = () => Object.fromEntries(channels.map((channel) => [channel.name, statusOf(channel)]));
        const health = {
          ready: () =>
            store.check().then(
              () => true,
              () => false,
            ),
          channels: channelStates,
        };
        const pages: WebParts = {
          log,
          health,
          chat: {
            ...webChat,
            isEmergency: (text) =>
              firstLook({ id: '', channel: 'web', contact: '', at: 0, body: { type: 'text', text }, language: null })
                .emergency !== null,
          },
          console: {
            desk: { store, world: () => world, now: timing.now, refresh, hoursFault, channels: channelStates },
            staff: store.staff({ secret, publicUrl: config.publicUrl }),
            secret,
            publicUrl: config.publicUrl,
          },
          webhooks: configured.webhooks,
        };
        const web = config.role === 'worker' ? buildHealth(health) : buildWeb(pages);
        server = await new Promise<Server>((resolve, reject) => {
          // Express would hand a port that is taken to its own callback, as if it listened.
          const listening = createServer(web);
          listening.once('error', (error: NodeJS.ErrnoException) => reject(portFault(error, config.port)));
          listening.listen(config.port, () => resolve(listening));
        });
        server.requestTimeout = 30_000;
        // Longer than a provider or a proxy keeps a line that it means to use again: otherwise it writes into a closed one.
        server.keepAliveTimeout = 75_000;
      }
      for (const channel of channels.filter(serves)) {
        if (channel.exclusive) loops.push(hold(channel));
        else await begin(channel);
      }
      await receiver.sweep(0);
      const address = server?.address();
      return typeof address === 'object' && address !== null ? address.port : null;
    },
    stop: async () => {
      stopping.abort();
      receiptKeeper.stop();
      await Promise.allSettled(loops);
      for (const channel of tenures.keys()) await channel.stop();
      server?.closeAllConnections();
      server?.close();
      await receiver.stop();
      for (const channel of [...tenures.keys()]) {
        await stopSending(channel);
        await store.leases.release(channelLease(channel), owner).catch(() => undefined);
      }
      await store.leases.release(PLANNING_LEASE, owner).catch(() => undefined);
      await store.leases.release(`process/${owner}`, owner).catch(() => undefined);
      await store.close();
    },
  };
}
