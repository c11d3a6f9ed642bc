import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { type App, buildApp, type Overrides } from '../../../src/app.js';
import { realTiming } from '../../../src/channels/real-timing.js';
import { readConfig } from '../../../src/config.js';
import type { Role } from '../../../src/domain/staff.js';
import { createLog } from '../../../src/log.js';
import type { Store } from '../../../src/ports/store.js';
import { openFilledStore } from '../../../src/running/filled-store.js';
import { rulesBroken } from '../../fakes/accessibility.js';
import { DESKTOP, PHONE } from '../../fakes/browser.js';

/** A Monday, 9.00 in Tenggarong: what the office's clock shows when it opens. */
export const MONDAY = Date.parse('2026-11-23T09:00:00+08:00');
export const PASSWORD = 'kata sandi percobaan';
const SECRET_KEY = 'a key of the tests, made of nothing secret';
const SCREENSHOTS = 'test/screenshots';

let callers = 0;

/** The whole server with its own database, and somebody of each role. */
export interface Office {
  readonly app: App;
  readonly address: string;
  readonly store: Store;
  /** For a second process on the same data. */
  readonly databaseUrl: string;
  emailOf(role: Role, region?: string): string;
  stop(): Promise<void>;
}

export async function openOffice(settings: Record<string, string> = {}, overrides: Overrides = {}): Promise<Office> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'tanya-console-'));
  const file = join(folder, 'console.db');
  const databaseUrl = settings.DATABASE_URL ?? `file:${file}`;
  if (databaseUrl.endsWith(file) && overrides.store === undefined) writeFileSync(file, await staffedDatabase());
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    SECRET_KEY,
    ...settings,
  });
  const started = Date.now();
  const timing = { ...realTiming, now: () => MONDAY + (Date.now() - started) };
  const app = await buildApp(config, createLog('silent'), { timing, ...overrides });
  await addStaff(app.store);
  const address = `http://127.0.0.1:${await app.start()}`;
  return {
    app,
    address,
    store: app.store,
    databaseUrl,
    emailOf: (role, region) => `${role}${region ? `-${region}` : ''}@dinkes.test`,
    stop: async () => {
      for (const who of sessions.keys()) if (who.endsWith(` ${address}`)) sessions.delete(who);
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Somebody of each role, unless others came before: a second process finds them there. */
async function addStaff(store: Store): Promise<void> {
  const staff = store.staff({ secret: SECRET_KEY, publicUrl: null });
  if ((await staff.list()).length > 0) return;
  for (const role of ['admin', 'editor', 'approver', 'viewer'] as const) {
    await staff.add({ email: `${role}@dinkes.test`, name: role, password: PASSWORD, role, regions: [] });
  }
  for (const role of ['admin', 'editor'] as const) {
    const [email, regions] = [`${role}-64.74@dinkes.test`, ['64.74']];
    await staff.add({ email, name: 'Bontang', password: PASSWORD, role, regions });
  }
}

let staffed: Promise<Buffer> | null = null;
/** The shipped data and one of each role, as a file: filled once in a process, because it takes seconds of processor time. */
function staffedDatabase(): Promise<Buffer> {
  const fill = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tanya-staffed-'));
    const file = join(folder, 'staffed.db');
    const store = await openFilledStore(readConfig({ DATABASE_URL: `file:${file}` }), {
      ...realTiming,
      now: () => MONDAY,
    });
    await addStaff(store);
    await store.close();
    const database = readFileSync(file);
    rmSync(folder, { recursive: true });
    return database;
  };
  staffed ??= fill();
  return staffed;
}

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;
/** Signing in takes a hash and two pages, so whoever has signed in once comes back with the same session, by who and address. */
const sessions = new Map<string, Cookies>();

/** A browser in which somebody has signed in, on a phone or at a desk. */
export function signIn(
  browser: Browser,
  office: Office,
  role: Role = 'editor',
  where: 'phone' | 'desk' = 'phone',
  region?: string,
): Promise<Visit> {
  return enter(browser, office.address, office.emailOf(role, region), where);
}

/** Somebody's own browser and what went wrong in it. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly faults: string[];
}

/** Signs somebody in at a server, in a browser of their own; it shows the first page, or nothing yet to who signed in there before. */
export async function enter(
  browser: Browser,
  address: string,
  email: string,
  where: 'phone' | 'desk' = 'phone',
): Promise<Visit> {
  callers += 1;
  const context = await browser.newContext({
    viewport: where === 'phone' ? PHONE : DESKTOP,
    locale: 'id-ID',
    extraHTTPHeaders: { 'x-forwarded-for': `198.51.100.${callers % 250}` },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  const who = `${email} ${address}`;
  const known = sessions.get(who);
  if (known !== undefined) {
    await context.addCookies(known);
    return { context, page, faults };
  }
  await page.goto(`${address}/console`);
  await page.getByLabel('Alamat email').fill(email);
  await page.getByLabel('Kata sandi').fill(PASSWORD);
  await page.getByRole('button', { name: 'Masuk' }).click();
  await page.getByRole('heading', { level: 1, name: 'Hari ini' }).waitFor();
  sessions.set(who, await context.cookies());
  return { context, page, faults };
}

/** With SCREENSHOTS=1, keeps a picture to be looked at. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage });
}

/** No rule of WCAG 2.1 AA is broken, and nothing is wider than the screen; a picture of the whole page is kept. */
export async function checkPage(page: Page, name: string): Promise<void> {
  await picture(page, `console-${name}`, true);
  expect(await rulesBroken(page), name).toEqual([]);
  const wide = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'));
  expect(wide, `${name} is wider than the screen`).toBeLessThanOrEqual(0);
}

/** An address from which nobody has come yet. */
function anotherAddress(): string {
  callers += 1;
  return `198.51.100.${callers % 250}`;
}

/** Somebody who speaks HTTP by hand: keeps cookies, sends what they like, from an address of their own. */
export function caller(address: string, jar: Map<string, string> = new Map(), from = anotherAddress()) {
  const send = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers);
    headers.set('x-forwarded-for', from);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(`${address}${path}`, { redirect: 'manual', ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  };
  const keyOf = (html: string) => /name="form_key" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const post = async (
    path: string,
    fields: Record<string, string>,
    page?: string,
    headers: Record<string, string> = {},
  ) => {
    const key = page === undefined ? undefined : keyOf(await (await send(page)).text());
    const body = new URLSearchParams({ ...(key === undefined ? {} : { form_key: key }), ...fields });
    return send(path, { method: 'POST', body, headers });
  };
  return {
    jar,
    send,
    post,
    get: (path: string) => send(path),
    signIn: (email: string, password = PASSWORD) => post('/console/sign-in', { email, password }, '/console/sign-in'),
  };
}
