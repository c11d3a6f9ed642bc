import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answerTo } from './reader.js';

interface Expected {
  readonly region: string | null;
  readonly outcome: string;
  readonly programme: string | null;
}
interface Labelled {
  readonly text: string;
  readonly eligibility: Expected;
  readonly alt?: readonly Expected[];
}

function fits(found: Expected, expected: Expected): boolean {
  return (
    found.region === expected.region && found.outcome === expected.outcome && found.programme === expected.programme
  );
}

/** Region, outcome and programme at once, or one of the readings that the label allows beside it. */
function shareRight(file: string): {
  readonly share: number;
  readonly wrong: readonly string[];
  readonly strict: number;
} {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const labelled = lines.map((line) => JSON.parse(line) as Labelled);
  const wrong = labelled.flatMap(({ text, eligibility, alt = [] }, at) => {
    const found = answerTo(text);
    return [eligibility, ...alt].some((each) => fits(found, each))
      ? []
      : [
          `${at + 1} ${found.region} ${found.outcome} ${found.programme} instead of ${Object.values(eligibility).join(' ')}: ${text}`,
        ];
  });
  const strict = labelled.filter(({ text, eligibility }) => fits(answerTo(text), eligibility)).length;
  return { share: 1 - wrong.length / labelled.length, wrong, strict: strict / labelled.length };
}

const DEV = ['eligibility', 'eligibility-2', 'eligibility-3', 'eligibility-4']
  .map((name) => `test/labelled/dev/${name}.ndjson`)
  .filter(existsSync);

it.each(DEV)('answers at least 92 in 100 of %s rightly', (file) => {
  const { share, wrong, strict } = shareRight(file);
  console.log(
    `${(share * 100).toFixed(1)} % right, ${(strict * 100).toFixed(1)} % by the first label\n${wrong.join('\n')}`,
  );
  expect(share).toBeGreaterThanOrEqual(0.92);
});

const HELD_OUT = 'test/labelled/heldout/eligibility.ndjson';

// The sentences are for nobody's eyes: only the share is told. The aim is 92 %; below the floor something broke.
it('keeps its share of the questions held out', () => {
  const { share } = shareRight(HELD_OUT);
  console.log(`held out: ${(share * 100).toFixed(1)} % right`);
  expect(share).toBeGreaterThanOrEqual(0.85);
});
