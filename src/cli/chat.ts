/** `npm run chat`: the bot in the terminal, for a person; the same turn, store and channel port as everywhere. */
import { createInterface, type Interface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { buildApp } from '../app.js';
import { createConsoleChannel } from '../channels/console/index.js';
import { loadEnvironment, readConfig } from '../config.js';
import { channelWords } from '../configured-channels.js';
import { phrase } from '../domain/phrase.js';
import { renderPhrase } from '../i18n/translate.js';
import { createLog } from '../log.js';

let terminal: Interface | null = null;
const say = (text: string): void => {
  process.stdout.write(`${text}\n\n`);
  terminal?.prompt();
};

const config = readConfig(loadEnvironment());
const channel = createConsoleChannel(Date.now, channelWords(), (text) => say(`\n${text}`));
const app = await buildApp(config, createLog('silent'), { channels: [channel], withoutWeb: true });
await app.start();
// Opened only now: lines that come before somebody listens would be lost.
terminal = createInterface({ input: process.stdin, output: process.stdout, prompt: '> ' });
say(renderPhrase(phrase('dialogue:web.greeting'), 'id'));
for await (const line of terminal) {
  if (line.trim() === '') terminal.prompt();
  else await channel.type(line);
}
// Piped input ends at once: what was asked is still answered before we go.
terminal = null;
await app.receiver.idle();
for (let look = 0; look < 100 && (await app.store.outbox.nextDue('console')) !== null; look += 1) await pause(20);
await app.stop();
