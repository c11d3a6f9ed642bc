import type { SendResult } from '../../ports/channel.js';
import { neverLeft } from '../network-failure.js';
import { accountTrouble, resultOfCode } from './errors.js';
import type { CloudContent } from './render.js';
import { accepted, refused } from './schema.js';
import type { TemplateContent } from './template.js';

export interface CloudLine {
  /** Where messages are posted. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface Sent {
  readonly result: SendResult;
  /** What is wrong with the account itself, when the answer tells; null when nothing is. */
  readonly trouble: string | null;
}

/**
 * Where messages go: `<root>/<phone number id>/messages`, as at Meta; a root that already ends in `/messages` is taken as
 * it is, as with providers whose key stands for the number (360dialog).
 */
export function messagesUrl(root: string, phoneNumberId: string): string {
  const trimmed = root.replace(/\/+$/, '');
  return trimmed.endsWith('/messages') ? trimmed : `${trimmed}/${phoneNumberId}/messages`;
}

/**
 * Sends the messages of one reply in order. `addresses` are one person's, the surest first: the next one is tried when
 * the first message is refused, for not every provider takes a scoped id. When a later message fails, the result is
 * `unsure`: a repeat would double the first.
 */
export async function send(
  line: CloudLine,
  addresses: readonly string[],
  contents: readonly (CloudContent | TemplateContent)[],
): Promise<Sent> {
  let last: Sent = { result: { kind: 'failed', code: 'SEND_REFUSED' }, trouble: null };
  let [address = '', ...others] = addresses;
  for (const [index, content] of contents.entries()) {
    last = await sendOne(line, address, content);
    while (index === 0 && mayBeAddress(last) && others.length > 0) {
      [address = '', ...others] = others;
      last = await sendOne(line, address, content);
    }
    if (last.result.kind !== 'sent') {
      const { result, trouble } = last;
      return index === 0 ? last : { result: { kind: 'unsure', code: result.code }, trouble };
    }
  }
  return last;
}

/** A refusal that another id of the same person may not meet: not one about the account, the window or a limit. */
function mayBeAddress({ result, trouble }: Sent): boolean {
  if (result.kind !== 'failed' || trouble !== null) return false;
  return result.code === 'SEND_REFUSED' || result.code === 'CONTACT_UNREACHABLE';
}

function sendOne(line: CloudLine, address: string, content: CloudContent | TemplateContent): Promise<Sent> {
  const base = { messaging_product: 'whatsapp', recipient_type: 'individual' };
  return post(line, { ...base, ...addressOf(address), ...content });
}

/** Marks a message as read and shows that an answer is being written. Only polite: a failure changes nothing. */
export async function markRead(line: CloudLine, messageId: string): Promise<void> {
  const body = {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: messageId,
    typing_indicator: { type: 'text' },
  };
  await call(line, body).catch(() => undefined);
}

/** A business-scoped id (ID.1349…) goes into `recipient`, a phone number into `to`. */
function addressOf(contact: string): { recipient: string } | { to: string } {
  return /^[A-Z]{2}\./.test(contact) ? { recipient: contact } : { to: contact };
}

async function post(line: CloudLine, body: object): Promise<Sent> {
  try {
    const response = await call(line, body);
    return read(response, await response.json().catch(() => null));
  } catch (error) {
    const result: SendResult = neverLeft(error)
      ? { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' }
      : { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' };
    return { result, trouble: null };
  }
}

function call({ url, headers, timeoutMs }: CloudLine, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
    redirect: 'error',
  });
}

/** What an answer means; Meta's own code counts, the HTTP status only where there is none. */
function read(response: Response, body: unknown): Sent {
  const taken = accepted.safeParse(body);
  const id = taken.success ? taken.data.messages[0]?.id : undefined;
  if (response.ok && id) return { result: { kind: 'sent', providerId: id }, trouble: null };
  const refusal = refused.safeParse(body);
  if (refusal.success) {
    const { code } = refusal.data.error;
    return { result: resultOfCode(code), trouble: accountTrouble(code) };
  }
  return readStatus(response);
}

function readStatus({ status, headers }: Response): Sent {
  if (status === 401 || status === 403) {
    return { result: { kind: 'retry', afterMs: 60_000, code: 'CHANNEL_UNREACHABLE' }, trouble: 'token_refused' };
  }
  if (status === 429) {
    const seconds = Number(headers.get('retry-after')) || 10;
    return { result: { kind: 'retry', afterMs: seconds * 1000, code: 'RATE_LIMITED' }, trouble: null };
  }
  if (status >= 400 && status < 500) return { result: { kind: 'failed', code: 'SEND_REFUSED' }, trouble: null };
  // The gateway found nobody to hand it to: it did not go out. A 504 is another matter, there somebody took it.
  if (status === 502 || status === 503) {
    const seconds = Number(headers.get('retry-after')) || 5;
    return { result: { kind: 'retry', afterMs: seconds * 1000, code: 'CHANNEL_UNREACHABLE' }, trouble: null };
  }
  // It said yes without an id, or a gateway gave up waiting: nobody knows whether the message went out.
  return { result: { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }, trouble: null };
}
