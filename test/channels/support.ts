import { vi } from 'vitest';
import type { WordsByLanguage } from '../../src/channels/render-text.js';
import type { InboundMessage } from '../../src/domain/message.js';
import type { ChannelEvents, DeliveryReceipt, ReachChange } from '../../src/ports/channel.js';
import type { Timing } from '../../src/ports/timing.js';

/** Waits until the condition holds; fails after twelve seconds, for a busy machine. Nothing here ever sleeps for a fixed time. */
export async function until(condition: () => boolean, what: string): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`still waiting: ${what}`);
    },
    { timeout: 12_000, interval: 5 },
  );
}

export const WORDS: WordsByLanguage = {
  id: {
    replyWithNumber: 'Balas dengan angka.',
    sendLocation: 'Kirim lokasi saya',
    howToSendLocation: 'Tekan lampiran, lalu Lokasi.',
    openList: 'Pilih',
    privateOnly: 'Saya hanya menjawab di obrolan pribadi.',
  },
  en: {
    replyWithNumber: 'Reply with a number.',
    sendLocation: 'Send my location',
    howToSendLocation: 'Tap attach, then Location.',
    openList: 'Choose',
    privateOnly: 'I answer in private chats only.',
  },
};

export interface HeldTiming extends Timing {
  /** Every wait that was asked for, in milliseconds; each ends at once. */
  readonly waits: number[];
  setNow(at: number): void;
}

/** A clock that stands still, no chance, and waits that end at once but are written down. */
export function heldTiming(start = Date.parse('2026-11-23T09:00:00+08:00')): HeldTiming {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    random: () => 0,
    wait: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    setNow: (at) => {
      now = at;
    },
  };
}

export interface Inbox extends ChannelEvents {
  readonly messages: InboundMessage[];
  readonly receipts: DeliveryReceipt[];
  readonly reached: ReachChange[];
  readonly unfiledMessages: InboundMessage[];
  readonly ignoredCodes: string[];
  /** The next so many deliveries fail, as when the store is down. */
  failNext(times: number): void;
  failures(): number;
}

/** Takes in what a channel hands over. */
export function createInbox(): Inbox {
  const messages: InboundMessage[] = [];
  const receipts: DeliveryReceipt[] = [];
  const reached: ReachChange[] = [];
  const unfiledMessages: InboundMessage[] = [];
  const ignoredCodes: string[] = [];
  let toFail = 0;
  let failed = 0;
  return {
    messages,
    receipts,
    reached,
    unfiledMessages,
    ignoredCodes,
    async receive(batch) {
      if (toFail > 0) {
        toFail -= 1;
        failed += 1;
        throw new Error('the store is down');
      }
      messages.push(...batch);
    },
    async unfiled(batch) {
      unfiledMessages.push(...batch);
    },
    async reach(changes) {
      reached.push(...changes);
    },
    async receipt(batch) {
      receipts.push(...batch);
    },
    ignored(_channel, code, count) {
      for (let n = 0; n < count; n += 1) ignoredCodes.push(code);
    },
    failNext: (times) => {
      toFail = times;
    },
    failures: () => failed,
  };
}
