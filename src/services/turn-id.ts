import { createHash } from 'node:crypto';

/**
 * The name under which one message is followed through the log, from its arrival over its turn to its delivery, in
 * whichever process each happens. Made of the message's id, from which nobody comes back to a person.
 */
export function turnId(messageId: string): string {
  return createHash('sha256').update(messageId).digest('hex').slice(0, 12);
}
