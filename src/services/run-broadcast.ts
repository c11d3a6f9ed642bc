import type { Broadcast, QuietHours } from '../domain/broadcast.js';
import type { Language } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import { MINUTE } from '../domain/time.js';
import {
  dayBefore,
  leftToday,
  type Outcome,
  type PaceLimits,
  quietUntil,
  reasonNow,
  remember,
  troubleIn,
  windowClosed,
} from '../engines/broadcast/index.js';
import type { World } from '../engines/dialogue/index.js';
import type { Log } from '../log.js';
import type { BegunRecipient, Broadcasts, ClaimedRecipient, RecipientResult } from '../ports/broadcasts.js';
import type { Channel, SendResult } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';
import type { Meta } from '../ports/store.js';
import type { Timing } from '../ports/timing.js';
import { announcementReply, filledTemplate, templateIn } from './announcement-text.js';
import { limitsFor, readBulkSettings, readOfficeRules, switchWhatsAppOff } from './bulk-settings.js';
import type { ChannelAccount, Slot } from './channel-account.js';

export interface BulkParts {
  readonly broadcasts: Broadcasts;
  readonly contacts: ContactStore;
  readonly meta: Meta;
  readonly channel: Channel;
  readonly account: ChannelAccount;
  /** The name under which this process claims rows. */
  readonly owner: string;
  readonly world: () => World;
  readonly timing: Timing;
  readonly log: Log;
}

export interface BulkSender {
  /** Sends announcements on the channel until stopped; resolves when what was under way is settled. */
  run(stop: AbortSignal): Promise<void>;
}

/** Sends under way at the same time: also the most that a crash can leave unsure. */
export const MOST_IN_FLIGHT = 32;
const BATCH = 256;
/** Rows of a paced account are claimed for about this long ahead, in milliseconds. */
const AHEAD_MS = 2_000;
const IDLE_MS = 500;
const AFTER_REPLIES_MS = 50;
const AFTER_FAULT_MS = 1_000;
const LONGEST_BACKOFF_MS = MINUTE;

/** What holds for a batch of rows, read anew for each. */
interface Shift {
  readonly broadcast: Broadcast;
  readonly limits: PaceLimits;
  readonly quiet: QuietHours | null;
  /** The text, put together once for each language. */
  readonly replies: Map<Language, Reply>;
}

/** Sends the rows of announcements on one channel: claim a few, and for each wait for the pace, check, begin, send, settle. */
export function createBulkSender(parts: BulkParts): BulkSender {
  const { broadcasts, channel, account, owner, timing, log } = parts;
  const inFlight = new Set<Promise<void>>();
  const outcomes = new Map<string, { readonly version: number; readonly latest: readonly Outcome[] }>();
  /** Sends in a row that found nobody at the other end. */
  let unanswered = 0;

  /** One batch; false when there was nothing to do. */
  async function shift(stop: AbortSignal): Promise<boolean> {
    const limits = await openLimits();
    if (limits === null) return false;
    const broadcast = await broadcasts.nextFor(channel.name, timing.now());
    if (broadcast === null) return false;
    const rows = await claim(broadcast, limits);
    if (rows.length === 0) return false;
    const rules = await readOfficeRules(parts.meta, broadcast.content.regionCode);
    const quiet = broadcast.content.ignoreQuiet ? null : rules.quiet;
    const work: Shift = { broadcast, limits, quiet, replies: new Map() };
    for (const row of rows) {
      const most = unanswered > 0 || limits.gapMs !== null ? 1 : MOST_IN_FLIGHT;
      while (inFlight.size >= most) await Promise.race(inFlight);
      const slot = await account.slot(limits, stop);
      if (slot === null) break;
      launch(row, slot, work, stop);
    }
    if (stop.aborted) await broadcasts.release(broadcast.id, owner);
    return true;
  }

  /** The pace, when the channel is up and announcements may leave on it now; null otherwise. */
  async function openLimits(): Promise<PaceLimits | null> {
    const limits = limitsFor(channel.name, await readBulkSettings(parts.meta));
    const { state, detail } = channel.status();
    if (limits === null || state !== 'up') return null;
    // A linked device's detail while it is up is a restriction: WhatsApp warns before it bans.
    if (channel.name === 'whatsapp' && detail !== null) {
      await switchWhatsAppOff(parts.meta, detail, timing.now());
      log.warn('announcements switched off at a restriction', { channel: channel.name });
      return null;
    }
    return limits;
  }

  async function claim(broadcast: Broadcast, limits: PaceLimits): Promise<readonly ClaimedRecipient[]> {
    const now = timing.now();
    let most = limits.perSecond === null ? BATCH : Math.ceil((limits.perSecond * AHEAD_MS) / 1000);
    if (limits.gapMs !== null) most = 1;
    if (limits.perDay !== null) {
      // What is under way is not on record yet.
      await Promise.allSettled(inFlight);
      const via = channel.capabilities.templates ? 'template' : null;
      const used = await broadcasts.sentSince(channel.name, dayBefore(now), via);
      most = Math.min(most, leftToday(limits, used) ?? most);
    }
    return most <= 0 ? [] : broadcasts.claim(broadcast.id, channel.name, owner, Math.min(most, BATCH), now);
  }

  function launch(row: ClaimedRecipient, slot: Slot, work: Shift, stop: AbortSignal): void {
    const done = deliver(row, slot, work, stop)
      .catch(() => log.error('announcement could not be sent', { channel: channel.name }))
      .finally(() => inFlight.delete(done));
    inFlight.add(done);
  }

  async function deliver(row: ClaimedRecipient, first: Slot, work: Shift, stop: AbortSignal): Promise<void> {
    let slot = first;
    for (;;) {
      const now = timing.now();
      const quietEnd = work.quiet === null ? null : quietUntil(now, row.zone, work.quiet);
      if (quietEnd !== null) {
        account.giveBack(slot);
        return settle(row, quietFate(quietEnd, work.broadcast), stop);
      }
      const begun = await beginning(row, now);
      if (begun !== 'replies_first') {
        if (begun === null) return account.giveBack(slot);
        return send(row, begun, slot, work, stop);
      }
      account.giveBack(slot);
      await timing.wait(AFTER_REPLIES_MS, stop);
      const next = await account.slot(work.limits, stop);
      if (next === null) return;
      slot = next;
    }
  }

  /** A row whose beginning could not be recorded stays claimed: it was certainly not sent. */
  async function beginning(row: ClaimedRecipient, now: number): Promise<BegunRecipient | 'replies_first' | null> {
    try {
      return await broadcasts.begin(row, owner, now);
    } catch {
      log.warn('announcement could not begin', { channel: channel.name });
      await settle(row, { status: 'again', at: 0, code: null }, NEVER);
      return null;
    }
  }

  async function send(
    row: ClaimedRecipient,
    begun: BegunRecipient,
    slot: Slot,
    work: Shift,
    stop: AbortSignal,
  ): Promise<void> {
    const { content } = work.broadcast;
    const told = reasonNow(begun, content);
    if (told !== null) {
      account.giveBack(slot);
      return settle(row, { status: 'excluded', reason: told }, stop);
    }
    const closed = windowClosed(channel.name, begun.lastSeenAt, timing.now());
    const template = closed ? templateIn(content, begun.language) : null;
    if (closed && (template === null || !channel.sendTemplate)) {
      account.giveBack(slot);
      return settle(row, { status: 'excluded', reason: 'window_closed' }, stop);
    }
    account.leaves(slot);
    const sent =
      template !== null && channel.sendTemplate
        ? await sending(channel.sendTemplate(begun.address, filledTemplate(template, content, parts.world())))
        : await sending(channel.send(begun.address, replyIn(begun.language, work), null, begun.language));
    account.answered(slot);
    await settle(row, resultOf(row, sent, template === null ? 'text' : 'template'), stop);
    if (sent.kind === 'failed' && sent.code === 'CONTACT_UNREACHABLE') {
      await parts.contacts.setUnreachable(row.contactId, timing.now());
    }
    await watch(work.broadcast, sent);
  }

  function replyIn(language: Language, { broadcast, replies }: Shift): Reply {
    const reply = replies.get(language) ?? announcementReply(broadcast.content, language, parts.world());
    replies.set(language, reply);
    return reply;
  }

  async function sending(send: Promise<SendResult>): Promise<SendResult> {
    try {
      return await send;
    } catch {
      log.error('channel threw while sending', { channel: channel.name });
      return { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' };
    }
  }

  /** What a send means for its row and for the account. "Too fast" and "nobody there" are never held against a person. */
  function resultOf(row: ClaimedRecipient, sent: SendResult, via: 'text' | 'template'): RecipientResult {
    if (sent.kind === 'sent') {
      unanswered = 0;
      return { status: 'sent', providerId: sent.providerId, via };
    }
    if (sent.code === 'CHANNEL_UNREACHABLE') {
      unanswered += 1;
      account.block(backoff(unanswered));
    }
    if (sent.kind !== 'retry') return { status: sent.kind, code: sent.code };
    if (sent.code === 'RATE_LIMITED' && !sent.thisContactOnly) account.block(sent.afterMs);
    // Waits for this person grow with the tries, in case it is this person's row that the provider stumbles over.
    const own = Math.max(row.attempts < 3 ? 0 : backoff(row.attempts), sent.thisContactOnly ? sent.afterMs : 0);
    return { status: 'again', at: own === 0 ? 0 : timing.now() + own, code: sent.code };
  }

  /** Tried until the store takes it: the alternative is to send again what is sent. */
  async function settle(row: ClaimedRecipient, result: RecipientResult, stop: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await broadcasts.settle(row, result, timing.now());
      } catch {
        log.warn('announcement could not be recorded yet', { channel: channel.name, attempt });
        if (stop.aborted) return;
        await timing.wait(AFTER_FAULT_MS * Math.min(attempt, 10), stop);
      }
    }
  }

  /** Looks at what became of the latest sends, and stops an announcement that goes wrong. */
  async function watch({ id, version }: Broadcast, sent: SendResult): Promise<void> {
    if (sent.kind === 'retry') return;
    // After a pause, and when somebody sends failed ones again, it is judged anew, or the old failures would stop it at once.
    const before = outcomes.get(id);
    const known = before?.version === version ? before.latest : [];
    const latest = remember(known, { status: sent.kind, code: sent.kind === 'sent' ? null : sent.code });
    const trouble = troubleIn(latest);
    outcomes.set(id, { version, latest: trouble === null ? latest : [] });
    if (trouble === null) return;
    log.warn('announcement paused itself', { channel: channel.name, count: trouble.failed });
    await broadcasts.change(
      id,
      { status: ['running'], version: null },
      { status: 'paused', pause: { kind: 'failures', ...trouble } },
      { at: timing.now(), who: 'system', act: 'paused', detail: JSON.stringify(trouble) },
    );
  }

  return {
    run: async (stop) => {
      while (!stop.aborted) {
        try {
          if (!(await shift(stop))) await timing.wait(IDLE_MS, stop);
        } catch {
          log.warn('announcements not readable', { channel: channel.name });
          await timing.wait(AFTER_FAULT_MS, stop);
        }
      }
      await Promise.allSettled(inFlight);
    },
  };
}

const NEVER = new AbortController().signal;

/** Quiet hours that last until the expiry leave the person out; else the row waits for their end. */
function quietFate(end: number, { expiresAt }: Broadcast): RecipientResult {
  if (end >= (expiresAt ?? 0)) return { status: 'excluded', reason: 'quiet' };
  return { status: 'again', at: end, code: null };
}

function backoff(times: number): number {
  return Math.min(LONGEST_BACKOFF_MS, 500 * 2 ** Math.min(times - 1, 10));
}
