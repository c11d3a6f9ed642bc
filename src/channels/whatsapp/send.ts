import { type AnyMessageContent, generateMessageIDV2, type WAMessage, type WASocket } from '@whiskeysockets/baileys';
import type { SendResult } from '../../ports/channel.js';
import type { Timing } from '../../ports/timing.js';

/** Waits for the server's word on each message: that `sendMessage` returned says only that it was written to the line. */
export interface Acks {
  expect(id: string): Promise<SendResult>;
  /** `error` is WhatsApp's code, null when the server took the message. */
  settle(id: string, error: string | null): void;
  /** The line is gone: whether these arrived is not known. */
  abandonAll(): void;
}

export function createAcks(timing: Timing, timeoutMs: number): Acks {
  const open = new Map<string, (result: SendResult) => void>();
  return {
    expect(id) {
      const done = new AbortController();
      return new Promise<SendResult>((resolve) => {
        const finish = (result: SendResult) => {
          open.delete(id);
          done.abort();
          resolve(result);
        };
        open.set(id, finish);
        void timing.wait(timeoutMs, done.signal).then(() => finish({ kind: 'unsure', code: 'CHANNEL_UNREACHABLE' }));
      });
    },
    settle: (id, error) => open.get(id)?.(resultOfAck(id, error)),
    abandonAll() {
      for (const finish of [...open.values()]) finish({ kind: 'unsure', code: 'CHANNEL_UNREACHABLE' });
    },
  };
}

/**
 * What the server's answer means. 463 (account restricted, or no token for this person) and 479 (addressing refused) must
 * not be tried again: each further try makes the restriction worse (Baileys, messages-recv.js, handleBadAck).
 */
export function resultOfAck(id: string, error: string | null): SendResult {
  if (error === null) return { kind: 'sent', providerId: id };
  if (error === '429') return { kind: 'retry', afterMs: 60_000, code: 'RATE_LIMITED' };
  return { kind: 'failed', code: 'SEND_REFUSED' };
}

export interface Outgoing {
  readonly socket: WASocket;
  readonly acks: Acks;
  /** Told of each message as it was written to the line, for phones that ask for it again; nothing waits for it. Must not throw. */
  written(message: WAMessage): Promise<void>;
}

/** Sends the messages of one reply in order. When a later one fails, the result is `unsure`: a repeat would double the first. */
export async function send(to: string, contents: readonly AnyMessageContent[], line: Outgoing): Promise<SendResult> {
  let last: SendResult = { kind: 'failed', code: 'SEND_REFUSED' };
  for (const [index, content] of contents.entries()) {
    last = await sendOne(to, content, line);
    if (last.kind !== 'sent') return index === 0 ? last : { kind: 'unsure', code: last.code };
  }
  return last;
}

async function sendOne(
  to: string,
  content: AnyMessageContent,
  { socket, acks, written }: Outgoing,
): Promise<SendResult> {
  const id = generateMessageIDV2(socket.user?.id);
  const answer = acks.expect(id);
  try {
    const message = await socket.sendMessage(to, content, { messageId: id });
    if (message) void written(message);
  } catch (error) {
    acks.settle(id, 'not sent');
    return resultOfThrow(error);
  }
  return answer;
}

/**
 * Baileys asks for devices and keys first and writes the message last; its own errors (Boom) come before that write.
 * An error of the socket itself may come after a part was written.
 */
function resultOfThrow(error: unknown): SendResult {
  const isBoom = typeof error === 'object' && error !== null && 'isBoom' in error;
  return isBoom
    ? { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' }
    : { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' };
}
