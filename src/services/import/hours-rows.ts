import type { ServiceHours } from '../../domain/facility.js';
import { type FacilityRecord, statementKey } from '../../ports/snapshot.js';
import { type Cells, ERASE } from './cells.js';
import { type Draft, firstTime, nameKey, putFacility, type RowEffect, regionOf } from './draft.js';
import { missingDay } from './region-rows.js';
import { CLUSTERS, GRADES, SERVICES, STANDINGS, withStatement } from './statement.js';

export const HOURS_COLUMNS = {
  required: ['service', 'hours', 'source', 'checked_on'],
  optional: [
    'facility_id',
    'region_code',
    'facility',
    'standing',
    'valid_from',
    'valid_to',
    'grade',
    'note',
    'cluster',
  ],
} as const;

/**
 * One dated statement about one service. Empty hours: the service exists, its hours are not known; "off": it is
 * known not to be given; "-": the statement is taken back. The facility is named by its id, or by region and name.
 */
export function readHours(cells: Cells, draft: Draft): RowEffect | null {
  const facility = facilityOf(cells, draft);
  const service = cells.word('service', SERVICES, 'outpatient');
  if (cells.raw('service') === '') cells.fault('service', 'empty');
  if (!facility) return null;
  const text = cells.raw('hours');
  const cluster = cells.raw('cluster') === '' ? null : cells.word('cluster', CLUSTERS, 'cross_cluster');
  const statement: ServiceHours = {
    service,
    ...(cluster ? { cluster } : {}),
    hours: text === '' || text === ERASE ? null : cells.hours('hours', text, draft.checkHours),
    validFrom: cells.day('valid_from', null),
    validTo: cells.day('valid_to', null),
    standing: cells.word('standing', STANDINGS, 'active'),
    note: cells.text('note', null, 300),
    source: cells.required('source', 1000),
    grade: cells.word('grade', GRADES, 'published'),
    checkedOn: cells.day('checked_on', null) ?? missingDay(cells),
  };
  if (statement.validFrom !== null && statement.validTo !== null && statement.validTo < statement.validFrom) {
    cells.fault('valid_to', 'validTo');
  }
  const key = statementKey(statement);
  if (!firstTime(draft, cells, 'hours', `${facility.id}/${key}`, 'service')) return null;
  const before = facility.services.find((other) => statementKey(other) === key) ?? null;
  const remove = text === ERASE;
  putFacility(draft, { ...facility, services: withStatement(facility.services, statement, remove) });
  return { subject: `${facility.id} ${service}`, before, after: remove ? null : statement };
}

function facilityOf(cells: Cells, draft: Draft): FacilityRecord | null {
  const id = cells.raw('facility_id');
  if (id !== '') {
    const found = draft.facilities.get(id);
    if (!found) cells.fault('facility_id', 'facilityId', { text: id });
    return found ?? null;
  }
  const region = regionOf(draft, cells);
  const name = cells.required('facility', 120);
  if (!region || name === '') return null;
  const found = draft.facilities.get(draft.names.get(nameKey(region.code, name)) ?? '');
  if (!found) cells.fault('facility', 'facilityName', { text: name, region: region.name });
  return found ?? null;
}
