import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeats, serverOptions, shared } from '../../src/web/limits.js';
import { privacyRoutes } from '../../src/web/privacy/routes.js';
import { caller, type Office, openOffice, PASSWORD } from './console/office.js';

/** What a stranger tries against the running server; docs/security.md names these tests. */
let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.stop());

let strangers = 0;
/** An address of one's own for each test, as a proxy in front would tell it. */
function stranger() {
  strangers += 1;
  const from = `203.0.113.${strangers}`;
  return (path: string, init: RequestInit = {}) =>
    fetch(`${office.address}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, 'x-forwarded-for': from },
    });
}
type Ask = ReturnType<typeof stranger>;

const chatBody = (text: string) => JSON.stringify({ id: crypto.randomUUID(), text });
const say = (ask: Ask, text: string) =>
  ask('/chat/messages', { method: 'POST', headers: { 'content-type': 'application/json' }, body: chatBody(text) });

async function statuses(times: number, ask: () => Promise<Response>): Promise<readonly number[]> {
  const all: number[] = [];
  for (let n = 0; n < times; n += 50) {
    const some = await Promise.all(Array.from({ length: Math.min(50, times - n) }, ask));
    for (const answer of some) {
      await answer.arrayBuffer();
      all.push(answer.status);
    }
  }
  return all;
}

describe('a flood', () => {
  it('of chat messages is stopped, an emergency is not', async () => {
    const ask = stranger();
    expect(new Set(await statuses(60, () => say(ask, 'halo')))).toEqual(new Set([202]));
    const refused = await say(ask, 'halo');
    expect([refused.status, await refused.text()]).toEqual([429, expect.stringContaining('119')]);
    expect((await say(ask, 'tolong bapak saya tidak sadar')).status).toBe(202);
    expect((await say(stranger(), 'halo')).status).toBe(202);
  });

  it('of anything to the chat ends before it is read', async () => {
    const ask = stranger();
    const post = () =>
      ask('/chat/messages', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
    const all = await statuses(601, post);
    expect([all.filter((status) => status === 400).length, all.at(-1)]).toEqual([600, 429]);
  });

  it('of pages is stopped, one of probes is answered: else it would end the server', async () => {
    const ask = stranger();
    const paths = ['/', '/privasi', '/nothing-here'];
    const pages = await Promise.all(paths.map(async (path) => (await ask(path)).headers.get('ratelimit-limit')));
    expect(pages).toEqual(['600', '600', '600']);
    const all = await statuses(600, () => ask('/privasi'));
    expect([all.filter((status) => status === 200).length, all.at(-1)]).toEqual([599, 429]);
    for (const path of ['/healthz', '/readyz']) {
      const probe = await ask(path);
      expect([path, probe.status, probe.headers.get('ratelimit-limit')]).toEqual([path, 200, null]);
    }
  });

  it('of looks at the store becomes one look', async () => {
    let looks = 0;
    const look = shared(async () => {
      looks += 1;
      return true;
    });
    await Promise.all([look(), look(), look()]);
    expect(looks).toBe(1);
    await look();
    expect(looks).toBe(2);
  });

  it('of open streams fills one address’s seats and nobody else’s', () => {
    const seats = createSeats({ anAddress: 2, inAll: 3 });
    expect([seats.enter('a'), seats.enter('a'), seats.enter('a')]).toEqual([true, true, false]);
    expect([seats.enter('b'), seats.enter('c')]).toEqual([true, false]);
    seats.leave('a');
    expect([seats.enter('c'), seats.enter('a')]).toEqual([true, false]);
  });
});

describe('a caller who takes their time', () => {
  let slow: Server;
  afterAll(() => slow.close());

  it.each([
    ['with the headers', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: '],
    ['with the body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{'],
  ])('%s loses the line', async (_, beginning) => {
    const app = express().use(express.json());
    slow = createServer(serverOptions({ headersMs: 80, requestMs: 120, lookMs: 20 }), app);
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const socket = connect((slow.address() as AddressInfo).port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(beginning);
    let answer = '';
    socket.on('data', (piece) => {
      answer += piece;
    });
    await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    expect(answer).toMatch(/^HTTP\/1\.1 408/);
  });
});

describe('a body', () => {
  it.each([
    ['of the chat', '/chat/messages', 'application/json', 33_000],
    ['of a form of the console', '/console/sign-in', 'application/x-www-form-urlencoded', 300_000],
  ])('%s that is too large is refused', async (_, path, type, length) => {
    const answer = await stranger()(path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: 'a='.padEnd(length, 'x'),
    });
    expect(answer.status).toBe(413);
  });

  it('of a text longer than a person writes is refused', async () => {
    expect((await say(stranger(), 'x'.repeat(4_001))).status).toBe(400);
  });
});

describe('a path', () => {
  it.each([
    '/public/..%2f..%2f..%2fpackage.json',
    '/public/%2e%2e/%2e%2e/%2e%2e/package.json',
    '/public/..%5c..%5cpackage.json',
    '/public/%00',
    '/public/.%2e/privacy/routes.ts',
    '/console/assets/..%2f..%2fguard.ts',
    '/console/assets/%2e%2e/index.ts',
    '/console/auth/sign-up/email',
    '/api/auth/sign-up/email',
    '/.env',
    '/data/tanya.db',
  ])('%s leads nowhere', async (path) => {
    const ask = stranger();
    for (const method of ['GET', 'POST']) {
      const answer = await ask(path, { method });
      const text = await answer.text();
      expect([303, 400, 403, 404], `${method} ${path}`).toContain(answer.status);
      expect(text).not.toMatch(/"dependencies"|import \{|SQLite format/);
    }
  });
});

describe('headers', () => {
  it.each(['/', '/privasi', '/privasi/en', '/console/sign-in', '/healthz', '/nothing-here'])(
    'of %s let nobody frame it or run a script in it',
    async (path) => {
      const { headers } = await stranger()(path);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
      expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*/);
      expect(headers.get('x-frame-options')).toBe('SAMEORIGIN');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('keep the metrics from callers behind the proxy', async () => {
    expect((await stranger()('/metrics')).status).toBe(403);
  });

  it('keep the visitor’s cookie from scripts and other sites', async () => {
    expect((await stranger()('/')).headers.get('set-cookie')).toMatch(
      /HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i,
    );
  });
});

describe('signing in', () => {
  const PLANTED = 'planted.planted';
  const signIn = async (next: string) => {
    const who = caller(office.address, new Map([['tanya.session_token', PLANTED]]));
    const fields = { email: office.emailOf('viewer'), password: PASSWORD, next };
    return { answer: await who.post('/console/sign-in', fields, '/console/sign-in'), who };
  };

  it('leads to a page of the console, whatever the link said', async () => {
    const evil = [
      '//evil.test',
      'https://evil.test',
      '/console//evil.test',
      '/console\\evil',
      '/console/\r\nx: y',
      '/other',
    ];
    // One sign-in costs a second of hashing: the six are told in one place, and only the first is gone through whole.
    const { answer } = await signIn(evil[0] ?? '');
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/console']);
    for (const next of evil) {
      const page = await (await stranger()(`/console/sign-in?next=${encodeURIComponent(next)}`)).text();
      expect(page).toMatch(/name="next" value="\/console"/);
    }
  });

  it('brings a session of its own, not one that was planted', async () => {
    const { answer, who } = await signIn('/console');
    expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly/i);
    expect(who.jar.get('tanya.session_token')).toMatch(/^.{20,}$/);
    expect(who.jar.get('tanya.session_token')).not.toBe(PLANTED);
    expect((await who.get('/console/me')).status).toBe(200);
    const thief = caller(office.address, new Map([['tanya.session_token', PLANTED]]));
    expect((await thief.get('/console/me')).status).toBe(303);
  });
});

describe('an administrator of one region', () => {
  const LOA_IPUH = '64.02-puskesmas-loa-ipuh';
  /** What belongs to another region, or to all of them. */
  const OTHERS: readonly (readonly ['get' | 'post', string])[] = [
    ['get', `/console/reports/${LOA_IPUH}`],
    ['post', `/console/reports/${LOA_IPUH}`],
    ['post', `/console/facilities/${LOA_IPUH}/contacts/code`],
    ['post', `/console/facilities/${LOA_IPUH}/contacts/remove`],
    ['post', '/console/morning/64.02'],
    ['get', '/console/conversations/settings/64.02'],
    ['post', '/console/conversations/settings/64.02'],
    ['post', '/console/announcements/settings/region/64.02'],
    ['post', '/console/announcements/settings/channels'],
    ['post', '/console/programmes/kukar.hospital_direct'],
    ['post', '/console/pilot/clinical'],
    ['get', '/console/privacy'],
    ['get', '/console/privacy/record.json'],
    ['get', '/console/privacy/consents.csv'],
  ];

  it('gets at nothing of another one, nor of all', async () => {
    const who = caller(office.address);
    await who.signIn(office.emailOf('admin', '64.74'));
    expect((await who.get('/console/staff')).status).toBe(200);
    for (const [method, path] of OTHERS) {
      const answer = method === 'get' ? await who.get(path) : await who.post(path, {}, '/console/me');
      expect([403, 404], `${method} ${path}: ${answer.status}`).toContain(answer.status);
    }
  });
});

describe('words of the office', () => {
  it('are shown on the public page as they are, and run nothing', async () => {
    const offices = () => [{ region: '<script>alert(1)</script>', contact: '"><img src=x onerror=alert(1)>' }];
    const app = express().use(privacyRoutes({ messageDays: 0, contactDays: 400, offices }));
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const page = await (await fetch(`http://127.0.0.1:${port}/privasi`)).text();
    server.close();
    expect(page).not.toMatch(/<script|<img/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});
