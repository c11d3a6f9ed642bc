import type { CoordConfidence, FacilityKind, FacilityStatus, HospitalScope } from '../../domain/facility.js';
import type { DayText } from '../../domain/time.js';
import type { FacilityRecord } from '../../ports/snapshot.js';
import type { Faults, Form } from './form.js';

/** The closed lists of the form, in the order in which they are offered. */
export const FACILITY_CHOICES = {
  kind: ['puskesmas', 'pustu', 'hospital', 'clinic'] satisfies FacilityKind[],
  scope: ['general', 'maternity', 'eye', 'other_specialist'] satisfies HospitalScope[],
  status: ['operating', 'unconfirmed', 'planned', 'closed'] satisfies FacilityStatus[],
  confidence: ['high', 'medium', 'low'] satisfies CoordConfidence[],
} as const;

/** Indonesia's extent with a little sea around it. */
const INDONESIA = { south: -11.2, north: 6.3, west: 94.7, east: 141.2 } as const;

/** The facility as the form has it, and what must be corrected first. */
export function readFacility(
  form: Form,
  record: FacilityRecord,
  on: DayText,
  isArea: (code: string) => boolean,
): { readonly record: FacilityRecord; readonly faults: Faults } {
  const faults: Record<string, Faults[string]> = {};
  const name = form.text('name', 120);
  if (name === '') faults.name = 'console:fault.name';
  const source = form.text('source', 1000);
  if (source === '') faults.source = 'console:fault.source';
  const phone = form.textOrNull('phone', 60);
  if (phone !== null && !/^[\d\s+()./,;-]{5,60}$/.test(phone)) faults.phone = 'console:fault.phone';
  const [lat, lng] = [decimal(form.text('lat', 20)), decimal(form.text('lng', 20))];
  const none = form.text('lat') === '' && form.text('lng') === '';
  const inside =
    lat !== null &&
    lng !== null &&
    lat > INDONESIA.south &&
    lat < INDONESIA.north &&
    lng > INDONESIA.west &&
    lng < INDONESIA.east;
  if (!none && !inside) faults.lat = 'console:fault.point';
  const kecamatan = form.textOrNull('kecamatan', 20);
  const kelurahan = form.textOrNull('kelurahan', 20);
  for (const code of [kecamatan, kelurahan])
    if (code !== null && !isArea(code)) faults.kecamatan = 'console:fault.area';
  if (kecamatan !== null && kelurahan !== null && !kelurahan.startsWith(`${kecamatan}.`))
    faults.kelurahan = 'console:fault.kelurahan';
  return {
    faults,
    record: {
      ...record,
      name,
      aliases: form
        .lines('aliases')
        .split('\n')
        .map((line) => line.trim().slice(0, 120))
        .filter((line) => line !== ''),
      kind: form.oneOf('kind', FACILITY_CHOICES.kind, record.kind),
      scope: form.oneOf('scope', FACILITY_CHOICES.scope, record.scope),
      status: form.oneOf('status', FACILITY_CHOICES.status, record.status),
      kecamatanCode: kecamatan,
      kelurahanCode: kelurahan,
      address: form.textOrNull('address'),
      point: inside && lat !== null && lng !== null ? { lat, lng } : null,
      coordConfidence: inside ? form.oneOf('confidence', FACILITY_CHOICES.confidence, 'low') : 'none',
      phone,
      phoneAsOf: phone === null ? null : phone === record.phone ? record.phoneAsOf : on,
      notes: form.lines('notes') || null,
      source,
      checkedOn: on,
    },
  };
}

/**
 * What the second of two editors is shown: their own words where they changed something, else what the first one wrote.
 * `base` is what both began with, as the form carried it; where it cannot be read, all of the second's words stay.
 */
export function withoutUntouched(mine: FacilityRecord, theirs: FacilityRecord, base: string): FacilityRecord {
  const before = readObject(base);
  const newer: Readonly<Record<string, unknown>> = { ...theirs };
  const untouched = Object.entries(mine).filter(
    ([field, value]) => JSON.stringify(value) === JSON.stringify(before[field]),
  );
  return { ...mine, ...Object.fromEntries(untouched.map(([field]) => [field, newer[field]])) };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A decimal as Indonesian or English hands write it; null when it is none. */
function decimal(text: string): number | null {
  return /^-?\d{1,3}([.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null;
}
