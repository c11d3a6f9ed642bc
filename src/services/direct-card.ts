import { NEW_CONTACT } from '../domain/contact.js';
import type { ChannelName, InboundMessage } from '../domain/message.js';
import type { Reply } from '../domain/reply.js';
import { HOUR } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import type { Log } from '../log.js';
import type { Channel, SendResult } from '../ports/channel.js';
import { type Meters, NO_METERS } from '../ports/meters.js';
import type { Timing } from '../ports/timing.js';
import type { ChannelAccount } from './channel-account.js';
import { converse } from './converse.js';
import type { FirstLook } from './first-look.js';
import { inTrouble } from './plain-answers.js';
import { turnId } from './turn-id.js';

export interface DirectCardParts {
  readonly channels: readonly Channel[];
  readonly world: () => World;
  readonly timing: Timing;
  readonly log: Log;
  /** The pace of each channel's account: a card keeps the pauses that the provider asks for, and tells of its own. */
  readonly account?: (channel: ChannelName) => ChannelAccount | undefined;
  /** Left out: nobody counts. */
  readonly meters?: Meters;
}

/** The way past the store for an emergency. A card that goes out here may come again by the usual way, which is harmless. */
export interface DirectCard {
  /** Sends the card now, at most once per message. Never throws. */
  send(message: InboundMessage, look: FirstLook): Promise<void>;
  /** Sends it when the usual way has not answered soon; the function returned says that it has. */
  unlessAnswered(message: InboundMessage, look: FirstLook): () => void;
}

/** How long an emergency waits for a store that is slow, in milliseconds. */
const CARD_AFTER_MS = 2_000;
const SEND_TRIES = 4;
/** For how long a card waits for a provider that says "too often"; afterwards it answers nothing any more. */
const PATIENCE_MS = HOUR;
const REMEMBERED = 1_000;

export function createDirectCard(parts: DirectCardParts): DirectCard {
  const { channels, world, timing, log, meters = NO_METERS } = parts;
  const begun = new Set<string>();
  const forever = new AbortController().signal;

  function cardFor(message: InboundMessage, look: FirstLook): readonly Reply[] {
    try {
      return converse(message, look, null, world(), timing.now()).replies;
    } catch {
      return inTrouble({ ...NEW_CONTACT, language: message.language ?? NEW_CONTACT.language }).replies;
    }
  }

  /** True when the provider took all of it, or will never take it. */
  async function deliver(message: InboundMessage, replies: readonly Reply[]): Promise<boolean> {
    const channel = channels.find(({ name }) => name === message.channel);
    if (!channel) return true;
    const until = timing.now() + PATIENCE_MS;
    for (const reply of replies) {
      for (let attempt = 1; ; ) {
        const result = await sendOnce(channel, message, reply);
        if (result.kind !== 'retry') break;
        const tooOften = result.code === 'RATE_LIMITED';
        if (tooOften ? timing.now() + result.afterMs > until : attempt === SEND_TRIES) return false;
        await timing.wait(tooOften ? result.afterMs : Math.max(result.afterMs, 250 * 2 ** attempt), forever);
        // "Too often" is no failure of the card: it waits exactly as long as it is told to.
        if (!tooOften) attempt += 1;
      }
    }
    return true;
  }

  /** Waits for the end of a pause that the account is in: to send within it would only make it longer. */
  async function sendOnce(channel: Channel, message: InboundMessage, reply: Reply): Promise<SendResult> {
    const account = parts.account?.(channel.name);
    for (let wait = pauseOf(account); wait > 0; wait = pauseOf(account)) await timing.wait(wait, forever);
    const result = await channel.send(message.contact, reply, message.id, message.language ?? undefined);
    if (result.kind === 'retry' && result.code === 'RATE_LIMITED' && !result.thisContactOnly) {
      account?.pause(result.afterMs);
    }
    return result;
  }

  function pauseOf(account: ChannelAccount | undefined): number {
    return (account?.pausedUntil() ?? 0) - timing.now();
  }

  async function send(message: InboundMessage, look: FirstLook): Promise<void> {
    if (begun.has(message.id)) return;
    begun.add(message.id);
    const oldest = begun.keys().next();
    if (begun.size > REMEMBERED && !oldest.done) begun.delete(oldest.value);
    const called = { channel: message.channel, turn: turnId(message.id) };
    log.warn('emergency answered without the store', called);
    const sent = await deliver(message, cardFor(message, look)).catch(() => false);
    meters.directCard(message.channel, sent);
    if (!sent) log.error('emergency card could not be sent', called);
    // The provider brings the message again, or its turn is tried again: the card gets its next chance there.
    if (!sent) begun.delete(message.id);
  }

  return {
    send,
    unlessAnswered: (message, look) => {
      const answered = new AbortController();
      void timing.wait(CARD_AFTER_MS, answered.signal).then(() => {
        if (!answered.signal.aborted) void send(message, look);
      });
      return () => answered.abort();
    },
  };
}
