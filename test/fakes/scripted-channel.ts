import type { ChannelName } from '../../src/domain/message.js';
import type { Reply } from '../../src/domain/reply.js';
import type { Capabilities, Channel, ChannelEvents, SendResult } from '../../src/ports/channel.js';

/** `hang` never answers; `throw` breaks the channel's promise never to. */
export type Script = SendResult | 'hang' | 'throw';

export interface Sent {
  readonly contact: string;
  readonly text: string;
  readonly replyTo: string | null;
  readonly at: number;
}

export interface ScriptedChannel extends Channel {
  /** What it was asked to send, in order, whatever came of it. */
  readonly sent: readonly Sent[];
  /** The next sends meet these; after them every send works. */
  script(...results: readonly Script[]): void;
  /** What the app handed over at its start; null while it is stopped. */
  events(): ChannelEvents | null;
}

/** A channel whose provider does as it is told. */
export function scriptedChannel(
  name: ChannelName,
  now: () => number,
  exclusive = false,
  perPerson?: Capabilities['perPerson'],
): ScriptedChannel {
  const sent: Sent[] = [];
  const scripted: Script[] = [];
  let events: ChannelEvents | null = null;
  return {
    name,
    exclusive,
    capabilities: {
      buttons: 0,
      buttonLabelLength: 0,
      listRows: 0,
      textLength: 10_000,
      locationRequest: false,
      placeMessages: true,
      templates: false,
      ...(perPerson ? { perPerson } : {}),
    },
    sent,
    script: (...results) => void scripted.push(...results),
    events: () => events,
    start: async (given) => {
      events = given;
    },
    stop: async () => {
      events = null;
    },
    status: () => ({ state: events ? 'up' : 'off', detail: null, since: 0 }),
    send: async (contact, reply, replyTo) => {
      sent.push({ contact, text: textOf(reply), replyTo, at: now() });
      const result = scripted.shift() ?? { kind: 'sent', providerId: String(sent.length) };
      if (result === 'throw') throw new Error('a fault of the channel');
      return result === 'hang' ? new Promise<never>(() => undefined) : result;
    },
  };
}

function textOf(reply: Reply): string {
  return reply.type === 'text' ? reply.text : `${reply.title}, ${reply.address}`;
}
