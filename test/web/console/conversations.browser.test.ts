import type { Page } from 'playwright-core';
import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js';
import { afterAll, describe, expect, it } from 'vitest';
import type { ChannelName } from '../../../src/domain/message.js';
import { HOUR } from '../../../src/domain/time.js';
import { until } from '../../channels/support.js';
import { PHONE } from '../../fakes/browser.js';
import { freePort } from '../../fakes/server-process.js';
import { caller, checkPage, MONDAY, openOffice, PASSWORD } from './office.js';
import { opened } from './opened.js';

let telegram: TelegramServer;
afterAll(() => telegram?.stop());
const here = opened(async () => {
  telegram = new TelegramServer({ host: '127.0.0.1', port: await freePort() });
  await telegram.start();
  return openOffice({ TELEGRAM_BOT_TOKEN: '1:peer', TELEGRAM_API_ROOT: telegram.config.apiURL });
});

/** A resident on Telegram. */
function resident(chatId: number) {
  const client = telegram.getClient('1:peer', { userId: chatId, chatId });
  const heard = () =>
    telegram.storage.botMessages
      .filter(({ message }) => String(message.chat_id) === String(chatId))
      .map(({ message }) => String(message.text));
  return {
    heard,
    say: async (text: string) => void (await client.sendMessage(client.makeMessage(text))),
    hears: (words: RegExp) => until(() => heard().some((text) => words.test(text)), `to hear ${words}`),
  };
}

/** A message of somebody on a channel that no test server stands behind. */
async function write(channel: ChannelName, contact: string, text: string, at: number): Promise<void> {
  const body = { type: 'text', text } as const;
  await here.office.app.receiver.receive([
    { id: `${channel}:${contact}/${text}`, channel, contact, at, body, language: 'id' },
  ]);
  await here.office.app.receiver.idle();
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

describe('a talk between a resident and the office', () => {
  it('an admin says when staff answer', async () => {
    const { context, page, faults } = await here.signIn('admin', 'desk');
    await page.goto(`${here.office.address}/console/conversations`);
    await page.getByText('Belum ada wilayah yang petugasnya membalas').waitFor();
    await page.getByRole('link', { name: 'Jam petugas' }).click();
    await page.getByRole('link', { name: 'Ubah Kota Bontang' }).click();
    await page.getByText('Ya, pada jam di bawah').click();
    await page.getByLabel(/Kalau belum diambil/).fill('3');
    await page.getByLabel('Senin: buka atau tutup').selectOption('closed');
    await page.evaluate("document.querySelector('main form').noValidate = true");
    await button(page, 'Simpan').click();
    await page.getByText('Isi angka dalam batasnya.').waitFor();
    await page.getByLabel(/Kalau belum diambil/).fill('20');
    await page.getByLabel('Senin: buka atau tutup').selectOption('all_day');
    await checkPage(page, 'talk-settings-desk');
    await button(page, 'Simpan').click();
    await page.getByRole('status').getByText('Sudah disimpan').waitFor();
    await page.getByText(/Petugas membalas: Sen.* 24 jam/).waitFor();
    await page.setViewportSize(PHONE);
    await checkPage(page, 'talk-offices-phone');
    await page.getByRole('link', { name: 'Ubah Kota Bontang' }).click();
    await page.getByLabel('Senin: buka atau tutup').waitFor();
    await checkPage(page, 'talk-settings-phone');
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    await context.close();
  });

  it('asks, waits, is answered, has an emergency, and is closed', async () => {
    const person = resident(777);
    await person.say('mau bicara dengan petugas bontang');
    await person.hears(/Petugas Kota Bontang membalas di sini.*20 menit/s);
    await person.say('kartu BPJS saya <b>mati</b> & hilang');
    const { context, page, faults } = await here.signIn('editor', 'desk');
    await page.goto(`${here.office.address}/console`);
    await page.getByRole('link', { name: '1 warga menunggu petugas' }).click();
    await page.getByRole('link', { name: /^Warga · Telegram · 09\.0\d$/ }).waitFor();
    await checkPage(page, 'talks-desk');
    const second = await here.signIn('approver', 'phone');
    await second.page.goto(`${here.office.address}/console/conversations`);
    for (const visit of [second.page, page]) await visit.getByRole('link', { name: /^Warga · Telegram/ }).click();
    const thread = page.getByRole('log');
    await thread.getByText('kartu BPJS saya <b>mati</b> & hilang').waitFor();
    expect(person.heard()).toHaveLength(1);
    await button(page, 'Ambil').click();
    await page.getByRole('status').getByText('sekarang Anda tangani').waitFor();

    await button(second.page, 'Ambil').click();
    await second.page.getByRole('alert').getByText('Sudah diambil editor@dinkes.test').waitFor();
    await checkPage(second.page, 'talk-taken-phone');
    await second.context.close();

    await page.getByRole('link', { name: 'Salam pembuka' }).click();
    await page.getByLabel('Balasan', { exact: true }).press('End');
    await page.getByLabel('Balasan', { exact: true }).pressSequentially(' Soal kartu ya?');
    // The session ends in the middle of the sentence: the page that looks for news notices first, and loses no word.
    await context.clearCookies();
    await page.getByText(/Isian Anda menunggu di peramban ini/).waitFor();
    await page.getByLabel('Alamat email').fill(here.office.emailOf('editor'));
    await page.getByLabel('Kata sandi').fill(PASSWORD);
    await button(page, 'Masuk').click();
    await page.getByText('Isian Anda sudah kembali').waitFor();
    await button(page, 'Kirim').click();
    await person.hears(/^Halo, kami petugas Dinas Kesehatan\. Ada yang bisa kami bantu\? Soal kartu ya\?$/);
    await thread.getByText('terkirim').waitFor();

    await person.say('2');
    await thread.getByText('2', { exact: true }).waitFor();
    const before = person.heard().length;
    await person.say('tolong bapak saya tidak sadar');
    await person.hears(/Telepon 119 atau 112 sekarang/);
    await thread.getByText('Darurat: bot mengirim kartu').waitFor();
    await thread.getByText(/Warga menulis soal keadaan darurat/).waitFor();
    await checkPage(page, 'talk-desk');
    expect(person.heard()).toHaveLength(before + 1);

    await button(page, 'Tutup percakapan').click();
    await page.getByRole('status').getByText('Ditutup. Bot menjawab lagi.').waitFor();
    await person.hears(/^Percakapan dengan petugas selesai\. Saya yang menjawab lagi\.$/);
    await person.say('menu');
    await person.hears(/Tulis pertanyaan Anda dengan kata sendiri/);
    expect(faults).toEqual([]);
    await context.close();

    const changes = await here.office.store.data.changes(20);
    const acts = changes.filter(({ what }) => what === 'conversations').map(({ after }) => after);
    expect(acts).toEqual(['closed', 'replied', 'taken'].map((act) => JSON.stringify({ act })));
    expect(JSON.stringify(changes)).not.toContain('BPJS saya');
  }, 60_000);

  it('on a phone: the 24-hour window of WhatsApp, a talk taken over, released and handed back', async () => {
    await write('whatsapp_cloud', '62800', 'bicara dengan petugas bontang', MONDAY - 25 * HOUR);
    await write('whatsapp_cloud', '62801', 'bicara dengan petugas bontang', MONDAY);
    const { context, page } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/conversations`);
    await page.getByRole('heading', { name: 'Menunggu (2)' }).waitFor();
    await checkPage(page, 'talks-phone');
    await page
      .getByRole('link', { name: /^Warga · WhatsApp/ })
      .first()
      .click();
    await page.getByText(/Jendela 24 jam WhatsApp tertutup sejak Senin 23 Nov 08\.00 WITA/).waitFor();
    await button(page, 'Ambil').click();
    await page.getByRole('status').waitFor();
    expect(await page.getByLabel('Balasan', { exact: true }).isDisabled()).toBe(true);
    expect(await button(page, 'Kirim').isDisabled()).toBe(true);
    await checkPage(page, 'talk-window-phone');

    await page.getByRole('link', { name: 'Semua percakapan' }).click();
    await page
      .getByRole('link', { name: /^Warga · WhatsApp/ })
      .first()
      .click();
    await page.getByText(/teks bebas bisa dikirim sampai Selasa 24 Nov 09\.00 WITA/).waitFor();
    await button(page, 'Ambil').click();
    await button(page, 'Biarkan bot menjawab').click();
    await page.getByRole('status').getByText('Bot menjawab lagi. Percakapan tetap terbuka.').waitFor();
    await page.getByText('Bot sedang menjawab warga ini. Balasan Anda membuat bot diam lagi.').waitFor();
    await page.getByLabel('Balasan', { exact: true }).fill('Sebentar ya');
    const other = await here.signIn('admin', 'phone');
    await other.page.goto(page.url().replace(/\?.*/, ''));
    await button(other.page, 'Ambil alih').click();
    await other.page.getByRole('status').waitFor();
    await button(page, 'Kirim').click();
    await page.getByRole('alert').getByText('Ambil percakapan ini dulu').waitFor();
    expect(await page.getByLabel('Balasan', { exact: true }).inputValue()).toBe('Sebentar ya');
    await button(other.page, 'Lepas untuk rekan').click();
    await other.page.getByRole('status').getByText('Dilepas untuk rekan.').waitFor();
    await other.context.close();
    await context.close();
  });

  it('what is said often can be added, changed and removed', async () => {
    const { context, page, faults } = await here.signIn('editor', 'phone');
    await page.goto(`${here.office.address}/console/conversations/replies`);
    await page.getByRole('heading', { name: 'Kota Bontang' }).waitFor();
    await page.getByRole('strong').filter({ hasText: 'Tambah jawaban' }).click();
    await page.getByLabel('Judul').last().fill('Loket');
    await page.getByLabel('Isi', { exact: true }).last().fill('Loket buka pukul 07.30.\nBawa KTP.');
    await button(page, 'Simpan Tambah jawaban').click();
    await page.getByRole('status').getByText('Jawaban sudah disimpan.').waitFor();
    await page.getByRole('strong').filter({ hasText: 'Loket' }).click();
    await checkPage(page, 'canned-phone');
    await page.getByText('Hapus Loket').first().click();
    await button(page, 'Ya, hapus Loket').click();
    await page.getByRole('status').getByText('Jawaban sudah dihapus.').waitFor();
    expect(faults).toEqual([]);
    await context.close();
  });

  it('is nobody else’s: not a viewer’s, not another region’s', async () => {
    await write('web', 'browser', 'bicara dengan petugas bontang', MONDAY);
    const [talk] = await here.office.store.conversations.list(['64.74'], MONDAY);
    if (!talk) throw new Error('there is no talk');
    const page = `/console/conversations/${talk.id}`;
    const viewer = caller(here.office.address);
    await viewer.signIn(here.office.emailOf('viewer'));
    for (const path of ['/console/conversations', page, `${page}/thread`]) {
      expect((await viewer.get(path)).status, path).toBe(403);
    }
    expect((await viewer.post(`${page}/close`, {}, '/console/me')).status).toBe(403);
    const staff = here.office.store.staff({ secret: 'any secret that is long enough here', publicUrl: null });
    const email = 'editor-64.02@dinkes.test';
    await staff.add({ email, name: 'Kukar', password: 'kata sandi percobaan', role: 'editor', regions: ['64.02'] });
    const elsewhere = caller(here.office.address);
    await elsewhere.signIn(email);
    expect(await (await elsewhere.get('/console/conversations')).text()).not.toContain(talk.id);
    expect((await elsewhere.get(page)).status).toBe(404);
    for (const act of ['take', 'reply', 'release', 'hand-back', 'close']) {
      expect((await elsewhere.post(`${page}/${act}`, { text: 'x' }, '/console/me')).status, act).toBe(404);
    }
    const canned = { region: '64.74', title: 'x', body: 'x' };
    expect((await elsewhere.post('/console/conversations/replies', canned, '/console/me')).status).toBe(404);
    const settings = '/console/conversations/settings/64.74';
    expect((await elsewhere.post(settings, { on: 'no' }, '/console/me')).status).toBe(403);
    expect(await here.office.store.conversations.find(talk.id)).toMatchObject({ status: 'waiting', takenBy: null });
  });
});
