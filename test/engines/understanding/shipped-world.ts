import type { Area } from '../../../src/domain/place.js';
import { isoWithOffset, type Zone } from '../../../src/domain/time.js';
import { normalise } from '../../../src/engines/language/index.js';
import {
  buildGazetteer,
  type PlaceAsked,
  type Understanding,
  type UnderstandingWorld,
  understand,
} from '../../../src/engines/understanding/index.js';
import { loadSeedSnapshot } from '../../../src/services/seed.js';

const data = loadSeedSnapshot();
const gazetteer = buildGazetteer(data.regions, data.areas, data.facilities);

/** Monday, 23 November 2026, 09.10 in East Kalimantan, unless a test says otherwise. */
export const MONDAY_MORNING = '2026-11-23T09:10:00+08:00';

export function shippedWorld(at: string = MONDAY_MORNING, more: Partial<UnderstandingWorld> = {}): UnderstandingWorld {
  return { gazetteer, now: Date.parse(at), zone: zoneOf(at), homeRegion: null, holidays: data.holidays, ...more };
}

export function read(text: string, at?: string, more?: Partial<UnderstandingWorld>): Understanding {
  return understand(normalise(text), shippedWorld(at, more));
}

/** "kecamatan Tenggarong", "facility Puskesmas Samboja", "outside Kota Pasuruan", "ambiguous Wonosari: Tutur, …" or "none". */
export function placeIn(understood: Understanding): string {
  return placeText(understood.place);
}

export function placeText(place: PlaceAsked | null): string {
  if (place === null) return 'none';
  if (place.kind === 'area') return `${level(place.area)} ${place.area.name}`;
  if (place.kind === 'facility') return `facility ${place.facility.name}`;
  if (place.kind === 'outside') return `outside ${place.name}`;
  return `ambiguous ${place.name}: ${place.options.map((option) => option.within).join(', ')}`;
}

function level(area: Area): string {
  return { kabupaten_kota: 'region', kecamatan: 'kecamatan', kelurahan_desa: 'village' }[area.level];
}

/** The moment asked about on the wall of the zone, or "none", or "unknown Lebaran". */
export function timeIn({ time }: Understanding, zone: Zone = 'Asia/Makassar'): string {
  if (time === null) return 'none';
  return time.kind === 'moment' ? isoWithOffset(time.at, zone).slice(0, 16) : `unknown ${time.name}`;
}

function zoneOf(at: string): Zone {
  return at.endsWith('+07:00') ? 'Asia/Jakarta' : 'Asia/Makassar';
}
