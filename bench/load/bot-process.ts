import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { type BotApi, startBotApi } from './bot-api.js';
import { endProcess, memoryNow, mostMemory, newHome, processorTime, SECRET, startProcess } from './measured-process.js';
import { serverArguments } from './server-arguments.js';

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
  const api = await startBotApi();
  const home = await newHome(api.root, 'warn');
  await prepare?.(home.url);
  const child = await startProcess(home, PROGRAMS[program]());
  const agent = new Agent({ keepAlive: true, maxSockets: 100 });
  const once: BotUnderTest['post'] = (update, chat, text, date) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify(updateOf(update, chat, text, date));
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'x-telegram-bot-api-secret-token': SECRET,
      };
      const target = { port: home.port, host: '127.0.0.1', path: '/telegram/webhook', method: 'POST', agent, headers };
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
  return {
    api,
    post,
    url: home.url,
    memory: () => mostMemory(child),
    memoryNow: () => memoryNow(child),
    processorTime: () => processorTime(child),
    stop: async () => {
      await endProcess(child, 'SIGTERM');
      agent.destroy();
      api.close();
      home.remove();
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
