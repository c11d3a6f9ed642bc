import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { openBrowser, PHONE } from '../fakes/browser.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tanya-web-'));
const screenshots = 'test/screenshots';
let app: App;
let browser: Browser;
let address: string;

beforeAll(async () => {
  mkdirSync(screenshots, { recursive: true });
  const config = readConfig({ PORT: '0', DATABASE_URL: `file:${join(folder, 'web.db')}`, LOG_LEVEL: 'silent' });
  app = await buildApp(config, createLog('silent'));
  address = `http://127.0.0.1:${await app.start()}/`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the web chat on a phone', () => {
  it('answers a typed question, offers choices, and fits the screen', async () => {
    const page = await browser.newPage({ viewport: PHONE });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(address);
    await page.getByLabel('Tulis pertanyaan Anda').fill('puskesmas mana yang buka sekarang di tenggarong?');
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    const log = page.getByRole('log');
    await log.getByText('Puskesmas Rapak Mahang', { exact: false }).first().waitFor();
    await page.screenshot({ path: join(screenshots, 'chat-answer.png') });
    await page.getByRole('button', { name: /Loa Ipuh/ }).click();
    await log.getByText('Alamat:', { exact: false }).waitFor();
    await page.screenshot({ path: join(screenshots, 'chat-facility.png') });
    const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth');
    expect(wide).toBe(false);
    await page.evaluate(axeSource);
    const violations = await page.evaluate(
      "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((r) => r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' | ')))",
    );
    expect(violations).toEqual([]);
    expect(faults).toEqual([]);
    await page.close();
  });

  it('works on plain http from another machine, where browsers hide what they keep for safe pages', async () => {
    const page = await browser.newPage({ viewport: PHONE });
    await page.addInitScript('delete Crypto.prototype.randomUUID');
    await page.goto(address);
    const box = page.getByLabel('Tulis pertanyaan Anda');
    await box.fill('halo');
    await box.press('Enter');
    await page.getByRole('log').getByText('ini Tanya Puskesmas', { exact: false }).waitFor();
    await page.close();
  });

  it('shows hostile text as text, and takes a location', async () => {
    const context = await browser.newContext({
      viewport: PHONE,
      geolocation: { latitude: -0.4172, longitude: 116.9925 },
      permissions: ['geolocation'],
    });
    const page = await context.newPage();
    await page.goto(address);
    const box = page.getByLabel('Tulis pertanyaan Anda');
    await box.fill('<img src=x onerror="document.title=1"> \u202Eterbalik');
    await box.press('Enter');
    await page.getByRole('log').getByText('saya belum paham', { exact: false }).waitFor();
    expect(await page.title()).toBe('Tanya Puskesmas');
    await page.getByRole('button', { name: 'Kirim lokasi saya' }).click();
    await page.getByRole('log').getByText('terdekat dari lokasi Anda', { exact: false }).waitFor();
    await context.close();
  });
});
