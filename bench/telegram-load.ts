import { ms, percentile } from './figures.js';
import { type BotUnderTest, startBot } from './load/bot-process.js';

const QUESTIONS = [
  'pkm mana yg buka skrg di tenggarong?',
  'puskesmas yang buka sekarang di muara badak',
  'ugd yg buka malam ini di samboja dmn',
  'puskesmas loa kulu buka ga',
  'besok pagi puskesmas di anggana buka jam berapa',
];
const WARM_UP = 1_500;
const SUSTAINED_MS = 10_000;
const STEADY = { perSecond: 100, forMs: 15_000 };
/** People take turns, as at a real office: most have written before. */
const PEOPLE = 2_000;

/** Sends messages and measures each from the first byte of its webhook until the Bot API server accepted the answer. */
class Load {
  readonly #bot: BotUnderTest;
  readonly #waiting = new Map<number, (() => void)[]>();
  #sent = 0;

  constructor(bot: BotUnderTest) {
    this.#bot = bot;
    bot.api.onMessage(({ chat }) => this.#waiting.get(chat)?.shift()?.());
  }

  /** Milliseconds of one message. */
  async one(): Promise<number> {
    const number = this.#sent++;
    const chat = 1 + (number % PEOPLE);
    const answered = new Promise<void>((resolve) => {
      const queue = this.#waiting.get(chat);
      if (queue) queue.push(resolve);
      else this.#waiting.set(chat, [resolve]);
    });
    // A person's messages lie a minute apart, as far as the flood limit is concerned.
    const date = Math.floor(Date.now() / 1000) - 80_000 + 60 * Math.floor(number / PEOPLE);
    const began = performance.now();
    await this.#bot.post(number + 1, chat, QUESTIONS[number % QUESTIONS.length] ?? '', date);
    await answered;
    return performance.now() - began;
  }

  /** So many at a time, each followed by the next: the most that the bot sustains. */
  async closed(atATime: number, more: (done: number) => boolean): Promise<readonly number[]> {
    const samples: number[] = [];
    let begun = 0;
    const worker = async (): Promise<void> => {
      while (more(begun)) {
        begun += 1;
        samples.push(await this.one());
      }
    };
    await Promise.all(Array.from({ length: atATime }, worker));
    return samples;
  }

  /** So many a second, whether or not the earlier ones are answered. */
  async steady(perSecond: number, forMs: number): Promise<readonly number[]> {
    const began = performance.now();
    const under: Promise<number>[] = [];
    while (performance.now() - began < forMs) {
      const due = Math.floor(((performance.now() - began) / 1000) * perSecond) + 1;
      while (under.length < due) under.push(this.one());
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    return Promise.all(under);
  }
}

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
      `  ${program.padEnd(5)} ${String(atATime).padStart(2)} at a time  ${rate.toFixed(0).padStart(5)} messages/s  ${figures(samples)}  processor ${ms((bot.processorTime() - before) / samples.length)} a message`,
    );
  }
  const samples = await load.steady(STEADY.perSecond, STEADY.forMs);
  print(`  ${program.padEnd(5)} ${STEADY.perSecond} a second   ${figures(samples)}  memory ${bot.memory()} MB`);
  await bot.stop();
  return best;
}

function figures(samples: readonly number[]): string {
  const of = (p: number) => ms(percentile(samples, p));
  return `p50 ${of(50)}  p99 ${of(99)}  worst ${ms(Math.max(...samples))}`;
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
