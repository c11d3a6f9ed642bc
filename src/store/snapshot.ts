import type { Snapshot } from '../ports/snapshot.js';
import type { Database } from './database.js';
import {
  areaRecord,
  exceptionRecord,
  facilityRecord,
  holidayRecord,
  landmarkRecord,
  numberRecord,
  regionRecord,
  ruleVersionRecord,
} from './snapshot-rows.js';

/** Reads everything a directory is built from, as of one moment: one transaction that sees one state of the data. */
export async function readSnapshot(database: Database, versionKey: string): Promise<Snapshot> {
  const { dialect, serial } = database;
  const [version, regions, numbers, areas, facilities, names, hours, holidays, exceptions, landmarks, ruleVersions] =
    await serial.$transaction(
      [
        serial.meta.findUnique({ where: { key: versionKey } }),
        serial.region.findMany({ orderBy: { code: 'asc' } }),
        serial.emergencyNumber.findMany({ orderBy: { key: 'asc' } }),
        serial.area.findMany({ orderBy: { code: 'asc' } }),
        serial.facility.findMany({ orderBy: { id: 'asc' } }),
        serial.facilityName.findMany({ orderBy: { position: 'asc' } }),
        serial.serviceHours.findMany(),
        serial.holiday.findMany({ orderBy: { key: 'asc' } }),
        serial.hoursException.findMany({ orderBy: { id: 'asc' } }),
        serial.landmark.findMany({ orderBy: { id: 'asc' } }),
        serial.ruleVersion.findMany({ orderBy: { id: 'asc' } }),
      ],
      // SQLite's one isolation level does this already; PostgreSQL's default would see a new state in every query.
      { isolationLevel: dialect.name === 'sqlite' ? 'Serializable' : ('RepeatableRead' as 'Serializable') },
    );
  const namesOf = groupBy(names, (row) => row.facilityId);
  const hoursOf = groupBy(hours, (row) => row.facilityId);
  return {
    version: version ? Number(version.value) : 0,
    regions: regions.map(regionRecord),
    emergencyNumbers: numbers.map(numberRecord),
    areas: areas.map(areaRecord),
    facilities: facilities.map((row) =>
      facilityRecord({ ...row, names: namesOf.get(row.id) ?? [], hours: hoursOf.get(row.id) ?? [] }),
    ),
    holidays: holidays.map(holidayRecord),
    exceptions: exceptions.map(exceptionRecord),
    landmarks: landmarks.map(landmarkRecord),
    ruleVersions: ruleVersions.map(ruleVersionRecord),
  };
}

function groupBy<T>(rows: readonly T[], key: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
