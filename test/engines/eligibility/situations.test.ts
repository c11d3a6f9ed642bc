import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AskedFact, Outcome, ProgrammeId } from '../../../src/domain/eligibility.js';
import {
  type EligibilityFacts,
  evaluate,
  PROGRAMMES,
  RULES,
  type Rule,
} from '../../../src/engines/eligibility/index.js';

interface Situation {
  readonly label: string;
  readonly on: string;
  readonly facts: EligibilityFacts;
  readonly region: string | null;
  readonly outcome: Outcome;
  readonly programme: ProgrammeId | null;
  readonly asks: AskedFact | null;
  readonly reasons: readonly string[];
}

const FOLDER = 'test/situations';
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const SITUATIONS = FILES.map((file) => ({
  file,
  situations: JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as Situation[],
}));
const ALL = SITUATIONS.flatMap(({ situations }) => situations);

const reasonsOf = (facts: EligibilityFacts, on: string) =>
  evaluate(facts, RULES, on).reasons.map(({ rule }) => rule.id);

describe.each(SITUATIONS)('$file', ({ situations }) => {
  it.each(situations)('$label ($on)', ({ on, facts, region, outcome, programme, asks, reasons }) => {
    const answer = evaluate(facts, RULES, on);
    expect({
      region: answer.region,
      outcome: answer.outcome,
      programme: answer.programme,
      asks: answer.asks,
      reasons: answer.reasons.map(({ rule }) => rule.id),
    }).toEqual({ region, outcome, programme, asks, reasons });
  });
});

/** The facts of a situation that the rule answers on a day on which it counts. */
function factsFor(rule: Rule): EligibilityFacts {
  const situation = ALL.find(({ reasons }) => reasons.includes(rule.id));
  if (!situation) throw new Error(`no situation hits ${rule.id}`);
  return situation.facts;
}

const dayBefore = (day: string) => shifted(day, -1);
const dayAfter = (day: string) => shifted(day, 1);

function shifted(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

describe('every rule', () => {
  it.each(RULES.map((rule) => rule.id))('%s is hit by a situation', (id) => {
    expect(ALL.some(({ reasons }) => reasons.includes(id))).toBe(true);
  });

  const starting = RULES.filter((rule) => rule.validFrom !== null);
  it.each(starting.map((rule) => [rule.id, rule] as const))('%s begins on its day', (id, rule) => {
    const from = rule.validFrom as string;
    const facts = factsFor(rule);
    expect(reasonsOf(facts, dayBefore(from))).not.toContain(id);
    if (isFirstAnswer(rule, from)) expect(reasonsOf(facts, from)).toContain(id);
    if (isFirstAnswer(rule, dayAfter(from))) expect(reasonsOf(facts, dayAfter(from))).toContain(id);
  });

  const ending = RULES.filter((rule) => rule.validTo !== null);
  it.each(ending.map((rule) => [rule.id, rule] as const))('%s ends on its day', (id, rule) => {
    const to = rule.validTo as string;
    const facts = factsFor(rule);
    expect(reasonsOf(facts, dayBefore(to))).toContain(id);
    expect(reasonsOf(facts, to)).toContain(id);
    expect(reasonsOf(facts, dayAfter(to))).not.toContain(id);
  });
});

/** False where a rule of a lower rank, which has ended since or begins earlier, answers these facts on that day. */
function isFirstAnswer(rule: Rule, on: string): boolean {
  if (rule.kind === 'adds') return true;
  const facts = factsFor(rule);
  return evaluate(facts, RULES, on).reasons[0]!.rule.rank >= rule.rank;
}

describe('the registry', () => {
  it('reaches every outcome', () => {
    const outcomes: readonly Outcome[] = ['covered', 'likely', 'needs_step', 'not_covered', 'ask'];
    expect(outcomes.filter((outcome) => !ALL.some((each) => each.outcome === outcome))).toEqual([]);
  });

  it('has situations for every programme', () => {
    expect(PROGRAMMES.map(({ id }) => `${id}.json`).filter((file) => !FILES.includes(file))).toEqual([]);
  });

  it('names every rule once, after its programme', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    expect(RULES.filter(({ id, programme }) => !id.startsWith(`${programme}.`))).toEqual([]);
  });

  it('never lets two deciding rules of one rank answer the same situation', () => {
    const clashes = ALL.flatMap(({ label, facts, on }) => {
      const winner = evaluate(facts, RULES, on).reasons[0]!.rule;
      const reversed = evaluate(facts, [...RULES].reverse(), on).reasons[0]!.rule;
      return winner.id === reversed.id ? [] : [`${label}: ${winner.id} and ${reversed.id}`];
    });
    expect(clashes).toEqual([]);
  });

  it('orders its periods', () => {
    const backwards = RULES.filter(
      ({ validFrom, validTo }) => validFrom !== null && validTo !== null && validTo < validFrom,
    );
    expect(backwards).toEqual([]);
  });
});
