/** `npm run chat`: the bot in the terminal, for a person; the same turn, store and channel port as everywhere. */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { buildApp, channelWords } from '../app.js';
import { createConsoleChannel } from '../channels/console/index.js';
import { loadEnvironment, readConfig } from '../config.js';
import { phrase } from '../domain/phrase.js';
import { renderPhrase } from '../i18n/translate.js';
import { createLog } from '../log.js';

const config = readConfig(loadEnvironment());
const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
const channel = createConsoleChannel(Date.now, channelWords(), (text) => {
  process.stdout.write(`\n${text}\n\n`);
  terminal.prompt();
});
const app = await buildApp(config, createLog('silent'), { channels: [channel], withoutWeb: true });
await app.start();
process.stdout.write(`${renderPhrase(phrase('dialogue:web.greeting'), 'id')}\n`);
terminal.prompt();
for await (const line of terminal) {
  if (line.trim() === '') terminal.prompt();
  else await channel.type(line);
}
// Piped input ends at once: what was asked is still answered before we go.
await app.receiver.idle();
for (let look = 0; look < 100 && (await app.store.outbox.nextDue('console')) !== null; look += 1) await pause(20);
await app.stop();
