/** What became of the latest sends of one announcement, oldest first. */
export interface Outcome {
  readonly status: 'sent' | 'failed' | 'unsure';
  /** A code of the error catalogue; null when it was sent. */
  readonly code: string | null;
}

/** Why an announcement should stop by itself. */
export interface Trouble {
  readonly code: string;
  readonly failed: number;
  readonly of: number;
}

/** How many of the latest sends are looked at. */
const LOOKED_AT = 50;
const FEWEST = 10;
/** People who blocked the bot are part of life; a message that the provider refuses is a fault of ours. */
const MOST = { CONTACT_UNREACHABLE: 0.8, other: 0.2 } as const;
const UNSURE_IN_A_ROW = 5;

/** The state after one more outcome. */
export function remember(outcomes: readonly Outcome[], outcome: Outcome): readonly Outcome[] {
  return [...outcomes.slice(1 - LOOKED_AT), outcome];
}

/**
 * The reason to stop, or null. One code above its share of the latest sends (a fifth; of people who cannot be reached,
 * four fifths), or five sends in a row of which nobody knows whether they arrived.
 */
export function troubleIn(outcomes: readonly Outcome[]): Trouble | null {
  const last = outcomes.slice(-UNSURE_IN_A_ROW);
  if (last.length === UNSURE_IN_A_ROW && last.every(({ status }) => status === 'unsure')) {
    return { code: last.at(-1)?.code ?? 'CHANNEL_UNREACHABLE', failed: UNSURE_IN_A_ROW, of: UNSURE_IN_A_ROW };
  }
  if (outcomes.length < FEWEST) return null;
  const byCode = new Map<string, number>();
  for (const { code } of outcomes) if (code !== null) byCode.set(code, (byCode.get(code) ?? 0) + 1);
  for (const [code, failed] of byCode) {
    const most = code === 'CONTACT_UNREACHABLE' ? MOST.CONTACT_UNREACHABLE : MOST.other;
    if (failed > most * outcomes.length) return { code, failed, of: outcomes.length };
  }
  return null;
}
