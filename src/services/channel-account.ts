import type { Instant } from '../domain/time.js';
import {
  arrived,
  blockUntil,
  FRESH_PACE,
  left,
  letThrough,
  type PaceLimits,
  takenBack,
  underClock,
  waitFor,
} from '../engines/broadcast/index.js';
import type { Timing } from '../ports/timing.js';

/** A place in the account's pace, for one send. */
export type Slot = number;

/** The pace of one channel account in this process. Answers to people never wait here, but they count. */
export interface ChannelAccount {
  /** Resolves when one more may be sent to many; null when stopped meanwhile. */
  slot(limits: PaceLimits, stop: AbortSignal): Promise<Slot | null>;
  /** The send of the slot leaves now. */
  leaves(slot: Slot): void;
  /** The provider answered it. */
  answered(slot: Slot): void;
  /** It does not leave after all. */
  giveBack(slot: Slot): void;
  /** An answer to a person leaves now: counted, never held up. */
  reply(): Slot;
  /** No announcement leaves for this long, in milliseconds. */
  block(ms: number): void;
  /** The provider wants nothing at all for this long, in milliseconds: it said that it is asked too often. */
  pause(ms: number): void;
  /** The end of the latest such pause; 0 when there was none. */
  pausedUntil(): Instant;
}

/** Never sleeps longer at a time than this, so that a clock that was changed is noticed. */
const LONGEST_NAP_MS = 1_000;
/** Answers to people are counted against no more than this many a second. */
const COUNTED = 1_000;

/** The pace of an account, on this clock. */
export function createChannelAccount(timing: Timing): ChannelAccount {
  let state = FRESH_PACE;
  let slots = 0;
  let pausedUntil: Instant = 0;
  let known: PaceLimits = { perSecond: COUNTED, gapMs: null, perDay: null };

  function take(): Slot {
    slots += 1;
    state = letThrough(state, known, slots, timing.now());
    return slots;
  }

  function block(ms: number): void {
    const now = timing.now();
    state = blockUntil(underClock(state, now), now, now + ms);
  }

  return {
    slot: async (limits, stop) => {
      known = limits;
      const chance = timing.random();
      while (!stop.aborted) {
        const now = timing.now();
        state = underClock(state, now);
        const wait = waitFor(state, limits, now, chance);
        if (wait <= 0) return take();
        await timing.wait(Math.min(Math.ceil(wait), LONGEST_NAP_MS), stop);
      }
      return null;
    },
    leaves: (slot) => {
      state = left(state, slot, timing.now());
    },
    answered: (slot) => {
      state = arrived(state, slot, timing.now());
    },
    giveBack: (slot) => {
      state = takenBack(state, slot);
    },
    reply: () => {
      const { lastAt } = state;
      const slot = take();
      // An answer does not stretch the pauses between announcements.
      state = { ...left(state, slot, timing.now()), lastAt };
      return slot;
    },
    block,
    pause: (ms) => {
      pausedUntil = Math.max(pausedUntil, timing.now() + ms);
      block(ms);
    },
    pausedUntil: () => pausedUntil,
  };
}
