import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/config.js';
import { until } from '../channels/support.js';
import { startPostgres } from '../fakes/postgres.js';
import { freePort, postUpdate, type ServerProcess, startServer, telegramSettings } from '../fakes/server-process.js';
import { messageUpdate, startFakeTelegram } from '../fakes/telegram-server.js';
import { OPEN } from '../services/house.js';

const guide = readFileSync('docs/operations.md', 'utf8');
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;
const blocks = [...guide.matchAll(/^```bash\n([\s\S]*?)^```$/gm)].map((found) => found[1] ?? '');
const commands = blocks.flatMap((block) => block.trim().split('\n'));
const ours = commands.filter((command) => command.includes('npm run'));
/** A telephone has to be at hand; test/channels/whatsapp tries what it does. */
const BY_HAND = ['npm run -s whatsapp -- link'];
/** The rest of the page's commands are these programs', which are not ours to try. */
const OTHERS = /^(docker compose |mkdir |openssl |printf |chown |npm ci$|npm start$)/;

const folder = mkdtempSync(join(tmpdir(), 'tanya-guide-'));
const postgres = await startPostgres();
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres?.stop();
});

interface Result {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a command of the page as npm would, on what is built, in the test's own folder. */
async function carryOut(command: string, settings: Record<string, string>, input = ''): Promise<Result> {
  const [, assignments = '', name = '', rest = ''] =
    /^((?:\w+=\S+ )*)npm run -s (\w+)(?: -- (.*))?$/.exec(command) ?? [];
  const script = scripts[name]?.split(' && ').at(-1) ?? '';
  const [program, file = '', ...given] = script.split(' ');
  expect(program).toBe('node');
  const own = Object.fromEntries(
    assignments
      .trim()
      .split(' ')
      .filter(Boolean)
      .map((each) => each.split(/=(.*)/s).slice(0, 2)),
  );
  const env = { PATH: process.env.PATH ?? '', ...settings, ...own };
  const child = spawn(process.execPath, [resolve(file), ...given, ...rest.split(' ')], { cwd: folder, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
  child.stdin.end(input);
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, said };
}

describe('the page of operations', () => {
  it('names commands that exist', () => {
    expect(ours.length).toBeGreaterThan(6);
    for (const [, name = ''] of guide.matchAll(/npm run (?:-s )?(\w+)/g))
      if (name !== 'NAME') expect(scripts).toHaveProperty(name);
    for (const [, name = ''] of guide.matchAll(/dist\/src\/cli\/(\w+)\.js/g)) {
      if (name !== 'NAME') expect(existsSync(`src/cli/${name}.ts`), name).toBe(true);
    }
    expect(commands.filter((command) => !ours.includes(command) && !OTHERS.test(command))).toEqual([]);
  });

  it('links to files and sections that exist', () => {
    for (const [, path = ''] of guide.matchAll(/\]\(([^)#]+)\)/g))
      expect(existsSync(join('docs', path)), path).toBe(true);
    for (const [, title = ''] of guide.matchAll(/see "([^"]+)"/g)) expect(guide).toContain(`**${title}.**`);
    for (const [, alert = ''] of guide.matchAll(/see (Tanya\w+)/gi)) expect(guide).toContain(`### ${alert}`);
  });

  it('stands beside an example of every setting', () => {
    const listed = [...readFileSync('.env.example', 'utf8').matchAll(/^([A-Z_]+)=/gm)].map((found) => found[1] ?? '');
    expect([...listed].sort()).toEqual([...SETTINGS].sort());
  });

  it.skipIf(!postgres)('is right from a backup over a loss to another database', { timeout: 240_000 }, async () => {
    const bot = await startFakeTelegram();
    const port = await freePort();
    const done = new Set<string>();
    const step = async (pattern: RegExp, settings: Record<string, string>, input = '') => {
      const command = ours.find((each) => !done.has(each) && pattern.test(each)) ?? '';
      done.add(command);
      const key = existsSync(join(folder, 'data/secret.key'))
        ? readFileSync(join(folder, 'data/secret.key'), 'utf8').trim()
        : '';
      return carryOut(
        command
          .replace('/tmp/rehearsal', join(folder, 'rehearsal'))
          .replace('postgres://tanya:PASSWORD@localhost/tanya', other)
          .replace('"$(cat data/secret.key)"', key),
        settings,
        input,
      );
    };
    const { DATABASE_URL: _file, SECRET_KEY: _key, ...settings } = telegramSettings(folder, port, bot);
    const other = (await postgres?.createDatabase()) ?? '';
    const answered = async (server: ServerProcess, id: number) => {
      expect(await server.ready(), server.output()).not.toBe(false);
      const before = bot.calls.filter(({ method }) => method === 'sendMessage').length;
      expect(await postUpdate(port, messageUpdate(id, { text: OPEN }))).toBe(200);
      await until(() => bot.calls.filter(({ method }) => method === 'sendMessage').length > before, 'an answer');
    };
    mkdirSync(join(folder, 'backups'));

    const first = startServer(folder, port, settings);
    await answered(first, 1);
    const backup = await step(/backup .*tanya-/, {});
    expect(backup).toMatchObject({ code: 0, said: expect.stringContaining('read back and checked') });
    expect(backup.said).toContain('data/secret.key');
    const early = await carryOut(ours.find((each) => /restore .*--force/.test(each)) ?? '', {});
    expect(early).toMatchObject({ code: 1, said: expect.stringContaining('A server runs') });
    await first.end('SIGTERM');

    expect(await step(/^npm.*restore .*--force/, {})).toMatchObject({
      code: 0,
      said: expect.stringContaining('Restored'),
    });
    expect(await step(/rehearsal/, {})).toMatchObject({ code: 0 });
    const second = startServer(folder, port, settings);
    await answered(second, 2);
    await second.end('SIGTERM');

    const former = readFileSync(join(folder, 'data/secret.key'), 'utf8');
    expect(await step(/key -- change/, {})).toMatchObject({ code: 0, said: expect.stringContaining('Sealed anew') });
    expect(readFileSync(join(folder, 'data/secret.key'), 'utf8')).not.toBe(former);
    expect(await step(/backup .*move/, {})).toMatchObject({ code: 0 });
    const moved = await step(/--moved/, {});
    expect(moved).toMatchObject({ code: 0, said: expect.stringContaining('from sqlite') });
    const key = readFileSync(join(folder, 'data/secret.key'), 'utf8').trim();
    const third = startServer(folder, port, { ...settings, DATABASE_URL: other, SECRET_KEY: key });
    await answered(third, 3);
    // The same people are known there: a message from before is not answered again.
    const sends = () => bot.calls.filter(({ method }) => method === 'sendMessage').length;
    const before = sends();
    expect(await postUpdate(port, messageUpdate(2, { text: OPEN }))).toBe(200);
    await third.end('SIGTERM');
    expect(sends()).toBe(before);

    expect(await step(/whatsapp -- status/, {})).toMatchObject({
      code: 0,
      said: expect.stringContaining('not linked'),
    });
    expect(await step(/whatsapp -- forget/, {})).toMatchObject({ code: 0, said: expect.stringContaining('gone') });
    const add = 'npm run -s staff -- add kepala@dinkes.example --role admin';
    expect(await carryOut(add, {}, 'kata sandi percobaan\n')).toMatchObject({ code: 0 });
    expect(await step(/staff -- reset/, {}, 'kata sandi yang lain\n')).toMatchObject({ code: 0 });
    expect(ours.filter((command) => !done.has(command) && !BY_HAND.includes(command))).toEqual([]);
    await bot.close();
  });
});
