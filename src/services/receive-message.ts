import type { InboundMessage } from '../domain/message.js';
import { type Meters, NO_METERS } from '../ports/meters.js';
import { type AnsweringParts, createAnswering } from './answer-message.js';
import { createLanes } from './lanes.js';
import { createTakingIn, type TakenIn, type TakingInParts } from './take-in.js';

export interface ReceiverParts extends TakingInParts, AnsweringParts {
  /** Left out: nobody counts. */
  readonly meters?: Meters;
}

export interface Receiver {
  /**
   * Resolves once every message is durably accepted; throws when one could not be, so that the provider sends it again.
   * `requestId` names the call that brought them, for the log.
   */
  receive(messages: readonly InboundMessage[], requestId?: string): Promise<void>;
  /**
   * Takes up accepted messages that nobody has answered: what a dead process left, and what the lanes had no room for.
   * Those that came within the last `youngerMs` are left to whoever accepted them.
   */
  sweep(youngerMs?: number): Promise<void>;
  /** Resolves when every turn has ended. */
  idle(): Promise<void>;
  /** Begins no further turn except an emergency's, and resolves when those under way have ended. The rest waits in the store. */
  stop(): Promise<void>;
}

const SWEEP_YOUNGER_MS = 5_000;
/** Contacts answered at the same time; more only queue at the database. */
const PARALLEL = 64;
/** Turns held in memory; beyond it the messages wait in the store. */
const MOST_WAITING = 5_000;

/**
 * Messages from their arrival to their committed answer: each is taken in, waits in the lane of its person, and has its
 * turn. Delivery follows from the outbox.
 */
export function createReceiver(given: ReceiverParts): Receiver {
  const parts = { ...given, meters: given.meters ?? NO_METERS };
  const lanes = createLanes(PARALLEL, MOST_WAITING);
  const stopping = new AbortController();
  const { takeIn, takeUp } = createTakingIn(parts);
  const turn = createAnswering(parts, stopping.signal);

  function queue(taken: TakenIn): void {
    lanes.run(taken.contactId, taken.message.id, () => turn(taken), taken.look.emergency !== null);
  }

  async function receiveOne(message: InboundMessage, requestId?: string): Promise<void> {
    const taken = await takeIn(message, requestId);
    if (taken !== null) queue(taken);
  }

  return {
    receive: async (messages, requestId) => {
      const results = await Promise.allSettled(messages.map((message) => receiveOne(message, requestId)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    sweep: async (youngerMs = SWEEP_YOUNGER_MS) => {
      const waiting = await parts.inbox.waiting(parts.timing.now() - youngerMs, MOST_WAITING);
      for (const each of waiting) if (!lanes.holds(each.message.id)) queue(takeUp(each));
    },
    idle: () => lanes.idle(),
    stop: () => {
      stopping.abort();
      return lanes.idle();
    },
  };
}
