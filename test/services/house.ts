import type { ChannelName, InboundMessage, MessageBody } from '../../src/domain/message.js';
import type { Log } from '../../src/log.js';
import type { Capabilities } from '../../src/ports/channel.js';
import type { Inbox } from '../../src/ports/inbox.js';
import type { OutboxStatus } from '../../src/ports/outbox.js';
import type { Store } from '../../src/ports/store.js';
import { createChannelAccount } from '../../src/services/channel-account.js';
import { createDeliverer, type DelivererParts } from '../../src/services/deliver.js';
import { createDirectCard } from '../../src/services/direct-card.js';
import { createFloodGate } from '../../src/services/flood-gate.js';
import { createReceiver, type Receiver, type ReceiverParts } from '../../src/services/receive-message.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { buildWorld } from '../../src/world.js';
import { type HeldClock, heldClock } from '../fakes/held-clock.js';
import { type ScriptedChannel, scriptedChannel } from '../fakes/scripted-channel.js';

/** Monday, 9.00 in Tenggarong. */
export const MONDAY = Date.parse('2026-11-23T09:00:00+08:00');
export const WORLD = buildWorld(loadSeedSnapshot());

export const OPEN = 'puskesmas mana yang buka di tenggarong?';
export const SEIZURE = 'tolong anak saya kejang tidak berhenti';

export interface House {
  readonly clock: HeldClock;
  readonly store: Store;
  readonly telegram: ScriptedChannel;
  readonly receiver: Receiver;
  /** Every line of the log, as JSON. */
  readonly lines: string[];
  /** Hands a message in; resolves once it is accepted. */
  say(id: string, text: string | MessageBody, from?: string, at?: number): Promise<void>;
  /** The texts sent to a person. */
  told(contact?: string): readonly string[];
  counts(): Promise<Partial<Record<OutboxStatus, number>>>;
  /** Ends the deliverers. */
  close(): Promise<void>;
}

export interface HouseParts {
  readonly store?: Store;
  readonly clock?: HeldClock;
  /** Puts faults and delays around the inbox. */
  readonly inbox?: (real: Inbox, clock: HeldClock) => Inbox;
  readonly world?: ReceiverParts['world'];
  readonly perMinute?: number;
  readonly owner?: string;
  /** Channels beside Telegram. */
  readonly others?: readonly ChannelName[];
  readonly withoutSending?: boolean;
  readonly lateTemplate?: DelivererParts['lateTemplate'];
  /** The limit for one person on Telegram; left out: none. */
  readonly perPerson?: Capabilities['perPerson'];
}

/** The turn from the message to the send, on a store in memory, a held clock and a provider that does as told. */
export function house(parts: HouseParts = {}): House & { readonly others: readonly ScriptedChannel[] } {
  const clock = parts.clock ?? heldClock(MONDAY);
  const store = parts.store ?? createMemoryStore();
  const telegram = scriptedChannel('telegram', clock.now, false, parts.perPerson);
  const others = (parts.others ?? []).map((name) => scriptedChannel(name, clock.now));
  const channels = [telegram, ...others];
  const accounts = new Map(channels.map(({ name }) => [name as string, createChannelAccount(clock)]));
  const lines: string[] = [];
  const log = recordingLog(lines);
  const owner = parts.owner ?? 'here';
  const accountOf = (name: string) => {
    const account = accounts.get(name);
    return account ? { account } : {};
  };
  const deliverers = new Map(
    channels.map((channel) => [
      channel.name as string,
      createDeliverer({
        outbox: store.outbox,
        contacts: store.contacts,
        channel,
        ...accountOf(channel.name),
        owner,
        timing: clock,
        log,
        ...(parts.lateTemplate ? { lateTemplate: parts.lateTemplate } : {}),
      }),
    ]),
  );
  const world = parts.world ?? (() => WORLD);
  const receiver = createReceiver({
    inbox: parts.inbox?.(store.inbox, clock) ?? store.inbox,
    world,
    timing: clock,
    log,
    floodGate: createFloodGate(parts.perMinute ?? 30),
    directCard: createDirectCard({
      channels,
      world: () => WORLD,
      timing: clock,
      log,
      account: (name) => accounts.get(name),
    }),
    wake: (channel) => deliverers.get(channel)?.wake(),
    keepBodies: false,
  });
  const stop = new AbortController();
  const sending = parts.withoutSending ? [] : [...deliverers.values()].map((deliverer) => deliverer.run(stop.signal));
  return {
    clock,
    store,
    telegram,
    others,
    receiver,
    lines,
    say: (id, text, from = '777', at = clock.now()) => receiver.receive([written(id, text, from, at)]),
    told: (contact = '777') => telegram.sent.filter((sent) => sent.contact === contact).map(({ text }) => text),
    counts: async () =>
      Object.fromEntries(Object.entries(await store.outbox.counts()).filter(([, count]) => count > 0)),
    close: async () => {
      stop.abort();
      await Promise.all(sending);
    },
  };
}

export function written(
  id: string,
  text: string | MessageBody,
  contact = '777',
  at = MONDAY,
  channel: ChannelName = 'telegram',
): InboundMessage {
  const body = typeof text === 'string' ? ({ type: 'text', text } as const) : text;
  return { id: `${channel}:${id}`, channel, contact, at, body, language: 'id' };
}

export function recordingLog(lines: string[]): Log {
  const write =
    (level: string) =>
    (event: string, fields = {}) =>
      void lines.push(JSON.stringify({ level, event, ...fields }));
  return { error: write('error'), warn: write('warn'), info: write('info'), debug: write('debug') };
}
