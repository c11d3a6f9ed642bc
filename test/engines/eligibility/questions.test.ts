import { describe, expect, it } from 'vitest';
import { QUESTIONS } from './questions.js';
import { answerTo } from './reader.js';

describe('questions in residents’ own words', () => {
  it.each(QUESTIONS)('%s', (text, region, outcome, programme) => {
    const answer = answerTo(text);
    expect([answer.region, answer.outcome, answer.programme]).toEqual([region, outcome, programme]);
  });
});
