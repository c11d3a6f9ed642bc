import { MOST_IN_FLIGHT } from '../../src/services/run-broadcast.js';
import { chance } from '../country.js';
import { ANNOUNCEMENT, announcingServer } from './announcing-server.js';
import { startLimitedBotApi } from './limited-bot-api.js';

export interface KillFigures {
  readonly people: number;
  readonly kills: number;
  readonly sentOnce: number;
  readonly unsure: number;
  /** Of the unsure ones: those that the Bot API server had taken. */
  readonly unsureTaken: number;
  /** People whose row and whose messages do not fit together: always 0, or the ledger lies. */
  readonly wrong: number;
  readonly mostInFlight: number;
  readonly seconds: number;
}

/** Sends to everybody while the server is killed at random moments, and compares the ledger with what arrived. */
export async function killWhileAnnouncing(people: number, kills: number, seed: number): Promise<KillFigures> {
  const api = await startLimitedBotApi(null);
  const server = await announcingServer(api.root, people, null);
  const random = chance(seed);
  const began = performance.now();
  const pause = (ms: number) => new Promise((wait) => setTimeout(wait, ms));
  const addresses = await addressesOf(server.store);
  await server.announce();
  await server.start();
  for (let done = 0; done < kills; done += 1) {
    // Each kill falls into a part of the work of its own, the last ones included.
    const goal = Math.floor((people * (done + 0.2 + 0.7 * random())) / kills);
    const sent = api.moments.length;
    while (api.moments.length < Math.max(goal, sent + 1) && api.moments.length < people) await pause(1);
    await pause(random() * 20);
    await server.end('SIGKILL');
    await server.start();
  }
  while ((await server.store.broadcasts.find(ANNOUNCEMENT))?.status !== 'done') await pause(100);
  const seconds = (performance.now() - began) / 1000;
  let [sentOnce, unsure, unsureTaken, wrong] = [0, 0, 0, 0];
  for (let after = ''; ; ) {
    const rows = await server.store.broadcasts.rows(ANNOUNCEMENT, [], after, 5_000);
    for (const { contactId, status } of rows) {
      const times = api.taken.get(addresses.get(contactId) ?? 0) ?? 0;
      if (status === 'sent' && times === 1) sentOnce += 1;
      else if (status === 'unsure' && times <= 1) {
        unsure += 1;
        unsureTaken += times;
      } else wrong += 1;
    }
    const last = rows.at(-1);
    if (rows.length < 5_000 || !last) break;
    after = last.contactId;
  }
  await server.end('SIGTERM');
  await server.close();
  api.close();
  return { people, kills, sentOnce, unsure, unsureTaken, wrong, mostInFlight: MOST_IN_FLIGHT, seconds };
}

/** The chat of each contact: the id made for it holds it. */
async function addressesOf(store: Awaited<ReturnType<typeof announcingServer>>['store']) {
  const addresses = new Map<string, number>();
  for (let after = ''; ; ) {
    const people = await store.broadcasts.candidates('64.02', null, after, 5_000);
    for (const { contactId } of people) {
      addresses.set(contactId, Number(Buffer.from(contactId, 'base64url').toString().split('/')[1]));
    }
    const last = people.at(-1);
    if (people.length < 5_000 || !last) return addresses;
    after = last.contactId;
  }
}

/** The figures in one line. */
export function killLine(figures: KillFigures): string {
  const { people, kills, sentOnce, unsure, unsureTaken, wrong, mostInFlight, seconds } = figures;
  return (
    `${people} people, ${kills} kills: ${sentOnce} got it exactly once · ${unsure} unsure (${unsureTaken} of them had it; ` +
    `at most ${mostInFlight} a kill) · ${wrong} wrong · ${seconds.toFixed(0)} s`
  );
}
