import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../../fakes/browser.js';
import { meetResident } from '../../fakes/residents.js';
import { type FakeTelegram, messageUpdate, startFakeTelegram } from '../../fakes/telegram-server.js';
import { caller, checkPage, MONDAY, type Office, openOffice, signIn } from './office.js';

let telegram: FakeTelegram;
let office: Office;
let browser: Browser;
beforeAll(async () => {
  telegram = await startFakeTelegram();
  office = await openOffice({ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.root });
  browser = await openBrowser();
  const { store } = office;
  for (const address of ['201', '202', '203']) await meetResident(store, address, MONDAY);
  await meetResident(store, '204', MONDAY, { consent: 'stopped' });
  await meetResident(store, '205', MONDAY, { consent: 'never_asked' });
  await meetResident(store, '206', MONDAY, { kecamatanCode: '64.02.07' });
  await meetResident(store, '207', MONDAY, { interests: ['outbreak'] });
  await meetResident(store, '208', MONDAY, {}, 'telegram', ['64.02-puskesmas-loa-ipuh']);
  await meetResident(store, '209', MONDAY, {}, 'whatsapp_cloud');
});
afterAll(async () => {
  await browser?.close();
  await office?.stop();
  await telegram?.close();
});

const compose = (page: Page) => page.goto(`${office.address}/console/announcements/new?region=64.02`);
const preview = (page: Page) => page.getByRole('region', { name: 'Pratinjau' });
const audience = (page: Page) => page.getByRole('region', { name: 'Penerima' });

describe('writing an announcement', () => {
  it('shows each channel and every reason while one types, and keeps what was typed', async () => {
    const { context, page, faults } = await signIn(browser, office, 'editor', 'phone');
    await page.goto(`${office.address}/console/announcements`);
    await checkPage(page, 'announcements-phone');
    await page.getByRole('link', { name: 'Tulis pengumuman' }).click();
    await compose(page);
    await page.getByLabel('Judul untuk petugas').fill('Vaksinasi campak');
    await page.getByLabel('Isi, bahasa Indonesia').fill('Besok vaksinasi campak gratis di {{tempat}}, {{waktu}}, bawa {{ktp}}.');
    await preview(page).getByText('tempat isian "ktp" tidak dikenal').waitFor();
    await page.getByLabel('Isi, bahasa Indonesia').fill('Besok vaksinasi campak gratis di {{tempat}}, {{waktu}}.');
    await page.getByLabel('Faskes', { exact: true }).selectOption({ label: 'Puskesmas Rapak Mahang' });
    await page.getByLabel('Waktu acara').fill('2026-11-24T08:00');
    await page.getByRole('radio', { name: 'Vaksinasi' }).check();
    await page.getByRole('checkbox', { name: 'Tenggarong', exact: true }).check();
    await preview(page).getByText('di Puskesmas Rapak Mahang, Selasa, 24 November 2026').waitFor();
    await audience(page).getByText('4 orang akan menerima').waitFor();
    for (const reason of ['menulis BERHENTI', 'belum pernah setuju', 'hanya ingin topik lain', 'salurannya tidak bisa']) {
      await audience(page).getByText(reason).waitFor();
    }
    await checkPage(page, 'announcement-compose-phone');
    await page.getByRole('button', { name: 'Simpan draf' }).click();
    await page.getByRole('status').getByText('Tersimpan').waitFor();
    expect(await page.getByLabel('Waktu acara').inputValue()).toBe('2026-11-24T08:00');
    expect(await page.getByRole('checkbox', { name: 'Tenggarong', exact: true }).isChecked()).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  });
});
