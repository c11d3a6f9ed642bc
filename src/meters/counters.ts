import type { Registry } from 'prom-client';
import type { ChannelName } from '../domain/message.js';
import type { Meters } from '../ports/meters.js';
import { instrumentsIn } from './instruments.js';

/** From a hundredth of a second to a minute: what a person notices lies in between. */
const TURN_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Up to an hour, after which an answer is not sent any more. */
const DELIVERY_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 3_600];
/** A code of a channel that comes after so many others of it is counted as "other": a label must not grow without end. */
const MOST_CODES = 40;

/** Meters that count, and what shows them before there is anything to count. */
export interface Counting extends Meters {
  /** Shows the failures of a channel from zero on: Prometheus sees no rise in a counter whose first value it never saw. */
  begin(channel: ChannelName): void;
}

/** Counters of what happens in this process; Prometheus adds those of several processes. */
export function countingMeters(registry: Registry): Counting {
  const { counter, histogram } = instrumentsIn(registry);
  const received = counter('tanya_messages_received_total', 'Messages of residents durably taken in.', ['channel']);
  const messages = counter('tanya_messages_total', 'Messages answered, by what they were about and what was found.', [
    'channel',
    'intent',
    'outcome',
  ]);
  const unanswerable = counter(
    'tanya_messages_unanswerable_total',
    'Messages ended without an answer of their own: flood (too many at once) or refused (by the store).',
    ['channel', 'why'],
  );
  const emergencies = counter('tanya_emergencies_total', 'Emergencies answered.', ['channel', 'kind', 'level']);
  const turns = histogram(
    'tanya_turn_seconds',
    'From the moment a message was taken in to its committed answer.',
    ['channel'],
    TURN_SECONDS,
  );
  const turnFailures = counter(
    'tanya_turn_failures_total',
    'Tries at an answer that failed, by the code of the error; each is tried again.',
    ['code'],
  );
  const sends = counter(
    'tanya_sends_total',
    'Sends of replies and emergency cards by what became of them; retry is followed by another.',
    ['channel', 'kind', 'status'],
  );
  const deliveries = histogram(
    'tanya_delivery_seconds',
    'From the committed answer to the word of the provider that it took it.',
    ['channel', 'kind'],
    DELIVERY_SECONDS,
  );
  const directCards = counter(
    'tanya_direct_cards_total',
    'Emergency cards sent past a store that was down or slow: sent, or failed.',
    ['channel', 'result'],
  );
  const ignored = counter(
    'tanya_ignored_total',
    'What arrived and is no message of a resident, by the code of the channel.',
    ['channel', 'code'],
  );
  const storeFailures = counter(
    'tanya_store_errors_total',
    'Questions to the store that failed, by the code of the error.',
    ['code'],
  );
  const jobFailures = counter('tanya_job_failures_total', 'Runs of a repeated job that failed; it is run again.', [
    'name',
  ]);
  const known = boundedCodes();
  return {
    begin: (channel) => {
      for (const kind of ['emergency', 'reply'] as const) {
        for (const status of ['sent', 'failed', 'unsure', 'expired']) sends.inc({ channel, kind, status }, 0);
      }
      for (const result of ['sent', 'failed']) directCards.inc({ channel, result }, 0);
      for (const why of ['flood', 'refused']) unanswerable.inc({ channel, why }, 0);
      received.inc({ channel }, 0);
    },
    received: (channel) => received.inc({ channel }),
    unanswerable: (channel, why) => unanswerable.inc({ channel, why }),
    turn: ({ channel, intent, outcome, emergency, ms }) => {
      messages.inc({ channel, intent, outcome: outcome ?? 'none' });
      turns.observe({ channel }, seconds(ms));
      if (emergency) emergencies.inc({ channel, kind: emergency.kind, level: emergency.level });
    },
    turnFailed: (code) => turnFailures.inc({ code: code ?? 'unknown' }),
    send: ({ channel, kind, status, ms }) => {
      sends.inc({ channel, kind, status });
      if (status === 'sent') deliveries.observe({ channel, kind }, seconds(ms));
    },
    directCard: (channel, sent) => directCards.inc({ channel, result: sent ? 'sent' : 'failed' }),
    ignored: (channel, code, count) => ignored.inc({ channel, code: known(channel, code) }, count),
    storeFailed: (code) => storeFailures.inc({ code }),
    jobFailed: (name) => jobFailures.inc({ name }),
  };
}

/** A clock that was set back must not make a duration negative. */
function seconds(ms: number): number {
  return Math.max(0, ms) / 1_000;
}

/** Codes are words of our own channels; should one ever be made of what came in, it ends as "other". */
function boundedCodes(): (channel: ChannelName, code: string) => string {
  const seen = new Map<ChannelName, Set<string>>();
  return (channel, code) => {
    const codes = seen.get(channel) ?? new Set();
    seen.set(channel, codes);
    if (codes.has(code)) return code;
    if (!/^[a-z_]{1,40}$/.test(code) || codes.size >= MOST_CODES) return 'other';
    codes.add(code);
    return code;
  };
}
