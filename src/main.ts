import { buildApp, secretKey } from './app.js';
import { showPairing } from './cli/show-pairing.js';
import { loadEnvironment, readConfig } from './config.js';
import { AppError } from './errors.js';
import { createLog } from './log.js';

/** Starts the server, says where to try it and which channels are off, and stops cleanly on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  const config = readConfig(loadEnvironment());
  const log = createLog(config.logLevel);
  // Made on the first start, so that a backup of the folder holds it from the beginning.
  secretKey(config);
  const app = await buildApp(config, log, { showPairing });
  const port = await app.start();
  const on = (name: string) => app.channels.some((channel) => channel.name === name);
  process.stdout.write(
    [
      '',
      'Tanya Puskesmas is running.',
      `  Web chat    http://localhost:${port}/`,
      `  Console     http://localhost:${port}/console   first account: npm run -s staff -- add EMAIL --role admin`,
      '  Terminal    npm run chat',
      on('telegram') ? '  Telegram    on' : '  Telegram    off: set TELEGRAM_BOT_TOKEN (from @BotFather)',
      on('whatsapp') || on('whatsapp_cloud')
        ? '  WhatsApp    on'
        : '  WhatsApp    off: set WHATSAPP_CLOUD_TOKEN and its companions, or WHATSAPP_BAILEYS=on',
      '',
    ].join('\n'),
  );

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await app.stop();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

main().catch((error: unknown) => {
  if (error instanceof AppError) process.stderr.write(`${error.message}\n${error.act}\n`);
  else process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exit(1);
});
