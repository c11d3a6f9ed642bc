import { DAY } from '../../domain/time.js';
import type { HoursState, Rules, Step } from './library.js';

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

/** Where the rules of one text come from. Reading a text costs more the more dates it names, so most are left out. */
export interface RuleSource {
  /** Rules that hold between two civil times. */
  between(from: number, to: number): Rules;
  /** Rules that hold at all times. */
  always(): Rules;
}

/** Spans are worked out for this many days at a time: now and the days that people ask about lie on one page or two. */
const PAGE = 16 * DAY;
const PAGES_KEPT = 6;
/** How far past its page a change is looked for before the whole calendar is needed: any row of holidays is shorter. */
const BEYOND = 15 * DAY;
/** How far a change is looked for: past two leap days, and not past what a hostile text could make expensive. */
const FAR = 12 * 366 * DAY;
const STEPS = 6000;

/** Builds the timeline of an hours text; each page is worked out when it is first asked about, and few are kept. */
export function timelineOf(source: RuleSource): Timeline {
  const pages = new Map<number, readonly Span[]>();
  const page = (number: number): readonly Span[] => {
    const kept = pages.get(number);
    if (kept) return kept;
    if (pages.size >= PAGES_KEPT) pages.delete(pages.keys().next().value ?? number);
    const spans = spansOf(source, number * PAGE, (number + 1) * PAGE);
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

function spansOf(source: RuleSource, start: number, end: number): readonly Span[] {
  const near = source.between(start, end + BEYOND);
  const spans: Span[] = [];
  let step = near.stepAt(start);
  for (let from = start; from < end; ) {
    const change = changeAfter(near, step, end + BEYOND);
    const to = change?.at ?? farChange(source.always(), from);
    spans.push({ state: step.state, from, to });
    from = to;
    if (change) step = change.step;
  }
  return spans;
}

function farChange(rules: Rules, from: number): number {
  // A week and the night that reaches into the next: what has not changed by then never does.
  const limit = from + (rules.sameEveryWeek ? 9 * DAY : FAR);
  return changeAfter(rules, rules.stepAt(from), limit)?.at ?? Number.POSITIVE_INFINITY;
}

/** The library also stops where only a comment or a rule changes: walk on until the state does. null: not before the limit. */
function changeAfter(rules: Rules, step: Step, limit: number): { readonly at: number; readonly step: Step } | null {
  let at = step.end;
  for (let steps = 0; at < limit && steps < STEPS; steps++) {
    const next = rules.stepAt(at);
    if (next.state !== step.state) return { at, step: next };
    at = next.end;
  }
  return null;
}
