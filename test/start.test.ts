import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serverArguments } from '../bench/load/server-arguments.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-start-'));
const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the built server in the folder, as `npm start` does; resolves with its first words or its last error. */
function start(environment: Record<string, string> = {}): Promise<{ said: string; child: ChildProcess }> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, serverArguments(), {
    cwd: folder,
    env: { PATH, PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return new Promise((done) => {
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (/WhatsApp +o/.test(said)) done({ said, child });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('exit', () => done({ said, child }));
  });
}

function stop(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => {
    child.on('exit', (code) => done(code));
    child.kill('SIGTERM');
  });
}

const portOf = (said: string) => /localhost:(\d+)/.exec(said)?.[1];

describe('the server', () => {
  it('starts on an empty folder, two at once, says where to try it and what is off, and stops cleanly', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    for (const { said } of [one, two]) {
      expect(said).toContain('running');
      expect(said).toContain('TELEGRAM_BOT_TOKEN');
      expect(said).toContain('WHATSAPP_');
      const ready = await fetch(`http://127.0.0.1:${portOf(said)}/readyz`);
      expect(ready.status).toBe(200);
    }
    expect(existsSync(join(folder, 'data', 'tanya.db'))).toBe(true);
    expect(existsSync(join(folder, 'data', 'secret.key'))).toBe(true);
    expect(await Promise.all([stop(one.child), stop(two.child)])).toEqual([0, 0]);
  });

  it('starts a second time on what it left; another on its port does not, and says so', async () => {
    const again = await start();
    const page = await fetch(`http://127.0.0.1:${portOf(again.said)}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const second = await start({ PORT: portOf(again.said) ?? '' });
    expect(second.said).toContain('taken');
    expect(second.child.exitCode).toBe(1);
    expect(await stop(again.child)).toBe(0);
  });

  it('does not start with faulty settings, and lists all of them', async () => {
    const { said, child } = await start({ PORT: 'abc', ROLE: 'king' });
    expect(said).toMatch(/PORT[\s\S]*ROLE/);
    expect(child.exitCode).toBe(1);
  });
});
