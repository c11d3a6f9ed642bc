import type { Area, Point } from '../../../src/domain/place.js';
import type { EmergencyPlace } from '../../../src/engines/emergency/destination.js';
import { createHoursEngine } from '../../../src/engines/hours/index.js';
import type { Directory } from '../../../src/ports/directory.js';
import { loadSeedSnapshot } from '../../../src/services/seed.js';
import { buildDirectory } from '../../../src/store/directory.js';

/** The shipped data as the server sees it. */
export function seedDirectory(): Directory {
  return buildDirectory(loadSeedSnapshot(), createHoursEngine());
}

export const NOWHERE: EmergencyPlace = { region: null, point: null, area: null };

/** The place that a kecamatan, kelurahan or region of the shipped data names, as the dialogue hands it over. */
export function placeIn(directory: Directory, regionCode: string, name?: string): EmergencyPlace {
  const region = directory.region(regionCode);
  const found =
    name === undefined
      ? directory.area(regionCode)
      : (areaNamed(directory, regionCode, name, 'kecamatan') ??
        areaNamed(directory, regionCode, name, 'kelurahan_desa'));
  if (!region || !found) throw new Error(`No ${name} in ${regionCode}`);
  return { region, area: found, point: found.centroid };
}

function areaNamed(directory: Directory, region: string, name: string, level: Area['level']): Area | undefined {
  return directory.areas.find(
    (area) => area.level === level && area.name === name && area.code.startsWith(`${region}.`),
  );
}

/** A shared pin within the region. */
export function pinIn(directory: Directory, regionCode: string | null, point: Point): EmergencyPlace {
  const region = regionCode === null ? null : directory.region(regionCode);
  return { region, area: region ? (directory.areaAt(point)?.area ?? null) : null, point };
}
