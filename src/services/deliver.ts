import type { TemplateMessage } from '../domain/broadcast.js';
import type { Language } from '../domain/message.js';
import { hasServiceWindow, serviceWindowOpen } from '../domain/service-window.js';
import { HOUR, type Instant, MINUTE } from '../domain/time.js';
import type { Log } from '../log.js';
import type { Channel, SendResult } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';
import { type Meters, NO_METERS } from '../ports/meters.js';
import type { Outbox, OutboxItem, OutboxResult } from '../ports/outbox.js';
import type { Timing } from '../ports/timing.js';
import type { ChannelAccount } from './channel-account.js';
import { createPersonPace } from './person-pace.js';
import { turnId } from './turn-id.js';

export interface DelivererParts {
  readonly outbox: Outbox;
  readonly contacts: ContactStore;
  readonly channel: Channel;
  /** The pace that announcements keep: answers count against it and never wait for it. */
  readonly account?: ChannelAccount;
  /** An answer as an approved template, for when free text may no longer be sent; null: none is approved. Left out: never. */
  readonly lateTemplate?: (item: OutboxItem) => Promise<TemplateMessage | null>;
  /** Left out: nobody counts. */
  readonly meters?: Meters;
  /** The owner name under which this process claims rows. */
  readonly owner: string;
  readonly timing: Timing;
  readonly log: Log;
}

export interface Deliverer {
  /** Something is or will at once be due: look now instead of at the next tick. */
  wake(): void;
  /** Runs until stopped; resolves when what was due and under way has been sent and settled. */
  run(stop: AbortSignal): Promise<void>;
}

/** An answer that could not be sent for this long no longer answers anything. */
const TOO_OLD = HOUR;
/** How long a provider has to say that a message came too late; it takes seconds. */
const WORDS_KEPT = 10 * MINUTE;
/** For so long it is taken as known that no template is approved, in milliseconds. */
const NONE_KNOWN_MS = MINUTE;
const IN_FLIGHT = 32;
/** How often to look without being woken: for what other processes left. */
const TICK_MS = 1_000;
/** Whoever wakes us may be about to commit still: one more look after this long finds what the first one missed. */
const SECOND_LOOK_MS = 20;
const AFTER_FAULT_MS = 1_000;
/** How long a stop goes on sending what is due already. */
const LAST_SENDS_MS = 5_000;

/** Drains one channel's outbox: claim, send, settle. Each channel has its own, so that a slow provider stalls nobody else. */
export function createDeliverer(parts: DelivererParts): Deliverer {
  const { outbox, contacts, channel, account, owner, timing, log, meters = NO_METERS } = parts;
  const underWay = new Set<Promise<void>>();
  let sending = 0;
  let bell = new AbortController();
  let secondLook: Instant | null = null;
  /** When rows that we put off fall due; those of other processes are found by the tick. */
  const putOff = new Set<Instant>();
  /** Until then the provider wants nothing from us, to nobody: what is sent all the same only makes it wait longer. */
  let pausedUntil: Instant = 0;
  /** After such a pause rows are tried one by one, emergencies first, until one goes out. */
  let feelingOurWay = false;
  const noTemplateUntil = new Map<Language, Instant>();
  const personPace = createPersonPace(channel.capabilities.perPerson);

  function wake(): void {
    secondLook = timing.now() + SECOND_LOOK_MS;
    bell.abort();
  }

  async function send(item: OutboxItem, stop: AbortSignal): Promise<void> {
    const early = tooEarly(item, timing.now());
    const result = early ?? (await outcome(item));
    if (early === null) note(item, result);
    const settled = settle(result, stop);
    // The next claim is asked for beside the settlement, shares its transaction, and sees what it set free.
    sending -= 1;
    if (result.status === 'retry') putOff.add(result.at);
    bell.abort();
    await settled;
    if ('code' in result && result.code === 'CONTACT_UNREACHABLE') {
      await contacts.setUnreachable(item.contactId, timing.now());
    }
  }

  /** What one person gets is spread as the provider wants it, so that it refuses nobody; an emergency's card is not held up. */
  function tooEarly({ id, kind, contactId }: OutboxItem, now: Instant): OutboxResult | null {
    if (kind === 'emergency') {
      personPace.pass(contactId, now);
      return null;
    }
    const wait = personPace.take(contactId, now);
    return wait === 0 ? null : { id, status: 'retry', at: now + wait, code: 'RATE_LIMITED' };
  }

  function note({ replyTo, kind, createdAt }: OutboxItem, { status, ...result }: OutboxResult): void {
    const ms = timing.now() - createdAt;
    if (status !== 'released') meters.send({ channel: channel.name, kind, status, ms });
    const code = 'code' in result ? { code: result.code } : {};
    const turn = replyTo === null ? {} : { turn: turnId(replyTo) };
    log.debug('send ended', { channel: channel.name, state: status, ms, ...turn, ...code });
  }

  async function outcome(item: OutboxItem): Promise<OutboxResult> {
    if (timing.now() - item.createdAt > TOO_OLD) return { id: item.id, status: 'expired', code: 'TOO_OLD' };
    const slot = account?.reply();
    const { sent, freely } = await attempt(item);
    if (slot !== undefined) account?.answered(slot);
    heed(item, sent, timing.now());
    const result = resultOf(item, sent, timing.now());
    return result.status === 'sent' && freely && (await mayBeFoundLate(item))
      ? { ...result, wordsUntil: timing.now() + WORDS_KEPT }
      : result;
  }

  /**
   * Whether the answer can still go by template if the provider says afterwards that the window had closed, so that the
   * words are needed once more. Also just after the person wrote: the window is one of the person with this very
   * number of the office, and a number that was changed or moved to another provider begins without any (Meta, error
   * 131047: "…last replied to the sender number").
   */
  async function mayBeFoundLate(item: OutboxItem): Promise<boolean> {
    if (!hasServiceWindow(channel.name) || !parts.lateTemplate || !channel.sendTemplate) return false;
    if (timing.now() < (noTemplateUntil.get(item.language) ?? 0)) return false;
    try {
      if ((await parts.lateTemplate(item)) !== null) return true;
      noTemplateUntil.set(item.language, timing.now() + NONE_KNOWN_MS);
    } catch {
      // The store cannot say: the words go, as where none is approved.
    }
    return false;
  }

  function heed({ contactId }: OutboxItem, sent: SendResult, now: Instant): void {
    if (sent.kind === 'sent' && now >= pausedUntil) feelingOurWay = false;
    if (sent.kind !== 'retry' || sent.code !== 'RATE_LIMITED') return;
    // The next one is tried when the provider's wait is over, and those after it at the slow pace.
    if (sent.thisContactOnly) {
      personPace.exhaust(contactId, now + sent.afterMs);
      return;
    }
    account?.pause(sent.afterMs);
    pausedUntil = Math.max(pausedUntil, now + sent.afterMs);
    feelingOurWay = true;
  }

  /** `freely`: as it is, not by a template. */
  async function attempt(item: OutboxItem): Promise<{ readonly sent: SendResult; readonly freely: boolean }> {
    try {
      if (!item.late && serviceWindowOpen(channel.name, item.lastWroteAt, timing.now())) {
        const sent = await channel.send(item.address, item.reply, item.replyTo, item.language, {
          id: item.id,
          urgent: item.kind === 'emergency',
        });
        // Else the window closed already by the provider's clock.
        if (sent.kind !== 'failed' || sent.code !== 'WINDOW_CLOSED') return { sent, freely: true };
      }
      return { sent: await sendLate(item), freely: false };
    } catch {
      log.error('channel threw while sending', { channel: channel.name });
      return { sent: { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }, freely: false };
    }
  }

  /** Free text would be refused by now: an approved template goes in its place, or nothing. */
  async function sendLate(item: OutboxItem): Promise<SendResult> {
    const closed: SendResult = { kind: 'failed', code: 'WINDOW_CLOSED' };
    if (!parts.lateTemplate || !channel.sendTemplate) return closed;
    let template: TemplateMessage | null;
    try {
      template = await parts.lateTemplate(item);
    } catch {
      // The store could not say; nothing has gone out.
      return { kind: 'retry', afterMs: AFTER_FAULT_MS, code: 'CHANNEL_UNREACHABLE' };
    }
    return template === null ? closed : channel.sendTemplate(item.address, template);
  }

  /**
   * Tried until the store takes it: the alternative is to send again what is sent. Whoever stops meanwhile leaves the row
   * claimed by a process that is no more, and it ends as interrupted.
   */
  async function settle(result: OutboxResult, stop: AbortSignal): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await outbox.settle(result, timing.now());
        if (tries > 1) wake();
        return;
      } catch {
        log.warn('send could not be recorded yet', { channel: channel.name, attempt: tries });
        if (stop.aborted) return;
        await timing.wait(AFTER_FAULT_MS * Math.min(tries, 10), stop);
      }
    }
  }

  /** True when there may be more to claim at once. */
  async function claimSome(stop: AbortSignal): Promise<boolean> {
    // A card that went out past the store may have met the limit first.
    pausedUntil = Math.max(pausedUntil, account?.pausedUntil() ?? 0);
    if (timing.now() < pausedUntil) {
      feelingOurWay = true;
      return false;
    }
    const free = (feelingOurWay ? 1 : IN_FLIGHT) - sending;
    if (free <= 0) return false;
    const items = await outbox.claim(channel.name, owner, free, timing.now());
    for (const item of items) {
      sending += 1;
      const done = send(item, stop).catch(() => log.error('send failed', { channel: channel.name }));
      underWay.add(done);
      void done.then(() => underWay.delete(done));
    }
    return items.length === free;
  }

  /** Until woken, or something falls due. */
  async function rest(): Promise<void> {
    const now = timing.now();
    const resuming = pausedUntil > now ? [pausedUntil] : [];
    const times = [now + TICK_MS, secondLook ?? Number.POSITIVE_INFINITY, ...resuming, ...putOff];
    const until = Math.min(...times);
    await timing.wait(Math.max(until - now, 0), bell.signal);
    const after = timing.now();
    if (secondLook !== null && secondLook <= after) secondLook = null;
    for (const due of putOff) if (due <= after) putOff.delete(due);
  }

  async function sendWhatIsDue(stop: AbortSignal): Promise<void> {
    const until = timing.now() + LAST_SENDS_MS;
    do {
      await Promise.allSettled(underWay);
      if (timing.now() < until) await claimSome(stop).catch(() => false);
    } while (underWay.size > 0);
  }

  return {
    wake,
    run: async (stop) => {
      const ring = () => bell.abort();
      stop.addEventListener('abort', ring, { once: true });
      while (!stop.aborted) {
        if (bell.signal.aborted) bell = new AbortController();
        try {
          if (!(await claimSome(stop)) && !stop.aborted) await rest();
        } catch {
          log.warn('outbox not readable', { channel: channel.name });
          await timing.wait(AFTER_FAULT_MS, stop);
        }
      }
      stop.removeEventListener('abort', ring);
      await sendWhatIsDue(stop);
    },
  };
}

/** An emergency card whose fate is not known is sent again, for a repeat is harmless there; but not for ever. */
const MOST_CARD_TRIES = 10;

/** What a send means for its row. The wait that a provider names when it is asked too often is kept to the millisecond. */
function resultOf(item: OutboxItem, sent: SendResult, now: Instant): OutboxResult {
  const { id } = item;
  switch (sent.kind) {
    case 'sent':
      return { id, status: 'sent', providerId: sent.providerId };
    case 'retry': {
      const wait = sent.code === 'RATE_LIMITED' ? sent.afterMs : Math.max(sent.afterMs, backoff(item));
      return { id, status: 'retry', at: now + wait, code: sent.code };
    }
    case 'failed':
      return { id, status: 'failed', code: sent.code };
    case 'unsure':
      return item.kind === 'emergency' && item.attempts < MOST_CARD_TRIES
        ? { id, status: 'retry', at: now + backoff(item), code: sent.code }
        : { id, status: 'unsure', code: sent.code };
  }
}

/** Half a second, doubled with each try: at most a minute, for an emergency five seconds. */
function backoff({ kind, attempts }: OutboxItem): number {
  return Math.min(kind === 'emergency' ? 5_000 : 60_000, 500 * 2 ** Math.min(attempts - 1, 8));
}
