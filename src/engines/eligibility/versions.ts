import { z } from 'zod';
import type { RuleVersion } from '../../domain/eligibility.js';
import { DAY, type DayText } from '../../domain/time.js';
import { TOPICS } from './facts.js';
import { readRule } from './programme-file.js';
import { RULES } from './registry.js';
import type { Condition, FactView, Rule } from './rule.js';

/** The conditions that an office may change; whose KTP a rule is for is not among them. */
export const CHANGEABLE_FACTS = ['bpjs', 'payer', 'who', 'cutOff', 'emergency', 'arrears', 'away', 'topic'] as const;
export type ChangeableFact = (typeof CHANGEABLE_FACTS)[number];

const YES_NO = ['yes', 'no', 'absent'] as const;

/** The words that a condition may name, by fact: a word that nothing ever says would switch the rule off unseen. */
export const FACT_WORDS: Readonly<Record<ChangeableFact, readonly string[]>> = {
  bpjs: ['active', 'inactive', 'none', 'unknown', 'absent'],
  payer: ['region', 'state', 'employer', 'self', 'unknown', 'absent'],
  who: ['self', 'child', 'newborn', 'elderly', 'other', 'absent'],
  cutOff: YES_NO,
  emergency: YES_NO,
  arrears: YES_NO,
  away: YES_NO,
  topic: TOPICS,
};

/** The codes that a version may choose among: those of the shipped rules, which all have their words in every language. */
export const RULE_CODES = {
  text: codes(({ text }) => [text]),
  papers: codes(({ papers }) => papers),
  steps: codes(({ steps }) => steps),
  contacts: codes(({ contacts }) => contacts),
  excludes: codes(({ excludes }) => excludes),
} as const;

/** What is wrong with a version, and where. */
export interface VersionFault {
  /** A field of the rule (`when.bpjs`, `steps`), or "rule" for all of it. */
  readonly place: string;
  readonly reason: 'unreadable' | 'fixed' | 'word' | 'code' | 'period' | 'promise' | 'protected' | 'no_rule';
}

/** Emergencies, care that must not wait, and the last rule that always fits: no office can switch these off by mistake. */
const LAST_PROTECTED_RANK = 13;
const LAST_RESORT_RANK = 999;
const PROMISE =
  /pasti (?:gratis|ditanggung|bisa|dijamin|aman)|dijamin (?:gratis|ditanggung)|tentu (?:gratis|ditanggung)|100 ?%|gratis sepenuhnya|tanpa syarat|Anda gratis/i;

/** True for the rules that only a new release changes. */
export function isProtected(rule: Rule): boolean {
  if (rule.text === 'jkn.emergency_law') return true;
  return rule.kind === 'decides' && (rule.rank <= LAST_PROTECTED_RANK || rule.rank === LAST_RESORT_RANK);
}

/** The shipped rule of this id; null when there is none. */
export function shippedRule(id: string): Rule | null {
  return RULES.find((rule) => rule.id === id) ?? null;
}

/** A version as a rule, null where it ends the rule, or everything that is wrong with it. */
export function readVersion(
  version: Pick<RuleVersion, 'ruleId' | 'from' | 'content'>,
): { readonly rule: Rule | null } | { readonly faults: readonly VersionFault[] } {
  const base = shippedRule(version.ruleId);
  if (base === null) return { faults: [{ place: 'rule', reason: 'no_rule' }] };
  if (isProtected(base)) return { faults: [{ place: 'rule', reason: 'protected' }] };
  if (version.content === null) return { rule: null };
  const read = parsed(version.content, base);
  if ('faults' in read) return read;
  const { rule } = read;
  const faults = [
    ...fixedFaults(rule, base),
    ...(['when', 'unless'] as const).flatMap((name) => wordFaults(name, rule[name])),
    ...codeFaults(rule),
    ...(rule.validFrom !== version.from || (rule.validTo !== null && rule.validTo < version.from)
      ? [{ place: 'validTo', reason: 'period' } as const]
      : []),
    ...(PROMISE.test(rule.officeNote ?? '') ? [{ place: 'officeNote', reason: 'promise' } as const] : []),
  ];
  return faults.length > 0 ? { faults } : { rule };
}

/**
 * The shipped rules with what offices decided: from its day on a version counts in the place of whatever counted for that
 * rule before, until the next one begins. A version that cannot be read (another release knew other words) is left out,
 * as if it had never been entered; `unusable` names it.
 */
export function withVersions(
  rules: readonly Rule[],
  versions: readonly RuleVersion[],
): { readonly rules: readonly Rule[]; readonly unusable: readonly string[] } {
  const unusable: string[] = [];
  const entered = new Map<string, Map<DayText, Rule | null>>();
  for (const version of versions) {
    const read = readVersion(version);
    if ('faults' in read) {
      unusable.push(version.id);
      continue;
    }
    const days = entered.get(version.ruleId) ?? new Map<DayText, Rule | null>();
    entered.set(version.ruleId, days.set(version.from, read.rule));
  }
  return { unusable, rules: rules.flatMap((rule) => timeline(rule, entered.get(rule.id))) };
}

/** A rule, cut off where its first version begins, and its versions, each until the next. */
function timeline(shipped: Rule, days: ReadonlyMap<DayText, Rule | null> | undefined): readonly Rule[] {
  const starts = [...(days?.keys() ?? [])].sort();
  const periods: readonly (readonly [Rule | null, DayText | undefined])[] = [
    [shipped, starts[0]],
    ...starts.map((start, at) => [days?.get(start) ?? null, starts[at + 1]] as const),
  ];
  return periods.flatMap(([rule, next]) => {
    if (rule === null) return [];
    if (next === undefined) return [rule];
    const end = dayBefore(next);
    const validTo = rule.validTo !== null && rule.validTo < end ? rule.validTo : end;
    return rule.validFrom !== null && rule.validFrom > validTo ? [] : [{ ...rule, validTo }];
  });
}

function parsed(content: string, base: Rule): { readonly rule: Rule } | { readonly faults: readonly VersionFault[] } {
  try {
    return { rule: readRule(JSON.parse(content), base.programme) };
  } catch (error) {
    const places = error instanceof z.ZodError ? error.issues.map(({ path }) => path.join('.')) : [];
    const faults = (places.length > 0 ? places : ['rule']).map((place) => ({ place, reason: 'unreadable' as const }));
    return { faults };
  }
}

/** What makes it the same rule: its name, its place in the order, whose KTP it is for. */
function fixedFaults(rule: Rule, base: Rule): readonly VersionFault[] {
  const changeable: readonly string[] = CHANGEABLE_FACTS;
  const rest = (condition: Condition) =>
    JSON.stringify(Object.entries(condition).filter(([fact]) => !changeable.includes(fact)));
  const same = {
    id: rule.id === base.id,
    kind: rule.kind === base.kind,
    rank: rule.rank === base.rank,
    noProgramme: rule.noProgramme === base.noProgramme,
    when: rest(rule.when) === rest(base.when),
    unless: rest(rule.unless) === rest(base.unless),
  };
  return Object.entries(same)
    .filter(([, kept]) => !kept)
    .map(([place]) => ({ place, reason: 'fixed' }));
}

function wordFaults(name: 'when' | 'unless', condition: Condition): readonly VersionFault[] {
  return CHANGEABLE_FACTS.filter((fact) => condition[fact]?.some((word) => !FACT_WORDS[fact].includes(word))).map(
    (fact: keyof FactView) => ({ place: `${name}.${fact}`, reason: 'word' }),
  );
}

function codeFaults(rule: Rule): readonly VersionFault[] {
  const used = { ...rule, text: [rule.text] };
  return (Object.keys(RULE_CODES) as (keyof typeof RULE_CODES)[])
    .filter((place) => used[place].some((code) => !RULE_CODES[place].includes(code)))
    .map((place) => ({ place, reason: 'code' }));
}

function codes(of: (rule: Rule) => readonly string[]): readonly string[] {
  return [...new Set(RULES.flatMap(of))].sort();
}

function dayBefore(day: DayText): DayText {
  return new Date(Date.parse(day) - DAY).toISOString().slice(0, 10);
}
