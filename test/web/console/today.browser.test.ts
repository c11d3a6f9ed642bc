import { describe, expect, it } from 'vitest';
import { checkPage } from './office.js';
import { opened } from './opened.js';

const here = opened();

describe.each(['phone', 'desk'] as const)('the first pages on a %s', (where) => {
  it('sign-in, today, my account, staff', async () => {
    const { context, page, faults } = await here.signIn('admin', where);
    await page.goto(`${here.office.address}/console`);
    await page.getByRole('heading', { name: 'Kabupaten Kutai Kartanegara' }).waitFor();
    await checkPage(page, `today-${where}`);
    if (where === 'phone') await page.getByText('Menu', { exact: true }).click();
    await page.getByRole('link', { name: 'Akun saya' }).click();
    await page.getByRole('heading', { level: 1, name: 'Akun saya' }).waitFor();
    await checkPage(page, `me-${where}`);
    await page.goto(`${here.office.address}/console/staff`);
    await page.getByText('editor-64.74@dinkes.test').click();
    await checkPage(page, `staff-${where}`);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('can be walked through by keyboard', async () => {
    const { context, page } = await here.signIn('viewer', where);
    await page.goto(`${here.office.address}/console`);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Langsung ke isi');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement?.id')).toBe('content');
    await context.close();
  });

  it('says what is wrong at the door', async () => {
    const page = await here.browser.newPage();
    await page.goto(`${here.office.address}/console/sign-in`);
    await page.getByLabel('Alamat email').fill('nobody@dinkes.test');
    await page.getByLabel('Kata sandi').fill('not the password');
    await page.getByRole('button', { name: 'Masuk' }).click();
    await page.getByRole('alert').getByText('Email atau kata sandi salah.').waitFor();
    await checkPage(page, `sign-in-${where}`);
    await page.close();
  });
});
