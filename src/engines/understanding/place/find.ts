import type { PlaceAsked, PlaceMention, UnderstandingWorld } from '../types.js';
import { findCandidates } from './candidates.js';
import { type PlaceFound, settle } from './choose.js';
import { facilitySubject } from './subject.js';
import { placeWords } from './words.js';

/** Every place that the message names, in its order. `hasService`: it asks for a service too. */
export function findPlaces(raw: string, world: UnderstandingWorld, hasService: boolean): readonly PlaceFound[] {
  const { gazetteer } = world;
  const words = placeWords(raw, gazetteer);
  const candidates = findCandidates(words, gazetteer, world.awaitingPlace === true);
  const asked = candidates.map((candidate) => facilitySubject(candidate, words, gazetteer, hasService));
  return settle(asked, words, gazetteer, world.homeRegion);
}

/** The place that the question is about: where care is sought before where someone comes from, ours before others. */
export function placeAsked(mentions: readonly PlaceMention[]): PlaceAsked | null {
  const ours = ({ place }: PlaceMention): boolean => place.kind !== 'outside';
  const there = mentions.filter((mention) => mention.role === 'there');
  const best = there.find(ours) ?? there[0] ?? mentions.find(ours) ?? mentions[0];
  return best?.place ?? null;
}
