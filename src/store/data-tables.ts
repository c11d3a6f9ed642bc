import type { RuleVersion } from '../domain/eligibility.js';
import type { Holiday, HoursException } from '../domain/facility.js';
import type { Area } from '../domain/place.js';
import type { Landmark } from '../ports/directory.js';
import {
  type EmergencyNumberRecord,
  type FacilityRecord,
  holidayKey,
  numberKey,
  type RegionRecord,
} from '../ports/snapshot.js';
import type { Row, TableShape } from './sql.js';

/** How a kind of record lies in its table. */
export interface RecordTable<T> extends TableShape {
  subject(record: T): string;
  row(record: T): Row;
}

export const REGIONS: RecordTable<RegionRecord> = {
  table: 'regions',
  key: ['code'],
  columns: {
    code: 'text',
    name: 'text',
    aliases: 'text',
    zone: 'text',
    office_contact: 'text',
    source: 'text',
    checked_on: 'text',
  },
  subject: (region) => region.code,
  row: (region) => ({
    code: region.code,
    name: region.name,
    aliases: region.aliases ? JSON.stringify(region.aliases) : null,
    zone: region.zone,
    office_contact: region.officeContact,
    source: region.source,
    checked_on: region.checkedOn,
  }),
};

export const EMERGENCY_NUMBERS: RecordTable<EmergencyNumberRecord> = {
  table: 'emergency_numbers',
  key: ['key'],
  columns: {
    key: 'text',
    region_code: 'text',
    position: 'integer',
    number: 'text',
    kind: 'text',
    confidence: 'text',
    source: 'text',
    checked_on: 'text',
  },
  subject: numberKey,
  row: (number) => ({
    key: numberKey(number),
    region_code: number.regionCode,
    position: number.position,
    number: number.number,
    kind: number.kind,
    confidence: number.confidence,
    source: number.source,
    checked_on: number.checkedOn,
  }),
};

export const AREAS: RecordTable<Area> = {
  table: 'areas',
  key: ['code'],
  columns: { code: 'text', level: 'text', name: 'text', parent_code: 'text', lat: 'real', lng: 'real' },
  subject: (area) => area.code,
  row: (area) => ({
    code: area.code,
    level: area.level,
    name: area.name,
    parent_code: area.parentCode,
    lat: area.centroid?.lat ?? null,
    lng: area.centroid?.lng ?? null,
  }),
};

export const FACILITIES: RecordTable<FacilityRecord> = {
  table: 'facilities',
  key: ['id'],
  columns: {
    id: 'text',
    region_code: 'text',
    kind: 'text',
    scope: 'text',
    status: 'text',
    name: 'text',
    kecamatan_code: 'text',
    kelurahan_code: 'text',
    address: 'text',
    lat: 'real',
    lng: 'real',
    coord_confidence: 'text',
    phone: 'text',
    phone_as_of: 'text',
    kemenkes_code: 'text',
    notes: 'text',
    source: 'text',
    checked_on: 'text',
  },
  subject: (facility) => facility.id,
  row: (facility) => ({
    id: facility.id,
    region_code: facility.regionCode,
    kind: facility.kind,
    scope: facility.scope,
    status: facility.status,
    name: facility.name,
    kecamatan_code: facility.kecamatanCode,
    kelurahan_code: facility.kelurahanCode,
    address: facility.address,
    lat: facility.point?.lat ?? null,
    lng: facility.point?.lng ?? null,
    coord_confidence: facility.coordConfidence,
    phone: facility.phone,
    phone_as_of: facility.phoneAsOf,
    kemenkes_code: facility.kemenkesCode,
    notes: facility.notes,
    source: facility.source,
    checked_on: facility.checkedOn,
  }),
};

/** Names and statements go with their facility: all of a facility's are replaced together. */
export const FACILITY_NAMES: TableShape = {
  table: 'facility_names',
  key: ['facility_id', 'position'],
  columns: { facility_id: 'text', position: 'integer', name: 'text' },
};

export const SERVICE_HOURS: TableShape = {
  table: 'service_hours',
  key: ['facility_id', 'service', 'standing', 'valid_from', 'grade'],
  columns: {
    facility_id: 'text',
    service: 'text',
    standing: 'text',
    valid_from: 'text',
    valid_to: 'text',
    grade: 'text',
    hours: 'text',
    cluster: 'text',
    note: 'text',
    source: 'text',
    checked_on: 'text',
  },
};

export function nameRows(facility: FacilityRecord): readonly Row[] {
  return facility.aliases.map((name, position) => ({ facility_id: facility.id, position, name }));
}

export function statementRows(facility: FacilityRecord): readonly Row[] {
  return facility.services.map((statement) => ({
    facility_id: facility.id,
    service: statement.service,
    standing: statement.standing,
    valid_from: statement.validFrom ?? '',
    valid_to: statement.validTo,
    grade: statement.grade,
    hours: statement.hours,
    cluster: statement.cluster ?? null,
    note: statement.note,
    source: statement.source,
    checked_on: statement.checkedOn,
  }));
}

export const HOLIDAYS: RecordTable<Holiday> = {
  table: 'holidays',
  key: ['key'],
  columns: { key: 'text', date: 'text', kind: 'text', name: 'text', region_code: 'text', source: 'text' },
  subject: holidayKey,
  row: (holiday) => ({
    key: holidayKey(holiday),
    date: holiday.date,
    kind: holiday.kind,
    name: holiday.name,
    region_code: holiday.regionCode,
    source: holiday.source,
  }),
};

export const EXCEPTIONS: RecordTable<HoursException> = {
  table: 'hours_exceptions',
  key: ['id'],
  columns: {
    id: 'text',
    region_code: 'text',
    facility_id: 'text',
    service: 'text',
    starts_at: 'integer',
    ends_at: 'integer',
    hours: 'text',
    reason: 'text',
    source: 'text',
    grade: 'text',
    checked_on: 'text',
  },
  subject: (exception) => exception.facilityId ?? exception.regionCode,
  row: (exception) => ({
    id: exception.id,
    region_code: exception.regionCode,
    facility_id: exception.facilityId,
    service: exception.service,
    starts_at: exception.from,
    ends_at: exception.to,
    hours: exception.hours,
    reason: exception.reason,
    source: exception.source,
    grade: exception.grade,
    checked_on: exception.checkedOn,
  }),
};

export const LANDMARKS: RecordTable<Landmark> = {
  table: 'landmarks',
  key: ['id'],
  columns: {
    id: 'text',
    region_code: 'text',
    name: 'text',
    area_code: 'text',
    lat: 'real',
    lng: 'real',
    source: 'text',
  },
  subject: (landmark) => landmark.id,
  row: (landmark) => ({
    id: landmark.id,
    region_code: landmark.regionCode,
    name: landmark.name,
    area_code: landmark.areaCode,
    lat: landmark.point?.lat ?? null,
    lng: landmark.point?.lng ?? null,
    source: landmark.source,
  }),
};

export const RULE_VERSIONS: RecordTable<RuleVersion> = {
  table: 'rule_versions',
  key: ['id'],
  columns: {
    id: 'text',
    rule_id: 'text',
    valid_from: 'text',
    content: 'text',
    source: 'text',
    entered_by: 'text',
    entered_at: 'integer',
  },
  subject: ({ ruleId }) => ruleId,
  row: (version) => ({
    id: version.id,
    rule_id: version.ruleId,
    valid_from: version.from,
    content: version.content,
    source: version.source,
    entered_by: version.enteredBy,
    entered_at: version.enteredAt,
  }),
};
