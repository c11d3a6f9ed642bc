import type { ServiceHours } from '../domain/facility.js';
import { CONFIRMED_BY_FACILITY, type HoursCheck } from '../domain/report.js';
import type { DayText, Instant } from '../domain/time.js';
import { hasCode } from '../errors.js';
import type { FacilityStore } from '../ports/facility-store.js';
import type { Reports } from '../ports/reports.js';
import type { FacilityRecord } from '../ports/snapshot.js';
import { NO_CHANGE, statementOn } from './staff-facility.js';

/** Whom the change log names for it. */
const BY_FACILITY = 'fasilitas';
const AT_ONCE = 50;
const LONGEST_SOURCE = 300;

export interface ConfirmingParts {
  readonly reports: Reports;
  readonly data: FacilityStore;
  readonly now: () => Instant;
}

/**
 * Writes each facility's yes into the data: the hours that it was shown become verified, with the day of the answer. Hours
 * that staff changed since then are left as staff made them. It may be done twice and changes nothing the second time.
 */
export async function confirmHours(parts: ConfirmingParts): Promise<void> {
  for (const check of await parts.reports.confirmedChecks(AT_ONCE)) {
    const outcome = await confirmOne(parts, check);
    if (outcome !== null) await parts.reports.settleCheck(check.facilityId, check.day, outcome);
  }
}

/** null: something else was written in between, and it is tried again at the next run. */
async function confirmOne({ data, now }: ConfirmingParts, check: HoursCheck): Promise<'verified' | 'moved' | null> {
  const version = await data.version();
  const record = await data.facility(check.facilityId);
  const current = record && statementOn(record, 'outpatient', check.day);
  if (!record || !current || current.hours !== check.hours) return 'moved';
  if (current.grade === 'verified' && current.checkedOn >= check.day) return 'verified';
  const author = { who: BY_FACILITY, at: check.answeredAt ?? now() };
  try {
    await data.apply({ ...NO_CHANGE, facilities: [confirmedByFacility(record, current, check.day)] }, author, version);
    return 'verified';
  } catch (error) {
    if (hasCode(error, 'STORE_BUSY')) return null;
    throw error;
  }
}

/** Only the grade, the date and the source of the statement change; plans and disputed claims stay for staff to judge. */
function confirmedByFacility(record: FacilityRecord, current: ServiceHours, day: DayText): FacilityRecord {
  const source = current.source.startsWith(CONFIRMED_BY_FACILITY)
    ? current.source
    : `${CONFIRMED_BY_FACILITY} | ${current.source}`.slice(0, LONGEST_SOURCE);
  const statement: ServiceHours = { ...current, grade: 'verified', checkedOn: day, source };
  const takesItsPlace = (each: ServiceHours) =>
    each.service === 'outpatient' &&
    each.standing === 'active' &&
    each.grade === 'verified' &&
    each.validFrom === current.validFrom;
  const others = record.services.filter((each) => each !== current && !takesItsPlace(each));
  return { ...record, services: [...others, statement] };
}
