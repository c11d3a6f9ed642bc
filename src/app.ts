import { realTiming } from './channels/real-timing.js';
import { createWebChat } from './channels/web/index.js';
import type { Config } from './config.js';
import { type ChannelParts, configuredChannels } from './configured-channels.js';
import type { Instant } from './domain/time.js';
import type { World } from './engines/dialogue/index.js';
import type { Log } from './log.js';
import { measureWithPrometheus } from './meters/index.js';
import type { Channel, ChannelStatus } from './ports/channel.js';
import type { Store } from './ports/store.js';
import type { Timing } from './ports/timing.js';
import { createChannelTenures } from './running/channel-tenures.js';
import { createCommonClock } from './running/common-clock.js';
import { joinConversation } from './running/conversation.js';
import { openFilledStore } from './running/filled-store.js';
import type { Foundation } from './running/foundation.js';
import { jobsOf } from './running/jobs.js';
import { liveWorld } from './running/live-world.js';
import { metricsPage, TELLING_LEASE } from './running/metrics-page.js';
import { openPages, type Pages } from './running/pages.js';
import { bury, depart, heartbeat } from './running/process-life.js';
import { repeat } from './running/repeat.js';
import { proveSecretKey, secretKey } from './running/secret-key.js';
import { createSharedStatus } from './running/shared-status.js';
import type { Receiver } from './services/receive-message.js';
import { ownerName } from './store/owner.js';

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
  /** Says that it is not ready any more, waits for proxies to notice, stops taking in, finishes what is under way, closes. */
  stop(): Promise<void>;
}

/** A store that is used with another key is left alone. */
async function proveOrClose(config: Config, store: Store, now: Instant): Promise<void> {
  try {
    await proveSecretKey(config, store, now);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Joins ports and adapters. Nothing runs before `start`. */
export async function buildApp(config: Config, log: Log, overrides: Overrides = {}): Promise<App> {
  const timing = overrides.timing ?? realTiming;
  const measuring = measureWithPrometheus();
  const { meters } = measuring;
  const store = overrides.store ?? (await openFilledStore(config, timing, (code) => meters.storeFailed(code)));
  if (!overrides.store) await proveOrClose(config, store, timing.now());
  const live = await liveWorld(store, log);
  const webChat = createWebChat({ letters: store.letters, now: timing.now });
  const configured = await configuredChannels({
    config,
    timing,
    credentials: store.credentials,
    secretKey: () => secretKey(config),
    showPairing: overrides.showPairing ?? (() => undefined),
  });
  const channels = overrides.channels ?? [webChat.channel, ...configured.channels];
  const foundation: Foundation = {
    config,
    log,
    meters,
    timing,
    common: createCommonClock(store, timing, log),
    store,
    owner: ownerName(),
    world: live.now,
    channels,
  };
  const conversation = joinConversation(foundation);
  const { receiver, receiptKeeper } = conversation;
  const tenures = createChannelTenures({ ...foundation, ...conversation });
  const sharedStatus = createSharedStatus(foundation, tenures);
  const statesBy = (of: (channel: Channel) => ChannelStatus) => () =>
    Object.fromEntries(channels.map((channel) => [channel.name, of(channel)]));

  /** In two roles, the worker runs what only one process may run, and the other all that comes in by HTTP. */
  const serves = (channel: Channel) =>
    config.role === 'all' || (config.role === 'worker') === (channel.exclusive === true);

  const jobs = jobsOf({ ...foundation, live, receiver, sharedStatus, webChat });
  const alone = [...jobs.flatMap((job) => job.alone ?? []), TELLING_LEASE];
  const stopping = new AbortController();
  const loops: Promise<void>[] = [];
  let draining = false;
  let server: Pages | null = null;
  return {
    world: live.now,
    store,
    channels,
    receiver,
    start: async () => {
      await bury(foundation, alone);
      await heartbeat(foundation);
      await sharedStatus.exchange();
      loops.push(repeat(jobs, foundation, stopping.signal));
      if (overrides.withoutWeb !== true) {
        const { webhooks } = configured;
        server = await openPages({
          ...foundation,
          webChat,
          webhooks,
          refresh: live.refresh,
          channelStates: statesBy(sharedStatus.of),
          // Each process measures what it does itself, so that sums over them stay right.
          metrics: metricsPage({ ...foundation, measuring, channelStates: statesBy(tenures.statusOf), alone }),
          stopping: () => draining,
        });
      }
      for (const channel of channels.filter(serves)) {
        if (channel.exclusive) loops.push(tenures.hold(channel, stopping.signal));
        else await tenures.begin(channel);
      }
      await receiver.sweep(0);
      return server?.port ?? null;
    },
    stop: async () => {
      draining = true;
      if (server !== null) await timing.wait(config.drainSeconds * 1_000, new AbortController().signal);
      stopping.abort();
      await Promise.allSettled(loops);
      await server?.close();
      await tenures.stopReceiving();
      await receiver.stop();
      await tenures.stopSending();
      await sharedStatus.withdraw().catch(() => undefined);
      await receiptKeeper.stop();
      await depart(foundation, alone);
      await store.close();
    },
  };
}
