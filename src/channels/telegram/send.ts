import { type Api, GrammyError } from 'grammy';
import type { SendResult } from '../../ports/channel.js';
import { neverLeft } from '../network-failure.js';
import type { TelegramCall } from './render.js';

/** Descriptions of 400 that mean: this person cannot be reached (tdlib, telegram-bot-api). */
const GONE =
  /chat not found|user is deactivated|peer_id_invalid|bot was blocked|user_is_blocked|have no rights to send/i;
const MINUTE_MS = 60_000;

/**
 * Makes the calls of one reply, in order. Never throws. When a later part fails after an earlier one went out, the
 * result is `unsure`: a second try would repeat the first part.
 */
export async function send(api: Api, calls: readonly TelegramCall[]): Promise<SendResult> {
  if (calls.length === 0) return { kind: 'failed', code: 'SEND_REFUSED' };
  let last: SendResult | null = null;
  for (const call of calls) {
    const result = await sendOne(api, call);
    if (result.kind !== 'sent')
      return last === null || result.kind === 'unsure' ? result : { kind: 'unsure', code: result.code };
    last = result;
  }
  return last ?? { kind: 'failed', code: 'SEND_REFUSED' };
}

async function sendOne(api: Api, call: TelegramCall): Promise<SendResult> {
  try {
    const sent =
      call.method === 'sendVenue' ? await api.raw.sendVenue(call.payload) : await api.raw.sendMessage(call.payload);
    return { kind: 'sent', providerId: String(sent.message_id) };
  } catch (error) {
    if (call.method === 'sendVenue' && isUnknownMethod(error)) {
      return sendOne(api, { method: 'sendMessage', payload: call.otherwise });
    }
    return resultOf(error);
  }
}

/** A Bot API server answers 404 to a method it lacks; an answer without an error code is not the Bot API's at all. */
function isUnknownMethod(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === undefined || error.error_code === 404);
}

/** What a failed call means for the message. An answer that says "not ok" was not sent; a broken line is `unsure`. */
export function resultOf(error: unknown): SendResult {
  if (!(error instanceof GrammyError)) {
    return neverLeft(error)
      ? { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' }
      : { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' };
  }
  const code = error.error_code;
  if (code === 429) {
    return { kind: 'retry', afterMs: (error.parameters.retry_after ?? 5) * 1000, code: 'RATE_LIMITED' };
  }
  if (code === 403 || (code === 400 && GONE.test(error.description))) {
    return { kind: 'failed', code: 'CONTACT_UNREACHABLE' };
  }
  if (code >= 500) return { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' };
  // A wrong token or API root is for staff to mend; the message waits, within its hour.
  if (code === 401 || code === 404) return { kind: 'retry', afterMs: MINUTE_MS, code: 'CHANNEL_UNREACHABLE' };
  return { kind: 'failed', code: 'SEND_REFUSED' };
}
