import type { Instant } from '../domain/time.js';
import type { Channel, ChannelEvents } from '../ports/channel.js';

/** The life of a channel whose wire lies in this very process: it is up as soon as it is started. */
export interface InHouse extends Pick<Channel, 'start' | 'stop' | 'status'> {
  /** null while it is stopped. */
  events(): ChannelEvents | null;
}

export function createInHouse(now: () => Instant): InHouse {
  const since = now();
  let events: ChannelEvents | null = null;
  return {
    events: () => events,
    start: async (given) => {
      events = given;
    },
    stop: async () => {
      events = null;
    },
    status: () => ({ state: events ? 'up' : 'stopped', detail: null, since }),
  };
}
