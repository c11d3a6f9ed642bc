import type { WAMessage } from '@whiskeysockets/baileys';
import type { Timing } from '../../ports/timing.js';

/** How long one message may hold up those behind it before it is stored, in milliseconds. */
const WITHIN_MS = 4_000;
const QUICK_TRIES = 3;
/** Baileys asks for a message five times and then lets it go for good. */
const MOST_ROUNDS = 4;
const REMEMBERED = 2_000;

/**
 * Stores what only Baileys could read before WhatsApp hears that it came: a few quick tries, then it throws, and the
 * sender's phone is asked to send it again. What comes for the fourth time in vain is let through: Baileys then hands it
 * over as received, and whoever takes it there keeps trying. A crash in such an hour loses it; asking on would lose it
 * surely.
 */
export function createEarlyAcceptance(
  accept: (message: WAMessage) => Promise<void>,
  timing: Timing,
): (message: WAMessage, signal: AbortSignal) => Promise<void> {
  /** How often a message came in vain, by its id. */
  const rounds = new Map<string, number>();

  async function tryQuickly(message: WAMessage, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await accept(message);
      } catch (error) {
        if (attempt === QUICK_TRIES) throw error;
        await timing.wait(125 * 2 ** attempt, signal);
      }
    }
  }

  return async (message, signal) => {
    const id = message.key.id ?? '';
    const done = new AbortController();
    const late = timing.wait(WITHIN_MS, done.signal).then(() => Promise.reject(new Error('not stored in time')));
    try {
      await Promise.race([tryQuickly(message, signal), late]);
      rounds.delete(id);
    } catch (error) {
      const round = (rounds.get(id) ?? 0) + 1;
      if (rounds.size >= REMEMBERED) rounds.clear();
      rounds.set(id, round);
      if (round < MOST_ROUNDS) throw error;
    } finally {
      done.abort();
    }
  };
}
