import type { ContactFacts } from '../domain/contact.js';
import type { InboundMessage } from '../domain/message.js';
import { phrase } from '../domain/phrase.js';
import type { Reply } from '../domain/reply.js';
import { NEW_SESSION } from '../domain/session.js';
import { DAY, type Instant } from '../domain/time.js';
import type { World } from '../engines/dialogue/index.js';
import { AppError } from '../errors.js';
import { renderPhrase } from '../i18n/translate.js';
import type { Log } from '../log.js';
import type { Accepted, Inbox, Turn, TurnStart } from '../ports/inbox.js';
import type { Timing } from '../ports/timing.js';
import { type Conversed, converse } from './converse.js';
import { type FirstLook, firstLook } from './first-look.js';
import type { FloodGate } from './flood-gate.js';
import { createLanes } from './lanes.js';

export interface ReceiverParts {
  readonly inbox: Inbox;
  /** The data as it is now; a turn keeps the picture that it began with. */
  readonly world: () => World;
  readonly timing: Timing;
  readonly log: Log;
  readonly floodGate: FloodGate;
  /** Sends past the store, for an emergency when the store is down. Never throws. */
  readonly sendDirectly: (message: InboundMessage, replies: readonly Reply[]) => Promise<void>;
  /** Tells the deliverer that something waits. */
  readonly wake: () => void;
  /** True keeps texts until the retention job takes them. */
  readonly keepBodies: boolean;
}

export interface Receiver {
  /** Resolves once every message is durably accepted; throws when one could not be, so that the provider sends it again. */
  receive(messages: readonly InboundMessage[]): Promise<void>;
  /** Takes up accepted messages that nobody has answered: after a restart, and when the lanes were full. */
  sweep(): Promise<void>;
  /** Resolves when every turn under way has ended. */
  idle(): Promise<void>;
}

const TURN_TRIES = 6;
const SWEEP_AFTER_MS = 5_000;
const SWEEP_BATCH = 500;
/** Contacts answered at the same time; more only queue at the database. */
const PARALLEL = 64;
/** Turns held in memory; beyond it the messages wait in the store. */
const MOST_WAITING = 5_000;

/**
 * One inbound message, from its arrival to its committed answer: look, mask, accept, order per contact, decide, commit.
 * Delivery follows from the outbox.
 */
export function createReceiver(parts: ReceiverParts): Receiver {
  const { inbox, timing, log } = parts;
  const lanes = createLanes(PARALLEL, MOST_WAITING);
  const forever = new AbortController().signal;

  async function take(message: InboundMessage): Promise<void> {
    const look = firstLook(message);
    const masked = { ...message, body: look.body };
    let accepted: Accepted | null;
    try {
      accepted = await inbox.accept(masked, timing.now());
    } catch (error) {
      if (look.emergency !== null) await answerDirectly(masked, look);
      throw error;
    }
    if (accepted) lanes.run(accepted.contactId, message.id, () => turn(masked, look, accepted.contactId));
  }

  /** The card without the store; it may come twice, which is harmless. */
  async function answerDirectly(message: InboundMessage, look: FirstLook): Promise<void> {
    const { replies } = converse(message, look, null, parts.world(), timing.now());
    await parts.sendDirectly(message, replies);
    log.warn('emergency answered without the store', { channel: message.channel });
  }

  async function turn(message: InboundMessage, look: FirstLook, contactId: string): Promise<void> {
    let answeredDirectly = false;
    for (let attempt = 1; attempt <= TURN_TRIES; attempt += 1) {
      try {
        if (await tryTurn(message, look, contactId)) return;
      } catch (error) {
        log.warn('turn failed', { attempt, ...reasonOf(error) });
        if (look.emergency !== null && !answeredDirectly) {
          answeredDirectly = true;
          await answerDirectly(message, look);
        }
      }
      await timing.wait(50 * 2 ** attempt * (0.5 + timing.random()), forever);
    }
    // The message stays accepted; the sweep takes it up again.
  }

  /** True when the message is answered, by this turn or meanwhile by another. */
  async function tryTurn(message: InboundMessage, look: FirstLook, contactId: string): Promise<boolean> {
    const start = await inbox.start(message.id);
    if (start === null) return true;
    if (start.earlier > 0) return false;
    const now = timing.now();
    const flood = look.emergency === null ? parts.floodGate.check(contactId, now) : 'pass';
    if (flood === 'drop') {
      await inbox.giveUp(message.id, 'flood', now);
      return true;
    }
    const decided = flood === 'warn' ? slowDown(start) : decide(message, look, start, now);
    const committed = await inbox.commit(turnRecord(message, look, start, decided, now));
    if (committed) parts.wake();
    return committed;
  }

  function decide(message: InboundMessage, look: FirstLook, start: TurnStart, now: Instant): Conversed {
    const standing =
      start.session === null
        ? { contact: { ...start.facts, language: message.language ?? start.facts.language }, session: null }
        : { contact: start.facts, session: start.session };
    try {
      return late(message, converse(message, look, standing, parts.world(), now), now);
    } catch (error) {
      // A fault of ours must not leave a person without an answer: once more from a clean state, which has far less to trip over.
      log.error('turn could not be decided', reasonOf(error));
      return converse(message, look, { contact: start.facts, session: null }, parts.world(), now);
    }
  }

  function turnRecord(
    message: InboundMessage,
    look: FirstLook,
    start: TurnStart,
    decided: Conversed,
    at: Instant,
  ): Turn {
    const kind = look.emergency === null ? ('reply' as const) : ('emergency' as const);
    return {
      messageId: message.id,
      contactId: start.contactId,
      sessionVersion: start.sessionVersion,
      session: decided.session,
      facts: decided.contact,
      events: decided.events,
      replies: decided.replies.map((reply) => ({ kind, reply })),
      intent: decided.trace.intents[0] ?? 'out_of_scope',
      outcome: decided.trace.eligibility?.outcome ?? decided.trace.facilities[0]?.state ?? null,
      at,
      keepBody: parts.keepBodies,
    };
  }

  return {
    receive: async (messages) => {
      const results = await Promise.allSettled(messages.map(take));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    sweep: async () => {
      const waiting = await inbox.waiting(timing.now() - SWEEP_AFTER_MS, SWEEP_BATCH);
      for (const { message, contactId } of waiting) {
        lanes.run(contactId, message.id, () => turn(message, firstLook(message), contactId));
      }
    },
    idle: () => lanes.idle(),
  };
}

/** A message that waited for more than a day, while we were off, is answered with an apology first. */
function late(message: InboundMessage, decided: Conversed, now: Instant): Conversed {
  if (now - message.at < DAY) return decided;
  const [first, ...rest] = decided.replies;
  if (first?.type !== 'text') return decided;
  const sorry = renderPhrase(phrase('dialogue:late'), decided.contact.language);
  return { ...decided, replies: [{ ...first, text: `${sorry}\n\n${first.text}` }, ...rest] };
}

/** The one polite word to somebody who writes faster than a person can. */
function slowDown({ facts, session }: { facts: ContactFacts; session: unknown }): Conversed {
  return {
    contact: facts,
    session: (session as Conversed['session'] | null) ?? NEW_SESSION,
    replies: [{ type: 'text', text: renderPhrase(phrase('dialogue:flood'), facts.language), choices: [] }],
    events: [],
    trace: {
      intents: [],
      emergency: null,
      place: null,
      service: null,
      time: null,
      facilities: [],
      eligibility: null,
    },
  };
}

function reasonOf(error: unknown): { code?: AppError['code']; errorClass: string } {
  if (error instanceof AppError) return { code: error.code, errorClass: error.name };
  return { errorClass: error instanceof Error ? error.name : 'unknown' };
}
