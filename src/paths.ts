import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const root = findRoot();

/**
 * Absolute path of a file that ships with the project (locales, seeds, migrations, public pages).
 * The same from `src` under the tests and from `dist` in production.
 */
export function projectFile(...parts: string[]): string {
  return join(root, ...parts);
}
