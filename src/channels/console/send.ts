import type { SendResult } from '../../ports/channel.js';

/** Prints a reply; a terminal that is open takes everything. */
export function send(print: (text: string) => void, text: string): SendResult {
  print(text);
  return { kind: 'sent', providerId: 'printed' };
}
