import type { ChannelName } from '../domain/message.js';
import { hasCode } from '../errors.js';
import { causeOf, type Log } from '../log.js';
import type { Inbox } from '../ports/inbox.js';
import type { Meters } from '../ports/meters.js';
import type { Timing } from '../ports/timing.js';
import type { Conversed } from './converse.js';
import { type DecidingParts, decideAnswer } from './decide-answer.js';
import type { DirectCard } from './direct-card.js';
import { inTrouble } from './plain-answers.js';
import type { TakenIn } from './take-in.js';
import { turnId } from './turn-id.js';
import { codesOf, turnRecord } from './turn-record.js';

export interface AnsweringParts extends DecidingParts {
  readonly inbox: Inbox;
  readonly timing: Timing;
  readonly log: Log;
  readonly directCard: DirectCard;
  /** Tells the deliverer of the channel that something is about to wait. */
  readonly wake: (channel: ChannelName) => void;
  /** True keeps texts until the retention job takes them. */
  readonly keepBodies: boolean;
}

/** `answered`: by this turn or meanwhile by another. `later`: an earlier message of this person, or another turn, goes first. */
type Attempt = 'answered' | 'later';

const TURN_TRIES = 6;

/**
 * Gives the turn of a message: from where the talk stands to the committed answer, tried until it is answered. What
 * cannot be answered now stays accepted, and the sweep takes it up. Once `stopping` is aborted only an emergency begins.
 * The turn never throws.
 */
export function createAnswering(
  parts: AnsweringParts & { readonly meters: Meters },
  stopping: AbortSignal,
): (taken: TakenIn) => Promise<void> {
  const { inbox, timing, log, directCard, meters } = parts;

  async function turn(taken: TakenIn): Promise<void> {
    const { message, look } = taken;
    let refused = 0;
    for (let attempt = 1; attempt <= TURN_TRIES; attempt += 1) {
      if (stopping.aborted && look.emergency === null) return;
      try {
        if ((await tryTurn(taken, refused > 0)) === 'answered') return taken.answered();
      } catch (error) {
        const cause = causeOf(error);
        log.warn('turn failed', { turn: turnId(message.id), attempt, ...cause });
        meters.turnFailed(cause.code ?? null);
        if (hasCode(error, 'STORE_REJECTED')) refused += 1;
        if (look.emergency !== null) await directCard.send(message, look);
        if (refused > 1) return giveUp(taken, error);
      }
      await timing.wait(50 * 2 ** attempt * (0.5 + timing.random()), stopping);
    }
  }

  /** `plainly`: its answer was refused by the store before, so that only a word goes out. */
  async function tryTurn(taken: TakenIn, plainly: boolean): Promise<Attempt> {
    const { message, look } = taken;
    const start = await inbox.start(message.id);
    if (start === null) return 'answered';
    if (start.earlier > 0 && look.emergency === null) return 'later';
    const now = timing.now();
    const decided = plainly ? inTrouble(start.facts) : await decideAnswer(parts, taken, start, now);
    const committing = inbox.commit(turnRecord(taken, start, decided, { at: now, keepBody: parts.keepBodies }));
    // The deliverer asks for what is due in the same breath, so that one transaction does both.
    parts.wake(message.channel);
    if (!(await committing)) return 'later';
    measure(taken, decided);
    return 'answered';
  }

  async function giveUp({ message }: TakenIn, error: unknown): Promise<void> {
    log.error('turn given up', { turn: turnId(message.id), ...causeOf(error) });
    meters.unanswerable(message.channel, 'refused');
    await inbox.giveUp(message.id, 'refused', timing.now()).catch(() => undefined);
  }

  function measure({ message, look, receivedAt }: TakenIn, { trace }: Conversed): void {
    const ms = timing.now() - receivedAt;
    const emergency = trace.emergency ?? look.emergency;
    meters.turn({ channel: message.channel, ...codesOf(trace), emergency, ms });
    log.debug('turn answered', { turn: turnId(message.id), channel: message.channel, ms });
  }

  return turn;
}
