import { describe, expect, it } from 'vitest';
import { caller, checkPage, openOffice } from './office.js';
import { opened } from './opened.js';

const here = opened(() => openOffice({ TELEGRAM_BOT_TOKEN: '' }));

const TITLE = 'Setiap nomor darurat sudah dicoba';

describe('before a pilot', () => {
  it.each(['phone', 'desk'] as const)(
    'an admin on a %s sees what is open, and vouches for something',
    async (where) => {
      const { context, page, faults } = await here.signIn('admin', where);
      await page.goto(`${here.office.address}/console`);
      await page.getByRole('link', { name: /hal sebelum uji coba belum ditandatangani/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Sebelum uji coba' }).waitFor();
      await page.getByText(/\d+ kartu darurat belum disetujui klinisi/).waitFor();
      await page.getByText(/[1-9]\d* kata Jawa, Madura, Banjar, dan Kutai belum diperiksa/).waitFor();
      await page.getByText('Hari libur tahun depan belum diisi').waitFor();
      await page.getByText('6 petugas belum memakai kode kedua').waitFor();
      await page.getByText('Telegram belum disambungkan').waitFor();
      expect(await page.getByText('klien tidak resmi').count()).toBe(0);
      const card = page.getByRole('region', { name: TITLE });
      await card.getByText('Catat bahwa ini selesai').click();
      await checkPage(page, `pilot-${where}`);
      await card.getByRole('button', { name: 'Catat' }).click();
      await page.getByRole('alert').getByText('Isi namanya').waitFor();
      await card.getByLabel('Nama dan jabatan').fill('Contoh, kepala seksi');
      await card.getByRole('button', { name: 'Catat' }).click();
      await page.getByRole('status').getByText('Sudah dicatat').waitFor();
      await card.getByText('Dipastikan Contoh, kepala seksi, 23 November 2026').waitFor();
      await card.getByText('Ubah atau batalkan').click();
      await card.getByText('Batalkan', { exact: true }).click();
      await card.getByRole('button', { name: 'Ya, batalkan' }).click();
      await card.getByText('Belum ada yang memastikan').waitFor();
      // The browser itself notes the form that was refused.
      expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
      await context.close();
    },
  );

  it('is signed by admins of the whole country alone; the second of two is told', async () => {
    const markOn = async (email: string) => {
      const staff = caller(here.office.address);
      await staff.signIn(email);
      const html = await (await staff.get('/console/pilot')).text();
      return { staff, mark: /pilot\/drill"[\s\S]*?name="mark" value="([^"]+)"/.exec(html)?.[1] ?? '' };
    };
    const fields = { do: 'give', by: 'Contoh', on: '2026-11-23', note: '' };
    for (const email of [
      'editor@dinkes.test',
      'approver@dinkes.test',
      'viewer@dinkes.test',
      'admin-64.74@dinkes.test',
    ]) {
      const { staff } = await markOn(email);
      expect((await staff.post('/console/pilot/drill', { ...fields, mark: '' }, '/console/me')).status).toBe(403);
    }
    const [one, two] = [await markOn('admin@dinkes.test'), await markOn('admin@dinkes.test')];
    const give = (who: typeof one, by: string) =>
      who.staff.post('/console/pilot/drill', { ...fields, by, mark: who.mark }, '/console/pilot');
    expect((await give(one, 'Pertama')).status).toBe(303);
    const late = await give(two, 'Kedua <b>');
    expect(late.status).toBe(409);
    const html = await late.text();
    expect(html).toContain('Data ini baru saja diubah orang lain');
    expect(html).toContain('Kedua &lt;b&gt;');
    expect(html).toContain('Dipastikan Pertama');
    const future = await one.staff.post('/console/pilot/drill', { ...fields, on: '2026-12-01' }, '/console/pilot');
    expect(future.status).toBe(422);
    expect((await one.staff.post('/console/pilot/nothing', fields, '/console/pilot')).status).toBe(404);
    expect(await (await one.staff.get('/console/audit?what=pilot')).text()).toContain('Pertama');
  });
});

it('warns of the unofficial client where it runs', async () => {
  const other = await openOffice({ WHATSAPP_BAILEYS: 'on', WHATSAPP_WS_URL: 'ws://127.0.0.1:9' });
  const staff = caller(other.address);
  await staff.signIn('admin@dinkes.test');
  expect(await (await staff.get('/console/pilot')).text()).toContain('Meta melarangnya dan bisa memblokir nomor');
  await other.stop();
});
