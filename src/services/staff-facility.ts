import { createHash } from 'node:crypto';
import type { ServiceHours, ServiceKind } from '../domain/facility.js';
import type { StaffMember } from '../domain/staff.js';
import { type DayText, dayOf, type Instant, type Zone } from '../domain/time.js';
import { AppError } from '../errors.js';
import type { DataChange } from '../ports/facility-store.js';
import type { FacilityRecord } from '../ports/snapshot.js';
import { authorOf, type Desk, untilStill } from './staff-desk.js';

/** A change that staff put in. `moved`: somebody else was quicker, and nothing was written. */
export type Saved =
  | { readonly kind: 'saved'; readonly record: FacilityRecord }
  | { readonly kind: 'unchanged'; readonly record: FacilityRecord }
  | { readonly kind: 'moved'; readonly record: FacilityRecord };

export const NO_CHANGE: DataChange = {
  regions: [],
  emergencyNumbers: [],
  areas: [],
  facilities: [],
  holidays: [],
  landmarks: [],
};

/** Names the state of a record; a form carries it, and a record that changed meanwhile has another. */
export function markOf(record: unknown): string {
  return createHash('sha256').update(JSON.stringify(record)).digest('base64url').slice(0, 16);
}

/**
 * Changes one facility, provided that it is still as the form had it (`mark`); another facility may change meanwhile.
 * Throws NOT_FOUND.
 */
export async function saveFacility(
  desk: Desk,
  member: StaffMember,
  id: string,
  mark: string,
  edit: (record: FacilityRecord) => FacilityRecord,
): Promise<Saved> {
  const { data } = desk.store;
  return untilStill(desk, async (version): Promise<Saved> => {
    const record = await data.facility(id);
    if (!record) throw new AppError('NOT_FOUND', 'there is no such facility');
    if (markOf(record) !== mark) return { kind: 'moved', record };
    const edited = edit(record);
    if (markOf(edited) === mark) return { kind: 'unchanged', record };
    await data.apply({ ...NO_CHANGE, facilities: [edited] }, authorOf(desk, member), version);
    await desk.refresh();
    return { kind: 'saved', record: edited };
  });
}

/** New hours as staff enter them. */
export interface EnteredHours {
  /** OSM opening_hours; null = given, but nobody knows when; "off" = not given here. */
  readonly hours: string | null;
  /** First day on which they count; null = they always did. */
  readonly validFrom: DayText | null;
  readonly note: string | null;
  readonly source: string;
}

/**
 * A facility with hours that staff vouch for. What they make void goes: statements of the same service that begin no
 * earlier, plans and disputed claims. An earlier statement stays for the days before. The change log keeps it all.
 */
export function withHours(
  record: FacilityRecord,
  service: ServiceKind,
  entered: EnteredHours,
  on: DayText,
): FacilityRecord {
  const old = record.services.filter((statement) => statement.service === service);
  const cluster = old.find((statement) => statement.cluster !== undefined)?.cluster;
  const statement: ServiceHours = {
    service,
    ...(cluster === undefined ? {} : { cluster }),
    ...entered,
    validTo: null,
    standing: 'active',
    grade: 'verified',
    checkedOn: on,
  };
  const stays = (each: ServiceHours) =>
    each.service !== service ||
    (each.standing === 'active' && entered.validFrom !== null && (each.validFrom ?? '') < entered.validFrom);
  return { ...record, services: [...record.services.filter(stays), statement] };
}

/** The statement of a service that counts on a day: the better grade, then the later start. Null: none. */
export function statementOn(
  record: Pick<FacilityRecord, 'services'>,
  service: ServiceKind,
  day: DayText,
): ServiceHours | null {
  const rank = { verified: 2, published: 1, assumed: 0 } as const;
  return (
    record.services
      .filter((each) => each.service === service && each.standing === 'active')
      .filter(({ validFrom, validTo }) => (validFrom ?? '') <= day && day <= (validTo ?? '9999'))
      .sort((a, b) => rank[b.grade] - rank[a.grade] || (b.validFrom ?? '').localeCompare(a.validFrom ?? ''))[0] ?? null
  );
}

/** "Saya sudah memastikan": the hours that count today are confirmed as they stand, with today's date. */
export function confirmed(record: FacilityRecord, service: ServiceKind, on: DayText, by: string): FacilityRecord {
  const current = statementOn(record, service, on);
  if (current === null) return record;
  const source = current.grade === 'verified' ? current.source : `${by} (${current.source})`.slice(0, 300);
  const statement: ServiceHours = { ...current, grade: 'verified', checkedOn: on, source };
  const others = record.services.filter(
    (each) => each !== current && !(each.service === service && each.standing === 'contested'),
  );
  const same = (each: ServiceHours) =>
    each.service === service &&
    each.grade === 'verified' &&
    each.standing === 'active' &&
    each.validFrom === current.validFrom;
  return { ...record, services: [...others.filter((each) => !same(each)), statement] };
}

/** Today in the facility's zone. */
export function todayIn(now: Instant, zone: Zone): DayText {
  return dayOf(now, zone);
}
