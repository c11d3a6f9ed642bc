import { describe, expect, it } from 'vitest';
import { DESKTOP, PHONE } from '../fakes/browser.js';
import { checkPage } from './console/office.js';
import { opened } from './console/opened.js';

const here = opened();

describe('the page on what is kept', () => {
  it.each([
    ['phone', PHONE],
    ['desk', DESKTOP],
  ] as const)('is found from the chat, read in two languages and fits a %s', async (name, viewport) => {
    const page = await here.browser.newPage({ viewport });
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    await page.goto(here.office.address);
    await page.getByRole('link', { name: 'Data Anda' }).click();
    await page.getByRole('heading', { level: 1, name: 'Data Anda di Tanya Puskesmas' }).waitFor();
    await page.getByText('Tulis HAPUS DATA SAYA').waitFor();
    // Nothing is made up: an office that entered no contact is told as such.
    await page.getByText('belum diisi').first().waitFor();
    await checkPage(page, `privacy-${name}`);
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByRole('heading', { level: 1, name: 'Your data at Tanya Puskesmas' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await checkPage(page, `privacy-en-${name}`);
    expect(faults).toEqual([]);
    await page.close();
  });
});
