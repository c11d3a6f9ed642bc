import type { RuleVersion } from '../domain/eligibility.js';
import type { Facility, Holiday, HoursException, ServiceHours } from '../domain/facility.js';
import type { Area, Point } from '../domain/place.js';
import type { Zone } from '../domain/time.js';
import type { Landmark } from '../ports/directory.js';
import { type EmergencyNumberRecord, type FacilityRecord, type RegionRecord, statementKey } from '../ports/snapshot.js';
import type * as Rows from './generated/sqlite/client.js';

/** Rows as records. What is one word of a closed list was checked before it was written. */

export function regionRecord(row: Rows.Region): RegionRecord {
  return {
    code: row.code,
    name: row.name,
    ...(row.aliases === null ? {} : { aliases: JSON.parse(row.aliases) as readonly string[] }),
    zone: row.zone as Zone,
    officeContact: row.officeContact,
    source: row.source,
    checkedOn: row.checkedOn,
  };
}

export function numberRecord(row: Rows.EmergencyNumber): EmergencyNumberRecord {
  return {
    regionCode: row.regionCode,
    position: row.position,
    number: row.number,
    kind: row.kind as EmergencyNumberRecord['kind'],
    confidence: row.confidence as EmergencyNumberRecord['confidence'],
    source: row.source,
    checkedOn: row.checkedOn,
  };
}

export function areaRecord(row: Rows.Area): Area {
  return {
    code: row.code,
    level: row.level as Area['level'],
    name: row.name,
    parentCode: row.parentCode,
    centroid: pointOf(row),
  };
}

export function facilityRecord(
  row: Rows.Facility & { readonly names: readonly Rows.FacilityName[]; readonly hours: readonly Rows.ServiceHours[] },
): FacilityRecord {
  return {
    id: row.id,
    regionCode: row.regionCode,
    kind: row.kind as Facility['kind'],
    scope: row.scope as Facility['scope'],
    status: row.status as Facility['status'],
    name: row.name,
    aliases: row.names.map(({ name }) => name),
    kecamatanCode: row.kecamatanCode,
    kelurahanCode: row.kelurahanCode,
    address: row.address,
    point: pointOf(row),
    coordConfidence: row.coordConfidence as Facility['coordConfidence'],
    phone: row.phone,
    phoneAsOf: row.phoneAsOf,
    services: row.hours.map(statementRecord).sort((a, b) => (statementKey(a) < statementKey(b) ? -1 : 1)),
    source: row.source,
    checkedOn: row.checkedOn,
    kemenkesCode: row.kemenkesCode,
    notes: row.notes,
  };
}

function statementRecord(row: Rows.ServiceHours): ServiceHours {
  return {
    service: row.service as ServiceHours['service'],
    ...(row.cluster === null ? {} : { cluster: row.cluster as NonNullable<ServiceHours['cluster']> }),
    hours: row.hours,
    validFrom: row.validFrom === '' ? null : row.validFrom,
    validTo: row.validTo,
    standing: row.standing as ServiceHours['standing'],
    note: row.note,
    source: row.source,
    grade: row.grade as ServiceHours['grade'],
    checkedOn: row.checkedOn,
  };
}

export function holidayRecord(row: Rows.Holiday): Holiday {
  return {
    date: row.date,
    kind: row.kind as Holiday['kind'],
    name: row.name,
    regionCode: row.regionCode,
    source: row.source,
  };
}

export function exceptionRecord(row: Rows.HoursException): HoursException {
  return {
    id: row.id,
    regionCode: row.regionCode,
    facilityId: row.facilityId,
    service: row.service as HoursException['service'],
    from: Number(row.from),
    to: Number(row.to),
    hours: row.hours,
    reason: row.reason,
    source: row.source,
    grade: row.grade as HoursException['grade'],
    checkedOn: row.checkedOn,
  };
}

export function landmarkRecord(row: Rows.Landmark): Landmark {
  return {
    id: row.id,
    regionCode: row.regionCode,
    name: row.name,
    areaCode: row.areaCode,
    point: pointOf(row),
    source: row.source,
  };
}

export function ruleVersionRecord({ enteredAt, ...row }: Rows.RuleVersion): RuleVersion {
  return { ...row, enteredAt: Number(enteredAt) };
}

function pointOf({ lat, lng }: { readonly lat: number | null; readonly lng: number | null }): Point | null {
  return lat === null || lng === null ? null : { lat, lng };
}
