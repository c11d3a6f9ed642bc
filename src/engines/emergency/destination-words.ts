import { type Phrase, type PhraseKey, phrase } from '../../domain/phrase.js';
import type { Directory } from '../../ports/directory.js';
import { type Destination, isMeasured, isNearer, isOpen } from './destination.js';

/** Two guessed points closer than this say no more than "the same kecamatan". */
const SAME_PLACE_KM = 0.5;

/** One line on each destination: its name, how far, and how sure it is that it is open. Never its phone. */
export function destinationWords(found: readonly Destination[], directory: Directory): readonly Phrase[] {
  const [first] = found;
  if (!first) return [];
  const ofRegion = first.role === 'hospital' && !isMeasured(first);
  const lines = found.map((each) => {
    const key = ofRegion && each.role === 'hospital' ? 'emergency:destination.hospital' : lineKey(each, first);
    return phrase(key, { name: each.facility.name, where: whereWords(each, directory) });
  });
  return ofRegion ? [regionLead(first, directory), ...lines] : lines;
}

/** "In the kabupaten there are": how sure it is that they are open is said once for all of them. */
function regionLead(first: Destination, directory: Directory): Phrase {
  const key = isOpen(first.answer) ? 'emergency:destination.inRegion' : 'emergency:destination.inRegionUnsure';
  return phrase(key, { region: regionName(first, directory) });
}

function lineKey(found: Destination, first: Destination): PhraseKey {
  if (found.role === 'field') {
    return found.facility.scope === 'eye' ? 'emergency:destination.eye' : 'emergency:destination.maternity';
  }
  if (found.facility.kind === 'hospital') {
    return isOpen(found.answer) ? 'emergency:destination.hospitalOpen' : 'emergency:destination.hospitalUnsure';
  }
  return isNearer(found, first) ? 'emergency:destination.nearerUnit' : 'emergency:destination.unit';
}

/** The distance; without one the kecamatan, so that the person can judge; without that the region. */
function whereWords(found: Destination, directory: Directory): Phrase {
  const { facility, km, approximate } = found;
  const guess = approximate && km !== null && km < SAME_PLACE_KM;
  if (km !== null && !guess) return phrase('emergency:destination.byDistance', { distance: { km, approximate } });
  const area = facility.kecamatanCode === null ? null : directory.area(facility.kecamatanCode);
  if (area) return phrase('emergency:destination.byArea', { area: area.name });
  return phrase('emergency:destination.byRegion', { region: regionName(found, directory) });
}

function regionName({ facility }: Destination, directory: Directory): string {
  return directory.region(facility.regionCode)?.name ?? facility.regionCode;
}
