import type { AskedFact, Outcome, ProgrammeId } from '../../domain/eligibility.js';
import type { DayText } from '../../domain/time.js';
import type { EligibilityFacts } from './facts.js';
import type { Condition, FactView, Rule } from './rule.js';

/** A rule that fitted, in the order in which it counts. */
export interface RuleHit {
  readonly rule: Rule;
  readonly role: 'decides' | 'adds';
}

export interface EligibilityAnswer {
  /** The KTP's kabupaten/kota; null when unknown or not one of ours. */
  readonly region: string | null;
  readonly outcome: Outcome;
  /** Null when no programme answers: one is yet to be found, or none applies. */
  readonly programme: ProgrammeId | null;
  readonly asks: AskedFact | null;
  /** The deciding rule first. */
  readonly reasons: readonly RuleHit[];
  readonly papers: readonly string[];
  readonly steps: readonly string[];
  readonly contacts: readonly string[];
  readonly excludes: readonly string[];
  readonly facts: EligibilityFacts;
  readonly on: DayText;
}

/** The facts in the words that rules use. */
function viewOf(facts: EligibilityFacts): FactView {
  return {
    ktp: facts.ktpRegion === 'elsewhere' && facts.elsewhereInKaltim === true ? 'kaltim' : (facts.ktpRegion ?? 'absent'),
    bpjs: facts.bpjs ?? 'absent',
    payer: facts.payer ?? 'absent',
    cutOff: yesNo(facts.cutOff),
    emergency: yesNo(facts.emergency),
    who: facts.who ?? 'absent',
    location: facts.location ?? 'absent',
    away: yesNo(isAway(facts)),
    arrears: yesNo(facts.arrears),
    topic: facts.topic ?? 'general',
    named: facts.named ?? 'absent',
  };
}

/**
 * The answer that the rules in force on the day give to the facts: the first deciding rule by rank, with every
 * rule that adds to it. Pure; the day is the calendar day of the resident's zone.
 * @throws RangeError when no rule fits, which the registry test excludes for the shipped rules.
 */
export function evaluate(facts: EligibilityFacts, rules: readonly Rule[], on: DayText): EligibilityAnswer {
  const view = viewOf(facts);
  const fitting = rules.filter((rule) => inForce(rule, on) && fits(rule, view));
  const decisive = first(fitting.filter((rule) => rule.kind === 'decides'));
  if (decisive === null || decisive.outcome === null) throw new RangeError(`no rule fits on ${on}`);
  const hits = [decisive, ...fitting.filter((rule) => rule.kind === 'adds')];
  return {
    region: /^\d/.test(view.ktp) ? view.ktp : null,
    outcome: decisive.outcome,
    programme: decisive.noProgramme ? null : decisive.programme,
    asks: decisive.asks.find((fact) => isOpen(fact, view)) ?? null,
    reasons: hits.map((rule) => ({ rule, role: rule.kind })),
    papers: union(hits, (rule) => rule.papers),
    steps: union(hits, (rule) => rule.steps),
    contacts: union(hits, (rule) => rule.contacts),
    excludes: union(hits, (rule) => rule.excludes),
    facts,
    on,
  };
}

/** True when the rule counts on the day; both ends are inclusive. */
export function inForce(rule: Rule, on: DayText): boolean {
  return (rule.validFrom === null || rule.validFrom <= on) && (rule.validTo === null || on <= rule.validTo);
}

/** Away from home: said so, or somewhere else than the KTP's region. */
function isAway({ ktpRegion, location }: EligibilityFacts): boolean | undefined {
  if (location === undefined || location === 'unknown') return undefined;
  if (location === 'home') return false;
  return location === 'away' || (ktpRegion !== undefined && ktpRegion !== 'unknown' && location !== ktpRegion);
}

function fits(rule: Rule, view: FactView): boolean {
  return all(rule.when, view) && !any(rule.unless, view);
}

function all(condition: Condition, view: FactView): boolean {
  for (const name in condition) {
    if (!condition[name as keyof FactView]?.includes(view[name as keyof FactView])) return false;
  }
  return true;
}

function any(condition: Condition, view: FactView): boolean {
  for (const name in condition) {
    if (condition[name as keyof FactView]?.includes(view[name as keyof FactView])) return true;
  }
  return false;
}

function first(rules: readonly Rule[]): Rule | null {
  return rules.reduce<Rule | null>((best, rule) => (best === null || rule.rank < best.rank ? rule : best), null);
}

/**
 * A fact may be asked while nothing was said about it; "tidak tahu" was said. Nobody pays for a membership that is none,
 * unless it is a baby's that hangs on the parents'.
 */
function isOpen(fact: AskedFact, view: FactView): boolean {
  if (fact === 'payer' && view.bpjs === 'none' && view.topic !== 'newborn_registration') return false;
  return view[fact === 'where' ? 'location' : fact] === 'absent';
}

function union(rules: readonly Rule[], of: (rule: Rule) => readonly string[]): readonly string[] {
  return [...new Set(rules.flatMap(of))];
}

function yesNo(value: boolean | undefined): string {
  return value === undefined ? 'absent' : value ? 'yes' : 'no';
}
