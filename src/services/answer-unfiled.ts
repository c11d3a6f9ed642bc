import type { InboundMessage } from '../domain/message.js';
import type { DirectCard } from './direct-card.js';
import { firstLook } from './first-look.js';

/**
 * Answers the emergencies among messages whose sender cannot be looked up while the store is down: a card needs nothing
 * but an address. All else waits until the provider brings it again. Never throws.
 */
export async function answerUnfiled(directCard: DirectCard, messages: readonly InboundMessage[]): Promise<void> {
  await Promise.all(
    messages.map(async (message) => {
      const look = lookAt(message);
      if (look?.emergency) await directCard.send({ ...message, body: look.body }, look);
    }),
  );
}

/** A text on which the reading itself fails comes again and is met there. */
function lookAt(message: InboundMessage) {
  try {
    return firstLook(message);
  } catch {
    return null;
  }
}
