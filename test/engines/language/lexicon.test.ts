import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const FOLDER = 'src/engines/language/lexicon';

describe('the word lists', () => {
  it.each(readdirSync(FOLDER))('%s names a source for every entry', (file) => {
    const entries = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as { source?: string }[];
    expect(entries.filter(({ source }) => !source)).toEqual([]);
  });

  it('gives one meaning to each spelling', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const file of ['everyday', 'health', 'english']) {
      const entries = JSON.parse(readFileSync(`${FOLDER}/${file}.json`, 'utf8')) as { word: string; forms: string }[];
      for (const { word, forms } of entries) {
        for (const form of forms.split(' ').filter((each) => each !== '')) {
          if (seen.has(form) && seen.get(form) !== word) twice.push(`${form}: ${seen.get(form)} and ${word}`);
          seen.set(form, word);
        }
      }
    }
    expect(twice).toEqual([]);
  });
});
