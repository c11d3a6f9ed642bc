import type { Emergency, EmergencyKind } from '../../domain/emergency.js';
import type { NormalText } from '../language/index.js';
import { worsened } from './answer.js';
import { judge } from './detect.js';

/** What any cause may lead to: named in an answer, it makes the cause graver instead of replacing it. */
const CONSEQUENCES: readonly EmergencyKind[] = [
  'breathing',
  'seizure',
  'bleeding',
  'child',
  'dehydration',
  'abdomen',
  'other',
];
/** Words that say no more than that it gets worse. */
const WORSE = /\b(makin|tambah|semakin|malah) (berat|buruk|sesak|lemas|banyak|besar|sakit)\b|\bmemburuk\b/;

/**
 * What a message written under a card that waits ("sadar? napas?") changes: the emergency to advise on now, or null when
 * it tells nothing new. Whoever no longer wakes or breathes gets the card for that, whatever the cause; another sign makes
 * the waiting emergency graver and keeps its kind. A bare yes or no is not read here (see `worsened`).
 */
export function detectAnswer(normal: NormalText, pending: Emergency): Emergency | null {
  const { emergency } = judge(normal);
  if (emergency === null || emergency.level === 'ask') return WORSE.test(normal.text) ? worsened(pending) : null;
  const person = emergency.person === 'adult' ? pending.person : emergency.person;
  if (emergency.kind === 'unconscious') return { ...emergency, person };
  if (!CONSEQUENCES.includes(emergency.kind)) return same(emergency, pending) ? null : { ...emergency, person };
  const graver = { kind: pending.kind, level: emergency.level, person };
  if (pending.level === 'now' || same(graver, pending)) return { ...emergency, person };
  return graver;
}

function same(a: Emergency, b: Emergency): boolean {
  return a.kind === b.kind && a.level === b.level;
}
