import type { Zone } from '../../domain/time.js';
import { NOTHING_UNDERSTOOD, type Understanding, understand } from '../understanding/index.js';
import type { SceneContext, Turn, World } from './turn.js';
import { waitsForPlace } from './waiting-question.js';
import { regionOf, USUAL_ZONE } from './whereabouts.js';

/**
 * What the words of a turn mean where and when they were written. They are read twice where the place they name keeps
 * another zone than the one assumed: "besok jam 7" is local.
 */
export function whatWasSaid(turn: Turn, world: World): SceneContext {
  const { contact, session } = turn;
  const home = contact.regionCode === null ? null : world.directory.region(contact.regionCode);
  const assumed = home?.zone ?? turn.zoneHint ?? USUAL_ZONE;
  const read = (zone: Zone): Understanding =>
    turn.normal === null
      ? NOTHING_UNDERSTOOD
      : understand(turn.normal, {
          gazetteer: world.gazetteer,
          now: turn.now,
          zone,
          homeRegion: contact.regionCode,
          holidays: world.directory.holidays,
          awaitingPlace: waitsForPlace(session),
        });
  let words = read(assumed);
  const zone = zoneOfPlace(words, world) ?? assumed;
  if (zone !== assumed && words.time !== null) words = read(zone);
  return { turn, world, words, contact, session, zone, last: true };
}

function zoneOfPlace(words: Understanding, world: World): Zone | null {
  const place = words.place;
  if (place?.kind === 'area') return regionOf(place.area.code, world.directory)?.zone ?? null;
  if (place?.kind === 'facility') return world.directory.region(place.facility.regionCode)?.zone ?? null;
  return null;
}
