import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFile } from '../../../src/project-root.js';

const GUIDE = readFileSync(projectFile('docs/panduan-staf.md'), 'utf8').replaceAll(/\s+/g, ' ');
const LOCALES = projectFile('locales/id');
const words = readdirSync(LOCALES).flatMap((file) => wordsOf(JSON.parse(readFileSync(join(LOCALES, file), 'utf8'))));

function wordsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

describe('the guide for staff', () => {
  const named = [...new Set([...GUIDE.matchAll(/\*\*(.+?)\*\*/g)].map(([, name = '']) => name.replace(/ …$/, '')))];
  it.each(named)('“%s” is written on a page just so', (name) => {
    expect(words.some((each) => each.includes(name))).toBe(true);
  });
});
