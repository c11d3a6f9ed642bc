import type { NormalText } from '../language/index.js';
import { NOTHING_UNDERSTOOD } from './nothing.js';
import { findPlaces, placeAsked } from './place/find.js';
import { findTime } from './time/find.js';
import type { Understanding, UnderstandingWorld } from './types.js';

export { NOTHING_UNDERSTOOD } from './nothing.js';
export { buildGazetteer, type Gazetteer } from './place/gazetteer.js';
export type * from './types.js';

/**
 * Reads one message: which place, time and services it names, and what it wants. Takes the normalised
 * message and the world to read it against; deterministic, never throws, whatever the message holds.
 */
export function understand(normal: NormalText, world: UnderstandingWorld): Understanding {
  const mentions = findPlaces(normal.raw, world);
  return { ...NOTHING_UNDERSTOOD, place: placeAsked(mentions), mentions, time: findTime(normal, world) };
}
