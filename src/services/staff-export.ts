import { SERVICE_KINDS } from '../domain/facility.js';
import type { Snapshot } from '../ports/snapshot.js';
import { csvOf, harmlessCell } from './spreadsheet-cell.js';

/** What can be exported; each is read back by the import of the same name. */
export const EXPORT_KINDS = ['facilities', 'hours', 'holidays'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

type Rows = readonly (readonly string[])[];

/** One kind of data as CSV, regions that are not theirs left out. */
export function exportCsv(snapshot: Snapshot, kind: ExportKind, mine: (regionCode: string) => boolean): string {
  return csvOf(rowsOf(snapshot, kind, mine));
}

/** Everything as one XLSX file, a sheet for each kind; every cell is text, so that nothing is taken for a formula. */
export async function exportXlsx(snapshot: Snapshot, mine: (regionCode: string) => boolean): Promise<Buffer> {
  const sheets = EXPORT_KINDS.map((kind) => ({
    sheet: kind,
    data: rowsOf(snapshot, kind, mine).map((row) => row.map((text) => ({ value: harmlessCell(text), type: String }))),
  }));
  // Loaded for the first workbook: few processes ever write one.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  return writeXlsxFile(sheets).toBuffer();
}

function rowsOf(snapshot: Snapshot, kind: ExportKind, mine: (regionCode: string) => boolean): Rows {
  const facilities = snapshot.facilities.filter(({ regionCode }) => mine(regionCode));
  switch (kind) {
    case 'facilities':
      return facilityRows(snapshot, facilities);
    case 'hours':
      return hoursRows(facilities);
    case 'holidays':
      return [
        ['date', 'kind', 'name', 'region_code', 'source'],
        ...snapshot.holidays
          .filter(({ regionCode }) => regionCode === null || mine(regionCode))
          .map(({ date, kind: word, name, regionCode, source }) => [date, word, name, regionCode ?? '', source]),
      ];
  }
}

function facilityRows(snapshot: Snapshot, facilities: Snapshot['facilities']): Rows {
  const names = new Map(snapshot.areas.map(({ code, name }) => [code, name]));
  const head =
    'id,region_code,kind,name,aliases,kecamatan,kelurahan,address,lat,lng,coord_confidence,phone,phone_as_of,scope,status,kemenkes_code,notes,source,checked_on';
  return [
    head.split(','),
    ...facilities.map((each) => [
      each.id,
      each.regionCode,
      each.kind,
      each.name,
      each.aliases.join(';'),
      names.get(each.kecamatanCode ?? '') ?? '',
      names.get(each.kelurahanCode ?? '') ?? '',
      each.address ?? '',
      each.point ? String(each.point.lat) : '',
      each.point ? String(each.point.lng) : '',
      each.point ? each.coordConfidence : '',
      each.phone ?? '',
      each.phoneAsOf ?? '',
      each.scope,
      each.status,
      each.kemenkesCode ?? '',
      each.notes ?? '',
      each.source,
      each.checkedOn,
    ]),
  ];
}

function hoursRows(facilities: Snapshot['facilities']): Rows {
  const head = 'facility_id,service,hours,standing,valid_from,valid_to,grade,cluster,note,source,checked_on';
  const order = (service: (typeof SERVICE_KINDS)[number]) => SERVICE_KINDS.indexOf(service);
  return [
    head.split(','),
    ...facilities.flatMap(({ id, services }) =>
      [...services]
        .sort((a, b) => order(a.service) - order(b.service))
        .map((each) => [
          id,
          each.service,
          each.hours ?? '',
          each.standing,
          each.validFrom ?? '',
          each.validTo ?? '',
          each.grade,
          each.cluster ?? '',
          each.note ?? '',
          each.source,
          each.checkedOn,
        ]),
    ),
  ];
}
