import { describe, expect, it } from 'vitest';
import { evaluate, extractFacts, RULES } from '../../../src/engines/eligibility/index.js';
import { normalise } from '../../../src/engines/language/index.js';
import { QUESTIONS } from './questions.js';

describe('questions in residents’ own words', () => {
  it.each(QUESTIONS)('%s', (text, region, outcome, programme) => {
    const answer = evaluate(extractFacts(normalise(text), null, {}, null), RULES, '2026-11-23');
    expect([answer.region, answer.outcome, answer.programme]).toEqual([region, outcome, programme]);
  });
});
