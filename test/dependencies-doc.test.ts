import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectFile } from '../src/project-root.js';

const { dependencies, devDependencies } = JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as Record<
  'dependencies' | 'devDependencies',
  Readonly<Record<string, string>>
>;
const [, atRunTime = '', forBuilding = ''] = readFileSync(projectFile('docs/dependencies.md'), 'utf8').split(/^## /m);
const named = (section: string) =>
  [...section.matchAll(/^\| (?!package |---)([^|]+) \|/gm)]
    .flatMap(([, names = '']) => names.trim().split(', '))
    .sort();

test.each([
  ['at run time', atRunTime, Object.keys(dependencies)],
  [
    'for building and testing',
    forBuilding,
    [...Object.keys(devDependencies).filter((name) => !name.startsWith('@types/')), '@types/*'],
  ],
])('docs/dependencies.md says why each package %s is here, and of no other', (_, section, packages) => {
  expect(named(section)).toEqual([...packages].sort());
});
