import { HOUR, type Instant } from '../domain/time.js';
import type { ErrorCode } from '../errors.js';
import type { Log } from '../log.js';
import type { Channel, SendResult } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';
import type { Outbox, OutboxItem, OutboxResult } from '../ports/outbox.js';
import type { Timing } from '../ports/timing.js';

export interface DelivererParts {
  readonly outbox: Outbox;
  readonly contacts: ContactStore;
  readonly channel: Channel;
  /** The owner name under which this process claims rows. */
  readonly owner: string;
  readonly timing: Timing;
  readonly log: Log;
}

export interface Deliverer {
  /** Something may be due: look now instead of at the next tick. */
  wake(): void;
  /** Runs until stopped; resolves when the sends under way have been settled. */
  run(stop: AbortSignal): Promise<void>;
}

/** An answer that could not be sent for this long no longer answers anything. */
const TOO_OLD = HOUR;
const IN_FLIGHT = 16;
const LONGEST_WAIT_MS = 1_000;
const AFTER_FAULT_MS = 1_000;

/** Drains one channel's outbox: claim, send, settle. Each channel has its own, so that a slow provider stalls nobody else. */
export function createDeliverer({ outbox, contacts, channel, owner, timing, log }: DelivererParts): Deliverer {
  const inFlight = new Set<Promise<void>>();
  let bell = new AbortController();

  async function send(item: OutboxItem): Promise<void> {
    const result = await outcome(item);
    await settle(result);
    if ('code' in result && result.code === 'CONTACT_UNREACHABLE') {
      await contacts.setUnreachable(item.contactId, timing.now());
    }
  }

  async function outcome(item: OutboxItem): Promise<OutboxResult> {
    if (timing.now() - item.createdAt > TOO_OLD) return { id: item.id, status: 'expired', code: 'TOO_OLD' };
    const sent = await channel.send(item.address, item.reply, item.replyTo, item.language);
    return resultOf(item, sent, timing.now());
  }

  /** A settlement is tried until the store takes it: the alternative is to send again what is sent. */
  async function settle(result: OutboxResult): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await outbox.settle(result, timing.now());
        return;
      } catch {
        log.warn('send could not be recorded yet', { channel: channel.name, attempt });
        if (attempt >= 10) return;
        await timing.wait(AFTER_FAULT_MS * attempt, new AbortController().signal);
      }
    }
  }

  async function claimSome(): Promise<number> {
    const free = IN_FLIGHT - inFlight.size;
    if (free === 0) return 0;
    const items = await outbox.claim(channel.name, owner, free, timing.now());
    for (const item of items) {
      const sending = send(item).catch(() => log.error('send failed', { channel: channel.name }));
      inFlight.add(sending);
      void sending.then(() => {
        inFlight.delete(sending);
        bell.abort();
      });
    }
    return items.length;
  }

  async function rest(): Promise<void> {
    const due = await outbox.nextDue(channel.name);
    const wait = due === null ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, Math.max(0, due - timing.now()));
    await timing.wait(inFlight.size >= IN_FLIGHT ? LONGEST_WAIT_MS : Math.max(wait, 5), bell.signal);
  }

  return {
    wake: () => bell.abort(),
    run: async (stop) => {
      stop.addEventListener('abort', () => bell.abort(), { once: true });
      while (!stop.aborted) {
        if (bell.signal.aborted) bell = new AbortController();
        try {
          if ((await claimSome()) === 0 && !stop.aborted) await rest();
        } catch {
          log.warn('outbox not readable', { channel: channel.name });
          await timing.wait(AFTER_FAULT_MS, stop);
        }
      }
      await Promise.allSettled(inFlight);
    },
  };
}

/** What a send means for its row. An emergency card whose fate is not known is sent again: a repeat is harmless there. */
function resultOf(item: OutboxItem, sent: SendResult, now: Instant): OutboxResult {
  switch (sent.kind) {
    case 'sent':
      return { id: item.id, status: 'sent', providerId: sent.providerId };
    case 'retry':
      return {
        id: item.id,
        status: 'retry',
        at: now + Math.max(sent.afterMs, backoff(item.attempts)),
        code: sent.code,
      };
    case 'failed':
      return { id: item.id, status: 'failed', code: sent.code };
    case 'unsure':
      return item.kind === 'emergency'
        ? retryLater(item, now, sent.code)
        : { id: item.id, status: 'unsure', code: sent.code };
  }
}

function retryLater(item: OutboxItem, now: Instant, code: ErrorCode): OutboxResult {
  return { id: item.id, status: 'retry', at: now + backoff(item.attempts), code };
}

/** 0.5 s, doubled with each try, at most a minute. */
function backoff(attempts: number): number {
  return Math.min(60_000, 500 * 2 ** Math.min(attempts - 1, 8));
}
