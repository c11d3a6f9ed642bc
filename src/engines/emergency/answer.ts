import type { Emergency, EmergencyKind } from '../../domain/emergency.js';
import { questionFor } from './advice.js';
import { isGentle } from './cards.js';
import { type EmergencyPlace, isPlaced } from './destination.js';

/** A yes to their question still leaves time to go to an emergency unit; a yes to any other means this minute. */
const URGENT_ON_YES: readonly EmergencyKind[] = [
  'burn',
  'animal_bite',
  'drowning',
  'electric',
  'accident',
  'pregnancy',
  'birth',
  'child',
  'dengue',
  'dehydration',
  'hypoglycemia',
  'eye',
  'abdomen',
  'suicidal',
];

/**
 * What a plain yes or no to the question of a card means: the emergency to advise on now, or null when it calms.
 * `place` must be the one that the card was given, because it decides which question was asked.
 */
export function answerTo(emergency: Emergency, place: EmergencyPlace, yes: boolean): Emergency | null {
  const { asks } = questionFor(emergency, isPlaced(place));
  if (asks === 'place' || yes === (asks === 'well')) return null;
  if (emergency.level === 'ask') {
    return { ...emergency, level: URGENT_ON_YES.includes(emergency.kind) ? 'urgent' : 'now' };
  }
  if (asks === 'worse' || isGentle(emergency.kind)) return { ...emergency, level: 'now' };
  return { ...emergency, kind: 'unconscious', level: 'now' };
}
