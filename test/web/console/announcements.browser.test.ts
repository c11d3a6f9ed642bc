import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY } from '../../../src/domain/time.js';
import { readLateTemplates } from '../../../src/services/late-answer.js';
import { PHONE } from '../../fakes/browser.js';
import { meetResident } from '../../fakes/residents.js';
import { type FakeTelegram, refusal, startFakeTelegram } from '../../fakes/telegram-server.js';
import { caller, checkPage, MONDAY, openOffice } from './office.js';
import { opened } from './opened.js';

let telegram: FakeTelegram;
afterAll(() => telegram?.close());
const here = opened(async () => {
  telegram = await startFakeTelegram();
  return openOffice({
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    WHATSAPP_CLOUD_TOKEN: 'token',
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '1001',
    WHATSAPP_CLOUD_APP_SECRET: 'secret',
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'verify',
    WHATSAPP_GRAPH_URL: 'http://127.0.0.1:9',
  });
});
beforeAll(async () => {
  const { store } = here.office;
  for (const address of ['201', '202', '203']) await meetResident(store, address, MONDAY);
  for (let n = 301; n <= 330; n += 1) await meetResident(store, String(n), MONDAY, { kecamatanCode: '64.02.01' });
  await meetResident(store, '204', MONDAY, { consent: 'stopped' });
  await meetResident(store, '205', MONDAY, { consent: 'never_asked' });
  await meetResident(store, '206', MONDAY, { kecamatanCode: '64.02.07' });
  await meetResident(store, '207', MONDAY, { interests: ['outbreak'] });
  await meetResident(store, '208', MONDAY, {}, 'telegram', ['64.02-puskesmas-loa-ipuh']);
  await meetResident(store, '209', MONDAY, {}, 'web');
  await meetResident(store, '62800000001', MONDAY - 2 * DAY, { kecamatanCode: '64.02.02' }, 'whatsapp_cloud');
});

const ENDED = { regionCode: '64.02', status: ['done', 'running', 'paused'], limit: 1, skip: 0 } as const;
const PAUSED = { ...ENDED, status: ['paused'] } as const;
/** Its page looks every two seconds; on a busy machine several looks pass. */
const SLOWLY = { timeout: 30_000 } as const;
const compose = (page: Page) => page.goto(`${here.office.address}/console/announcements/new?region=64.02`);
const preview = (page: Page) => page.getByRole('region', { name: 'Pratinjau' });
const audience = (page: Page) => page.getByRole('region', { name: 'Penerima' });

describe('writing an announcement', { timeout: 90_000 }, () => {
  it('shows each channel and every reason while one types, and keeps what was typed', async () => {
    const { context, page, faults } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/announcements`);
    await checkPage(page, 'announcements-phone');
    await page.getByRole('link', { name: 'Tulis pengumuman' }).click();
    await compose(page);
    await page.getByLabel('Judul untuk petugas').fill('Vaksinasi campak');
    await page
      .getByLabel('Isi, bahasa Indonesia')
      .fill('Besok vaksinasi campak gratis di {{tempat}}, {{waktu}}, bawa {{ktp}}.');
    await preview(page).getByText('tempat isian "ktp" tidak dikenal').waitFor();
    await page.getByLabel('Isi, bahasa Indonesia').fill('Besok vaksinasi campak *gratis*, {{waktu}}, di ');
    await page.getByText('Tempat isian', { exact: true }).click();
    await page.getByRole('button', { name: '{{tempat}}' }).click();
    await page.getByLabel('Faskes', { exact: true }).selectOption({ label: 'Puskesmas Rapak Mahang' });
    await page.getByLabel('Waktu acara').fill('2026-11-24T08:00');
    await page.getByRole('radio', { name: 'Vaksinasi' }).check();
    await page.getByRole('checkbox', { name: 'Tenggarong', exact: true }).check();
    await preview(page)
      .getByText('Selasa, 24 November 2026 pukul 08.00 WITA, di Puskesmas Rapak Mahang')
      .first()
      .waitFor();
    // Telegram shows the stars, WhatsApp sets the word bold.
    expect(await preview(page).getByText('campak *gratis*,').count()).toBe(1);
    expect(await preview(page).getByRole('strong').allInnerTexts()).toEqual(['gratis']);
    await audience(page).getByText('4 orang akan menerima').waitFor();
    for (const reason of [
      'menulis BERHENTI',
      'belum pernah setuju',
      'hanya ingin topik lain',
      'salurannya tidak bisa',
    ]) {
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

  it('tells the second of two people, who loses nothing', async () => {
    const [rina, budi] = [await here.signIn('editor', 'desk'), await here.signIn('admin', 'phone')];
    await compose(rina.page);
    await rina.page.getByLabel('Judul untuk petugas').fill('Posyandu');
    await rina.page.getByLabel('Isi, bahasa Indonesia').fill('Posyandu hari Selasa.');
    await rina.page.getByRole('button', { name: 'Simpan draf' }).click();
    await rina.page.getByRole('status').getByText('Tersimpan').waitFor();
    await budi.page.goto(rina.page.url());
    await budi.page.getByLabel('Isi, bahasa Indonesia').fill('Posyandu hari Rabu.');
    await rina.page.getByLabel('Isi, bahasa Indonesia').fill('Posyandu hari Kamis.');
    await rina.page.getByRole('button', { name: 'Simpan draf' }).click();
    await rina.page.getByRole('status').waitFor();
    await budi.page.getByRole('button', { name: 'Simpan draf' }).click();
    const warning = budi.page.getByRole('alert').filter({ hasText: 'Orang lain lebih dulu menyimpan' });
    await warning.getByText('Posyandu hari Kamis.').waitFor();
    await warning.getByText('editor@dinkes.test').waitFor();
    expect(await budi.page.getByLabel('Isi, bahasa Indonesia').inputValue()).toBe('Posyandu hari Rabu.');
    await checkPage(budi.page, 'announcement-conflict-phone');
    await budi.page.getByRole('button', { name: 'Simpan draf' }).click();
    await budi.page.getByRole('status').getByText('Tersimpan').waitFor();
    expect(await budi.page.getByLabel('Isi, bahasa Indonesia').inputValue()).toBe('Posyandu hari Rabu.');
    await Promise.all([rina.context.close(), budi.context.close()]);
  });

  it('every second Tuesday: its dates, and the words that stop it', async () => {
    const { context, page, faults } = await here.signIn('editor', 'desk');
    await compose(page);
    await page.getByLabel('Judul untuk petugas').fill('Posyandu bulanan');
    await page.getByLabel('Isi, bahasa Indonesia').fill('Posyandu besok.');
    await page.getByRole('radio', { name: 'Pada waktu tertentu' }).check();
    await page.getByLabel(/Tanggal dan jam kirim/).fill('2026-12-08T08:00');
    await page.getByLabel('Berulang', { exact: true }).selectOption('monthly');
    await page.getByLabel('Minggu ke').selectOption('2');
    await page.getByLabel('Hari', { exact: true }).selectOption({ label: 'Selasa' });
    for (const day of ['Selasa 8 Des', 'Selasa 12 Jan', 'Selasa 9 Feb']) await preview(page).getByText(day).waitFor();
    await page.getByRole('button', { name: 'Simpan dan periksa' }).click();
    await page.getByText('setiap bulan, Selasa kedua').waitFor();
    await page.getByRole('button', { name: 'Ajukan untuk disetujui' }).click();
    await page.getByRole('status').getByText('Diajukan').waitFor();
    const joko = await here.signIn('approver', 'phone');
    await joko.page.goto(page.url());
    await joko.page.getByRole('button', { name: 'Setujui' }).click();
    await joko.page.getByText('Akan dikirim Selasa 8 Des 08.00 WITA').waitFor();
    await checkPage(joko.page, 'announcement-scheduled-phone');
    await joko.page.getByRole('button', { name: 'Lewati kali ini saja' }).click();
    await joko.page.getByRole('status').getByText('Yang berikutnya sudah terjadwal').waitFor();
    await joko.page.goto(`${here.office.address}/console/announcements`);
    const scheduled = joko.page.getByRole('region', { name: 'Terjadwal' });
    await scheduled.getByText('akan dikirim Selasa 12 Jan 08.00 WITA').waitFor();
    await checkPage(joko.page, 'announcements-list-phone');
    await scheduled.getByRole('link', { name: 'Posyandu bulanan' }).click();
    await joko.page.getByText('Batalkan pengumuman').click();
    await joko.page.getByRole('button', { name: 'Ya, batalkan' }).click();
    await joko.page.getByRole('status').getByText('Dibatalkan').waitFor();
    await joko.context.close();
    await page.getByRole('button', { name: 'Buat salinan' }).click();
    await page.getByRole('status').getByText('Ini salinannya').waitFor();
    expect(await page.getByLabel('Judul untuk petugas').inputValue()).toBe('Posyandu bulanan');
    expect(await page.getByRole('radio', { name: 'Begitu disetujui' }).isChecked()).toBe(true);
    expect(faults).toEqual([]);
    await context.close();
  });
});

describe('an urgent announcement', () => {
  it('needs two people, stops by itself, and its failed ones go out again by choice', { timeout: 90_000 }, async () => {
    const [rina, budi, joko] = [
      await here.signIn('editor', 'desk'),
      await here.signIn('admin', 'desk'),
      await here.signIn('approver', 'phone'),
    ];
    await compose(rina.page);
    await rina.page.getByLabel('Judul untuk petugas').fill('Banjir di Muara Muntai');
    await rina.page.getByLabel('Isi, bahasa Indonesia').fill('Banjir. Posko ada di {{daerah}}.');
    await rina.page.getByRole('radio', { name: 'Wabah atau bencana' }).check();
    await rina.page.getByRole('checkbox', { name: /^Mendesak/ }).check();
    await rina.page.getByRole('checkbox', { name: 'Kirim juga di jam tenang' }).check();
    await rina.page.getByRole('button', { name: 'Simpan dan periksa' }).click();
    await rina.page.getByText('perlu persetujuan dua orang').waitFor();
    await rina.page.getByRole('button', { name: 'Ajukan untuk disetujui' }).click();
    await rina.page.getByRole('status').getByText('Diajukan').waitFor();
    expect(await rina.page.getByRole('button', { name: 'Setujui' }).count()).toBe(0);
    const address = rina.page.url().replace(/\?.*/, '');

    // Sent back once, with a word on why.
    await joko.page.goto(`${here.office.address}/console`);
    await joko.page.getByRole('link', { name: /1 pengumuman menunggu persetujuan Anda/ }).click();
    await joko.page.getByRole('link', { name: 'Banjir di Muara Muntai' }).click();
    await joko.page.getByText('Kembalikan ke penulis').click();
    await joko.page.getByLabel('Alasan dikembalikan').fill('Posko yang mana?');
    await joko.page.getByRole('button', { name: 'Kembalikan', exact: true }).click();
    await rina.page.goto(`${address}/edit`);
    await rina.page.getByLabel('Isi, bahasa Indonesia').fill('Banjir. Posko di kantor camat.');
    await rina.page.getByRole('button', { name: 'Simpan dan periksa' }).click();
    await rina.page.getByText('Dikembalikan: Posko yang mana?').waitFor();
    await rina.page.getByRole('button', { name: 'Ajukan untuk disetujui' }).click();
    await rina.page.getByRole('status').getByText('Diajukan').waitFor();

    telegram.fail('sendMessage', ...Array.from({ length: 5 }, () => refusal(400, 'Bad Request: message is odd')));
    await joko.page.goto(address);
    await joko.page.getByRole('button', { name: 'Setujui' }).click();
    await joko.page.getByRole('status').getByText('Perlu satu orang lagi').waitFor();
    await joko.page.getByText('Anda sudah menyetujui').waitFor();
    await budi.page.goto(address);
    await budi.page.getByText('Disetujui approver@dinkes.test').waitFor();
    await budi.page.getByRole('button', { name: 'Setujui' }).click();
    await budi.page.getByRole('status').getByText('Akan dikirim pada jamnya').waitFor();

    // Five refused in the first ten: it stops by itself and says why.
    await budi.page
      .getByText(/Berhenti sendiri: 5 dari 10 pengiriman terakhir gagal \(ditolak penyedia\)/)
      .waitFor(SLOWLY);
    expect((await here.office.store.broadcasts.list(PAUSED)).length).toBe(1);
    await budi.page.goto(`${here.office.address}/console`);
    await budi.page.getByRole('link', { name: '1 pengumuman berhenti sendiri' }).click();
    await budi.page.getByRole('link', { name: 'Banjir di Muara Muntai' }).click();
    await budi.page.setViewportSize(PHONE);
    await checkPage(budi.page, 'announcement-stopped-phone');
    await budi.page.getByRole('button', { name: 'Lanjutkan' }).click();
    await budi.page.getByRole('heading', { name: 'Selesai' }).waitFor(SLOWLY);
    await budi.page.getByRole('button', { name: 'Kirim ulang 5 yang gagal' }).click();
    await budi.page.getByRole('status').getByText('Masuk antrean lagi').waitFor();
    await budi.page.getByRole('heading', { name: 'Selesai' }).waitFor(SLOWLY);
    const got = telegram.callsTo('sendMessage').filter(({ ok }) => ok);
    expect(got).toHaveLength(36);
    expect(new Set(got.map(({ payload }) => payload.chat_id)).size).toBe(36);
    await Promise.all([rina.context.close(), budi.context.close(), joko.context.close()]);
  });
});

describe('settings', { timeout: 90_000 }, () => {
  it('rules of a region, prices that make an estimate, and a linked device only after reading what it risks', async () => {
    const { context, page, faults } = await here.signIn('admin', 'phone');
    const settings = `${here.office.address}/console/announcements/settings`;
    await page.goto(settings);
    await checkPage(page, 'announcement-settings-phone');
    const kukar = page.getByRole('region', { name: 'Kabupaten Kutai Kartanegara' });
    await kukar.getByRole('checkbox', { name: /perlu disetujui orang kedua/ }).uncheck();
    await kukar.getByLabel('Jam tenang mulai').fill('20:00');
    await kukar.getByRole('button', { name: /Simpan/ }).click();
    await page.getByRole('status').getByText('Pengaturan tersimpan').waitFor();
    await page.getByLabel('Mata uang').fill('Rp');
    await page.getByLabel('Harga satu template utilitas').fill('350,5');
    await page.getByLabel('Harga satu template pemasaran').fill('600');
    await page.getByRole('button', { name: 'Simpan kecepatan dan harga' }).click();
    await page.getByRole('status').getByText('Pengaturan tersimpan').waitFor();
    expect(await page.getByLabel('Harga satu template utilitas').inputValue()).toBe('350.5');
    // One person alone does not switch the second person off: it is a wish, told to everybody, that another agrees to.
    const wish = /admin@dinkes\.test ingin pengumuman di Kabupaten Kutai Kartanegara tidak lagi perlu/;
    await kukar.getByText(wish).waitFor();
    expect(await kukar.getByRole('checkbox', { name: /perlu disetujui orang kedua/ }).isChecked()).toBe(true);
    expect(await kukar.getByRole('button', { name: /Setuju/ }).count()).toBe(0);
    await checkPage(page, 'announcement-settings-wish-phone');
    await page.goto(`${here.office.address}/console`);
    await page.getByText('1 wilayah ingin mengirim pengumuman tanpa orang kedua').waitFor();
    const other = await here.signIn('approver', 'desk');
    await other.page.goto(`${here.office.address}/console/announcements`);
    await other.page.getByRole('status').getByText(wish).waitFor();
    await other.page.getByRole('link', { name: 'Lihat pengaturan' }).click();
    const agree = other.page.getByRole('button', { name: 'Setuju, berlaku sekarang Kabupaten Kutai Kartanegara' });
    await checkPage(other.page, 'announcement-settings-wish-desk');
    await agree.click();
    await other.page.getByRole('status').getByText('Pengaturan tersimpan').waitFor();
    const theirs = other.page.getByRole('region', { name: 'Kabupaten Kutai Kartanegara' });
    expect(await theirs.getByRole('checkbox', { name: /orang kedua/ }).isChecked()).toBe(false);
    expect(other.faults).toEqual([]);
    await other.context.close();
    await page.goto(settings);
    // The templates for late answers: what could not be one is refused with what was typed still there.
    const late = page.getByRole('region', { name: /Jawaban yang terlambat/ });
    await late.getByLabel('Nama template (Indonesia)').fill('Jawaban Kami');
    expect(await late.getByLabel('Isian template (Indonesia)').inputValue()).toBe('{{jawaban}}');
    await late.getByLabel('Status di Meta (Indonesia)').selectOption('approved');
    await late.getByRole('button', { name: 'Simpan template jawaban' }).click();
    await page.getByRole('alert').getByText('nama template hanya huruf kecil').waitFor();
    expect(await late.getByLabel('Nama template (Indonesia)').inputValue()).toBe('Jawaban Kami');
    // The browser notes the refusal itself.
    expect(faults.splice(0)).toEqual([expect.stringContaining('422')]);
    await late.getByLabel('Nama template (Indonesia)').fill('jawaban_terlambat');
    await late.getByRole('button', { name: 'Simpan template jawaban' }).click();
    await page.getByRole('status').getByText('Pengaturan tersimpan').waitFor();
    expect(await readLateTemplates(here.office.store.meta)).toEqual([
      {
        language: 'id',
        name: 'jawaban_terlambat',
        code: 'id',
        category: 'utility',
        state: 'approved',
        body: ['{{jawaban}}'],
      },
    ]);
    await checkPage(page, 'announcement-settings-late-phone');
    const linked = page.getByRole('region', { name: /lewat perangkat tertaut/ });
    for (const risk of await linked.getByRole('checkbox').all()) await risk.check();
    await linked.getByRole('button', { name: 'Saya paham, nyalakan' }).click();
    await linked.getByText('Menyala. Dinyalakan admin@dinkes.test').waitFor();
    await linked.getByRole('button', { name: 'Matikan' }).click();
    await linked.getByText('Mati.').waitFor();
    // Whoever has not written for two days costs a template, once one is approved.
    await compose(page);
    await page.getByRole('checkbox', { name: 'Muara Wis', exact: true }).waitFor();
    await page.getByLabel('Isi, bahasa Indonesia').fill('Posyandu di {{daerah}}.');
    await audience(page).getByText('tidak ada template yang disetujui').waitFor();
    await page.getByText('Template bahasa Indonesia').click();
    await page.getByLabel('Nama template (Indonesia)').fill('posyandu_info');
    await page.getByLabel('Isian template (Indonesia)').fill('{{daerah}}');
    await page.getByLabel('Status di Meta (Indonesia)').selectOption('approved');
    await audience(page).getByText('1 lewat template').waitFor();
    await audience(page).getByText('Perkiraan biaya template: Rp 350,5.').waitFor();
    await preview(page).getByText('template posyandu_info (disetujui)').waitFor();
    await preview(page).getByRole('listitem').getByText('Kabupaten Kutai Kartanegara').waitFor();
    // What Meta would refuse is told while it is written, with where and why.
    await preview(page)
      .getByText(/biasanya dihitung Meta sebagai pemasaran/)
      .waitFor();
    const words = page.getByLabel('Teks template di Meta (Indonesia)');
    await words.fill('Besok posyandu di {{1}}.');
    await preview(page)
      .getByText(
        'Teks template di Meta (Indonesia): diakhiri isian {{1}}; Meta minta teks di belakangnya (huruf ke-19)',
      )
      .waitFor();
    await words.fill('Besok posyandu di {{1}} ya. Tulis BERHENTI untuk berhenti.');
    await preview(page).getByText('Besok posyandu di Kabupaten Kutai Kartanegara ya. Tulis BERHENTI').waitFor();
    expect(await preview(page).getByText('Meta minta teks').count()).toBe(0);
    await page.goto(`${here.office.address}/console/audit?what=announcement_settings`);
    expect(await page.getByRole('listitem').filter({ hasText: 'pengaturan pengumuman' }).count()).toBeGreaterThan(3);
    expect(await page.getByText('jawaban_terlambat').count()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
    await context.close();

    const reader = await here.signIn('viewer', 'desk');
    await reader.page.goto(settings);
    expect(await reader.page.getByRole('button', { name: /Simpan|nyalakan/ }).count()).toBe(0);
    await reader.context.close();
  });

  it('nobody switches the linked device on by a form alone, and none of another region gets in', async () => {
    const admin = caller(here.office.address);
    await admin.signIn(here.office.emailOf('admin'));
    const settings = '/console/announcements/settings';
    const answer = await admin.post(`${settings}/whatsapp`, { switch: 'on', read: 'ban' }, settings);
    expect(answer.headers.get('location')).toContain('note=risk_unread');
    const [{ id = '' } = {}] = await here.office.store.broadcasts.list(ENDED);
    const blind = await admin.post(`/console/announcements/${id}/retry`, { status: 'unsure' }, settings);
    expect(blind.headers.get('location')).toContain('note=risk_unread');
    const bad = await admin.post(`${settings}/region/64.02`, { quiet_from: '25:00', quiet_to: '06:00' }, settings);
    expect(bad.status).toBe(422);

    // Whoever wrote on while it was approved keeps their words, and may save them as a new draft.
    const words = { title: 'x', text_id: 'Kata saya sendiri', version: '1' };
    const late = await admin.post(`/console/announcements/${id}/edit`, words, settings);
    expect(late.status).toBe(409);
    expect(await late.text()).toMatch(/Kata saya sendiri<\/textarea>.*Simpan sebagai draf baru/s);

    // The templates for late answers are the whole server's.
    const own = caller(here.office.address);
    await own.signIn(here.office.emailOf('admin', '64.74'));
    expect((await own.post(`${settings}/late`, { template_id_name: 'contoh' }, settings)).status).toBe(403);

    const bontang = caller(here.office.address);
    await bontang.signIn(here.office.emailOf('editor', '64.74'));
    for (const path of ['', '/edit', '/audience', '/progress', '/report.csv']) {
      expect((await bontang.get(`/console/announcements/${id}${path}`)).status, path).toBe(404);
    }
    expect(await (await bontang.get('/console/announcements')).text()).not.toContain('Banjir di Muara Muntai');
    for (const act of ['submit', 'cancel', 'copy', 'retry', 'pause', 'test', 'link']) {
      const form = '/console/announcements/new';
      expect((await bontang.post(`/console/announcements/${id}/${act}`, {}, form)).status, act).toBe(404);
    }
    const foreign = { region: '64.02', title: 'x', text_id: 'x' };
    for (const path of ['new', 'check/preview', 'check/audience']) {
      const sent = await bontang.post(`/console/announcements/${path}`, foreign, '/console/announcements/new');
      expect(sent.status, path).toBe(403);
    }
    const reader = caller(here.office.address);
    await reader.signIn(here.office.emailOf('viewer'));
    for (const act of ['submit', 'approve', 'cancel', 'copy', 'retry', 'pause', 'link', 'test']) {
      expect((await reader.post(`/console/announcements/${id}/${act}`, {}, settings)).status, act).toBe(403);
    }
  });
});

describe('hostile words', () => {
  it('stay words on every page, and in what is sent', async () => {
    const editor = caller(here.office.address);
    await editor.signIn(here.office.emailOf('editor'));
    const form = '/console/announcements/new?region=64.02';
    const hostile = '<img src=x onerror=alert(1)>';
    const fields = {
      region: '64.02',
      title: hostile,
      text_id: `${hostile} {{tempat}} }} {{`,
      link: 'javascript:alert(1)',
    };
    const made = await editor.post('/console/announcements/new', { ...fields, next: 'read' }, form);
    const page = made.headers.get('location')?.replace(/\?.*/, '') ?? '';
    const checked = await editor.post('/console/announcements/check/preview', fields, form);
    const pages = [await checked.text()];
    for (const path of [page, `${page}/edit`, `${page}/audience`, '/console/announcements', '/console/audit']) {
      const answer = await editor.get(path);
      expect(answer.status, path).toBe(200);
      pages.push(await answer.text());
    }
    for (const html of pages) {
      expect(html).not.toContain('<img src=x');
      expect(html).not.toMatch(/href="javascript/i);
    }
    expect(pages.join()).toContain('&lt;img');
    const handedIn = await editor.post(`${page}/submit`, { version: '1' }, page);
    expect(handedIn.headers.get('location')).toContain('note=faulty');
    const elsewhere = await editor.post(`${page}/edit`, { ...fields, region: '64.74', version: '1' }, `${page}/edit`);
    expect(elsewhere.status).toBe(303);
    expect((await here.office.store.broadcasts.find(page.split('/').at(-1) ?? ''))?.content.regionCode).toBe('64.02');
  });
});

describe('a closure', { timeout: 90_000 }, () => {
  it('leads to a draft for those who asked lately and agreed', async () => {
    const { context, page } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/exceptions/new?facility=64.02-puskesmas-loa-ipuh`);
    await page.getByText('Banjir', { exact: true }).click();
    await page.getByRole('button', { name: 'Simpan dan beri tahu warga' }).click();
    await page.getByRole('button', { name: 'Beri tahu warga yang baru bertanya Puskesmas Loa Ipuh' }).click();
    await page.getByRole('status').getByText('Draf dibuat dari penutupan').waitFor();
    expect(await page.getByLabel('Isi, bahasa Indonesia').inputValue()).toMatch(/\{\{tempat\}\}.*banjir/s);
    await audience(page).getByText('1 orang akan menerima').waitFor();
    // The office wants no second person: its editor schedules it, and only who asked is told.
    const before = telegram.callsTo('sendMessage').length;
    await page.getByRole('button', { name: 'Simpan dan periksa' }).click();
    await page.getByText('tidak mewajibkan orang kedua').waitFor();
    await page.getByRole('button', { name: 'Jadwalkan' }).click();
    await page.getByRole('heading', { name: 'Selesai' }).waitFor(SLOWLY);
    const told = telegram.callsTo('sendMessage').slice(before);
    expect(told.map(({ payload }) => payload.chat_id)).toEqual([208]);
    expect(told[0]?.payload.text).toMatch(/Puskesmas Loa Ipuh.*banjir/s);
    await context.close();
  });
});
