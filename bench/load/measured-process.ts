import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SECRET = 'benchmark';
export const TOKEN = '1:benchmark';

/** Where a measured program lives: a new folder with its SQLite database, a free port, and its settings. */
export interface Home {
  readonly folder: string;
  /** Of the database. */
  readonly url: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  remove(): void;
}

/** `botApi` is the root of the Bot API server that it sends to; its webhook takes `SECRET`. */
export async function newHome(botApi: string, logLevel: 'error' | 'warn'): Promise<Home> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-bench-'));
  const url = `file:${join(folder, 'bench.db')}`;
  const port = await freePort();
  return {
    folder,
    url,
    port,
    settings: {
      PATH: process.env.PATH ?? '',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: url,
      SECRET_KEY: 'for-the-benchmark-only-for-the-benchmark',
      LOG_LEVEL: logLevel,
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: botApi,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Starts a program as a process of its own; resolves once it answers, throws when it ends before. */
export async function startProcess(
  { folder, port, settings }: Home,
  program: readonly string[],
): Promise<ChildProcess> {
  const child = spawn(process.execPath, program, {
    cwd: folder,
    env: settings,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error('the program did not start');
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return child;
    await new Promise((wait) => setTimeout(wait, 40));
  }
}

/** Resolves when it is gone; at once when it was. */
export async function endProcess(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((closed) => child.once('close', closed));
  child.kill(signal);
  await gone;
}

/** Most memory that a process took, in MB; 0 where the system does not tell. */
export function mostMemory(child: ChildProcess | null): number {
  return megabytes(child, /VmHWM:\s+(\d+)/);
}

/** Memory that it takes now, in MB; 0 where the system does not tell. */
export function memoryNow(child: ChildProcess | null): number {
  return megabytes(child, /VmRSS:\s+(\d+)/);
}

/** Time of a processor that it took so far, in milliseconds; 0 where the system does not tell. */
export function processorTime(child: ChildProcess): number {
  // The 14th and 15th field, in hundredths of a second; the second one may hold spaces, so counting begins behind it.
  const fields = told(child, 'stat').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
}

function megabytes(child: ChildProcess | null, what: RegExp): number {
  return Math.round(Number(what.exec(told(child, 'status'))?.[1] ?? 0) / 1024);
}

/** What Linux tells about a process; empty elsewhere. */
function told(child: ChildProcess | null, what: 'status' | 'stat'): string {
  try {
    return readFileSync(`/proc/${child?.pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
