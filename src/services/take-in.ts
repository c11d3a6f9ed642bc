import type { InboundMessage } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import { hasCode } from '../errors.js';
import { causeOf, type Log } from '../log.js';
import type { Accepted, Inbox, WaitingMessage } from '../ports/inbox.js';
import type { Meters } from '../ports/meters.js';
import type { Timing } from '../ports/timing.js';
import type { DirectCard } from './direct-card.js';
import { type FirstLook, firstLook } from './first-look.js';
import type { FloodGate } from './flood-gate.js';
import { turnId } from './turn-id.js';

export interface TakingInParts {
  readonly inbox: Inbox;
  readonly timing: Timing;
  readonly log: Log;
  readonly floodGate: FloodGate;
  /** For an emergency while the store is down or slow. */
  readonly directCard: DirectCard;
}

/** A message that was durably taken in, on its way to its answer. */
export interface TakenIn {
  readonly message: InboundMessage;
  readonly look: FirstLook;
  readonly contactId: string;
  /** True: its answer is a word on writing more slowly. */
  readonly tooMany: boolean;
  readonly receivedAt: Instant;
  /** Says that an emergency needs no card past the store any more. */
  readonly answered: () => void;
}

export interface TakingIn {
  /**
   * Looks at a message and keeps it. Null: it ends here, as a repeat or as one of too many. Throws when it could not be
   * kept; an emergency's card is then already on its way. `requestId` names the call that brought it, for the log.
   */
  takeIn(arrived: InboundMessage, requestId?: string): Promise<TakenIn | null>;
  /** One that was kept before and that nobody has answered. */
  takeUp(waiting: WaitingMessage): TakenIn;
}

export function createTakingIn(parts: TakingInParts & { readonly meters: Meters }): TakingIn {
  const { inbox, timing, log, floodGate, directCard, meters } = parts;

  async function takeIn(arrived: InboundMessage, requestId?: string): Promise<TakenIn | null> {
    const receivedAt = timing.now();
    const called = { turn: turnId(arrived.id), channel: arrived.channel, ...(requestId ? { requestId } : {}) };
    const look = safeLook(arrived, log);
    const message = { ...arrived, body: look.body };
    const answered = cardUnlessAnswered(message, look);
    let accepted: Accepted | null;
    try {
      accepted = await accept(message);
    } catch (error) {
      answered();
      log.warn('message could not be accepted', { ...called, ...causeOf(error) });
      // Not waited for: the card may have to keep a pause, and meanwhile the provider must hear that it is to bring this again.
      if (look.emergency !== null) void directCard.send(message, look);
      throw error;
    }
    if (accepted === null) {
      log.debug('message was here before', called);
      answered();
      return null;
    }
    log.debug('message accepted', called);
    meters.received(message.channel);
    const { contactId } = accepted;
    const flood = look.emergency === null ? floodGate.check(contactId, message.at) : 'pass';
    if (flood === 'drop') {
      meters.unanswerable(message.channel, 'flood');
      await inbox.giveUp(message.id, 'flood', timing.now());
      return null;
    }
    return { message, look, contactId, tooMany: flood === 'warn', receivedAt, answered };
  }

  /** A record that the database refuses would come back for ever: then only the fact that a message came is kept. */
  async function accept(message: InboundMessage): Promise<Accepted | null> {
    try {
      return await inbox.accept(message, timing.now());
    } catch (error) {
      if (!hasCode(error, 'STORE_REJECTED')) throw error;
      log.error('message refused by the store', { channel: message.channel, turn: turnId(message.id) });
      return inbox.accept({ ...message, body: { type: 'unreadable', kind: 'other' } }, timing.now());
    }
  }

  function cardUnlessAnswered(message: InboundMessage, look: FirstLook): () => void {
    return look.emergency === null ? () => undefined : directCard.unlessAnswered(message, look);
  }

  return {
    takeIn,
    takeUp: ({ message, contactId, receivedAt }) => {
      const look = safeLook(message, log);
      return { message, look, contactId, tooMany: false, receivedAt, answered: cardUnlessAnswered(message, look) };
    },
  };
}

/** A text on which the reading itself fails is treated as one that cannot be read; it must not come back for ever. */
function safeLook(message: InboundMessage, log: Log): FirstLook {
  try {
    return firstLook(message);
  } catch (error) {
    log.error('message could not be read', { turn: turnId(message.id), ...causeOf(error) });
    return { body: { type: 'unreadable', kind: 'other' }, masked: false, normal: null, emergency: null };
  }
}
