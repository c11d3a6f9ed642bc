import { randomUUID } from 'node:crypto';
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeVisits, openBrowser, PHONE } from '../fakes/browser.js';
import { type Instance, type Instances, startInstances, until } from '../fakes/instances.js';
import { startPostgres } from '../fakes/postgres.js';
import { SEIZURE } from '../services/house.js';

const ASKED = 'alamat puskesmas loa ipuh';
const ANSWER = 'Puskesmas Loa Ipuh\n';
const CARD = /Miringkan/;
const MENU = /Halo, ini Tanya Puskesmas/;
const VISITORS = 12;

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

const figures: string[] = [];
afterAll(() => void process.stdout.write(`\n  the web chat over several processes: ${figures.join(' · ')}\n`));

interface Shown {
  readonly id: string;
  readonly urgent: boolean;
  readonly reply: { readonly type: string; readonly text?: string };
}

/** A page without a browser: it posts anywhere, listens anywhere, and shows each letter once. */
function visit() {
  const cookie = `tanya_chat=${randomUUID()}`;
  const shown = new Map<string, Shown>();
  let cursor = '0';
  let line = new AbortController();
  const take = (letters: readonly Shown[]) => {
    for (const letter of letters) if (!shown.has(letter.id)) shown.set(letter.id, letter);
  };
  return {
    letters: () => [...shown.values()],
    texts: () => [...shown.values()].flatMap(({ reply }) => reply.text ?? []),
    post: async (to: Instance, text: string, id: string = randomUUID()) => {
      const headers = { 'content-type': 'application/json', cookie };
      const body = JSON.stringify({ id, text });
      const answer = await fetch(`${to.address}/chat/messages`, { method: 'POST', headers, body }).catch(() => null);
      const told = (await answer?.json().catch(() => null)) as { letters?: readonly Shown[] } | null;
      take(told?.letters ?? []);
      return answer?.status ?? 0;
    },
    listen: async (at: Instance) => {
      line.abort();
      line = new AbortController();
      const headers = { cookie, 'last-event-id': cursor };
      const stream = await fetch(`${at.address}/chat/stream`, { headers, signal: line.signal });
      void (async () => {
        let rest = '';
        for await (const piece of stream.body ?? []) {
          const events = (rest + Buffer.from(piece).toString()).split('\n\n');
          rest = events.pop() ?? '';
          for (const event of events) {
            const [, id, name, data] = /^id: (\d+)\nevent: (\w+)\ndata: (.*)$/.exec(event) ?? [];
            if (name === 'reply') take([JSON.parse(data ?? '') as Shown]);
            cursor = id ?? cursor;
          }
        }
      })().catch(() => undefined);
    },
    leave: () => line.abort(),
  };
}

/** A proxy that keeps nobody with one process: `to` chooses anew for each call, and a dead one is a 502. */
async function proxyTo(to: (path: string) => Instance): Promise<{ server: Server; address: string }> {
  const server = createServer((request, response) => {
    const { port } = to(request.url ?? '');
    const options = { host: '127.0.0.1', port, path: request.url, method: request.method, headers: request.headers };
    const onward = forward(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

// A process takes seconds to start on a busy machine, and one that died is noticed after nine.
describe.skipIf(!postgres)('the web chat over several processes', { timeout: 180_000 }, () => {
  let house: Instances;
  let one: Instance;
  let other: Instance;
  let browser: Browser;

  beforeAll(async () => {
    if (!postgres) return;
    house = await startInstances(postgres);
    [one, other] = await Promise.all([house.launch('web'), house.launch('web')]);
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await closeVisits(browser);
    await house?.close();
  });

  it('posted to one, fetched from the other; the one that is listened to killed: each answer once, in order', async () => {
    const people = Array.from({ length: VISITORS }, visit);
    await Promise.all(people.map((person) => person.listen(one)));
    const began = performance.now();
    await Promise.all(people.map((person) => person.post(other, ASKED)));
    await until('everybody is answered', () => people.every((person) => person.letters().length > 0));
    figures.push(
      `${VISITORS} pages answered through another process within ${Math.round(performance.now() - began)} ms`,
    );

    const ids = people.map(() => randomUUID());
    const asking = people.map((person, at) => person.post(other, at % 2 === 0 ? SEIZURE : 'menu', ids[at]));
    await one.end('SIGKILL');
    await Promise.all(asking);
    await Promise.all(people.map((person) => person.listen(other)));
    const parts = (person: (typeof people)[number]) => person.texts().length;
    await until('everybody is answered again', () => people.every((person) => parts(person) > 1));
    // A message that is posted once more, because its page heard nothing, counts once.
    await Promise.all(people.map((person, at) => person.post(other, at % 2 === 0 ? SEIZURE : 'menu', ids[at])));
    await Promise.all(people.map((person) => person.post(other, 'terima kasih')));
    const done = (person: (typeof people)[number]) => person.texts().some((text) => /^Sama-sama/.test(text));
    await until('everybody has the last word', () => people.every(done));
    for (const [at, person] of people.entries()) {
      const texts = person.texts();
      expect(texts[0]?.startsWith(ANSWER)).toBe(true);
      expect(texts.filter((text) => text.startsWith(ANSWER))).toHaveLength(1);
      expect(new Set(texts).size, JSON.stringify(texts)).toBe(texts.length);
      expect(person.letters().some(({ urgent }) => urgent)).toBe(at % 2 === 0);
    }
    for (const person of people) person.leave();
    one = await house.launch('web');
  });

  it('a process that dies with the message in its hands: another answers, once', async () => {
    const person = visit();
    await person.listen(other);
    const third = await house.launch('web');
    expect(await person.post(third, ASKED)).toBe(202);
    await third.end('SIGKILL');
    const took = await until('the answer is there', () => person.texts().some((text) => text.startsWith(ANSWER)));
    figures.push(`a killed process’s question answered after ${(took / 1000).toFixed(1)} s`);
    expect(person.texts()).toHaveLength(1);
    person.leave();
  });

  it('the store away: the card comes with the answer to the post, wherever the page listens', async () => {
    const person = visit();
    await person.listen(one);
    house.line.cut();
    expect(await person.post(other, SEIZURE)).toBe(503);
    expect(person.letters().filter(({ urgent }) => urgent).length).toBeGreaterThan(0);
    expect(person.texts()[0]).toMatch(CARD);
    house.line.mend();
    await until('ready again', async () => (await fetch(`${other.address}/readyz`)).ok);
    expect(await person.post(other, ASKED)).toBe(202);
    await until('answered', () => person.texts().some((text) => text.startsWith(ANSWER)));
    person.leave();
  });

  it('in the browser, behind a proxy that keeps nobody anywhere', async () => {
    let streams = one;
    let posts = other;
    const { server, address } = await proxyTo((path) => (path.startsWith('/chat/stream') ? streams : posts));
    const page = await browser.newPage({ viewport: PHONE });
    await page.goto(`${address}/`);
    const log = page.getByRole('log');
    const write = async (text: string) => {
      await page.getByLabel('Tulis pertanyaan Anda').fill(text);
      await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    };
    const bubble = (what: string | RegExp) => log.locator('.bubble.bot').filter({ hasText: what });
    await write(ASKED);
    await bubble(ANSWER.trim()).first().waitFor();

    // The process of the stream dies; the proxy says 502 until it knows of another. The card is posted meanwhile.
    const dead = streams;
    const refused = page.waitForResponse((answer) => answer.url().includes('/chat/stream') && answer.status() === 502);
    await dead.end('SIGKILL');
    await write(SEIZURE);
    await refused;
    expect(await bubble(CARD).count()).toBe(0);
    streams = other;
    await bubble(CARD).first().waitFor();

    // The process that takes messages is gone: the page says so, tries again, and the message counts once.
    posts = dead;
    await write('menu');
    await log.getByText('Sedang mencoba lagi', { exact: false }).waitFor();
    posts = other;
    await bubble(MENU).first().waitFor();
    expect([await bubble(CARD).count(), await bubble(MENU).count(), await log.locator('.note').count()]).toEqual([
      1, 1, 0,
    ]);

    const before = await log.locator('.bubble.bot').allInnerTexts();
    await page.reload();
    await until('all is there again', async () => (await log.locator('.bubble.bot').count()) >= before.length);
    const after = await log.locator('.bubble.bot').allInnerTexts();
    expect([...after].sort()).toEqual([...before].sort());
    expect(after[1]).toMatch(CARD);
    const top = (await bubble(CARD).boundingBox())?.y ?? -1;
    expect([top > 0, top < PHONE.height]).toEqual([true, true]);
    await page.screenshot({ path: 'test/screenshots/chat-reloaded.png' });
    await page.close();
    server.close();
    server.closeAllConnections();
  });
});
