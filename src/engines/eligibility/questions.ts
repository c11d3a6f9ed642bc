import type { AskedFact } from '../../domain/eligibility.js';
import { type Phrase, type PhraseKey, phrase } from '../../domain/phrase.js';
import type { ChoiceDraft } from '../../domain/reply.js';
import type { EligibilityAnswer } from './evaluate.js';
import type { EligibilityFacts } from './facts.js';

export interface Question {
  readonly fact: AskedFact;
  readonly phrase: Phrase;
  /** Ids are `elig:<fact>:<value>`; "tidak tahu" is always among them. */
  readonly choices: readonly ChoiceDraft[];
}

const VALUES: Readonly<Record<AskedFact, readonly string[]>> = {
  ktp: ['64.02', '64.74', '64.71', '35.14', 'elsewhere', 'unknown'],
  bpjs: ['active', 'inactive', 'none', 'unknown'],
  payer: ['state', 'region', 'self', 'employer', 'unknown'],
  where: ['home', 'away', 'unknown'],
};

/** The question that would settle most, or null when nothing more is worth asking. At most one a fact, so four in all. */
export function nextQuestion(answer: EligibilityAnswer): Question | null {
  const fact = answer.asks;
  if (fact === null) return null;
  return {
    fact,
    phrase: phrase(`eligibility:question.${fact}`),
    choices: VALUES[fact].map((value) => ({
      id: `elig:${fact}:${value}`,
      label: phrase(`eligibility:choice.${fact}.${value.replace('.', '_')}` as PhraseKey),
    })),
  };
}

/** The facts with a chosen answer added; the same facts when the id is not one of these questions'. */
export function factsWithChoice(facts: EligibilityFacts, choiceId: string): EligibilityFacts {
  const [prefix, fact, value] = choiceId.split(':');
  if (prefix !== 'elig' || fact === undefined || value === undefined) return facts;
  if (!VALUES[fact as AskedFact]?.includes(value)) return facts;
  const field = { ktp: 'ktpRegion', bpjs: 'bpjs', payer: 'payer', where: 'location' }[fact as AskedFact];
  return { ...facts, [field]: value };
}
