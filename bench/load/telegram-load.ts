import type { BotUnderTest } from './bot-process.js';

const QUESTIONS = [
  'pkm mana yg buka skrg di tenggarong?',
  'puskesmas yang buka sekarang di muara badak',
  'ugd yg buka malam ini di samboja dmn',
  'puskesmas loa kulu buka ga',
  'besok pagi puskesmas di anggana buka jam berapa',
];

/** A prime: neighbours in time are no neighbours in the store. */
const STRIDE = 7_919;

/** Sends messages and measures each from the first byte of its webhook until the Bot API server accepted the answer. */
export class Load {
  readonly #bot: BotUnderTest;
  readonly #people: number;
  readonly #waiting = new Map<number, (() => void)[]>();
  #sent = 0;

  /** Messages come from so many people in turn, as at a real office: most have written before. */
  constructor(bot: BotUnderTest, people = 2_000) {
    this.#bot = bot;
    this.#people = people;
    bot.api.onMessage(({ chat }) => this.answered(chat));
  }

  /** The Bot API server took an answer to the chat. */
  answered(chat: number): void {
    this.#waiting.get(chat)?.shift()?.();
  }

  /** Milliseconds of one message. */
  async one(): Promise<number> {
    const number = this.#sent++;
    const chat = 1 + ((number * STRIDE) % this.#people);
    const answered = new Promise<void>((resolve) => {
      const queue = this.#waiting.get(chat);
      if (queue) queue.push(resolve);
      else this.#waiting.set(chat, [resolve]);
    });
    // A person's messages lie a minute apart, as far as the flood limit is concerned.
    const date = Math.floor(Date.now() / 1000) - 80_000 + 60 * Math.floor(number / this.#people);
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
