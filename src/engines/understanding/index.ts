import { findPlaces, placeAsked } from './place/find.js';
import type { Understanding, UnderstandingWorld } from './types.js';

export { buildGazetteer, type Gazetteer } from './place/gazetteer.js';
export type * from './types.js';

/** The message as the shared text layer gives it. */
interface MessageText {
  readonly raw: string;
}

/**
 * Reads one message: which place, time and services it names, and what it wants. Takes the normalised
 * message and the world to read it against; deterministic, never throws, whatever the message holds.
 */
export function understand(normal: MessageText, world: UnderstandingWorld): Understanding {
  const mentions = findPlaces(normal.raw, world);
  return {
    intents: [],
    place: placeAsked(mentions),
    mentions,
    services: [],
    time: null,
    wants24h: false,
    wantsOpenOnly: false,
    asks: {
      phone: false,
      address: false,
      map: false,
      hours: false,
      services: false,
      doctors: false,
      event: false,
      holidays: false,
    },
    ordinal: null,
    followUp: null,
    yesNo: null,
  };
}
