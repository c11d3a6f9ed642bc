import type { Emergency, EmergencyKind } from '../../domain/emergency.js';
import { isGentle } from './cards.js';

/** Danger in these still leaves the time to go to an emergency unit; in all others it means this minute. */
const URGENT_WHEN_SURE: readonly EmergencyKind[] = [
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
 * What the answer that means danger makes of an emergency: "yes" where the card asked for danger (`asks` is `worse`),
 * "no" where it asked whether all is well. A doubtful one becomes sure, an urgent one that grows worse is for now,
 * and whoever is no longer awake and breathing needs the card for that.
 */
export function worsened(emergency: Emergency): Emergency {
  const { kind, level } = emergency;
  if (level === 'ask') return { ...emergency, level: URGENT_WHEN_SURE.includes(kind) ? 'urgent' : 'now' };
  if (level === 'urgent' || isGentle(kind)) return { ...emergency, level: 'now' };
  return { ...emergency, kind: 'unconscious', level: 'now' };
}
