import { describe, expect, it } from 'vitest';
import { isoWithOffset } from '../../../src/domain/time.js';
import { createTextEvaluator } from '../../../src/engines/hours/index.js';
import { TEXT_CASES, withOffset } from './text-cases.js';

describe('an hours text at a moment', () => {
  const evaluate = createTextEvaluator();

  it.each(TEXT_CASES)('$label: $hours at $at', ({ hours, at, state, next, zone = 'Asia/Makassar', holidays = [] }) => {
    const found = evaluate(hours, zone, Date.parse(withOffset(at, zone)), holidays);
    const until = found.until === null ? null : isoWithOffset(found.until, zone);
    expect({ state: found.state, next: until }).toEqual({ state, next: next === null ? null : withOffset(next, zone) });
  });

  it('does not depend on what was asked before', () => {
    const hours = 'Mo-Fr 08:00-12:00; PH off';
    const at = Date.parse('2026-12-25T09:00:00+08:00');
    const states = [[], ['2026-12-25'], [], ['2026-12-24', '2026-12-25']].map(
      (holidays) => evaluate(hours, 'Asia/Makassar', at, holidays).state,
    );
    expect(states).toEqual(['open', 'closed', 'open', 'closed']);
  });
});
