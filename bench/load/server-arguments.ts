import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** What `npm start` hands to node, with the program's whole path: what is tried and measured runs as it runs for an office. */
export function serverArguments(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  const [, ...given] = (scripts.start.split(' && ').at(-1) ?? '').split(' ');
  return given.map((word) => (word.startsWith('-') ? word : resolve(word)));
}
