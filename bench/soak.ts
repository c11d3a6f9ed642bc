import { readBulkSettings, writeBulkSettings } from '../src/services/bulk-settings.js';
import { openStore } from '../src/store/open-store.js';
import { ms, percentile } from './figures.js';
import { announce } from './load/announcing-server.js';
import { startBot } from './load/bot-process.js';
import { meet } from './load/meet.js';
import { Load } from './load/telegram-load.js';

const PER_SECOND = 100;
const PEOPLE = 20_000;
/** They write nothing and agreed to announcements; their chats lie far from those of the people who write. */
const AUDIENCE = { first: 1_000_001, last: 1_002_000 };
const MINUTES = Number(process.env.SOAK_MINUTES ?? 20);

/** A long day in short: a hundred messages a second, an announcement every minute, and a look at memory and delay after each. */
export async function benchSoak(print: (line: string) => void): Promise<void> {
  const bot = await startBot('ours', async (url) => {
    const store = await openStore(url);
    await writeBulkSettings(store.meta, { ...(await readBulkSettings(store.meta)), telegram: { perSecond: null } });
    await store.close();
    await meet(url, AUDIENCE.last, AUDIENCE.first);
  });
  const store = await openStore(bot.url);
  const load = new Load(bot, PEOPLE);
  const announced = new Map<number, number>();
  let answers = 0;
  bot.api.onMessage(({ chat }) => {
    if (chat < AUDIENCE.first) answers += 1;
    else announced.set(chat, (announced.get(chat) ?? 0) + 1);
    load.answered(chat);
  });
  print(`${MINUTES} minutes at ${PER_SECOND} messages/s, an announcement to 2,000 people every minute:`);
  let sent = 0;
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    await announce(store, `contoh-${minute}`);
    const samples = await load.steady(PER_SECOND, 60_000);
    sent += samples.length;
    const of = (p: number) => ms(percentile(samples, p));
    print(
      `  minute ${String(minute).padStart(2)}  p50 ${of(50)}  p99 ${of(99)}  memory ${bot.memoryNow()} MB  ` +
        `answered ${answers} of ${sent}  announced ${total(announced)} of ${minute * 2_000}`,
    );
  }
  const twice = [...announced.values()].filter((count) => count > MINUTES).length;
  print(
    `  in the end: ${sent - answers} messages without an answer, ${Math.max(0, answers - sent)} answers too many · ` +
      `${MINUTES * 2_000 - total(announced)} announcements missing, ${twice} people with one too many · at most ${bot.memory()} MB`,
  );
  await store.close();
  await bot.stop();
}

function total(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
