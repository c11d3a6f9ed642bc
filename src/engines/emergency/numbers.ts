import { type Phrase, phrase } from '../../domain/phrase.js';
import type { EmergencyNumber, Region } from '../../domain/place.js';

/** The national medical number: always offered, and the only one where no region is known. */
const NATIONAL_MEDICAL = '119';

/** More than three numbers cannot be read in a fright. */
const MOST = 3;

/** The region's own ambulance service answers nearest, then the national medical number, then the general one. */
const ORDER: Readonly<Record<EmergencyNumber['kind'], number>> = { psc: 0, medical: 1, single: 2 };

/**
 * The numbers to call, in the order of trying. One of low confidence is left out: it must not cost the first minute
 * (Kukar's 112). 119 is always among them.
 */
export function numbersFor(region: Region | null): readonly string[] {
  const sure = (region?.emergencyNumbers ?? []).filter(({ confidence }) => confidence !== 'low');
  const ordered = [...sure].sort((a, b) => ORDER[a.kind] - ORDER[b.kind]).map(({ number }) => number);
  const unique = [...new Set(ordered)].slice(0, MOST);
  if (unique.includes(NATIONAL_MEDICAL)) return unique;
  return [NATIONAL_MEDICAL, ...unique].slice(0, MOST);
}

/** "119", "119 atau 112", "…, 119, atau 112". */
export function numberWords(numbers: readonly string[]): Phrase {
  const [a = NATIONAL_MEDICAL, b, c] = numbers;
  if (b === undefined) return phrase('emergency:numbers.one', { a });
  if (c === undefined) return phrase('emergency:numbers.two', { a, b });
  return phrase('emergency:numbers.three', { a, b, c });
}
