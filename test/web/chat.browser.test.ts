import { describe, expect, it } from 'vitest';
import { PHONE } from '../fakes/browser.js';
import { checkPage, picture } from './console/office.js';
import { opened } from './console/opened.js';

const here = opened();

describe('the web chat on a phone', () => {
  it('answers a typed question, offers choices, and fits the screen', async () => {
    const page = await here.browser.newPage({ viewport: PHONE });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(here.office.address);
    await page.getByLabel('Tulis pertanyaan Anda').fill('puskesmas mana yang buka sekarang di tenggarong?');
    await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    const log = page.getByRole('log');
    await log.getByText('Puskesmas Rapak Mahang', { exact: false }).first().waitFor();
    await picture(page, 'chat-answer');
    await page.getByRole('button', { name: /Loa Ipuh/ }).click();
    await log.getByText('Alamat:', { exact: false }).waitFor();
    await picture(page, 'chat-facility');
    await checkPage(page, 'chat');
    expect(faults).toEqual([]);
    await page.close();
  });

  it('works on plain http from another machine, where browsers hide what they keep for safe pages', async () => {
    const page = await here.browser.newPage({ viewport: PHONE });
    await page.addInitScript('delete Crypto.prototype.randomUUID');
    await page.goto(here.office.address);
    const box = page.getByLabel('Tulis pertanyaan Anda');
    await box.fill('halo');
    await box.press('Enter');
    await page.getByRole('log').getByText('ini Tanya Puskesmas', { exact: false }).waitFor();
    await page.close();
  });

  it('shows hostile text as text, and takes a location', async () => {
    const context = await here.browser.newContext({
      viewport: PHONE,
      geolocation: { latitude: -0.4172, longitude: 116.9925 },
      permissions: ['geolocation'],
    });
    const page = await context.newPage();
    await page.goto(here.office.address);
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
