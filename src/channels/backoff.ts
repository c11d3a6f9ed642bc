import { MINUTE } from '../domain/time.js';

/**
 * How long to wait before the next try: doubles from one second up to a minute, then a random part of up to half is
 * taken off, so that many instances do not knock at the same moment. `attempt` counts from 0, `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(MINUTE, 1000 * 2 ** Math.min(attempt, 10));
  return Math.round(full * (1 - random / 2));
}
