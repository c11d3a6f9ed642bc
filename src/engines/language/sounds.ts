import { KNOWN_HEALTH_WORDS, SPELLINGS } from './lexicon.js';

/** Below this too many words sound alike. */
const SHORTEST = 5;

/**
 * Words by how they sound to a neighbour: Banjar says "kapala" and "tinggalam", Madurese writes "bhengkak" and "adhara".
 * Null where two meanings sound alike.
 */
const BY_SOUND: ReadonlyMap<string, string | null> = bySound();

/** e and a, o and u are one; breathed and doubled consonants are plain; a final stop is left out. */
function soundOf(word: string): string {
  return word
    .replace(/'$/, '')
    .replace(/([bdgj])h/g, '$1')
    .replace(/(.)\1+/g, '$1')
    .replace(/[ei]/g, 'a')
    .replace(/o/g, 'u');
}

function bySound(): Map<string, string | null> {
  const map = new Map<string, string | null>();
  for (const word of KNOWN_HEALTH_WORDS) {
    if (word.length < SHORTEST) continue;
    const meaning = SPELLINGS.get(word)?.join(' ') ?? word;
    const sound = soundOf(word);
    const known = map.get(sound);
    map.set(sound, known === undefined || known === meaning ? meaning : null);
  }
  return map;
}

/** The standard forms of a regional spelling that only sounds different, or null. */
export function bySoundOf(word: string): readonly string[] | null {
  if (word.length < SHORTEST) return null;
  const meaning = BY_SOUND.get(soundOf(word));
  return meaning ? meaning.split(' ') : null;
}
