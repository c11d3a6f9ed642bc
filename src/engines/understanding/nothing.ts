import type { Understanding } from './types.js';

/** What is understood of a message without words, such as a pin or a chosen number. */
export const NOTHING_UNDERSTOOD: Understanding = {
  intents: [],
  place: null,
  mentions: [],
  services: [],
  kinds: [],
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
  consent: null,
  erases: false,
  beyond: false,
};
