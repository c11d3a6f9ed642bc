import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

describe('docs/security.md', () => {
  const text = readFileSync('docs/security.md', 'utf8');
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
    .map((line) => line.split(' | '));

  it('lists threats', () => expect(rows.length).toBeGreaterThan(20));

  it.each(rows)('%s (%s) names tests that exist', (_who, _what, _guard, shown = '') => {
    const tests = [...shown.matchAll(/`(test\/[^`]+)`/g)].map(([, path = '']) => path);
    expect(tests.length).toBeGreaterThan(0);
    for (const path of tests) expect(existsSync(path), path).toBe(true);
  });
});
