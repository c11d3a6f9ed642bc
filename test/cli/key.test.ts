import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort, startServer } from '../fakes/server-process.js';

const NEW = 'kunci-baru-hanya-untuk-percobaan-ini';
const STRANGE = 'kunci-lain-hanya-untuk-percobaan-ini';

/** The real server and the real commands, on the embedded database, whose key lies in a file beside it. */
describe('the key beside the embedded database', { timeout: 120_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'tanya-key-'));
  afterAll(() => rmSync(home, { recursive: true, force: true }));
  const file = join(home, 'data', 'secret.key');
  const start = async (settings: Readonly<Record<string, string>> = {}) => {
    const server = startServer(home, await freePort(), settings);
    return { server, ready: await server.ready() };
  };
  const run = (command: string, settings: Readonly<Record<string, string>> = {}) => {
    const [name = '', ...words] = command.split(' ');
    const env = { PATH: process.env.PATH ?? '', ...settings };
    const child = spawn(process.execPath, [resolve(`dist/src/cli/${name}.js`), ...words], { cwd: home, env });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => (said += piece));
    return new Promise<{ code: number | null; said: string }>((done) =>
      child.once('close', (code) => done({ code, said })),
    );
  };

  it('is made once; another is refused with a word on what to do; a change and a loss have their commands', async () => {
    const first = await start();
    expect(first.ready).not.toBe(false);
    const key = readFileSync(file, 'utf8');
    expect(await run('key change')).toMatchObject({
      code: 1,
      said: expect.stringContaining('Stop every process'),
    });
    await first.server.end('SIGTERM');

    const other = await start({ SECRET_KEY: STRANGE });
    expect(other.ready).toBe(false);
    expect(other.server.output()).toContain('SECRET_KEY is not the key that this database is used with');
    expect(other.server.output()).toContain('npm run -s key -- change');

    expect(await run('key change')).toMatchObject({ code: 0, said: expect.stringContaining('Sealed anew') });
    const changed = readFileSync(file, 'utf8');
    expect(changed).not.toBe(key);
    expect(existsSync(`${file}.next`)).toBe(false);
    expect(await run('key change', { SECRET_KEY: NEW })).toMatchObject({ code: 0 });
    const moved = await start({ SECRET_KEY: NEW });
    expect(moved.ready).not.toBe(false);
    await moved.server.end('SIGTERM');

    rmSync(file);
    const lost = await start();
    expect([lost.ready, existsSync(file)]).toEqual([false, false]);
    expect(lost.server.output()).toContain('secret.key is missing');
    expect(await run('whatsapp forget')).toMatchObject({ code: 0 });
    expect(existsSync(file)).toBe(true);
  });
});
