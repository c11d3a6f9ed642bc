import type { PlaceAsked, PlaceMention, UnderstandingWorld } from '../types.js';
import { findCandidates } from './candidates.js';
import { settle } from './choose.js';
import { facilitySubject } from './subject.js';
import { placeWords } from './words.js';

/** Every place that the message names, in its order. `hasService`: it asks for a service too. */
export function findPlaces(raw: string, world: UnderstandingWorld, hasService: boolean): readonly PlaceMention[] {
  const { gazetteer } = world;
  const words = placeWords(raw, gazetteer);
  const candidates = findCandidates(words, gazetteer, world.awaitingPlace === true);
  const asked = candidates.map((candidate) => facilitySubject(candidate, words, gazetteer, hasService));
  return settle(asked, words, gazetteer, world.homeRegion);
}

/** The place that the question is about: where care is sought before where someone comes from. */
export function placeAsked(mentions: readonly PlaceMention[]): PlaceAsked | null {
  const there = mentions.find((mention) => mention.role === 'there') ?? mentions[0];
  return there?.place ?? null;
}
