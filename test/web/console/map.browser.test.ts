import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { HourCount } from '../../../src/ports/activity.js';
import { planSeed } from '../../../src/services/seed.js';
import { openStore } from '../../../src/store/open-store.js';
import { caller, checkPage, MONDAY, openOffice } from './office.js';
import { opened } from './opened.js';

const TILES = 'https://tiles.example.test/{z}/{x}/{y}.png';
const LOA_IPUH = '64.02-puskesmas-loa-ipuh';
const HOSTILE = '<img src=x onerror=alert(1)> Puskesmas ‮terbalik';
const LARGEST_PAGE = 150_000;
const question = (areaCode: string, found: string, count: number): HourCount => ({
  kind: 'question_answered',
  data: { areaCode, found, service: null },
  hour: 20,
  count,
});

const folder = mkdtempSync(join(tmpdir(), 'tanya-map-'));
afterAll(() => rmSync(folder, { recursive: true }));
const here = opened(async () => {
  const store = await openStore(`file:${join(folder, 'map.db')}`);
  const { change } = planSeed();
  const facilities = change.facilities.map((each) => (each.id === LOA_IPUH ? { ...each, name: HOSTILE } : each));
  await store.data.seed({ ...change, facilities }, { who: 'seed', at: MONDAY });
  const counts = [
    question('64.02.06', 'none', 31),
    question('64.02.06', 'open', 9),
    question('64.02.06.1001', 'none', 2),
    question('64.02.01', 'open', 12),
    question('64.02.02', 'none', 4),
  ];
  const activity = { ...store.activity, questionsByHour: async () => counts };
  return openOffice({ MAP_TILES_URL: TILES, MAP_TILES_ATTRIBUTION: 'peta contoh' }, { store: { ...store, activity } });
});

const marks = (page: Page, box: string) => page.getByRole('group', { name: box }).locator('path.leaflet-interactive');

describe.each(['phone', 'desk'] as const)('on a %s', (where) => {
  it('the facilities stand on the map and in its table, and open from both', async () => {
    const { context, page } = await here.signIn('viewer', where);
    await context.route('https://tiles.example.test/**', (route) => route.fulfill({ status: 404 }));
    const sizes: number[] = [];
    page.on('response', async (response) => {
      if (new URL(response.url()).host === new URL(here.office.address).host)
        sizes.push((await response.request().sizes()).responseBodySize);
    });
    await page.goto(`${here.office.address}/console/map?region=64.02`, { waitUntil: 'networkidle' });
    const rows = await page.getByRole('table').getByRole('link').count();
    await expect.poll(() => marks(page, 'Peta faskes Kabupaten Kutai Kartanegara').count()).toBe(rows);
    expect(rows).toBeGreaterThan(30);
    await checkPage(page, `map-${where}`);
    expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(LARGEST_PAGE);
    // A name is text in the map's labels too.
    expect(await page.locator('img[src="x"]').count()).toBe(0);
    await page.getByRole('button', { name: 'Perbesar' }).focus();
    await page.keyboard.press('Enter');
    const last = page.getByRole('table').getByRole('link').last();
    const name = await last.innerText();
    await last.press('Enter');
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await context.close();
  });

  it('what found nothing open stands on the map of demand and in its table, nothing below five', async () => {
    const { context, page } = await here.signIn('viewer', where);
    await context.route('https://tiles.example.test/**', (route) => route.fulfill({ status: 404 }));
    await page.goto(`${here.office.address}/console/demand?region=64.02`);
    await expect.poll(() => marks(page, 'Peta pertanyaan warga Kabupaten Kutai Kartanegara').count()).toBe(2);
    const table = page.getByRole('region', { name: 'Di mana, per kecamatan' }).getByRole('table').first();
    await table.getByRole('row', { name: 'Tenggarong 33 42' }).waitFor();
    await table.getByRole('row', { name: /0 12$/ }).waitFor();
    expect(await table.getByRole('row').count()).toBe(3);
    await checkPage(page, `demand-${where}`);
    await context.close();
  });
});

it('a mark opens its facility', async () => {
  const { context, page } = await here.signIn('viewer', 'desk');
  await context.route('https://tiles.example.test/**', (route) => route.fulfill({ status: 404 }));
  await page.goto(`${here.office.address}/console/map?region=64.74`);
  // Whose map it is stands below it, and no flag of the library's.
  const below = page.locator('.leaflet-control-attribution');
  expect(await below.innerText()).toBe('Leaflet | peta contoh');
  expect(await below.locator('svg').count()).toBe(0);
  await marks(page, 'Peta faskes Kota Bontang').last().click();
  await page.waitForURL(/\/console\/facilities\/64\.74/);
  await context.close();
});

it('only a page with a map may load its pictures', async () => {
  const staff = caller(here.office.address);
  await staff.signIn(here.office.emailOf('viewer'));
  const policy = async (path: string) => (await staff.get(path)).headers.get('content-security-policy') ?? '';
  expect(await policy('/console/map')).toContain("img-src 'self' data: https://tiles.example.test;");
  expect(await policy('/console/demand')).toContain('https://tiles.example.test');
  expect(await policy('/console')).not.toContain('tiles');
});
