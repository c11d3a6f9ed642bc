import type { DataChange } from '../src/ports/facility-store.js';
import { loadSeedSnapshot, planSeed } from '../src/services/seed.js';
import { openStore } from '../src/store/open-store.js';
import { madeUpCountry } from './country.js';
import { ms, percentile } from './figures.js';
import { startBot } from './load/bot-process.js';
import { meet } from './load/meet.js';
import { Load } from './load/telegram-load.js';

const SHIPPED = 140;
const WARM_UP = 1_000;
const MESSAGES = 3_000;
const STEPS: readonly (readonly [facilities: number, contacts: number])[] = [
  [SHIPPED, 1_000],
  [1_000, 1_000],
  [3_000, 1_000],
  [10_000, 1_000],
  [SHIPPED, 10_000],
  [SHIPPED, 100_000],
  [SHIPPED, 1_000_000],
  [10_000, 1_000_000],
];

/** What a message costs as the data grows: facilities first, then people; the first line is the comparison for the others. */
export async function benchScale(print: (line: string) => void): Promise<void> {
  print('| facilities | people | ready | processor a message | one at a time, p50 | p99 | 32 at a time | memory |');
  print('|---|---|---|---|---|---|---|---|');
  for (const [facilities, contacts] of STEPS) print(await step(facilities, contacts));
}

async function step(facilities: number, contacts: number): Promise<string> {
  const began = { at: 0 };
  const bot = await startBot('ours', async (url) => {
    const store = await openStore(url);
    await store.data.seed(dataOf(facilities), { who: 'seed', at: Date.now() });
    await store.close();
    await meet(url, contacts);
    began.at = performance.now();
  });
  const ready = performance.now() - began.at;
  const load = new Load(bot, contacts);
  await load.closed(32, (begun) => begun < WARM_UP);
  const singly = await load.closed(1, (begun) => begun < MESSAGES / 10);
  const [before, start] = [bot.processorTime(), performance.now()];
  await load.closed(32, (begun) => begun < MESSAGES);
  const cost = (bot.processorTime() - before) / MESSAGES;
  const rate = MESSAGES / ((performance.now() - start) / 1000);
  const memory = bot.memoryNow();
  await bot.stop();
  const of = (p: number) => ms(percentile(singly, p));
  return (
    `| ${facilities} | ${contacts.toLocaleString('en')} | ${(ready / 1000).toFixed(1)} s | ${ms(cost)} ` +
    `| ${of(50)} | ${of(99)} | ${rate.toFixed(0)}/s | ${memory} MB |`
  );
}

function dataOf(facilities: number): DataChange {
  const shipped = planSeed(() => null).change;
  if (facilities === SHIPPED) return shipped;
  const madeUp = madeUpCountry(loadSeedSnapshot(), facilities, 300).facilities;
  const model = shipped.facilities[0];
  if (!model) throw new Error('the shipped data is empty');
  return { ...shipped, facilities: madeUp.map((facility) => ({ ...model, ...facility })) };
}
