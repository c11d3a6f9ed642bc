import type { Instant } from '../../domain/time.js';
import type { SendResult } from '../../ports/channel.js';

/** One send, by the order in which it began. */
export type Begun = number;

/**
 * Tells whom a "too many requests" is about. Telegram limits a chat to about one message a second after a short burst, and
 * a bot to about thirty a second over all chats; a 429 names the wait, and not whom it is for (Bot FAQ, "My bot is
 * hitting limits"; grammY, "Flood limits"). So it counts as the chat's own until a second chat meets one, with nothing
 * in between that shows the bot to be free.
 */
export interface FloodSense {
  begin(): Begun;
  /** What the result of the send means, now that it is known. */
  heard(chat: number, begun: Begun, result: SendResult): SendResult;
}

interface Limited {
  readonly until: Instant;
  /** How many sends had begun when it was heard of. */
  readonly after: Begun;
}

/** The limits of one bot, in this process. `now` is the clock. */
export function createFloodSense(now: () => Instant): FloodSense {
  let begun: Begun = 0;
  const limited = new Map<number, Limited>();

  /** A send that began later went through: the limits before it were those of their chats. */
  function isFree(since: Begun): void {
    for (const [chat, { after }] of limited) if (since > after) limited.delete(chat);
  }

  function isTooFast(chat: number, afterMs: number): SendResult {
    const at = now();
    for (const [each, { until }] of limited) if (until <= at) limited.delete(each);
    const others = [...limited].flatMap(([each, { until }]) => (each === chat ? [] : [until]));
    limited.set(chat, { until: at + afterMs, after: begun });
    const result = { kind: 'retry', code: 'RATE_LIMITED' } as const;
    if (others.length === 0) return { ...result, afterMs, thisContactOnly: true };
    return { ...result, afterMs: Math.max(afterMs, ...others.map((until) => until - at)) };
  }

  return {
    begin: () => {
      begun += 1;
      return begun;
    },
    heard: (chat, since, result) => {
      if (result.kind === 'sent') isFree(since);
      return result.kind === 'retry' && result.code === 'RATE_LIMITED' ? isTooFast(chat, result.afterMs) : result;
    },
  };
}
