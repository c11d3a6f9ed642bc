import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_CHANGE } from '../../../src/services/staff-facility.js';
import { checkPage, MONDAY, type Visit } from './office.js';
import { opened } from './opened.js';

const here = opened();

const PAGES = [
  'holidays',
  'regions',
  'programmes',
  'cards',
  'map',
  'exchange',
  'audit',
  'exceptions',
  'demand',
  'privacy',
];

describe.each(['phone', 'desk'] as const)('on a %s', (where) => {
  // One person looks at one page after another.
  let visit: Visit;
  beforeAll(async () => {
    visit = await here.signIn('admin', where);
  });
  afterAll(() => visit?.context.close());

  it.each(PAGES)('%s breaks no rule of accessibility and fits', async (name) => {
    const { page, faults } = visit;
    const answer = await page.goto(`${here.office.address}/console/${name}`);
    expect(answer?.status()).toBe(200);
    await checkPage(page, `${name}-${where}`);
    expect(faults.splice(0)).toEqual([]);
  });
});

describe('tasks', () => {
  it('a holiday of next year is entered and taken back', async () => {
    const { context, page } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/holidays?year=2027`);
    await page.getByText('Hari libur 2027 belum diisi').waitFor();
    await page.getByLabel('Tanggal').fill('2027-01-01');
    await page.getByLabel('Nama').fill('Tahun Baru contoh');
    await page.getByLabel('Sumber').fill('SKB contoh');
    await page.getByRole('button', { name: 'Simpan' }).click();
    await page.getByRole('status').getByText('Hari libur sudah disimpan').waitFor();
    // One day is no calendar yet, and the page says so.
    await page.getByText('Baru 1 libur nasional 2027 yang tercatat').waitFor();
    expect(here.office.app.world().directory.holidays.some(({ date }) => date === '2027-01-01')).toBe(true);
    // Nothing is removed by one tap: what it means is asked first, and one may think again.
    await page.getByText('Hapus Tahun Baru contoh').first().click();
    await page.getByText(/^Hapus Tahun Baru contoh, 1 Januari 2027\?/).waitFor();
    await checkPage(page, 'holiday-remove-phone');
    await page.getByRole('button', { name: 'Tidak jadi' }).click();
    expect(await page.getByRole('button', { name: 'Ya, hapus Tahun Baru contoh' }).isVisible()).toBe(false);
    await page.getByText('Hapus Tahun Baru contoh').first().click();
    await page.getByRole('button', { name: 'Ya, hapus Tahun Baru contoh' }).click();
    await page.getByRole('status').getByText('Hari libur sudah dihapus').waitFor();
    expect(here.office.app.world().directory.holidays.some(({ date }) => date === '2027-01-01')).toBe(false);
    await context.close();
  });

  it('the office’s contact and a number are entered, and the bot has them', async () => {
    const { context, page } = await here.signIn('admin', 'phone');
    await page.goto(`${here.office.address}/console/regions`);
    await page.getByText('Ubah kontak dan nomor Kota Bontang').click();
    const card = page.getByRole('region', { name: 'Kota Bontang' });
    await card.getByLabel(/Kontak dinas untuk warga/).fill('Loket contoh, 0000 123 456');
    await card.getByRole('button', { name: 'Simpan' }).click();
    await page.getByRole('status').waitFor();
    expect(here.office.app.world().directory.region('64.74')?.officeContact).toBe('Loket contoh, 0000 123 456');
    await page.getByText('Ubah kontak dan nomor Kota Bontang').click();
    await card.getByLabel('Nomor', { exact: true }).fill('0000 999');
    await card.getByLabel('Sumber').last().fill('surat contoh');
    await card.getByRole('button', { name: 'Tambah nomor' }).click();
    await page.getByRole('status').waitFor();
    const numbers = () =>
      here.office.app
        .world()
        .directory.region('64.74')
        ?.emergencyNumbers.map(({ number }) => number);
    expect(numbers()).toContain('0000 999');
    await page.getByText('Hapus 0000 999').first().click();
    await page.getByRole('button', { name: 'Ya, hapus 0000 999' }).click();
    await page.getByRole('status').waitFor();
    expect(numbers()).not.toContain('0000 999');
    await context.close();
  });

  it('who works here, what the data says of itself and what a rule is about are told in words', async () => {
    const { context, page, faults } = await here.signIn('admin', 'phone');
    await page.goto(`${here.office.address}/console/staff`);
    const local = page.getByRole('region', { name: 'Bontang' }).first();
    await local.getByText('Kota Bontang', { exact: true }).first().waitFor();
    expect(await local.innerText()).toMatch(/belum aktif\n.*\nbelum pernah/);
    const own = page.getByRole('region', { name: 'admin', exact: true });
    expect(await own.innerText()).toMatch(/Admin: mengatur semuanya[\s\S]*semua wilayah[\s\S]*23 November 2026/);
    await checkPage(page, 'staff-phone');
    await page.goto(`${here.office.address}/console/me`);
    await page.getByText('Chrome di Linux').first().waitFor();
    await checkPage(page, 'me-phone');

    await page.goto(`${here.office.address}/console/audit?what=seed`);
    await page.getByText('Data bawaan dimuat.').waitFor();
    await page.goto(`${here.office.address}/console/audit?what=staff`);
    expect(await page.locator('main').innerText()).not.toMatch(/\[\]|staff command|shipped/);
    await page.goto(`${here.office.address}/console/regions`);
    expect(await page.locator('main').innerText()).not.toMatch(/\b(of the|answered by|hours since|published)\b/);
    await page.goto(`${here.office.address}/console/facilities/64.02-puskesmas-loa-ipuh`);
    await page.getByText('dua titik yang mungkin tidak cocok: pastikan').waitFor();
    await page
      .getByText(/daftar faskes mitra BPJS Kesehatan 2019/)
      .first()
      .waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/\b(coord from|partner facilities|VERIFY)\b/);
    await page.goto(`${here.office.address}/console/programmes?region=64.74`);
    await page.getByText(/sama sekali baru.*rilis baru/).waitFor();
    await page.getByRole('link', { name: /^Kemungkinan besar bisa, dengan KTP Bontang.*bontang\.resident$/ }).waitFor();
    await checkPage(page, 'programmes-words-phone');
    expect(faults).toEqual([]);
    await context.close();
  });

  it('a clinician’s agreement to a card is recorded, with name and day', async () => {
    const { context, page } = await here.signIn('approver', 'phone');
    await page.goto(`${here.office.address}/console/cards`);
    await page
      .getByRole('link', { name: /stroke/i })
      .first()
      .click();
    await checkPage(page, 'card-phone');
    await page.getByLabel('Nama klinisi yang menyetujui').fill('dr. Contoh');
    await page.getByLabel('Profesi dan jabatan').fill('dokter umum');
    await page.getByRole('button', { name: /Catat persetujuan/ }).click();
    await page.getByRole('status').getByText('Persetujuan sudah dicatat').waitFor();
    await page.getByText('disetujui dr. Contoh (dokter umum), 23 November 2026').waitFor();
    await context.close();
  });

  it('facts are tried, and the bot’s answer shows at once', async () => {
    const { context, page } = await here.signIn('viewer', 'phone');
    await page.goto(`${here.office.address}/console/programmes`);
    await page.getByLabel('KTP', { exact: true }).selectOption('64.02');
    const answer = page.getByRole('region', { name: 'Apa jawaban bot?' });
    await page.getByRole('heading', { name: /Aturan untuk KTP Kabupaten Kutai/ }).waitFor();
    const before = await answer.innerText();
    await page.getByLabel('BPJS', { exact: true }).selectOption('inactive');
    await expect.poll(() => answer.innerText()).not.toBe(before);
    expect(await answer.locator('.bubble').count()).toBeGreaterThan(0);
    await context.close();
  });

  it('the history says who changed what, and is narrowed and exported', async () => {
    const number = {
      regionCode: '64.74',
      position: 9,
      number: '0000 555',
      kind: 'medical',
      confidence: 'low',
    } as const;
    const record = { ...number, source: 'surat contoh', checkedOn: '2026-11-23' };
    const author = { who: 'admin@dinkes.test', at: MONDAY };
    await here.office.store.data.apply({ ...NO_CHANGE, emergencyNumbers: [record] }, author);
    const { context, page } = await here.signIn('approver', 'desk');
    await page.goto(`${here.office.address}/console/audit`);
    await page.getByLabel('Jenis data').selectOption('emergency_numbers');
    await page.getByRole('button', { name: 'Cari' }).click();
    await page.getByText('0000 555').first().waitFor();
    await page.getByText('admin@dinkes.test').first().waitFor();
    await checkPage(page, 'audit-found-desk');

    const closure = {
      id: 'contoh',
      regionCode: '64.74',
      facilityId: null,
      service: 'outpatient',
      from: MONDAY,
      to: MONDAY + 86_400_000,
      hours: 'Mo-Fr 08:00-12:00; PH off',
      reason: 'sesuai edaran: contoh',
      source: 'edaran contoh',
      grade: 'verified',
      checkedOn: '2026-11-23',
    } as const;
    await here.office.store.data.putException(closure, author);
    await page.getByLabel('Jenis data').selectOption('hours_exceptions');
    await page.getByRole('button', { name: 'Cari' }).click();
    const line = page
      .getByRole('listitem')
      .filter({ has: page.getByText('Kota Bontang', { exact: true }) })
      .first();
    for (const told of [
      /Mulai: menjadi Senin 23 Nov 09\.00 WITA/,
      /Jam: menjadi Senin–Jumat 08\.00–12\.00; tutup pada hari libur nasional/,
      /Layanan: menjadi Rawat jalan/,
      /Kepastian: menjadi dipastikan dinas/,
    ]) {
      await line.getByText(told).first().waitFor();
    }
    expect(await line.innerText()).not.toMatch(/starts_at|179\d{7}|contoh\b.*\bid\b/);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Unduh CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('riwayat.csv');
    await context.close();
  });
});

describe('files', () => {
  it('a CSV is shown first, then written; a faulty one is explained', async () => {
    const { context, page, faults } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/exchange`);
    const upload = async (text: string) => {
      await page.getByLabel('Berkas', { exact: true }).setInputFiles({
        name: 'faskes.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
      await page.getByRole('button', { name: 'Lihat perbedaannya dulu' }).click();
    };
    const head = 'id,region_code,kind,name,phone,source,checked_on\n';
    await upload(
      `${head}64.02-puskesmas-loa-ipuh,64.02,puskesmas,Puskesmas Loa Ipuh,bukan nomor <b>,surat contoh,2026-13-99\n`,
    );
    await page.getByRole('alert').waitFor();
    await checkPage(page, 'import-faults-phone');
    await upload(
      `${head}64.02-puskesmas-loa-ipuh,64.02,puskesmas,Puskesmas Loa Ipuh,0000 777,surat contoh,2026-11-23\n`,
    );
    await page.getByText('0000 777').waitFor();
    await checkPage(page, 'import-rehearsal-phone');
    expect((await here.office.store.data.facility('64.02-puskesmas-loa-ipuh'))?.phone).not.toBe('0000 777');
    await page.getByRole('button', { name: 'Tulis perubahan ini' }).click();
    await page.getByRole('status').getByText('Perubahan sudah ditulis').waitFor();
    expect((await here.office.store.data.facility('64.02-puskesmas-loa-ipuh'))?.phone).toBe('0000 777');
    expect(faults).toEqual([]);
    await context.close();
  });
});
