import { type Phrase, type PhraseKey, phrase } from '../../domain/phrase.js';
import type { Directory } from '../../ports/directory.js';
import { type Destination, isOpen } from './destination.js';

/** One line on a destination: its name, how far, and how sure it is that it is open. Never its phone. */
export function destinationLine(found: Destination, first: Destination | undefined, directory: Directory): Phrase {
  return phrase(lineKey(found, first), { name: found.facility.name, where: whereWords(found, directory) });
}

function lineKey(found: Destination, first: Destination | undefined): PhraseKey {
  if (found.role === 'field') {
    return found.facility.scope === 'eye' ? 'emergency:destination.eye' : 'emergency:destination.maternity';
  }
  if (found.facility.kind === 'hospital') {
    return isOpen(found.answer) ? 'emergency:destination.hospitalOpen' : 'emergency:destination.hospitalUnsure';
  }
  const nearer = first !== undefined && found.km !== null && first.km !== null && found.km < first.km;
  return nearer ? 'emergency:destination.nearerUnit' : 'emergency:destination.unit';
}

/** The distance; without one the kecamatan, so that the person can judge; without that the region. */
function whereWords({ facility, km, approximate }: Destination, directory: Directory): Phrase {
  if (km !== null) return phrase('emergency:destination.byDistance', { distance: { km, approximate } });
  const area = facility.kecamatanCode === null ? null : directory.area(facility.kecamatanCode);
  if (area) return phrase('emergency:destination.byArea', { area: area.name });
  return phrase('emergency:destination.byRegion', {
    region: directory.region(facility.regionCode)?.name ?? facility.regionCode,
  });
}
