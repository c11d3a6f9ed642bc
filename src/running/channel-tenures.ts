import type { Channel, ChannelEvents, ChannelStatus } from '../ports/channel.js';
import type { Deliverer } from '../services/deliver.js';
import { bulkLease, channelLease, holdChannel } from '../services/hold-channel.js';
import type { BulkSender } from '../services/run-broadcast.js';
import { type Foundation, LEASE_MS } from './foundation.js';

export interface TenureParts extends Foundation {
  readonly events: ChannelEvents;
  readonly deliverers: ReadonlyMap<string, Deliverer>;
  readonly bulkSenders: ReadonlyMap<string, BulkSender>;
}

/** The channels that this process runs now, each with what drains its outbox, until the end of its tenure. */
export interface ChannelTenures {
  /** Begins a channel that every process may run. */
  begin(channel: Channel): Promise<void>;
  /** Runs a channel that one process at a time may run, whenever it is this one's turn; resolves after the stop. */
  hold(channel: Channel, stop: AbortSignal): Promise<void>;
  /** What is known here of a channel: it runs, or it ran and ended by itself; null when another process has it. */
  firstHand(channel: Channel): { readonly running: boolean; readonly status: ChannelStatus } | null;
  /** One that another process runs waits here. */
  statusOf(channel: Channel): ChannelStatus;
  /** No more is taken in. */
  stopReceiving(): Promise<void>;
  /** Resolves when what is being sent has gone out; gives the leases back. */
  stopSending(): Promise<void>;
}

export function createChannelTenures(parts: TenureParts): ChannelTenures {
  const { events, deliverers, bulkSenders, store, owner, common, log } = parts;
  const holding = { leases: store.leases, owner, timing: common.timing, log, leaseMs: LEASE_MS };
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
    const beginTurn = async () => {
      const end = new AbortController();
      turn = { end, done: bulkSenders.get(channel.name)?.run(end.signal) };
    };
    const endTurn = async () => {
      turn?.end.abort();
      await turn?.done;
      turn = null;
    };
    const lease = bulkLease(channel);
    await holdChannel(channel, { begin: beginTurn, end: endTurn }, { ...holding, lease }, over);
    await endTurn();
    await store.leases.release(lease, owner).catch(() => undefined);
  }

  async function endSending(channel: Channel): Promise<void> {
    const tenure = tenures.get(channel);
    tenure?.over.abort();
    await tenure?.sending;
    tenures.delete(channel);
  }

  return {
    begin,
    hold: (channel, stop) => {
      const end = async () => {
        const status = channel.status();
        if (status.state === 'stopped') gaveUp.set(channel, status);
        await channel.stop();
        await endSending(channel);
      };
      const tenure = { begin: () => begin(channel), end, gaveUp: () => channel.status().state === 'stopped' };
      return holdChannel(channel, tenure, holding, stop);
    },
    firstHand: (channel) => {
      if (tenures.has(channel)) return { running: true, status: channel.status() };
      const ended = gaveUp.get(channel);
      return ended ? { running: false, status: ended } : null;
    },
    statusOf: (channel) => {
      const ended = gaveUp.get(channel);
      if (ended) return ended;
      const status = channel.status();
      if (tenures.has(channel) || !channel.exclusive) return status;
      return { ...status, state: 'waiting', detail: 'elsewhere' };
    },
    stopReceiving: async () => {
      for (const channel of tenures.keys()) await channel.stop();
    },
    stopSending: async () => {
      for (const channel of [...tenures.keys()]) {
        await endSending(channel);
        await store.leases.release(channelLease(channel), owner).catch(() => undefined);
      }
    },
  };
}
