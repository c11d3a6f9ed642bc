import type { Grade, Holiday, OpenReason, ServiceHours } from '../../domain/facility.js';
import { DAY } from '../../domain/time.js';
import { ASSUMED_JOINT_LEAVE, ASSUMED_OUTPATIENT } from './assumed.js';
import type { DayCalendar } from './calendar.js';
import type { HoursState } from './library.js';
import type { Stated, Statements } from './statements.js';
import type { ReadyHours, Timelines } from './timelines.js';

/** What holds from a moment on. `to`: the civil time until which nothing of it can change. */
export interface Finding {
  readonly state: HoursState;
  readonly grade: Grade;
  readonly because: OpenReason;
  readonly basis: ServiceHours | null;
  readonly holiday: Holiday | null;
  readonly to: number;
}

/** What an hours text says at a civil time, the calendar taken into account. */
export interface TextReader {
  read(text: string, grade: Grade, basis: ServiceHours | null, civil: number): Finding;
  /** The assumed pattern of outpatient care, with its unclear days. */
  assumed(civil: number): Finding;
}

const NEVER = Number.POSITIVE_INFINITY;

/** Reads hours under one calendar. */
export function textReader(timelines: Timelines, calendar: DayCalendar): TextReader {
  // A text is looked up by its dates too, which are many: once per reader is enough.
  const ready = new Map<string, ReadyHours>();
  const readyHours = (text: string): ReadyHours => {
    const known = ready.get(text) ?? timelines.of(text, calendar.nationalDays);
    ready.set(text, known);
    return known;
  };

  // Written out field by field, here and below: this runs thousands of times a message, and copying objects is slow.
  const read: TextReader['read'] = (text, grade, basis, civil) => {
    const { timeline, usesHolidays } = readyHours(text);
    const { state, to: change } = timeline.spanAt(civil);
    if (!usesHolidays && grade !== 'assumed')
      return { state, grade, because: 'hours', basis, holiday: null, to: change };

    const day = Math.floor(civil / DAY);
    const to = Math.min(change, calendar.nextTurn(day) * DAY);
    if (!calendar.loaded(day) && state !== 'closed') {
      return { state: 'unknown', grade, because: 'calendar_missing', basis, holiday: null, to };
    }
    const holiday = calendar.on(day);
    if (usesHolidays && holiday?.kind === 'national') return { state, grade, because: 'holiday', basis, holiday, to };
    // What is only assumed says nothing about days on which practice differs.
    if (holiday && holiday.kind !== 'national' && grade === 'assumed' && state === 'open') {
      return { state: 'unknown', grade, because: 'joint_leave_unclear', basis, holiday, to };
    }
    return { state, grade, because: 'hours', basis, holiday: null, to };
  };

  const assumed: TextReader['assumed'] = (civil) => {
    const day = Math.floor(civil / DAY);
    const holiday = calendar.on(day);
    if (holiday && holiday.kind !== 'national' && calendar.loaded(day)) {
      const { state, to: change } = readyHours(ASSUMED_JOINT_LEAVE).timeline.spanAt(civil);
      const to = Math.min(change, calendar.nextTurn(day) * DAY);
      if (state === 'closed') return { state, grade: 'assumed', because: 'hours', basis: null, holiday: null, to };
      return { state, grade: 'assumed', because: 'joint_leave_unclear', basis: null, holiday, to };
    }
    const found = read(ASSUMED_OUTPATIENT, 'assumed', null, civil);
    // Its only unclear hours are those of Saturday.
    return found.state === 'unknown' && found.because === 'hours' ? { ...found, because: 'saturday_unclear' } : found;
  };
  return { read, assumed };
}

/** The usual hours of one service of a facility: its statements, else the assumed pattern, else nothing known. */
export function usualHours(
  { puskesmas, outpatient }: { puskesmas: boolean; outpatient: boolean },
  statements: Statements,
  reader: TextReader,
): (civil: number) => Finding {
  const nothing = (because: OpenReason, basis: ServiceHours | null): Finding => {
    return { state: 'unknown', grade: basis?.grade ?? 'assumed', because, basis, holiday: null, to: NEVER };
  };
  const settled = ({ active, planned }: Stated, civil: number): Finding => {
    if (active?.hours) return reader.read(active.hours, active.grade, active, civil);
    if (puskesmas && outpatient) return reader.assumed(civil);
    if (!active && planned) return nothing('planned', planned);
    return nothing('no_hours', active);
  };
  /** A disputed claim opens nothing: it only turns what would be closed, or is not known, into unknown. */
  const disputed = (stated: Stated, claim: ServiceHours, civil: number): Finding => {
    const claimed = claim.hours ? reader.read(claim.hours, claim.grade, claim, civil) : nothing('contested', claim);
    // Where only the claim speaks of the service, a puskesmas in its usual hours is staffed for it.
    const known = stated.active !== null || outpatient || claimed.state !== 'open' || !puskesmas;
    const base = known ? settled(stated, civil) : reader.assumed(civil);
    const to = Math.min(base.to, claimed.to);
    if (base.state === 'open' || (claimed.state === 'closed' && base.because !== 'no_hours')) return { ...base, to };
    return { ...nothing('contested', claim), to };
  };
  return (civil) => {
    const day = Math.floor(civil / DAY);
    const stated = statements.on(day);
    const found = stated.claim ? disputed(stated, stated.claim, civil) : settled(stated, civil);
    const turn = statements.nextTurn(day) * DAY;
    return turn < found.to ? { ...found, to: turn } : found;
  };
}
