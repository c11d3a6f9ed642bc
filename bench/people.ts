import { loadSeedSnapshot } from '../src/services/seed.js';
import { startBot } from './load/bot-process.js';

const PEOPLE = 1_000;
const MESSAGES = 10;
/** Everybody writes at once: is everything answered, and everybody in order? */
export async function benchPeople(print: (line: string) => void): Promise<void> {
  const names = loadSeedSnapshot()
    .facilities.filter(({ kind, regionCode }) => kind === 'puskesmas' && regionCode === '35.14')
    .map(({ name }) => name)
    .slice(0, MESSAGES);
  const bot = await startBot('ours');
  const answers = new Map<number, string[]>();
  let count = 0;
  let told = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    told = resolve;
  });
  bot.api.onMessage(({ chat, text }) => {
    const list = answers.get(chat);
    if (list) list.push(text);
    else answers.set(chat, [text]);
    count += 1;
    if (count === PEOPLE * MESSAGES) told();
  });
  const date = Math.floor(Date.now() / 1000) - 3_600;
  const began = performance.now();
  const person = async (chat: number): Promise<void> => {
    for (const [k, name] of names.entries()) await bot.post(chat * MESSAGES + k, chat, `${name} buka?`, date + 6 * k);
  };
  await Promise.all(Array.from({ length: PEOPLE }, (_, n) => person(n + 1)));
  const taken = performance.now() - began;
  const patience = new Promise<void>((resolve) => setTimeout(resolve, 120_000).unref());
  await Promise.race([all, patience]);
  const answered = performance.now() - began;
  const inOrder = [...answers.values()].filter(
    (texts) => texts.length === MESSAGES && texts.every((text, k) => text.startsWith(`${names[k]}\n`)),
  ).length;
  print(
    `${PEOPLE} people at once with ${MESSAGES} messages each, over the 100 connections that Telegram opens at most:`,
  );
  print(`  ${count} of ${PEOPLE * MESSAGES} answered · ${inOrder} of ${PEOPLE} people each once and in order`);
  print(
    `  all accepted after ${(taken / 1000).toFixed(1)} s, all answered after ${(answered / 1000).toFixed(1)} s: ` +
      `${Math.round(count / (answered / 1000))} messages/s · memory ${bot.memory()} MB`,
  );
  await bot.stop();
}
