import { AppError } from '../../errors.js';
import type { Author, DataChange, FacilityStore } from '../../ports/facility-store.js';
import { holidayKey, numberKey, type Snapshot } from '../../ports/snapshot.js';
import type { Tables } from './tables.js';

/** What staff keep true, in memory. */
export function memoryFacilityStore(tables: Tables): FacilityStore {
  const change = (author: Author, what: string, parts: Partial<Snapshot>): number => {
    const before = tables.data;
    checkRegions({ ...before, ...parts });
    tables.data = { ...before, ...parts, version: before.version + 1 };
    for (const [name, records] of Object.entries(parts)) {
      note(tables, author, what === '' ? name : what, before[name as keyof Snapshot], records);
    }
    return tables.data.version;
  };
  return {
    version: async () => tables.data.version,
    snapshot: async () => tables.data,
    apply: async (records, author, fromVersion) => {
      if (fromVersion !== undefined && fromVersion !== tables.data.version) {
        throw new AppError('STORE_BUSY', 'the data was changed by someone else meanwhile');
      }
      return change(author, '', merged(tables.data, records));
    },
    seed: async (records, author) => {
      if (tables.data.version > 0) return false;
      tables.data = { ...tables.data, ...merged(tables.data, records), version: 1 };
      tables.changes.push({
        ...author,
        what: 'seed',
        subject: 'seed',
        before: null,
        after: 'the shipped data was loaded',
      });
      return true;
    },
    putException: async (exception, author) =>
      change(author, 'hours_exceptions', {
        exceptions: putBy(tables.data.exceptions, [exception], ({ id }) => id),
      }),
    putExceptions: async (exceptions, author) =>
      change(author, 'hours_exceptions', {
        exceptions: putBy(tables.data.exceptions, exceptions, ({ id }) => id),
      }),
    numbers: async () =>
      [...tables.data.emergencyNumbers].sort((a, b) => Number(a.regionCode !== null) - Number(b.regionCode !== null)),
    regions: async () => tables.data.regions,
    exceptions: async (regionCodes) =>
      tables.data.exceptions
        .filter(({ regionCode }) => regionCodes.includes(regionCode))
        .sort((a, b) => b.from - a.from),
    removeException: async (id, author) =>
      change(author, 'hours_exceptions', {
        exceptions: tables.data.exceptions.filter((exception) => exception.id !== id),
      }),
    removeHoliday: async (holiday, author) =>
      change(author, 'holidays', {
        holidays: tables.data.holidays.filter((other) => holidayKey(other) !== holidayKey(holiday)),
      }),
    removeNumber: async (number, author) =>
      change(author, '', {
        emergencyNumbers: tables.data.emergencyNumbers.filter((other) => numberKey(other) !== numberKey(number)),
      }),
    ruleVersions: async () => tables.data.ruleVersions,
    putRuleVersion: async (version, author, fromVersion) => {
      if (fromVersion !== undefined && fromVersion !== tables.data.version) {
        throw new AppError('STORE_BUSY', 'the data was changed by someone else meanwhile');
      }
      const ruleVersions = putBy(tables.data.ruleVersions, [version], ({ id }) => id);
      tables.data = { ...tables.data, ruleVersions, version: tables.data.version + 1 };
      const after = JSON.stringify(version);
      tables.changes.push({ ...author, what: 'rule_versions', subject: version.ruleId, before: null, after });
      return tables.data.version;
    },
    facility: async (id) => tables.data.facilities.find((facility) => facility.id === id) ?? null,
    note: async (line, author) => {
      tables.changes.push({ ...line, ...author });
    },
    changes: async (limit, subject) =>
      tables.changes
        .filter((line) => subject === undefined || line.subject === subject)
        .slice(-limit)
        .reverse(),
    findChanges: async ({ who, what, subject, from, to, limit, skip }) =>
      tables.changes
        .filter((line) => (who ?? line.who) === line.who && (what ?? line.what) === line.what)
        .filter((line) => (subject ?? line.subject) === line.subject)
        .filter((line) => (from === null || line.at >= from) && (to === null || line.at < to))
        .reverse()
        .slice(skip, skip + limit),
  };
}

/** What the foreign keys of a database refuse. */
function checkRegions(data: Snapshot): void {
  const known = new Set(data.regions.map(({ code }) => code));
  for (const { regionCode } of [...data.facilities, ...data.exceptions, ...data.landmarks]) {
    if (!known.has(regionCode)) throw new AppError('STORE_REJECTED', `region ${regionCode} is not known`);
  }
}

function merged(data: Snapshot, change: DataChange): Partial<Snapshot> {
  return {
    regions: putBy(data.regions, change.regions, ({ code }) => code),
    emergencyNumbers: putBy(data.emergencyNumbers, change.emergencyNumbers, numberKey),
    areas: putBy(data.areas, change.areas, ({ code }) => code),
    facilities: putBy(data.facilities, change.facilities, ({ id }) => id),
    holidays: putBy(data.holidays, change.holidays, holidayKey),
    landmarks: putBy(data.landmarks, change.landmarks, ({ id }) => id),
  };
}

/** The records with others put in the place of those with the same key, in the order of their keys. */
function putBy<T>(records: readonly T[], others: readonly T[], key: (record: T) => string): readonly T[] {
  if (others.length === 0) return records;
  const all = new Map([...records, ...others].map((record) => [key(record), record]));
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
}

function note(tables: Tables, author: Author, what: string, before: unknown, after: unknown): void {
  if (!Array.isArray(before) || !Array.isArray(after) || before === after) return;
  const texts = (list: readonly unknown[]) =>
    new Map(list.map((record) => [subjectOf(record), JSON.stringify(record)]));
  const [old, now] = [texts(before), texts(after)];
  for (const subject of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(subject) ?? null, now.get(subject) ?? null];
    if (from !== to) tables.changes.push({ ...author, what, subject, before: from, after: to });
  }
}

/** Under which a record stands in the change log: its facility, else its region or itself. */
function subjectOf(record: unknown): string {
  const fields = record as Readonly<Record<string, unknown>>;
  return String(
    fields.facilityId ??
      (fields.reason ? fields.regionCode : null) ??
      fields.id ??
      fields.code ??
      fields.date ??
      fields.number,
  );
}
