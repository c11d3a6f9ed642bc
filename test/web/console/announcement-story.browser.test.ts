import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Store } from '../../../src/ports/store.js';
import { readBulkSettings, writeBulkSettings } from '../../../src/services/bulk-settings.js';
import { MOST_IN_FLIGHT } from '../../../src/services/run-broadcast.js';
import { openStore } from '../../../src/store/open-store.js';
import { closeVisits, openBrowser } from '../../fakes/browser.js';
import { type ClockedServer, clockedServer } from '../../fakes/clocked-server.js';
import { cloudPayload, type FakeCloud, signatureOf, startFakeCloud } from '../../fakes/cloud-server.js';
import { meetResident } from '../../fakes/residents.js';
import { freePort, pause } from '../../fakes/server-process.js';
import { type FakeTelegram, messageUpdate, startFakeTelegram } from '../../fakes/telegram-server.js';
import { checkPage, enter, PASSWORD } from './office.js';

const at = (clock: string) => Date.parse(`2026-11-23T${clock}+08:00`);
const ON_TELEGRAM = 150;
const ON_WHATSAPP = 6;
const RINA_PHONE = 900;
const SECRET_KEY = 'a key of the tests, made of nothing secret';
const APP_SECRET = 'app-secret';
const WORDS = 'Besok vaksinasi campak gratis di Puskesmas Rapak Mahang, 08.00–11.00.';

let folder: string;
let telegram: FakeTelegram;
let cloud: FakeCloud;
let server: ClockedServer;
let store: Store;
let browser: Browser;
let address: string;
let updates = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tanya-story-'));
  telegram = await startFakeTelegram();
  cloud = await startFakeCloud({ path: '/1001/messages', header: 'authorization', value: 'Bearer token' });
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  const url = `file:${join(folder, 'tanya.db')}`;
  server = clockedServer(folder, port, {
    DATABASE_URL: url,
    SECRET_KEY,
    PUBLIC_URL: address,
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.root,
    TELEGRAM_WEBHOOK_SECRET: 'secret',
    WHATSAPP_CLOUD_TOKEN: 'token',
    WHATSAPP_CLOUD_PHONE_NUMBER_ID: '1001',
    WHATSAPP_CLOUD_APP_SECRET: APP_SECRET,
    WHATSAPP_CLOUD_VERIFY_TOKEN: 'verify',
    WHATSAPP_GRAPH_URL: cloud.root,
  });
  await server.start(at('15:30:00'));
  store = await openStore(url);
  const staff = store.staff({ secret: SECRET_KEY, publicUrl: null });
  for (const [name, role] of [
    ['rina', 'editor'],
    ['joko', 'approver'],
  ] as const) {
    await staff.add({ email: `${name}@dinkes.test`, name, password: PASSWORD, role, regions: ['64.02'] });
  }
  const noon = at('12:00:00');
  for (let n = 1; n <= ON_TELEGRAM; n += 1) await meetResident(store, String(n), noon);
  for (let n = 1; n <= ON_WHATSAPP; n += 1) await meetResident(store, `628000000000${n}`, noon, {}, 'whatsapp_cloud');
  await meetResident(store, '301', noon, { kecamatanCode: '64.02.07' });
  await meetResident(store, '302', noon, { consent: 'never_asked' });
  // Slow enough that it is still under way when somebody on a busy machine comes to hold it.
  await pace(8);
  browser = await openBrowser();
});
afterAll(async () => {
  await closeVisits(browser);
  await store?.close();
  await server?.end('SIGTERM');
  await Promise.all([telegram?.close(), cloud?.close()]);
  rmSync(folder, { recursive: true, force: true });
});

/** So many messages a second leave on Telegram from now on. */
async function pace(perSecond: number): Promise<void> {
  await writeBulkSettings(store.meta, { ...(await readBulkSettings(store.meta)), telegram: { perSecond } });
}

/** Somebody writes to the bot on Telegram; resolves when the webhook was answered. */
async function write(chat: number, text: string): Promise<void> {
  updates += 1;
  const [from, to] = [
    { id: chat, is_bot: false, first_name: 'Contoh' },
    { id: chat, type: 'private' as const, first_name: 'Contoh' },
  ];
  await telegram.push(messageUpdate(updates, { text, from, chat: to }));
}

/** To whom the announcement itself was sent, each time it was. */
const received = (): readonly number[] =>
  telegram
    .callsTo('sendMessage')
    .filter(({ ok, payload }) => ok && payload.text.startsWith(WORDS))
    .map(({ payload }) => Number(payload.chat_id));
const onWhatsApp = (): readonly string[] =>
  cloud.sent.filter(({ text }) => text?.body.startsWith(WORDS)).map(({ to }) => String(to));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(5);
}

/** A figure of the report's last column, by the name of its row; a row that is not shown has nobody. */
async function sumOf(page: Page, standing: string): Promise<number> {
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: standing, exact: true }) });
  return (await row.count()) === 0 ? 0 : Number(await row.getByRole('cell').last().innerText());
}

it('an announcement from the first word to the report, with a server that dies half-way', {
  timeout: 180_000,
}, async () => {
  const began = Date.now();
  // Rina writes.
  const rina = (await enter(browser, address, 'rina@dinkes.test', 'desk')).page;
  await rina.getByRole('link', { name: 'Pengumuman' }).click();
  await rina.getByRole('link', { name: 'Tulis pengumuman' }).click();
  await rina.getByLabel('Judul untuk petugas').fill('Vaksinasi campak Rapak Mahang');
  await rina.getByLabel('Isi, bahasa Indonesia').fill('Besok vaksinasi campak gratis di {{tempat}}, 08.00–11.00.');
  await rina.getByLabel('Faskes', { exact: true }).selectOption({ label: 'Puskesmas Rapak Mahang' });
  await rina.getByRole('checkbox', { name: 'Tenggarong', exact: true }).check();
  await rina.getByRole('radio', { name: 'Pada waktu tertentu' }).check();
  await rina.getByLabel(/Tanggal dan jam kirim/).fill('2026-11-23T16:00');
  const preview = rina.getByRole('region', { name: 'Pratinjau' });
  await preview.getByText(WORDS).first().waitFor();
  expect(await preview.getByRole('heading').allInnerTexts()).toEqual(
    expect.arrayContaining(['Telegram · Indonesia', 'WhatsApp (Cloud API) · Indonesia']),
  );
  const audience = rina.getByRole('region', { name: 'Penerima' });
  await audience.getByText(`${ON_TELEGRAM + ON_WHATSAPP} orang akan menerima`).waitFor();
  await audience.getByText('belum pernah setuju').waitFor();
  await checkPage(rina, 'announcement-compose-desk');
  await rina.getByRole('button', { name: 'Simpan dan periksa' }).click();

  // She tries it on her own phone, which a code links.
  await rina.getByRole('button', { name: 'Hubungkan ponsel saya' }).click();
  const code = /hubungkan (\d{6})/.exec(await rina.getByRole('status').innerText())?.[1];
  await write(RINA_PHONE, `hubungkan ${code}`);
  await until(() => telegram.callsTo('sendMessage').some(({ payload }) => payload.chat_id === RINA_PHONE));
  await rina.getByRole('link', { name: 'Sudah saya kirim, lanjut' }).click();
  await rina.getByRole('button', { name: 'Kirim tes ke ponsel saya' }).click();
  await rina.getByRole('status').getByText('Tes terkirim').waitFor();
  expect(received()).toEqual([RINA_PHONE]);
  await rina.getByRole('button', { name: 'Ajukan untuk disetujui' }).click();
  await rina.getByRole('status').getByText('Diajukan').waitFor();
  expect(await rina.getByRole('button', { name: 'Setujui' }).count()).toBe(0);

  // Joko reads and approves in his own browser.
  const joko = (await enter(browser, address, 'joko@dinkes.test', 'phone')).page;
  await joko.goto(`${address}/console/announcements`);
  await joko
    .getByRole('region', { name: 'Menunggu persetujuan' })
    .getByRole('link', { name: /Vaksinasi campak/ })
    .click();
  await joko.getByText(WORDS).first().waitFor();
  await joko.getByRole('region', { name: 'Penerima' }).getByText('1 orang dilewati').waitFor();
  await checkPage(joko, 'announcement-approve-phone');
  await joko.getByRole('button', { name: 'Setujui' }).click();
  await joko.getByRole('status').getByText('Disetujui').waitFor();
  await joko.getByText('Isinya terkunci').waitFor();
  await write(ON_TELEGRAM, 'BERHENTI');
  expect(received()).toEqual([RINA_PHONE]);

  // At four it goes out; somebody stops while it is held.
  server.setClock(at('15:59:57'));
  await rina.reload();
  await until(() => received().length > 25);
  await rina.getByRole('progressbar', { name: 'Kemajuan pengiriman' }).waitFor();
  await rina.getByRole('button', { name: 'Jeda' }).click();
  await rina.getByText('Dijeda oleh rina@dinkes.test').waitFor();
  await checkPage(rina, 'announcement-paused-desk');
  const late = Array.from({ length: ON_TELEGRAM - 1 }, (_, n) => n + 1).findLast((n) => !received().includes(n)) ?? 0;
  expect(late, 'somebody still waits').toBeGreaterThan(0);
  await write(late, 'BERHENTI');
  await until(() => telegram.callsTo('sendMessage').some(({ payload }) => payload.chat_id === late));
  await rina.getByRole('button', { name: 'Lanjutkan' }).click();
  await rina.getByRole('heading', { name: 'Sedang dikirim' }).waitFor();

  // The server dies half-way, and comes back; nobody touches the page.
  const before = received().length;
  await until(() => received().length > before + 15);
  await server.end('SIGKILL');
  const atDeath = received().length;
  expect(atDeath).toBeLessThan(ON_TELEGRAM - 20);
  await pace(30);
  await server.start(at('16:02:00'));
  await rina.getByRole('heading', { name: 'Selesai' }).waitFor({ timeout: 60_000 });

  // What the report says is what the peers got.
  const chats = received().filter((chat) => chat !== RINA_PHONE);
  const [accepted, unsure] = [await sumOf(rina, 'Diterima penyedia'), await sumOf(rina, 'Tidak pasti')];
  expect(new Set(chats).size, 'nobody got it twice').toBe(chats.length);
  expect(new Set(onWhatsApp()).size).toBe(onWhatsApp().length);
  expect(chats).not.toContain(ON_TELEGRAM);
  expect(chats).not.toContain(late);
  expect(chats).not.toContain(301);
  expect(chats).not.toContain(302);
  expect(accepted + unsure).toBe(ON_TELEGRAM - 2 + ON_WHATSAPP);
  expect(unsure).toBeLessThanOrEqual(2 * MOST_IN_FLIGHT);
  const got = chats.length + onWhatsApp().length;
  expect(got).toBeGreaterThanOrEqual(accepted);
  expect(got).toBeLessThanOrEqual(accepted + unsure);
  await rina.getByText('menulis BERHENTI').first().waitFor();
  expect(await sumOf(rina, 'Sampai')).toBe(0);

  // WhatsApp tells later what arrived; only then does the report say so.
  for (const status of ['delivered', 'read'] as const) {
    const body = JSON.stringify(
      cloudPayload({
        statuses: cloud.sent.slice(0, status === 'read' ? 1 : 3).map((_, n) => ({
          id: `wamid.out${n + 1}`,
          status,
          timestamp: String(Math.floor(at('16:05:00') / 1000)),
        })),
      }),
    );
    const headers = { 'content-type': 'application/json', ...signatureOf(body, APP_SECRET) };
    expect((await fetch(`${address}/whatsapp/webhook`, { method: 'POST', headers, body })).status).toBe(200);
  }
  while ((await sumOf(rina, 'Dibaca')) !== 1) await rina.reload();
  expect(await sumOf(rina, 'Sampai')).toBe(2);
  expect(await sumOf(rina, 'Diterima penyedia')).toBe(accepted - 3);
  await checkPage(rina, 'announcement-report-desk');

  // The file names nobody.
  const [file] = await Promise.all([
    rina.waitForEvent('download'),
    rina.getByRole('link', { name: /Unduh laporan/ }).click(),
  ]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(1 + ON_TELEGRAM + ON_WHATSAPP + 1);
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(lines.slice(1).map((_, n) => String(n + 1)));
  expect(lines.join()).not.toContain('62800');
  process.stdout.write(`the story took ${((Date.now() - began) / 1000).toFixed(1)} s, ${unsure} unsure\n`);
});
