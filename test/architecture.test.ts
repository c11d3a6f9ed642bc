import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom, by the first folder below src; the table of docs/architecture.md in code. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  errors: [],
  'project-root': [],
  log: ['domain', 'errors'],
  config: ['errors', 'log'],
  i18n: ['domain', 'project-root'],
  ports: ['domain', 'errors'],
  engines: ['domain', 'ports', 'errors'],
  services: ['domain', 'engines', 'ports', 'i18n', 'errors', 'log', 'project-root'],
  channels: ['domain', 'ports', 'errors', 'log'],
  store: ['domain', 'ports', 'errors', 'log', 'project-root'],
  web: ['domain', 'ports', 'services', 'errors', 'log', 'i18n', 'project-root'],
  meters: ['domain', 'ports', 'errors'],
};
/** They wire everything together and decide nothing. */
const WIRING = new Set(['main', 'app', 'running', 'configured-channels', 'world', 'cli']);

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
  .map((file) => `src/${file}`);

function importsOf(file: string): readonly { readonly path: string; readonly specifier: string }[] {
  return [...readFileSync(file, 'utf8').matchAll(/^(?:import|export)[^'"]*?from '([^']+)'/gms)].map((found) => ({
    specifier: found[1] ?? '',
    path: normalize(join(dirname(file), found[1] ?? '')),
  }));
}

const ours = (file: string) => importsOf(file).filter(({ specifier }) => specifier.startsWith('.'));
const topOf = (path: string) => (path.split('/')[1] ?? '').replace(/\.(ts|js)$/, '');

describe('the house', () => {
  it('has files to look at', () => expect(files.length).toBeGreaterThan(50));

  it('is what docs/architecture.md and the rules above tell', () => {
    const told = readFileSync('docs/architecture.md', 'utf8');
    const parts = [...new Set(files.map(topOf))];
    const folders = parts.filter((part) => files.some((file) => file.startsWith(`src/${part}/`)));
    expect(folders.filter((folder) => !told.includes(`\`src/${folder}\``))).toEqual([]);
    const engines = new Set(
      files.filter((file) => file.startsWith('src/engines/')).map((file) => file.split('/')[2] ?? ''),
    );
    expect([...engines].filter((engine) => !told.includes(`\`${engine}\``))).toEqual([]);
    const within = files.map((file) => file.split('/')).filter(([, part]) => part !== 'engines');
    const inner = new Set(within.flatMap(([, , folder, file]) => (file === undefined ? [] : [folder ?? ''])));
    expect([...inner].filter((folder) => !told.includes(`\`${folder}/\``))).toEqual([]);
    const running = files.filter((file) => file.startsWith('src/running/')).map((file) => file.slice(12, -3));
    expect(running.filter((part) => !told.includes(`\`${part}\``))).toEqual([]);
    expect([...Object.keys(MAY_IMPORT), ...WIRING].filter((part) => !parts.includes(part))).toEqual([]);
  });

  it.each(files)('%s imports only downwards', (file) => {
    const top = topOf(file);
    if (WIRING.has(top)) return;
    const allowed = MAY_IMPORT[top];
    expect(allowed, `no rule for src/${top}`).toBeDefined();
    const wrong = ours(file).filter(({ path }) => {
      if (path.startsWith('locales')) return !['domain', 'i18n', 'engines'].includes(top);
      return topOf(path) !== top && !allowed?.includes(topOf(path));
    });
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it.each(files.filter((file) => file.startsWith('src/engines')))(
    '%s enters another engine by its index only',
    (file) => {
      const own = file.split('/')[2];
      const wrong = ours(file).filter(({ path }) => {
        const [, folder, engine, ...inside] = path.split('/');
        return folder === 'engines' && engine !== own && inside.join('/') !== 'index.js';
      });
      expect(wrong.map(({ path }) => path)).toEqual([]);
    },
  );

  it.each(files.filter((file) => /^src\/(engines|domain)/.test(file)))(
    '%s reads no clock, chance, process or database',
    (file) => {
      const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect(text).not.toMatch(
        /Date\.now\(|new Date\(\)|Math\.random\(|process\.|setTimeout\(|from 'node:(fs|net|http)/,
      );
      expect(importsOf(file).filter(({ specifier }) => /prisma|express|grammy|baileys/.test(specifier))).toEqual([]);
    },
  );

  it('keeps channels apart from each other', () => {
    for (const file of files.filter((each) => /^src\/channels\/[^/]+\//.test(each))) {
      const own = file.split('/')[2];
      const others = ours(file).filter(
        ({ path }) => /^src\/channels\/[^/]+\//.test(path) && path.split('/')[2] !== own,
      );
      expect(others.map(({ path }) => `${file} → ${path}`)).toEqual([]);
    }
  });

  it('runs without the store in memory', () => {
    const users = files.filter((file) => !file.startsWith('src/store/memory/'));
    const wrong = users.filter((file) => ours(file).some(({ path }) => path.startsWith('src/store/memory/')));
    expect(wrong).toEqual([]);
  });

  it('reads the environment in config.ts only', () => {
    const readers = files.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')));
    expect(readers).toEqual(['src/config.ts']);
  });
});
