import type { ChannelName } from './message.js';
import { HOUR, type Instant } from './time.js';

/**
 * Where free text may only follow a message of the person, and for how long. Meta: the window opens, or begins anew,
 * with each message of the person and lasts 24 hours; outside it only approved templates are delivered (Cloud API,
 * "Sending messages", customer service windows). Telegram and a linked device know no such window.
 */
const WINDOW: Partial<Readonly<Record<ChannelName, number>>> = { whatsapp_cloud: 24 * HOUR };

/** Whether free text on the channel needs a recent message of the person. */
export function hasServiceWindow(channel: ChannelName): boolean {
  return WINDOW[channel] !== undefined;
}

/**
 * The moment at which the window closes (from it on free text is refused), by the time at which the person last wrote,
 * as the provider tells it; null on a channel without a window.
 */
export function serviceWindowEnd(channel: ChannelName, lastWroteAt: Instant): Instant | null {
  const length = WINDOW[channel];
  return length === undefined ? null : lastWroteAt + length;
}

/** Whether free text may be sent at the moment given; always true on a channel without a window. */
export function serviceWindowOpen(channel: ChannelName, lastWroteAt: Instant, at: Instant): boolean {
  const end = serviceWindowEnd(channel, lastWroteAt);
  return end === null || at < end;
}
