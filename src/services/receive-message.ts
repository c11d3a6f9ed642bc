import type { KeptAbout } from '../domain/kept-about.js';
import type { InboundMessage } from '../domain/message.js';
import type { Instant } from '../domain/time.js';
import type { Trace } from '../domain/trace.js';
import type { World } from '../engines/dialogue/index.js';
import { AppError } from '../errors.js';
import type { Log } from '../log.js';
import type { Accepted, Inbox, Turn, TurnStart } from '../ports/inbox.js';
import { type Meters, NO_METERS } from '../ports/meters.js';
import type { Timing } from '../ports/timing.js';
import { type Conversed, converse, type Standing } from './converse.js';
import type { DirectCard } from './direct-card.js';
import { type FirstLook, firstLook } from './first-look.js';
import type { FloodGate } from './flood-gate.js';
import { createLanes } from './lanes.js';
import { answerLinkRequest, type LinkingParts, linkRequest } from './link-contacts.js';
import { answerWith, inTrouble, slowDown, withApology } from './plain-answers.js';
import { consentsOf } from './record-consent.js';
import { toldIn } from './told-reports.js';
import { turnId } from './turn-id.js';

export interface ReceiverParts {
  readonly inbox: Inbox;
  /** The data as it is now; a turn keeps the picture that it began with. */
  readonly world: () => World;
  readonly timing: Timing;
  readonly log: Log;
  readonly floodGate: FloodGate;
  /** For an emergency while the store is down or slow. */
  readonly directCard: DirectCard;
  /** Tells the deliverer of the channel that something is about to wait. */
  readonly wake: (channel: InboundMessage['channel']) => void;
  /** For linking two channels of one person; left out: nobody can. */
  readonly linking?: Omit<LinkingParts, 'now'>;
  /** What else is kept of somebody who asks for it; left out: only what a turn begins with is told. */
  readonly kept?: (contactId: string) => Promise<KeptAbout>;
  /** Left out: nobody counts. */
  readonly meters?: Meters;
  /** True keeps texts until the retention job takes them. */
  readonly keepBodies: boolean;
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

/** A message that was accepted, on its way to its answer. */
interface Work {
  readonly message: InboundMessage;
  readonly look: FirstLook;
  readonly contactId: string;
  readonly tooMany: boolean;
  readonly receivedAt: Instant;
  /** Says that an emergency needs no card past the store any more. */
  readonly answered: () => void;
}

/** `answered`: by this turn or meanwhile by another. `later`: an earlier message of this person, or another turn, goes first. */
type Attempt = 'answered' | 'later';

const TURN_TRIES = 6;
const SWEEP_YOUNGER_MS = 5_000;
/** Contacts answered at the same time; more only queue at the database. */
const PARALLEL = 64;
/** Turns held in memory; beyond it the messages wait in the store. */
const MOST_WAITING = 5_000;

/**
 * One inbound message, from its arrival to its committed answer: look, mask, accept, order per contact, decide, commit.
 * Delivery follows from the outbox.
 */
export function createReceiver(parts: ReceiverParts): Receiver {
  const { inbox, timing, log, directCard, meters = NO_METERS } = parts;
  const lanes = createLanes(PARALLEL, MOST_WAITING);
  const stopping = new AbortController();

  async function take(arrived: InboundMessage, requestId: string | undefined): Promise<void> {
    const receivedAt = timing.now();
    const called = { turn: turnId(arrived.id), channel: arrived.channel, ...(requestId ? { requestId } : {}) };
    const look = safeLook(arrived, log);
    const message = { ...arrived, body: look.body };
    const answered = look.emergency === null ? () => undefined : directCard.unlessAnswered(message, look);
    let accepted: Accepted | null;
    try {
      accepted = await accept(message);
    } catch (error) {
      answered();
      log.warn('message could not be accepted', { ...called, ...reasonOf(error) });
      // Not waited for: the card may have to keep a pause, and meanwhile the provider must hear that it is to bring this again.
      if (look.emergency !== null) void directCard.send(message, look);
      throw error;
    }
    if (accepted === null) {
      log.debug('message was here before', called);
      return answered();
    }
    log.debug('message accepted', called);
    meters.received(message.channel);
    const { contactId } = accepted;
    const flood = look.emergency === null ? parts.floodGate.check(contactId, message.at) : 'pass';
    if (flood === 'drop') {
      meters.unanswerable(message.channel, 'flood');
      return inbox.giveUp(message.id, 'flood', timing.now());
    }
    queue({ message, look, contactId, tooMany: flood === 'warn', receivedAt, answered });
  }

  /** A record that the database refuses would come back for ever: then only the fact that a message came is kept. */
  async function accept(message: InboundMessage): Promise<Accepted | null> {
    try {
      return await inbox.accept(message, timing.now());
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.error('message refused by the store', { channel: message.channel, turn: turnId(message.id) });
      return inbox.accept({ ...message, body: { type: 'unreadable', kind: 'other' } }, timing.now());
    }
  }

  function queue(work: Work): void {
    const { message, look, contactId } = work;
    lanes.run(contactId, message.id, () => turn(work), look.emergency !== null);
  }

  /** The message's turn, tried until it is answered; what cannot be answered now stays accepted and the sweep takes it up. */
  async function turn(work: Work): Promise<void> {
    const { message, look } = work;
    let refused = 0;
    for (let attempt = 1; attempt <= TURN_TRIES; attempt += 1) {
      if (stopping.signal.aborted && look.emergency === null) return;
      try {
        if ((await tryTurn(work, refused > 0)) === 'answered') return work.answered();
      } catch (error) {
        const reason = reasonOf(error);
        log.warn('turn failed', { turn: turnId(message.id), attempt, ...reason });
        meters.turnFailed(reason.code ?? null);
        if (isRefusal(error)) refused += 1;
        if (look.emergency !== null) await directCard.send(message, look);
        if (refused > 1) return giveUp(message, error);
      }
      await timing.wait(50 * 2 ** attempt * (0.5 + timing.random()), stopping.signal);
    }
  }

  async function giveUp(message: InboundMessage, error: unknown): Promise<void> {
    log.error('turn given up', { turn: turnId(message.id), ...reasonOf(error) });
    meters.unanswerable(message.channel, 'refused');
    await inbox.giveUp(message.id, 'refused', timing.now()).catch(() => undefined);
  }

  async function tryTurn(work: Work, plainly: boolean): Promise<Attempt> {
    const { message, look } = work;
    const start = await inbox.start(message.id);
    if (start === null) return 'answered';
    if (start.earlier > 0 && look.emergency === null) return 'later';
    const now = timing.now();
    const decided = plainly
      ? inTrouble(start.facts)
      : work.tooMany
        ? slowDown(start.facts, start.session, now)
        : ((await linked(look, start, now)) ??
          late(message, look, await decideKnowing(message, look, start, now), now));
    const committing = inbox.commit(withTalk(turnRecord(message, look, start, decided, now), decided));
    // The deliverer asks for what is due in the same breath, so that one transaction does both.
    parts.wake(message.channel);
    if (!(await committing)) return 'later';
    measure(work, decided);
    return 'answered';
  }

  /** The answer to "hubungkan", which needs the store before it can be decided; null when it is about something else. */
  async function linked(look: FirstLook, start: TurnStart, now: Instant): Promise<Conversed | null> {
    const request = look.body.type === 'text' && look.emergency === null ? linkRequest(look.body.text) : null;
    if (request === null || !parts.linking) return null;
    const linking = { ...parts.linking, now: () => now };
    const text = await answerLinkRequest(linking, start.contactId, request, start.facts.language);
    return answerWith(text, start.facts, start.session, now);
  }

  /** A late answer begins with an apology, except in an emergency: there the first words are what to do. */
  function late(message: InboundMessage, look: FirstLook, decided: Conversed, now: Instant): Conversed {
    const urgent = look.emergency !== null || decided.trace.emergency !== null;
    return urgent ? decided : withApology(message, decided, now);
  }

  /** What is kept of a person is looked up only for who asks for it: then the same turn is decided again. */
  async function decideKnowing(
    message: InboundMessage,
    look: FirstLook,
    start: TurnStart,
    now: Instant,
  ): Promise<Conversed> {
    const decided = decide(message, look, start, now);
    if (!decided.wantsKept || !parts.kept) return decided;
    return decide(message, look, start, now, { kept: await parts.kept(start.contactId) });
  }

  /** A fault of ours must not leave a person without an answer: each further try has less to trip over. */
  function decide(
    message: InboundMessage,
    look: FirstLook,
    start: TurnStart,
    now: Instant,
    more: Pick<Standing, 'kept'> = {},
  ): Conversed {
    const { session } = start;
    const language = session === null ? (message.language ?? start.facts.language) : start.facts.language;
    const contact = { ...start.facts, language };
    for (const standing of [
      { ...more, contact, session },
      { ...more, contact, session: null },
    ]) {
      try {
        return converse(message, look, { ...standing, ...talkOf(start) }, parts.world(), now);
      } catch (error) {
        log.error('turn could not be decided', { turn: turnId(message.id), ...reasonOf(error) });
      }
    }
    return inTrouble(contact);
  }

  function turnRecord(
    message: InboundMessage,
    look: FirstLook,
    start: TurnStart,
    { contact, session, replies, events, forget, report, hoursAnswer, trace }: Conversed,
    at: Instant,
  ): Turn {
    const urgent = look.emergency !== null || trace.emergency !== null;
    return {
      messageId: message.id,
      contactId: start.contactId,
      sessionVersion: start.sessionVersion,
      session,
      facts: contact,
      events,
      consents: consentsOf(events, contact.language),
      ...toldIn({ report, hoursAnswer }, start.contactId),
      replies: replies.map((reply) => ({ kind: urgent ? ('emergency' as const) : ('reply' as const), reply })),
      ...(forget ? { forget } : {}),
      ...recordOf(trace),
      at,
      keepBody: parts.keepBodies,
    };
  }

  function measure({ message, look, receivedAt }: Work, { trace }: Conversed): void {
    const ms = timing.now() - receivedAt;
    const emergency = trace.emergency ?? look.emergency;
    meters.turn({ channel: message.channel, ...recordOf(trace), emergency, ms });
    log.debug('turn answered', { turn: turnId(message.id), channel: message.channel, ms });
  }

  return {
    receive: async (messages, requestId) => {
      const results = await Promise.allSettled(messages.map((message) => take(message, requestId)));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    sweep: async (youngerMs = SWEEP_YOUNGER_MS) => {
      const waiting = await inbox.waiting(timing.now() - youngerMs, MOST_WAITING);
      for (const { message, contactId, receivedAt } of waiting) {
        if (lanes.holds(message.id)) continue;
        const look = safeLook(message, log);
        const answered = look.emergency === null ? () => undefined : directCard.unlessAnswered(message, look);
        queue({ message, look, contactId, tooMany: false, receivedAt, answered });
      }
    },
    idle: () => lanes.idle(),
    stop: () => {
      stopping.abort();
      return lanes.idle();
    },
  };
}

/** What is kept and counted of a turn: codes. */
function recordOf({ intents, eligibility, facilities }: Trace) {
  return {
    intent: intents[0] ?? ('out_of_scope' as const),
    outcome: eligibility?.outcome ?? facilities[0]?.state ?? null,
  };
}

/** The talk with the health office that the turn begins in, and what becomes of it. */
function talkOf({ conversation }: TurnStart): Pick<TurnStart, 'conversation'> {
  return conversation === undefined ? {} : { conversation };
}

function withTalk(turn: Turn, { conversation }: Conversed): Turn {
  return conversation === undefined ? turn : { ...turn, conversation };
}

/** A text on which the reading itself fails is treated as one that cannot be read; it must not come back for ever. */
function safeLook(message: InboundMessage, log: Log): FirstLook {
  try {
    return firstLook(message);
  } catch (error) {
    log.error('message could not be read', { turn: turnId(message.id), ...reasonOf(error) });
    return { body: { type: 'unreadable', kind: 'other' }, masked: false, normal: null, emergency: null };
  }
}

/** The database will not take these values, however often they come. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.code === 'STORE_REJECTED';
}

function reasonOf(error: unknown): { code?: AppError['code']; errorClass: string } {
  if (error instanceof AppError) return { code: error.code, errorClass: error.name };
  return { errorClass: error instanceof Error ? error.name : 'unknown' };
}
