import type { HoursException, OpenAnswer, OpenReason } from '../../domain/facility.js';
import { DAY, type DayText, type Instant, offsetOf, startOfDay, type Zone } from '../../domain/time.js';
import type { DayStretch } from '../../ports/directory.js';
import type { Exceptions } from './exceptions.js';
import type { HoursState } from './library.js';
import type { Finding, TextReader } from './usual.js';

/**
 * How far ahead the next change is looked for where days are looked at one by one. Nothing changes more seldom than once
 * a year but what has no end: past this, `until` is null.
 */
const AHEAD = 400 * DAY;
/** And no further than this many stretches: an opening that is two months of closing times away is not foreseen. */
const STRETCHES = 300;

/** When one service of one facility is open. */
export interface Schedule {
  /** What is said at the instant. The same object is given back until something of it changes. */
  at(instant: Instant): OpenAnswer;
  /**
   * The first instant, from `instant` on, at which the state is one of these: `instant` itself when it is so already;
   * null when that is not foreseen.
   */
  next(instant: Instant, states: readonly HoursState[]): Instant | null;
  /** The stretches of a local day that are open or unknown, in order, cut at its two midnights. */
  day(day: DayText): readonly DayStretch[];
}

/** A stretch of time in which the whole answer is one and the same, but for `until`. */
interface Stretch {
  readonly found: Finding;
  readonly exception: HoursException | null;
  readonly from: Instant;
  readonly to: Instant;
}

/** What decides: the usual hours and the exceptions that stand above them. `usual` takes civil time. */
export interface ScheduleParts {
  readonly zone: Zone;
  readonly usual: (civil: number) => Finding;
  readonly exceptions: Exceptions;
  readonly reader: TextReader;
}

/** Lays the exceptions over the usual hours. */
export function scheduleOf({ zone, usual, exceptions, reader }: ScheduleParts): Schedule {
  const offset = offsetOf(zone);
  const stretchAt = (instant: Instant): Stretch => {
    const civil = instant + offset;
    const base = usual(civil);
    const exception = exceptions.at(instant);
    const found = exception ? excepted(exception, base, reader, civil) : base;
    const to = Math.min(found.to - offset, exceptions.nextTurn(instant));
    return { found, exception, from: instant, to };
  };
  return fromStretches(stretchAt, zone);
}

/** A facility of which nothing depends on the hour: closed for good, planned, or not confirmed. */
export function fixedSchedule(state: HoursState, because: OpenReason, zone: Zone): Schedule {
  const to = Number.POSITIVE_INFINITY;
  const found: Finding = { state, grade: 'assumed', because, basis: null, holiday: null, to };
  return fromStretches(() => ({ found, exception: null, from: Number.NEGATIVE_INFINITY, to }), zone);
}

/** What an exception makes of the usual hours. Hours for "every service" do not bring one into being that nobody knows. */
function excepted(exception: HoursException, base: Finding, reader: TextReader, civil: number): Finding {
  const { hours, grade } = exception;
  if (hours === null) return { ...base, state: 'closed', grade, because: 'exception', holiday: null };
  const found = reader.read(hours, grade, base.basis, civil);
  const to = Math.min(found.to, base.to);
  const unheardOf = exception.service === null && (base.because === 'no_hours' || base.because === 'planned');
  if (unheardOf && found.state !== 'closed') return { ...base, to };
  return { ...found, to, because: found.because === 'calendar_missing' ? 'calendar_missing' : 'exception' };
}

function fromStretches(stretchAt: (instant: Instant) => Stretch, zone: Zone): Schedule {
  const next = (instant: Instant, states: readonly HoursState[]): Instant | null => {
    let at = instant;
    for (let passed = 0; passed < STRETCHES && at <= instant + AHEAD; passed++) {
      const { found, to } = stretchAt(at);
      if (states.includes(found.state)) return at;
      at = to;
    }
    return null;
  };
  const answer = ({ found, exception, to }: Stretch): OpenAnswer => {
    const { state, grade, because, basis, holiday } = found;
    const until = Number.isFinite(to) ? next(to, OTHERS[state]) : null;
    return { state, grade, until, because, basis, exception, holiday };
  };

  let stretch: Stretch | null = null;
  let answered: OpenAnswer | null = null;
  return {
    next,
    at: (instant) => {
      if (stretch && answered && stretch.from <= instant && instant < stretch.to) return answered;
      stretch = stretchAt(instant);
      answered = answer(stretch);
      return answered;
    },
    day: (day) => {
      const start = startOfDay(day, zone);
      return stretchesBetween(stretchAt, start, start + DAY);
    },
  };
}

const OTHERS: Record<HoursState, readonly HoursState[]> = {
  open: ['closed', 'unknown'],
  closed: ['open', 'unknown'],
  unknown: ['open', 'closed'],
};

function stretchesBetween(
  stretchAt: (instant: Instant) => Stretch,
  start: Instant,
  end: Instant,
): readonly DayStretch[] {
  const stretches: DayStretch[] = [];
  for (let from = start; from < end; ) {
    const { found, to: change } = stretchAt(from);
    const { state } = found;
    const to = Math.min(change, end);
    const before = stretches.at(-1);
    if (before && before.to === from && before.state === state) stretches[stretches.length - 1] = { ...before, to };
    else if (state !== 'closed') stretches.push({ from, to, state });
    from = to;
  }
  return stretches;
}
