import type { Instant } from '../domain/time.js';

/** Time and chance, passed in so that a test can hold them still. */
export interface Timing {
  now(): Instant;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Resolves after the wait, or at once when the signal aborts; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}
