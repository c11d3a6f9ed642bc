import { mkdtempSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../src/app.js';
import { realTiming } from '../src/channels/real-timing.js';
import { readConfig } from '../src/config.js';
import { createLog } from '../src/log.js';
import type { Store } from '../src/ports/store.js';
import { loadSeedSnapshot } from '../src/services/seed.js';
import { openStore } from '../src/store/open-store.js';
import { madeUpCountry } from './country.js';

const FACILITIES = 10_000;
const DISTINCT_HOURS = 500;
const QUESTIONS = 2_000;
const VISITS = 15;
const WARM_VISITS = 3;
const MOST_MS = 50;
const MOST_BYTES = 150_000;
const SECRET = 'a key of the benchmark, made of nothing secret';
const EMAIL = 'admin@example.test';
const PASSWORD = 'kata sandi percobaan';

const PAGES = [
  '/console',
  '/console/channels',
  '/console/facilities',
  '/console/facilities?q=rekaan&state=open',
  '/console/facilities/rekaan-1',
  '/console/facilities/rekaan-1/edit',
  '/console/facilities/rekaan-1/hours/outpatient',
  '/console/exceptions',
  '/console/exceptions/new',
  '/console/announcements',
  '/console/announcements/new',
  '/console/announcements/settings',
  '/console/reports',
  '/console/conversations',
  '/console/conversations/replies',
  '/console/conversations/settings',
  '/console/privacy',
  '/console/map',
  '/console/holidays',
  '/console/regions',
  '/console/programmes',
  '/console/programmes/kukar.resident',
  '/console/demand',
  '/console/cards',
  '/console/cards/stroke-now',
  '/console/pilot',
  '/console/exchange',
  '/console/audit',
  '/console/staff',
  '/console/me',
];

/**
 * Every page of the console with 10,000 facilities: the server's time at the median, and what a first visit loads. `work` is
 * the processor's part of it (the caller's too): what stays the same when the machine has other things to do.
 */
export async function benchConsole(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-bench-console-'));
  const store = await openStore(`file:${join(folder, 'console.db')}`);
  await fill(store);
  const staff = store.staff({ secret: SECRET, publicUrl: null });
  await staff.add({ email: EMAIL, name: 'admin', password: PASSWORD, role: 'admin', regions: [] });
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', SECRET_KEY: SECRET });
  const app = await buildApp(config, createLog('silent'), { store, timing: realTiming });
  const address = `http://127.0.0.1:${await app.start()}`;
  const cookie = await signIn(address);
  print(`${FACILITIES} facilities, ${QUESTIONS} questions, ${VISITS} visits a page`);
  print(
    `${'page'.padEnd(48)} median ms slowest ms   work ms    page kB   loads kB   (at most ${MOST_MS} ms, ${MOST_BYTES / 1000} kB)`,
  );
  let over = 0;
  for (const path of PAGES) {
    const times: number[] = [];
    const work: number[] = [];
    let html = '';
    for (let visit = 0; visit < WARM_VISITS + VISITS; visit += 1) {
      const began = performance.now();
      const before = process.cpuUsage();
      const answer = await read(address, path, cookie);
      const { user, system } = process.cpuUsage(before);
      if (visit >= WARM_VISITS) {
        times.push(performance.now() - began);
        work.push((user + system) / 1000);
      }
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      html = answer.text;
    }
    const median = middle(times);
    const own = Buffer.byteLength(html);
    let loaded = own;
    for (const asset of assetsOf(html)) loaded += (await read(address, asset, cookie)).bytes;
    const bad = median > MOST_MS || loaded > MOST_BYTES;
    if (bad) over += 1;
    const figures = [median.toFixed(1), Math.max(...times).toFixed(1), middle(work).toFixed(1), kB(own), kB(loaded)];
    print(`${path.padEnd(48)} ${figures.map((each) => each.padStart(9)).join('  ')}${bad ? '   over' : ''}`);
  }
  print(over === 0 ? 'every page within both limits' : `${over} pages over a limit`);
  await app.stop();
  rmSync(folder, { recursive: true, force: true });
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

async function fill(store: Store): Promise<void> {
  const author = { who: 'bench', at: Date.now() };
  await store.data.seed(madeUpCountry(loadSeedSnapshot(), FACILITIES, DISTINCT_HOURS), author);
  const areas = (await store.data.snapshot()).areas.filter(({ level }) => level === 'kecamatan');
  await Promise.all(
    Array.from({ length: QUESTIONS }, async (_, at) => {
      const id = `bench/${at}`;
      const when = author.at - at * 1_000_000;
      const body = { type: 'text', text: 'x' } as const;
      await store.inbox.accept({ id, channel: 'web', contact: id, at: when, body, language: 'id' }, when);
      const start = await store.inbox.start(id);
      if (!start) throw new Error('not accepted');
      const event = {
        kind: 'question_answered',
        intent: 'open_now',
        areaCode: areas[at % areas.length]?.code ?? null,
        service: 'outpatient',
        found: at % 3 === 0 ? 'none' : 'open',
      } as const;
      const turn = { messageId: id, contactId: start.contactId, sessionVersion: 0, session: {}, facts: start.facts };
      const rest = {
        events: [event],
        replies: [],
        intent: 'open_now',
        outcome: null,
        at: when,
        keepBody: false,
      } as const;
      await store.inbox.commit({ ...turn, ...rest });
    }),
  );
}

async function signIn(address: string): Promise<string> {
  const door = await fetch(`${address}/console/sign-in`);
  const key = /name="form_key" value="([^"]+)"/.exec(await door.text())?.[1] ?? '';
  const stranger = door.headers.getSetCookie().map((line) => line.split(';')[0]);
  const answer = await fetch(`${address}/console/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: stranger.join('; ') },
    body: new URLSearchParams({ form_key: key, email: EMAIL, password: PASSWORD }),
  });
  if (answer.status !== 303) throw new Error(`not signed in: ${answer.status}`);
  return [...stranger, ...answer.headers.getSetCookie().map((line) => line.split(';')[0])].join('; ');
}

/** One request as a browser makes it; `bytes` as they went over the line. */
function read(address: string, path: string, cookie: string): Promise<{ status: number; text: string; bytes: number }> {
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': 'gzip, br' };
    get(`${address}${path}`, { headers }, (response: IncomingMessage) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, text: body.toString(), bytes: body.length });
      });
    }).on('error', reject);
  });
}

/** The scripts, styles and pictures that a page names. */
function assetsOf(html: string): readonly string[] {
  const found = [...html.matchAll(/(?:<script[^>]* src|<link[^>]* href|<img[^>]* src)="(\/[^"]+)"/g)];
  return [...new Set(found.map(([, path]) => path ?? ''))];
}
