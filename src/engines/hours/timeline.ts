import { DAY } from '../../domain/time.js';
import type { HoursState, Rules } from './library.js';

/** A stretch of civil time in which the state is one and the same. */
export interface Span {
  readonly state: HoursState;
  readonly from: number;
  /** The next change of state; Infinity: never. Exact, however far away. */
  readonly to: number;
}

/** When an hours text is open, in civil time. */
export interface Timeline {
  /** The stretch that holds the moment; its `from` is not before the page it was found on. Under a microsecond when warm. */
  spanAt(civil: number): Span;
}

/** Spans are worked out for this many days at a time: now and the days that people ask about lie on one page or two. */
const PAGE = 16 * DAY;
const PAGES_KEPT = 4;
/** How far a change is looked for: past two leap days, and not past what a hostile text could make expensive. */
const FAR = 12 * 366 * DAY;
const STEPS = 6000;

/** Builds the timeline of rules; each page is worked out when it is first asked about, and few are kept. */
export function timelineOf(rules: Rules): Timeline {
  const pages = new Map<number, readonly Span[]>();
  const page = (number: number): readonly Span[] => {
    const kept = pages.get(number);
    if (kept) return kept;
    if (pages.size >= PAGES_KEPT) pages.delete(pages.keys().next().value ?? number);
    const spans = spansOf(rules, number * PAGE, (number + 1) * PAGE);
    pages.set(number, spans);
    return spans;
  };
  return { spanAt: (civil) => holding(page(Math.floor(civil / PAGE)), civil) };
}

function holding(spans: readonly Span[], civil: number): Span {
  let low = 0;
  let high = spans.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((spans[middle] as Span).from <= civil) low = middle;
    else high = middle - 1;
  }
  return spans[low] as Span;
}

function spansOf(rules: Rules, start: number, end: number): readonly Span[] {
  const spans: Span[] = [];
  for (let from = start; from < end; ) {
    const { state, to } = spanFrom(rules, from);
    spans.push({ state, from, to });
    from = to;
  }
  return spans;
}

/** The library also stops where only a comment or a rule changes: walk on until the state does. */
function spanFrom(rules: Rules, from: number): { state: HoursState; to: number } {
  const first = rules.stepAt(from);
  // A week and the night that reaches into the next: what has not changed by then never does.
  const limit = from + (rules.sameEveryWeek ? 9 * DAY : FAR);
  let to = first.end;
  for (let steps = 0; to < limit && steps < STEPS; steps++) {
    const next = rules.stepAt(to);
    if (next.state !== first.state) return { state: first.state, to };
    to = next.end;
  }
  return { state: first.state, to: Number.POSITIVE_INFINITY };
}
