import { describe, expect, it } from 'vitest';
import { PHONE } from '../../fakes/browser.js';
import { checkPage } from './office.js';
import { opened } from './opened.js';

const here = opened();

/** What a resident is told in the web chat. */
async function ask(question: string): Promise<string> {
  const context = await here.browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  await page.goto(here.office.address);
  await page.getByLabel('Tulis pertanyaan Anda').fill(question);
  await page.getByRole('button', { name: 'Kirim', exact: true }).click();
  const answer = page.locator('.bubble.bot').filter({ hasText: 'Loa Ipuh' }).first();
  await answer.waitFor();
  const text = await answer.innerText();
  await context.close();
  return text;
}

describe('closing a puskesmas for a flood, on a phone', () => {
  it('takes five taps and two words, and the next resident is told so', async () => {
    expect(await ask('apakah puskesmas loa ipuh buka?')).not.toMatch(/banjir/i);
    const { context, page, faults } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console`);
    const started = Date.now();
    await page.getByLabel(/Cari faskes/).fill('loa ipuh');
    await page.getByRole('button', { name: 'Cari' }).click();
    await page.getByRole('link', { name: /Tutup atau jam khusus Puskesmas Loa Ipuh/ }).click();
    await page.getByText(/tutup seluruhnya, UGD juga/).waitFor();
    await page.getByText('Banjir', { exact: true }).click();
    await page.getByText('Besok siang, pukul 12.00').click();
    await checkPage(page, 'exception-phone');
    await page.evaluate(
      "addEventListener('submit', (event) => { sessionStorage.sent = (sessionStorage.sent ?? '') + (event.defaultPrevented ? 'held ' : 'sent '); })",
    );
    // On a slow line people tap twice.
    await page.getByRole('button', { name: 'Simpan dan beri tahu warga' }).dblclick();
    await page.getByRole('status').getByText('Sudah berlaku').waitFor();
    expect(await page.evaluate('sessionStorage.sent')).toBe('sent held ');
    const seconds = (Date.now() - started) / 1000;
    await checkPage(page, 'exceptions-phone');
    process.stdout.write(`closing took ${seconds.toFixed(1)} s of machine time, axe-core and screenshots included\n`);

    const told = await ask('apakah puskesmas loa ipuh buka?');
    expect(told).toMatch(/tutup/i);
    expect(told).toMatch(/banjir/i);
    expect(told).toMatch(/Selasa 24 Nov 12\.00|besok/i);

    await page.getByRole('button', { name: /Akhiri sekarang Puskesmas Loa Ipuh/ }).click();
    await page.getByRole('status').getByText('Sudah diakhiri').waitFor();
    expect(await ask('apakah puskesmas loa ipuh buka?')).not.toMatch(/banjir/i);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('special hours for every puskesmas of a region, holidays kept', async () => {
    const { context, page } = await here.signIn('editor', 'desk');
    await page.goto(`${here.office.address}/console/exceptions/new?region=64.74`);
    await page.getByLabel('Semua puskesmas Kota Bontang').check();
    await page.getByText('Jam khusus', { exact: true }).click();
    await page.getByLabel('Senin: buka atau tutup').selectOption('open');
    await page.getByLabel('Senin, buka pukul (1)').fill('08:00');
    await page.getByLabel('Senin, tutup pukul (1)').fill('12:00');
    await page.getByRole('button', { name: 'Salin Senin' }).click();
    await page.getByText('Edaran atau keputusan').click();
    await page.getByLabel(/^Keterangan/).fill('jam Ramadan');
    await page.getByText('Tujuh hari').click();
    await checkPage(page, 'exception-special-desk');
    await page.getByRole('button', { name: 'Simpan dan beri tahu warga' }).click();
    await page.getByRole('status').waitFor();
    const [entered] = await here.office.store.data.exceptions(['64.74']);
    expect(entered).toMatchObject({
      facilityId: null,
      service: null,
      hours: 'Mo-Fr 08:00-12:00; PH off',
      reason: 'sesuai edaran: jam Ramadan',
      grade: 'verified',
      source: 'Dinas Kesehatan Kota Bontang',
    });
    await context.close();
  });

  it('says what is missing, and keeps what was typed', async () => {
    const { context, page } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/exceptions/new`);
    await page.getByLabel(/^Keterangan/).fill('jalan terendam');
    await page.getByRole('button', { name: 'Simpan dan beri tahu warga' }).click();
    await page.getByText('Pilih faskesnya.').waitFor();
    expect(await page.evaluate('document.activeElement.innerText')).toBe('Pilih faskesnya.');
    expect(await page.getByLabel(/^Keterangan/).inputValue()).toBe('jalan terendam');
    await checkPage(page, 'exception-faults-phone');
    await context.close();
  });
});
