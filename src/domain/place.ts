import type { Zone } from './time.js';

/** A point in WGS 84 degrees. */
export interface Point {
  readonly lat: number;
  readonly lng: number;
}

export type AreaLevel = 'kabupaten_kota' | 'kecamatan' | 'kelurahan_desa';

/** An administrative area by its Kemendagri code (64.02.06.1001), never the BPS one. */
export interface Area {
  readonly code: string;
  readonly level: AreaLevel;
  /** As the Kemendagri list writes it: "Tenggarong", "Kabupaten Kutai Kartanegara". */
  readonly name: string;
  readonly parentCode: string | null;
  readonly centroid: Point | null;
}

/** A kabupaten or kota that this server serves. */
export interface Region {
  /** Kemendagri code: 64.74, 64.71, 64.02, 35.14. */
  readonly code: string;
  readonly name: string;
  /** Short names that people use for it ("Kukar"); searched, not shown. */
  readonly aliases?: readonly string[];
  readonly zone: Zone;
  /** Emergency numbers in the order in which they should be tried; 119 is always among them. */
  readonly emergencyNumbers: readonly EmergencyNumber[];
  /** How to reach the health office itself, when staff entered it. */
  readonly officeContact: string | null;
}

export interface EmergencyNumber {
  readonly number: string;
  readonly kind: 'single' | 'medical' | 'psc';
  readonly confidence: 'high' | 'medium' | 'low';
  readonly source: string;
  /** YYYY-MM-DD. */
  readonly checkedOn: string;
}

const EARTH_KM = 6371.0088;

/** Great-circle distance in kilometres. */
export function distanceKm(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLng = (b.lng - a.lng) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLng / 2) ** 2;
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
