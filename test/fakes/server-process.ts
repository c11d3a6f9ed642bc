import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { serverArguments } from '../../bench/load/server-arguments.js';

/** Asking more often would take the processor from the server that is waited for. */
const LOOK_MS = 40;

export interface ServerProcess {
  readonly child: ChildProcess;
  /** Everything it wrote, to either stream. */
  output(): string;
  /** Resolves to the milliseconds since the start once it answers; false when it ended before. */
  ready(): Promise<number | false>;
  /** Ends it like this and resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Starts the real server, as built, in a folder of its own. `settings` are its whole environment. */
export function startServer(folder: string, port: number, settings: Readonly<Record<string, string>>): ServerProcess {
  const words = serverArguments();
  if (!existsSync(words.at(-1) ?? '')) throw new Error('dist is missing: node scripts/build.mjs');
  const started = performance.now();
  const env = { PATH: process.env.PATH ?? '', TZ: 'UTC', ...settings, PORT: String(port) };
  const child = spawn(process.execPath, words, { cwd: folder, env });
  const pieces: Buffer[] = [];
  child.stdout?.on('data', (piece: Buffer) => pieces.push(piece));
  child.stderr?.on('data', (piece: Buffer) => pieces.push(piece));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    child,
    output: () => Buffer.concat(pieces).toString(),
    ready: async () => {
      while (child.exitCode === null && child.signalCode === null) {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
        if (answer?.ok) return performance.now() - started;
        await pause(LOOK_MS);
      }
      return false;
    },
    end: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** The settings of a server that serves Telegram by webhook from a Bot API server of ours, on SQLite. */
export function telegramSettings(folder: string, port: number, bot: { token: string; root: string }) {
  return {
    DATABASE_URL: `file:${folder}/tanya.db`,
    SECRET_KEY: 'a-key-for-tests-only-a-key-for-tests-only',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TELEGRAM_BOT_TOKEN: bot.token,
    TELEGRAM_API_ROOT: bot.root,
    TELEGRAM_WEBHOOK_SECRET: 'secret',
  };
}

/** Posts one update as Telegram does; resolves to the status, 0 when the line broke. */
export async function postUpdate(port: number, body: unknown, secret = 'secret'): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/telegram/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  }).catch(() => null);
  await answer?.arrayBuffer().catch(() => undefined);
  return answer?.status ?? 0;
}
