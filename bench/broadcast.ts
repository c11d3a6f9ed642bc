import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { reportBroadcast } from '../src/services/broadcast-report.js';
import { percentile } from './figures.js';
import { ANNOUNCEMENT, type AnnouncingServer, announcingServer } from './load/announcing-server.js';
import { killLine, killWhileAnnouncing } from './load/kill-while-announcing.js';
import { type LimitedBotApi, startLimitedBotApi } from './load/limited-bot-api.js';

const PER_SECOND = 30;
const PACED = 1_500;
const LIFTED = 20_000;
const PLANNED = 100_000;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Announcements: planning, the pace under Telegram's limit, the rate without it, and what is left after kills. */
export async function benchBroadcast(print: (line: string) => void): Promise<void> {
  await planning(print);
  await paced(print);
  await lifted(print);
  print(`kills: ${killLine(await killWhileAnnouncing(20_000, 10, 20_261_124))}`);
}

async function withServer(
  people: number,
  limit: number | null,
  work: (server: AnnouncingServer, api: LimitedBotApi) => Promise<void>,
): Promise<void> {
  const api = await startLimitedBotApi(limit);
  const server = await announcingServer(api.root, people, limit);
  try {
    await server.announce();
    await work(server, api);
  } finally {
    await server.end('SIGTERM');
    await server.close();
    api.close();
  }
}

function planning(print: (line: string) => void): Promise<void> {
  return withServer(PLANNED, PER_SECOND, async (server) => {
    const file = fileURLToPath(new URL('./load/plan-alone.js', import.meta.url));
    const plan = JSON.parse(execFileSync(process.execPath, [file, server.url]).toString()) as {
      ms: number;
      mb: number;
    };
    const total = (await reportBroadcast(server.store.broadcasts, ANNOUNCEMENT))?.total.waiting;
    print(
      `planning: ${total} people in ${(plan.ms / 1000).toFixed(1)} s, at most ${plan.mb} MB in a process of its own`,
    );
    await server.start();
    const samples: number[] = [];
    for (let look = 0; look < 100; look += 1) {
      const began = performance.now();
      await reportBroadcast(server.store.broadcasts, ANNOUNCEMENT);
      samples.push(performance.now() - began);
      await pause(50);
    }
    print(
      `report of ${PLANNED} while it is being sent: p50 ${percentile(samples, 50).toFixed(0)} ms, ` +
        `p95 ${percentile(samples, 95).toFixed(0)} ms · the whole server at most ${server.memory()} MB`,
    );
  });
}

function paced(print: (line: string) => void): Promise<void> {
  return withServer(PACED, PER_SECOND, async (server, api) => {
    await server.start();
    while (api.moments.length < PACED) await pause(100);
    const [first = 0] = api.moments;
    // The first full window may be used up at once: the rate is that of what follows it.
    const from = api.moments[PER_SECOND] ?? first;
    const rate = (PACED - PER_SECOND - 1) / (((api.moments.at(-1) ?? 0) - from) / 1000);
    print(
      `pace: ${rate.toFixed(2)} a second of the ${PER_SECOND} allowed (${((100 * rate) / PER_SECOND).toFixed(1)} %), ` +
        `${api.refused()} times 429`,
    );
  });
}

function lifted(print: (line: string) => void): Promise<void> {
  return withServer(LIFTED, null, async (server, api) => {
    await server.start();
    while (api.moments.length < LIFTED) await pause(20);
    const [first = 0] = api.moments;
    const rate = LIFTED / (((api.moments.at(-1) ?? 0) - first) / 1000);
    print(`limits lifted: ${rate.toFixed(0)} a second, each send durable before it begins and after it ends`);
  });
}
