import { type Api, GrammyError } from 'grammy';
import type { Timing } from '../../ports/timing.js';
import { backoffMs } from '../backoff.js';
import type { StatusBoard } from '../status.js';
import { ALLOWED_UPDATES, updateId } from './schema.js';

export interface Polling {
  readonly api: Api;
  readonly status: StatusBoard;
  readonly timing: Timing;
  /** How long the server may hold a request open, in seconds. */
  readonly holdSeconds: number;
  /** Returns once everything is durably accepted; throws when it is not. */
  accept(updates: readonly unknown[]): Promise<void>;
}

/**
 * Asks for updates until the signal aborts; never throws.
 *
 * We drive `getUpdates` ourselves through grammY's `Api`. grammY's own loop moves its offset *before* a handler runs
 * (`lastTriedUpdateId` in bot.js), so an update whose handler failed is confirmed with the next request and lost; it
 * hands over one update at a time; and it ends for good on a 409, which is what every restart brings. Here the offset
 * moves only after `accept` returned, and every failure is followed by another try.
 */
export async function poll({ api, status, timing, holdSeconds, accept }: Polling, signal: AbortSignal): Promise<void> {
  let offset = 0;
  let attempt = 0;
  let webhookGone = false;
  /** The first request, and the first after a failure, does not wait: it shows at once whether the line is good. */
  let hold = 0;
  while (!signal.aborted) {
    try {
      if (!webhookGone) webhookGone = await removeWebhook(api, signal);
      const began = timing.now();
      const updates = await api.raw.getUpdates(
        { offset, limit: 100, timeout: hold, allowed_updates: ALLOWED_UPDATES },
        asGrammySignal(signal),
      );
      status.set('up');
      attempt = 0;
      if (updates.length > 0) {
        await acceptAll(updates, accept);
        offset = nextOffset(updates, offset);
      } else if (hold > 0 && timing.now() - began < 200) {
        // A server that answers at once instead of holding the request must not be asked in a tight loop.
        await timing.wait(200, signal);
      }
      hold = holdSeconds;
    } catch (error) {
      if (signal.aborted) break;
      const { afterMs, detail } = afterFailure(error, attempt, timing.random());
      status.set(detail === 'conflict' ? 'waiting' : 'down', detail);
      attempt += 1;
      hold = 0;
      // A webhook that someone set in the meantime also answers 409.
      if (detail === 'conflict') webhookGone = false;
      await timing.wait(afterMs, signal);
    }
  }
  await confirm(api, offset);
}

/** A webhook left over from another set-up stops polling. A failure shows at the next request for updates. */
async function removeWebhook(api: Api, signal: AbortSignal): Promise<boolean> {
  await api.raw.deleteWebhook({}, asGrammySignal(signal)).catch(() => undefined);
  return true;
}

class NotAccepted extends Error {}

async function acceptAll(updates: readonly unknown[], accept: Polling['accept']): Promise<void> {
  try {
    await accept(updates);
  } catch (cause) {
    throw new NotAccepted('not accepted', { cause });
  }
}

/** What to do after a failed request: wait how long, and what to show. 429 is obeyed to the second. */
export function afterFailure(error: unknown, attempt: number, random: number): { afterMs: number; detail: string } {
  const afterMs = backoffMs(attempt, random);
  if (error instanceof NotAccepted) return { afterMs, detail: 'store' };
  if (!(error instanceof GrammyError)) return { afterMs, detail: 'unreachable' };
  if (error.error_code === 429) return { afterMs: (error.parameters.retry_after ?? 5) * 1000, detail: 'rate_limited' };
  if (error.error_code === 409) return { afterMs, detail: 'conflict' };
  if (error.error_code === 401 || error.error_code === 404) return { afterMs: 60_000, detail: 'token_refused' };
  return { afterMs, detail: 'refused' };
}

/**
 * By what came, not by what came before: after a week without updates Telegram begins anew with any number, and what
 * is asked for from a number beyond its own it answers with all it has, again and again (tdlib, TQueue::get).
 */
function nextOffset(updates: readonly unknown[], offset: number): number {
  const ids = updates.flatMap((raw) => updateId.safeParse(raw).data?.update_id ?? []);
  return ids.length === 0 ? offset : Math.max(...ids) + 1;
}

/** Tells the server what was taken, so that a restart gets no repeats. A failure costs only repeats, which are known. */
async function confirm(api: Api, offset: number): Promise<void> {
  if (offset === 0) return;
  await api.raw
    .getUpdates({ offset, limit: 1, timeout: 0 }, asGrammySignal(AbortSignal.timeout(2000)))
    .catch(() => undefined);
}

type GrammySignal = NonNullable<Parameters<Api['raw']['getMe']>[0]>;

/** grammY's types name the signal of a polyfill; its code takes Node's own. */
function asGrammySignal(signal: AbortSignal): GrammySignal {
  return signal as unknown as GrammySignal;
}
