import type { Instant } from '../domain/time.js';

/** Gives numbers that always rise, near the thousandfold of the clock: the order of what one process writes. */
export class Sequence {
  #last = 0;

  /** What is numbered before the instant has a smaller number than this, except after a clock was set back. */
  static at(instant: Instant): number {
    return instant * 1000;
  }

  /** The next number for something that happens at the instant. Safe until the year 2255. */
  next(at: Instant): number {
    this.#last = Math.max(this.#last + 1, Sequence.at(at));
    return this.#last;
  }
}
