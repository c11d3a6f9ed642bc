import { type App, buildApp } from './app.js';
import { showPairing } from './cli/show-pairing.js';
import { type Config, loadEnvironment, readConfig } from './config.js';
import { AppError } from './errors.js';
import { createLog, type Log } from './log.js';
import { secretKey } from './running/secret-key.js';

/** Starts the server, says where to try it and which channels are off, and stops cleanly on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(loadEnvironment());
  const log = createLog(config.logLevel);
  const app = await buildApp(config, log, { showPairing });
  const starting = app.start();
  stopOnSignal(config, log, app, starting);
  const port = await starting;
  process.stdout.write(`${[...greeting(config, port), ...(await channelLines(config, app))].join('\n')}\n\n`);
}

/** Heard from the first moment on: a start that is not done yet is let through first. */
function stopOnSignal(config: Config, log: Log, app: App, starting: Promise<unknown>): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    // Whoever asks twice does not want to wait; what is under way is taken up again at the next start.
    if (stopping) process.exit(ENDED_AT_ONCE);
    stopping = true;
    const longest = LAST_WORK_MS + config.drainSeconds * 1_000;
    setTimeout(() => {
      log.error('stop took too long', { ms: longest });
      process.exit(ENDED_AT_ONCE);
    }, longest).unref();
    await starting.catch(() => undefined);
    await app.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

/** How long a stop may take before the process ends with work under way: below the patience of a service manager. */
const LAST_WORK_MS = 20_000;
const ENDED_AT_ONCE = 1;

/** Where to try it: a worker has no pages. */
function greeting(config: Config, port: number | null): readonly string[] {
  const head = ['', `Tanya Puskesmas is running${config.role === 'all' ? '' : ` as ${config.role}`}.`];
  if (config.role === 'worker') return [...head, `  Health      http://localhost:${port}/readyz`];
  return [
    ...head,
    `  Web chat    http://localhost:${port}/`,
    `  Console     http://localhost:${port}/console   first account: npm run -s staff -- add EMAIL --role admin`,
    '  Terminal    npm run chat',
  ];
}

/** Which channels are on and how, and which variable turns on those that are off. */
async function channelLines(config: Config, { channels, store }: App): Promise<readonly string[]> {
  const named = (name: string) => channels.find((channel) => channel.name === name);
  const telegram = named('telegram');
  const lines = [
    telegram
      ? `  Telegram    on, ${telegram.exclusive ? 'by polling' : 'by webhook'}`
      : '  Telegram    off: set TELEGRAM_BOT_TOKEN (from @BotFather)',
  ];
  if (named('whatsapp_cloud')) lines.push('  WhatsApp    on, Cloud API by webhook: POST /whatsapp/webhook');
  if (named('whatsapp')) {
    const { createVault, openSession } = await import('./channels/whatsapp/index.js');
    const session = await openSession(createVault(store.credentials, secretKey(config), Date.now)).catch(() => null);
    lines.push(`  WhatsApp    on, linked device: ${LINKED[String(session?.linked ?? null)]}`);
  }
  if (!named('whatsapp_cloud') && !named('whatsapp')) {
    lines.push('  WhatsApp    off: set WHATSAPP_CLOUD_TOKEN and its companions, or WHATSAPP_BAILEYS=on');
  }
  return lines;
}

const LINKED: Readonly<Record<string, string>> = {
  true: 'linked',
  false: 'not linked yet, the code to link it comes below',
  null: 'its saved session cannot be read (is SECRET_KEY the same?)',
};

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n${error.act}\n`);
  else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
