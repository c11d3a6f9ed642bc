import type { ChannelName } from '../domain/message.js';
import type { Log } from '../log.js';
import type { Broadcasts } from '../ports/broadcasts.js';
import type { DeliveryReceipt } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';
import type { Outbox } from '../ports/outbox.js';
import type { Timing } from '../ports/timing.js';

export interface ReceiptParts {
  readonly outbox: Pick<Outbox, 'receipt'>;
  readonly broadcasts: Pick<Broadcasts, 'receipt'>;
  readonly contacts: Pick<ContactStore, 'setUnreachable'>;
  readonly timing: Timing;
  readonly log: Log;
  /** Counts what is about nothing on record; left out: nobody counts. */
  readonly ignored?: (channel: ChannelName, code: 'receipt_unknown' | 'receipt_dropped') => void;
}

export interface ReceiptKeeper {
  /** Notes what providers told of what was sent. Throws when the store cannot be asked, so that they tell it again. */
  keep(receipts: readonly DeliveryReceipt[]): Promise<void>;
  /** Looks once more for the sends that were not on record yet, once everything is sent and recorded. Never throws. */
  stop(): Promise<void>;
}

/** A provider may tell of a message before our own send is on record: it is looked for again after these waits. */
const LOOK_AGAIN_MS = [500, 2_000, 10_000, 45_000];
const MOST_WAITING = 5_000;

/** Puts receipts to what they are about: an announcement or an answer, and the person when nobody can be reached there. */
export function createReceiptKeeper(parts: ReceiptParts): ReceiptKeeper {
  const { outbox, broadcasts, contacts, timing, log } = parts;
  const stopping = new AbortController();
  const waiting = new Set<Promise<void>>();

  /** False when nothing on record has that id. */
  async function put({ channel, providerId, status, code, at }: DeliveryReceipt): Promise<boolean> {
    const contactId =
      (await broadcasts.receipt(channel, providerId, status, at)) ??
      (await outbox.receipt(channel, providerId, status, at, code));
    if (contactId === null) return false;
    if (status === 'failed') log.warn('provider could not deliver', { channel, ...(code === null ? {} : { code }) });
    if (code === 'CONTACT_UNREACHABLE') await contacts.setUnreachable(contactId, at);
    return true;
  }

  async function putLater(receipt: DeliveryReceipt): Promise<void> {
    for (const wait of LOOK_AGAIN_MS) {
      await timing.wait(wait, stopping.signal);
      if (await put(receipt).catch(() => false)) return;
      if (stopping.signal.aborted) break;
    }
    parts.ignored?.(receipt.channel, 'receipt_unknown');
  }

  function keepWaiting(receipt: DeliveryReceipt): void {
    if (waiting.size >= MOST_WAITING) {
      parts.ignored?.(receipt.channel, 'receipt_dropped');
      return;
    }
    const done = putLater(receipt);
    waiting.add(done);
    void done.then(() => waiting.delete(done));
  }

  return {
    keep: async (receipts) => {
      for (const receipt of receipts) {
        if (!(await put(receipt))) keepWaiting(receipt);
      }
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(waiting);
    },
  };
}
