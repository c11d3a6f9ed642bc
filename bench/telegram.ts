import { ms, spread } from './figures.js';
import { startBot } from './load/bot-process.js';
import { Load } from './load/telegram-load.js';

const WARM_UP = 1_500;
const SUSTAINED_MS = 10_000;
const STEADY = { perSecond: 100, forMs: 15_000 };

async function measure(program: 'ours' | 'plain', print: (line: string) => void): Promise<number> {
  const bot = await startBot(program);
  const load = new Load(bot);
  await load.closed(32, (begun) => begun < WARM_UP);
  let best = 0;
  for (const atATime of [1, 16, 32, 64]) {
    const began = performance.now();
    const before = bot.processorTime();
    const samples = await load.closed(atATime, () => performance.now() - began < SUSTAINED_MS);
    const rate = samples.length / ((performance.now() - began) / 1000);
    best = Math.max(best, rate);
    print(
      `  ${program.padEnd(5)} ${String(atATime).padStart(2)} at a time  ${rate.toFixed(0).padStart(5)} messages/s  ${spread(samples)}  processor ${ms((bot.processorTime() - before) / samples.length)} a message`,
    );
  }
  const samples = await load.steady(STEADY.perSecond, STEADY.forMs);
  print(`  ${program.padEnd(5)} ${STEADY.perSecond} a second   ${spread(samples)}  memory ${bot.memory()} MB`);
  await bot.stop();
  return best;
}

/** Telegram webhook to answer accepted, on SQLite with full durability; beside it a plain grammY bot. */
export async function benchTelegram(print: (line: string) => void): Promise<void> {
  print('Telegram webhook → answer accepted by the Bot API server, SQLite with synchronous=FULL:');
  const ours = await measure('ours', print);
  const plain = await measure('plain', print);
  print(
    `  ours sustains ${ours.toFixed(0)} messages/s, the plain bot ${plain.toFixed(0)}: ${(ours / plain).toFixed(1)} times as many`,
  );
}
