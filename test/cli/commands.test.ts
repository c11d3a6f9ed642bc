import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'tanya-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command of package.json as npm does, on what is built, in the test's own folder. */
function run(command: string, typed: string): Promise<{ code: number | null; said: string }> {
  const [name = '', ...words] = command.split(' ');
  const env = { PATH: process.env.PATH ?? '', DATABASE_URL: `file:${join(folder, 'commands.db')}` };
  const child = spawn(process.execPath, [resolve(`dist/src/cli/${name}.js`), ...words], { cwd: folder, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
  child.stdin.end(typed);
  return new Promise((done) => child.once('close', (code) => done({ code, said })));
}

/** Each command of the README, what is typed, and what it must say. */
const COMMANDS: readonly (readonly [command: string, typed: string, says: RegExp])[] = [
  ['chat', 'puskesmas loa ipuh buka?\n', /Puskesmas Loa Ipuh/],
  ['simulate', '{"contact":"a","text":"bapak saya pingsan"}\n', /"kind":"unconscious","level":"now"/],
  ['hours', '{"hours":"24/7","timezone":"Asia/Makassar","at":"2026-11-23T09:15:00+08:00"}\n', /"state":"open"/],
  ['import holidays FILE --dry-run', '', /FILE/],
  ['programmes 64.02 bpjs=inactive', '', /kukar/i],
  ['words', '', /119/],
  ['staff add rina@dinkes.example --role editor --region 64.02', 'kata sandi percobaan\n', /rina@dinkes\.example/],
  ['staff list', '', /rina@dinkes\.example/],
  ['whatsapp status', '', /not linked/],
];

describe('a command of the README', () => {
  it.each(COMMANDS)('%s', async (command, typed, says) => {
    const { code, said } = await run(command, typed);
    expect(said).toMatch(says);
    expect(code, said).toBe(command.includes('FILE') ? 1 : 0);
  });

  it('is tried here, or with its own test', () => {
    const tried = new Set(COMMANDS.map(([command]) => command.split(' ')[0]));
    // test/operations and key.test.ts try these, with all that may go wrong.
    for (const name of ['backup', 'restore', 'key']) tried.add(name);
    const all = readdirSync('src/cli').map((file) => file.replace(/\.ts$/, ''));
    const scripts = readFileSync('package.json', 'utf8');
    expect(all.filter((name) => scripts.includes(`dist/src/cli/${name}.js`) && !tried.has(name))).toEqual([]);
  });
});
