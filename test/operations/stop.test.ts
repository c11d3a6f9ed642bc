import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../channels/support.js';
import { freePort, postUpdate, type ServerProcess, startServer, telegramSettings } from '../fakes/server-process.js';
import { messageUpdate, startFakeTelegram } from '../fakes/telegram-server.js';
import { OPEN } from '../services/house.js';

describe('a server that is told to stop', { timeout: 60_000 }, () => {
  let folder: string;
  let bot: Awaited<ReturnType<typeof startFakeTelegram>>;
  let port: number;
  let server: ServerProcess;
  const ended = () =>
    server.child.exitCode !== null
      ? Promise.resolve(server.child.exitCode)
      : new Promise<number | null>((resolve) => server.child.once('exit', (code) => resolve(code)));
  const readiness = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    return answer === null ? null : { code: answer.status, ...((await answer.json()) as { status: string }) };
  };
  const replies = () => bot.calls.filter(({ method, ok }) => method === 'sendMessage' && ok).length;

  async function start(settings: Record<string, string> = {}): Promise<void> {
    server = startServer(folder, port, { ...telegramSettings(folder, port, bot), ...settings });
    expect(await server.ready()).not.toBe(false);
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tanya-stop-'));
    bot = await startFakeTelegram();
    port = await freePort();
  });
  afterEach(async () => {
    server.child.kill('SIGKILL');
    await ended();
    await bot.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says so first, works on until proxies have noticed, answers what came, and ends with 0', async () => {
    await start({ DRAIN_SECONDS: '2' });
    server.child.kill('SIGTERM');
    await expect.poll(readiness).toMatchObject({ code: 503, status: 'stopping' });
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    expect(await postUpdate(port, messageUpdate(1, { text: OPEN }))).toBe(200);
    expect(await ended()).toBe(0);
    expect(replies()).toBeGreaterThan(0);
    expect(await readiness()).toBeNull();
  });

  it('ends streams of the web chat, and answers the calls that are under way', async () => {
    await start();
    const stream = await fetch(`http://127.0.0.1:${port}/chat/stream`);
    expect(stream.status).toBe(200);
    const calls = Array.from({ length: 10 }, (_, at) => postUpdate(port, messageUpdate(at + 1, { text: OPEN })));
    await until(() => server.output().includes('running'), 'the server is up');
    await Promise.race(calls);
    server.child.kill('SIGTERM');
    // A call that came too late finds nobody: the provider brings it again.
    expect((await Promise.all(calls)).filter((status) => status !== 200 && status !== 0)).toEqual([]);
    expect(await ended()).toBe(0);
    expect(await stream.text()).not.toContain('event: reply');
  });

  it('ends at once when it is told a second time, and answers at the next start what it left', async () => {
    await start();
    bot.fail('sendMessage', 'hang');
    expect(await postUpdate(port, messageUpdate(1, { text: OPEN }))).toBe(200);
    await until(() => bot.calls.some(({ method }) => method === 'sendMessage'), 'a send hangs');
    expect(
      await postUpdate(port, messageUpdate(2, { text: OPEN, chat: { id: 5, type: 'private', first_name: 'C' } })),
    ).toBe(200);
    server.child.kill('SIGTERM');
    await expect.poll(readiness).toBeNull();
    expect(server.child.exitCode).toBeNull();
    server.child.kill('SIGINT');
    expect(await ended()).toBe(1);
    await start();
    await until(() => replies() >= 1, 'what was left is answered');
  });
});
