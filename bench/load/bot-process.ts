import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BotApi, startBotApi } from './bot-api.js';
import { serverArguments } from './server-arguments.js';

export const SECRET = 'benchmark';
export const TOKEN = '1:benchmark';

export interface BotUnderTest {
  readonly api: BotApi;
  /** Posts one message of a chat as Telegram's webhook does; resolves once it is answered, throws unless with 200. */
  post(update: number, chat: number, text: string, date: number): Promise<void>;
  /** Its database, for a look from outside. */
  readonly url: string;
  /** Most memory it took, in MB; 0 where the system does not tell. */
  memory(): number;
  /** Memory it takes now, in MB; 0 where the system does not tell. */
  memoryNow(): number;
  /** Time of a processor that it took so far, in milliseconds; 0 where the system does not tell. */
  processorTime(): number;
  stop(): Promise<void>;
}

/** What is measured: ours as `npm start` runs it, or the plain grammY bot. */
const PROGRAMS = {
  ours: serverArguments,
  plain: () => [fileURLToPath(new URL('plain-bot.js', import.meta.url))],
} as const;

/**
 * Starts a bot as a process of its own, on SQLite in a new folder, behind a webhook, before a Bot API server of ours.
 * `prepare` fills the database at its address before the bot opens it.
 */
export async function startBot(
  program: keyof typeof PROGRAMS,
  prepare?: (url: string) => Promise<void>,
): Promise<BotUnderTest> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-bench-'));
  const api = await startBotApi();
  const port = await freePort();
  const url = `file:${join(folder, 'bench.db')}`;
  await prepare?.(url);
  const child = spawn(process.execPath, PROGRAMS[program](), {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATABASE_URL: url,
      SECRET_KEY: 'for-the-benchmark-only-for-the-benchmark',
      LOG_LEVEL: 'warn',
      TELEGRAM_BOT_TOKEN: TOKEN,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_WEBHOOK_SECRET: SECRET,
    },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const once: BotUnderTest['post'] = (update, chat, text, date) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(updateOf(update, chat, text, date));
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-telegram-bot-api-secret-token': SECRET,
      };
      const target = { port, host: '127.0.0.1', path: '/telegram/webhook', method: 'POST', agent, headers };
      const sending = request(target, (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200 ? resolve() : reject(new Error(`webhook answered ${response.statusCode}`)),
        );
      });
      sending.once('error', reject);
      sending.end(body);
    });
  // A line that the bot closed for want of use is tried anew, as Telegram does.
  const post: BotUnderTest['post'] = (...message) =>
    once(...message).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') throw error;
      return once(...message);
    });
  await untilReady(child, port);
  const megabytes = (what: RegExp) => Math.round(Number(what.exec(told(child, 'status'))?.[1] ?? 0) / 1024);
  return {
    api,
    post,
    url,
    memory: () => megabytes(/VmHWM:\s+(\d+)/),
    memoryNow: () => megabytes(/VmRSS:\s+(\d+)/),
    // The 14th and 15th field, in hundredths of a second; the second one may hold spaces, so counting begins behind it.
    processorTime: () => {
      const fields = told(child, 'stat').split(') ')[1]?.split(' ') ?? [];
      return 10 * (Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
    },
    stop: async () => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGTERM');
      await gone;
      agent.destroy();
      api.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function updateOf(update: number, chat: number, text: string, date: number): object {
  return {
    update_id: update,
    message: {
      message_id: update,
      date,
      chat: { id: chat, type: 'private', first_name: 'Contoh' },
      from: { id: chat, is_bot: false, first_name: 'Contoh', language_code: 'id' },
      text,
    },
  };
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error('the bot did not start');
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What Linux tells about a process; empty elsewhere. */
function told(child: ChildProcess, what: 'status' | 'stat'): string {
  try {
    return readFileSync(`/proc/${child.pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}
