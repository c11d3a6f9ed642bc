import type { AskedFact, Outcome } from '../../domain/eligibility.js';
import type { PhraseKey } from '../../domain/phrase.js';
import type { DayText } from '../../domain/time.js';
import {
  CHANGEABLE_FACTS,
  type ChangeableFact,
  type EnteredVersion,
  FACT_WORDS,
  LONGEST_NOTE,
  RULE_CODES,
  type RulePage,
  type VersionFault,
} from '../../services/staff-rule-versions.js';
import { type Faults, Form } from './form.js';
import { say } from './page.js';

export const OUTCOMES = ['covered', 'likely', 'needs_step', 'not_covered', 'ask'] as const satisfies readonly Outcome[];
const ASKED = ['bpjs', 'payer', 'ktp', 'where'] as const satisfies readonly AskedFact[];
const GRADES = ['confirmed', 'published', 'contradictory'] as const;
const LISTS = ['papers', 'steps', 'contacts', 'excludes'] as const;
const LIST_WORDS = { papers: 'paper', steps: 'step', contacts: 'contact', excludes: 'exclude' } as const;
/** So many empty lines stand under what a list holds. */
const SPARE_LINES = 2;

type Rule = RulePage['shipped'];

/** What the form shows: the rule as it is now, or as somebody typed it. */
export function shownVersion(rule: Rule, today: DayText, office: string): EnteredVersion {
  const changeable = (condition: Rule['when']) =>
    Object.fromEntries(CHANGEABLE_FACTS.flatMap((fact) => (condition[fact] ? [[fact, condition[fact]]] : [])));
  const { validTo, outcome, asks, text, papers, steps, contacts, excludes, officeNote } = rule;
  return {
    from: today,
    ends: false,
    validTo: validTo !== null && validTo >= today ? validTo : null,
    outcome,
    when: changeable(rule.when),
    unless: changeable(rule.unless),
    asks,
    text,
    papers,
    steps,
    contacts,
    excludes,
    officeNote,
    grade: 'confirmed',
    source: office,
  };
}

/** The form as it was filled in. A day that does not exist reads as empty, and is refused later. */
export function enteredVersion(body: unknown, rule: Rule): EnteredVersion {
  const form = new Form(body);
  const condition = (kind: 'when' | 'unless') =>
    Object.fromEntries(
      CHANGEABLE_FACTS.flatMap((fact) => {
        const words = form.all(`${kind}_${fact}`).filter((word) => FACT_WORDS[fact].includes(word));
        return words.length > 0 ? [[fact, words] as const] : [];
      }),
    ) as Readonly<Partial<Record<ChangeableFact, readonly string[]>>>;
  const list = (name: (typeof LISTS)[number]) =>
    [...new Set(form.all(name))].filter((code) => RULE_CODES[name].includes(code));
  return {
    from: form.day('from') ?? '',
    ends: form.text('decision') === 'ends',
    validTo: form.text('valid_to') === '' ? null : (form.day('valid_to') ?? ''),
    outcome: rule.outcome === null ? null : form.oneOf('outcome', OUTCOMES, rule.outcome),
    when: condition('when'),
    unless: condition('unless'),
    asks: ASKED.filter((fact) => form.all('asks').includes(fact)),
    text: RULE_CODES.text.find((code) => code === form.text('text')) ?? rule.text,
    papers: list('papers'),
    steps: list('steps'),
    contacts: list('contacts'),
    excludes: list('excludes'),
    officeNote: form.textOrNull('note', LONGEST_NOTE + 1),
    grade: form.oneOf('grade', GRADES, 'confirmed'),
    source: form.text('source'),
  };
}

/** What the template needs to draw the form. */
export function formChoices(rule: Rule, entered: EnteredVersion) {
  const words = (kind: string, code: string) => say(`eligibility:${kind}.${code}` as PhraseKey);
  return {
    entered,
    outcomes: rule.outcome === null ? [] : OUTCOMES,
    facts: CHANGEABLE_FACTS.map((fact) => ({ fact, words: FACT_WORDS[fact] })),
    asked: ASKED,
    grades: GRADES,
    texts: RULE_CODES.text
      .filter((code) => code === rule.text || code.startsWith(`${rule.programme}.`) || code.startsWith('jkn.'))
      .map((code) => ({ code, words: words('rule', code) })),
    lists: LISTS.map((name) => ({
      name,
      lines: [...entered[name], ...Array.from({ length: SPARE_LINES }, () => '')],
      codes: RULE_CODES[name].map((code) => ({ code, words: words(LIST_WORDS[name], code) })),
    })),
    longestNote: LONGEST_NOTE,
  };
}

/** The fields of the form for the places that a fault names; what no field stands for is said above all. */
export function ruleFaults(faults: readonly VersionFault[], entered: EnteredVersion): Faults {
  return Object.fromEntries(
    faults.map(({ place, reason }) => {
      const field = FIELD_OF[place] ?? (entered.from === '' ? 'from' : 'rule');
      return [field, `console:ruleFault.${field === 'from' ? 'from' : reason}` as PhraseKey];
    }),
  );
}

const FIELD_OF: Readonly<Record<string, string>> = {
  from: 'from',
  validFrom: 'from',
  validTo: 'valid_to',
  officeNote: 'note',
  source: 'source',
};
