/**
 * The bot that one would write in an afternoon, for comparison: grammY behind its own webhook, the session in the same
 * kind of SQLite file through @grammyjs/storage-prisma, one look-up of the facilities of a region, and one evaluation of
 * opening_hours for each. It does not deduplicate, order, or keep an outbox.
 */
import { createServer } from 'node:http';
import { PrismaAdapter } from '@grammyjs/storage-prisma';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { Bot, type Context, type SessionFlavor, session, webhookCallback } from 'grammy';
import OpeningHours from 'opening_hours';
import { readConfig } from '../../src/config.js';
import { openFilledStore } from '../../src/running/filled-store.js';
import { PrismaClient } from '../../src/store/generated/sqlite/client.js';
import { SECRET, TOKEN } from './measured-process.js';

interface Talk {
  asked: number;
}

const config = readConfig(process.env);
await (await openFilledStore(config)).close();
const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: config.databaseUrl ?? '' }) });
await prisma.$queryRawUnsafe('PRAGMA journal_mode = WAL');
await prisma.$queryRawUnsafe('PRAGMA synchronous = FULL');

const bot = new Bot<Context & SessionFlavor<Talk>>(TOKEN, {
  botInfo: { id: 1, is_bot: true, first_name: 'Contoh', username: 'contoh_bot' } as never,
  client: { apiRoot: config.telegram?.apiRoot ?? '' },
});
// The table of small named values has the very columns that the adapter wants: a key and a value.
bot.use(session({ initial: () => ({ asked: 0 }), storage: new PrismaAdapter<Talk>(prisma.meta) }));
bot.on('message:text', async (context) => {
  context.session.asked += 1;
  const facilities = await prisma.facility.findMany({
    where: { regionCode: '64.02', kind: 'puskesmas' },
    include: { hours: true },
  });
  const now = new Date();
  const open = facilities.filter(({ hours }) => {
    const text = hours[0]?.hours;
    return text ? new OpeningHours(text.replace(/;? ?(PH|SH) off/g, ''), null).getState(now) : false;
  });
  const lines = open.slice(0, 5).map(({ name, address }) => `${name}\n${address ?? ''}`);
  await context.reply(lines.join('\n\n') || 'Tidak ada.');
});

// Under load a line may break; like any bot of its kind it loses that answer and goes on.
bot.catch(() => undefined);

const handle = webhookCallback(bot, 'http', { secretToken: SECRET });
createServer((request, response) => {
  if (request.url === '/readyz') response.end('ready');
  else handle(request, response).catch(() => response.destroy());
}).listen(config.port, '127.0.0.1');
