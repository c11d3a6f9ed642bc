import type { Region } from '../domain/place.js';
import { type DayText, dayOf, HOUR, startOfDay } from '../domain/time.js';
import { evaluate, explain, inForce, type Rule, TOPICS } from '../engines/eligibility/index.js';
import { renderPhrase } from '../i18n/translate.js';
import { ageInDays, factsFromWords, rulesOf, STALE_DAYS } from './programme-report.js';
import type { Desk } from './staff-desk.js';

/** When offices are open if they are at all. */
const MID_MORNING = 10 * HOUR;

/** A rule as staff read it. */
export interface RuleRow {
  readonly rule: Rule;
  readonly age: number;
  readonly stale: boolean;
  readonly inForce: boolean;
}

/** Every rule that can answer a KTP of the region, versions of the office included, with its age in days. */
export function ruleRows(desk: Pick<Desk, 'world' | 'now'>, region: Region): readonly RuleRow[] {
  const on = dayOf(desk.now(), region.zone);
  const programmes = new Set(rulesOf(region.code).map(({ programme }) => programme));
  const rules = desk.world().rules.filter(({ programme }) => programmes.has(programme));
  return rules.map((rule) => {
    const age = ageInDays(rule, on);
    return { rule, age, stale: age > STALE_DAYS, inForce: inForce(rule, on) };
  });
}

/** The facts that can be tried, each with the words that it may have. */
export const TRIED_FACTS: Readonly<Record<string, readonly string[]>> = {
  bpjs: ['active', 'inactive', 'none', 'unknown'],
  payer: ['region', 'state', 'employer', 'self', 'unknown'],
  who: ['self', 'child', 'newborn', 'elderly', 'other'],
  emergency: ['yes', 'no'],
  arrears: ['yes', 'no'],
  cutOff: ['yes', 'no'],
  topic: [...TOPICS],
};

/** What the bot answers somebody with a KTP of the region and these facts. */
export interface TriedAnswer {
  readonly outcome: string;
  readonly programme: string | null;
  readonly asks: string | null;
  readonly rules: readonly string[];
  readonly texts: readonly string[];
}

/** With which rules, and on which day, facts are tried; left out: those that count, today. */
export interface Trial {
  readonly rules?: readonly Rule[];
  readonly on?: DayText | null;
}

/** Tries any set of facts; those without a word, or with one that is not offered, are left out. */
export function tryFacts(
  desk: Pick<Desk, 'world' | 'now'>,
  region: Region,
  given: Readonly<Record<string, string>>,
  trial: Trial = {},
): TriedAnswer {
  const { isOpen } = desk.world();
  const rules = trial.rules ?? desk.world().rules;
  const now = trial.on ? startOfDay(trial.on, region.zone) + MID_MORNING : desk.now();
  const words = Object.entries(given).flatMap(([name, word]) =>
    TRIED_FACTS[name]?.includes(word) ? [`${name}=${word}`] : [],
  );
  const answer = evaluate({ ktpRegion: region.code, ...factsFromWords(words) }, rules, dayOf(now, region.zone));
  return {
    outcome: answer.outcome,
    programme: answer.programme,
    asks: answer.asks,
    rules: answer.reasons.map(({ rule }) => rule.id),
    texts: explain(answer, { at: now, zone: region.zone, isOpen }).map((each) => renderPhrase(each, 'id')),
  };
}
