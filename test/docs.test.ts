import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];
const textOf = (page: string) => readFileSync(page, 'utf8');
const scripts: Readonly<Record<string, string>> = JSON.parse(textOf('package.json')).scripts;
const folder = mkdtempSync(join(tmpdir(), 'tanya-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Commands that are not run here: who runs them instead. A file must hold the words given with it. */
const ELSEWHERE: Readonly<Record<string, readonly [file: string, words: string] | 'ci' | 'hand'>> = {
  'npm ci': 'ci',
  'npm ci && npm test': 'ci',
  'npm run check': 'ci',
  'npm ci && npm start': ['test/start.test.ts', 'serverArguments()'],
  'npm run train:emergency': ['test/engines/emergency/learned.test.ts', 'same bytes'],
  'npm run bench learned': 'hand',
};

/** The lines of the shell blocks of a page, without their comments. */
function commandsOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^ *```sh\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    block
      .split('\n')
      .map((line) => line.replace(/\s+#.*$/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('#')),
  );
}

describe.each(PAGES)('%s', (page) => {
  it('links to files that are there', () => {
    const links = [...textOf(page).matchAll(/\]\(([^)#\s]+)(#[^)\s]*)?\)/g)].map(([, target = '']) => target);
    const local = links.filter((target) => !/^[a-z]+:/.test(target));
    expect(local.filter((target) => !existsSync(normalize(join(dirname(page), target))))).toEqual([]);
  });

  it('names scripts that are there', () => {
    const named = [...textOf(page).matchAll(/npm run (?:-s )?([a-z][\w:]*)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('names files of the project that are there', () => {
    const named = [...textOf(page).matchAll(/`((?:src|test|docs|locales|prisma|scripts|bench|ops)\/[\w./-]*)`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(path))).toEqual([]);
  });
});

/** `test/operations/guide.test.ts` carries that page's commands out, in their order. */
const commands = [...new Set(PAGES.filter((page) => page !== 'docs/operations.md').flatMap(commandsOf))];

describe('the commands of the pages', () => {
  it('are many', () => expect(commands.length).toBeGreaterThan(8));

  it.each(commands)('%s', async (command) => {
    const elsewhere = ELSEWHERE[command];
    if (elsewhere === 'ci') return expect(textOf('.ci/run')).toContain('npm test');
    if (elsewhere === 'hand') return expect(command).toMatch(/^npm run bench/);
    if (elsewhere !== undefined) return expect(textOf(elsewhere[0])).toContain(elsewhere[1]);
    const { code, said } = await run(command);
    expect(code, said).toBe(0);
  });

  it('and those run elsewhere are all still written somewhere', () => {
    expect(Object.keys(ELSEWHERE).filter((command) => !commands.includes(command))).toEqual([]);
  });
});

/** Runs a line as a reader types it, in this folder, on a database of the test's own. */
function run(command: string): Promise<{ code: number; said: string }> {
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, DATABASE_URL: `file:${join(folder, 'docs.db')}`, TANYA_DOCS: folder };
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', command], { env, cwd: process.cwd() }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, said: `${out}${err}` }),
    );
    // What asks for a password reads it here.
    child.stdin?.end('kata sandi percobaan yang panjang\n');
  });
}
