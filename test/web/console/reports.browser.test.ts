import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { askFacilities } from '../../../src/services/ask-facilities.js';
import { DESKTOP, PHONE } from '../../fakes/browser.js';
import { caller, checkPage, MONDAY, picture } from './office.js';
import { opened } from './opened.js';

const here = opened();

/** Somebody with the web chat open on a phone. */
async function resident(): Promise<{
  page: Page;
  write: (text: string) => Promise<void>;
  hear: (text: RegExp) => Promise<void>;
}> {
  const context = await here.browser.newContext({ viewport: PHONE });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(here.office.address);
  return {
    page,
    write: async (text) => {
      await page.getByLabel('Tulis pertanyaan Anda').fill(text);
      await page.getByRole('button', { name: 'Kirim', exact: true }).click();
    },
    hear: (text) => page.locator('.bubble.bot').filter({ hasText: text }).last().waitFor(),
  };
}

const choose = (page: Page, name: RegExp | string) => page.getByRole('button', { name }).last().click();

describe('a resident reports, the office corrects, the resident is told', () => {
  it('from "Info salah?" to the word in the chat', async () => {
    const ani = await resident();
    await ani.write('puskesmas loa ipuh buka?');
    await ani.hear(/Loa Ipuh/);
    await choose(ani.page, 'Info salah?');
    await choose(ani.page, 'Jam atau tutup');
    await ani.hear(/sudah dicatat untuk petugas/);
    await ani.write('<b>tutup jam 13.00</b>, kata loket 081234567890');
    await ani.hear(/Mau dikabari/);
    await picture(ani.page, 'chat-report');
    await choose(ani.page, /\bYa$/);
    await ani.hear(/dikirim ke sini/);

    const budi = await resident();
    await budi.write('telepon puskesmas loa ipuh');
    await budi.hear(/Telp/);
    await choose(budi.page, 'Info salah?');
    await choose(budi.page, 'Nomor telepon');
    await budi.hear(/sudah dicatat/);
    await budi.page.context().close();

    const { context, page, faults } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console`);
    await page.getByRole('link', { name: '2 laporan info salah belum dijawab' }).click();
    await page.getByRole('heading', { level: 1, name: 'Laporan warga' }).waitFor();
    await checkPage(page, 'reports-phone');
    await page.getByRole('link', { name: 'Puskesmas Loa Ipuh' }).click();
    await page.getByText('<b>tutup jam 13.00</b>, kata loket •••').waitFor();
    expect(await page.content()).not.toMatch(/0812/);
    await checkPage(page, 'report-phone');

    await page.getByRole('link', { name: 'Ubah jam rawat jalan' }).click();
    await page.getByLabel('Teks OpenStreetMap').check();
    await page.getByLabel('Teks jam').fill('Mo-Th 07:30-13:00; Fr 07:30-11:00; PH off');
    await page.getByRole('button', { name: /Simpan/ }).click();
    await page.getByRole('status').waitFor();

    await page.goto(`${here.office.address}/console/reports/64.02-puskesmas-loa-ipuh`);
    await page.getByRole('checkbox', { name: /Nomor telepon/ }).uncheck();
    await page.getByRole('button', { name: 'Simpan jawaban' }).click();
    await page.getByText('Pilih: sudah diperbaiki atau tidak diubah.').waitFor();
    await page.getByText('Sudah diperbaiki', { exact: true }).click();
    await page.getByLabel(/Kata-kata untuk pelapor/).fill('Senin sekarang sampai 13.00.');
    await page.getByRole('button', { name: 'Lihat dulu' }).click();
    await page
      .getByRole('status')
      .getByText(/Senin sekarang sampai 13\.00/)
      .waitFor();
    await checkPage(page, 'report-preview-phone');
    await page.getByRole('button', { name: 'Simpan jawaban' }).click();
    await page.getByRole('status').getByText('Jawaban disimpan.').waitFor();

    await ani.hear(/sudah diperbaiki[\s\S]*Senin sekarang sampai 13\.00/);
    await picture(ani.page, 'chat-report-answered');
    await ani.write('puskesmas loa ipuh buka?');
    await ani.hear(/buka sampai 13\.00/);
    await ani.page.context().close();

    // The other report waits still; it needs a reason to be left as it is, and nobody asked to hear of it.
    await page.getByText('Tidak diubah', { exact: true }).click();
    await page.getByRole('button', { name: 'Simpan jawaban' }).click();
    await page.getByText('Tulis alasannya.').waitFor();
    await page.getByLabel(/Kata-kata untuk pelapor/).fill('nomor itu masih diangkat loket.');
    await page.getByRole('button', { name: 'Lihat dulu' }).click();
    await page.getByText('Tidak ada pelapor yang minta dikabari.').waitFor();
    await page.getByRole('button', { name: 'Simpan jawaban' }).click();
    await page.getByRole('status').getByText('Jawaban disimpan.').waitFor();
    await page.goto(`${here.office.address}/console/reports?status=answered`);
    await page.getByText(/kabar terkirim/).waitFor();
    await checkPage(page, 'reports-answered-phone');
    const [change] = await here.office.store.data.findChanges({
      who: null,
      what: 'reports',
      subject: null,
      from: null,
      to: null,
      limit: 5,
      skip: 0,
    });
    expect(change).toMatchObject({ who: here.office.emailOf('editor'), subject: '64.02-puskesmas-loa-ipuh' });
    expect(`${change?.before}${change?.after}`).not.toMatch(/loket •••/);
    // The two forms sent back with something to correct.
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    await context.close();
  });

  it('shows no region its neighbour, and lets a viewer only look', async () => {
    const { context, page } = await here.signIn('editor', 'desk', '64.74');
    await page.goto(`${here.office.address}/console/reports?status=answered`);
    await page.getByText('Tidak ada laporan.').waitFor();
    expect((await page.goto(`${here.office.address}/console/reports/64.02-puskesmas-loa-ipuh`))?.status()).toBe(404);
    await context.close();
    const looks = await here.signIn('viewer', 'desk');
    await looks.page.goto(`${here.office.address}/console/reports?status=answered`);
    await checkPage(looks.page, 'reports-answered-desk');
    expect(await looks.page.getByRole('button', { name: /Simpan konfirmasi pagi/ }).count()).toBe(0);
    await looks.context.close();

    const viewer = caller(here.office.address);
    await viewer.signIn(here.office.emailOf('viewer'));
    for (const path of [
      '/console/reports/64.02-puskesmas-loa-ipuh',
      '/console/morning/64.02',
      '/console/facilities/64.02-puskesmas-loa-ipuh/contacts/code',
      '/console/facilities/64.02-puskesmas-loa-ipuh/contacts/remove',
    ]) {
      expect((await viewer.post(path, { outcome: 'corrected' }, '/console/reports')).status, path).toBe(403);
      expect((await viewer.post(path, { outcome: 'corrected' })).status, `${path} without the form's key`).toBe(403);
    }
  });
});

describe("a facility's own contact confirms the hours", () => {
  it('from the code to the date on the page and in the answer', async () => {
    const loket = await resident();
    await loket.write('halo');
    await loket.hear(/Tanya Puskesmas/);
    const { context, page, faults } = await here.signIn('editor', 'desk');
    await page.goto(`${here.office.address}/console/reports`);
    await page.getByText('Kota Bontang: mati').click();
    const form = page.locator('details[open]');
    await form.getByLabel(/Tanyakan setiap pagi/).check();
    await form.getByLabel('Pukul berapa (jam daerah)').fill('09:00');
    await page.setViewportSize(PHONE);
    await checkPage(page, 'reports-morning-phone');
    await page.setViewportSize(DESKTOP);
    await form.getByRole('button', { name: /Simpan konfirmasi pagi/ }).click();
    await page.getByRole('status').getByText('Pengaturan pagi disimpan.').waitFor();
    await page.getByText('Kota Bontang: pukul 09.00, bila lebih dari 30 hari').waitFor();
    await checkPage(page, 'reports-desk');

    const facility = here.office.app.world().directory.facility('64.74-puskesmas-bontang-barat');
    if (!facility) throw new Error('the facility with stated hours is gone');
    await page.goto(`${here.office.address}/console/facilities/${facility.id}`);
    await page.getByText('Belum ada kontak.').waitFor();
    await page.getByRole('button', { name: 'Buat kode kontak' }).click();
    const code = await page.getByText(/^hubungkan \d{3} \d{3}$/).innerText();
    await checkPage(page, 'facility-code-desk');
    await loket.write(code);
    await loket.hear(new RegExp(`tercatat sebagai kontak ${facility.name}`));

    const { reports, meta } = here.office.store;
    const parts = { reports, meta, world: here.office.app.world, now: () => MONDAY };
    const asked = await askFacilities(parts);
    expect(asked + (await reports.askedOn('2026-11-23')).length).toBeGreaterThan(0);
    await loket.hear(/Benar begitu/);
    await picture(loket.page, 'chat-morning');
    await choose(loket.page, 'Ya, benar');
    await loket.hear(/dipastikan hari ini/);
    await expect
      .poll(async () => (await here.office.store.data.facility(facility.id))?.services.map(({ grade }) => grade), {
        timeout: 10_000,
      })
      .toContain('verified');

    const told = () => page.getByText(/dipastikan faskesnya sendiri 23 November 2026/);
    await expect
      .poll(
        async () =>
          (await page.goto(`${here.office.address}/console/facilities/${facility.id}`)) && (await told().count()),
        {
          timeout: 10_000,
        },
      )
      .toBe(1);
    await page.getByText('dijawab: benar').waitFor();
    await page
      .getByText(/konfirmasi fasilitas \|/)
      .first()
      .waitFor();
    await page
      .getByText(/dipastikan faskes, 23 November 2026 · konfirmasi fasilitas/)
      .first()
      .waitFor();
    await checkPage(page, 'facility-contacts-desk');
    await page.setViewportSize(PHONE);
    await checkPage(page, 'facility-contacts-phone');
    await page.setViewportSize(DESKTOP);
    await page
      .getByText(/^Hapus/)
      .first()
      .click();
    await page.getByRole('button', { name: /^Ya, hapus/ }).click();
    await page.getByRole('status').getByText('Kontak sudah dihapus.').waitFor();
    expect(await reports.contacts(facility.id)).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
    await loket.page.context().close();
  });
});
