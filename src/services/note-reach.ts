import type { ReachChange } from '../ports/channel.js';
import type { ContactStore } from '../ports/inbox.js';

/** Notes who blocked us or let us in again, as the provider tells; people whom nobody met are passed over. */
export async function noteReach(
  contacts: Pick<ContactStore, 'findByAddress' | 'setUnreachable'>,
  changes: readonly ReachChange[],
): Promise<void> {
  for (const { channel, contact, reachable, at } of changes) {
    const known = await contacts.findByAddress(channel, contact);
    if (known) await contacts.setUnreachable(known.id, reachable ? null : at);
  }
}
