import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { openStore } from '../../src/store/open-store.js';
import { ask, run } from '../../src/store/sql.js';
import { until } from '../channels/support.js';
import { cloudPayload, signatureOf, startFakeCloud } from '../fakes/cloud-server.js';
import { freePort, postUpdate, startServer, telegramSettings } from '../fakes/server-process.js';
import { callbackUpdate, messageUpdate, refusal, startFakeTelegram } from '../fakes/telegram-server.js';
import { linkedCredentials, SECRET_KEY, startWhatsAppPeer } from '../fakes/whatsapp-peer.js';

/** What must not be found anywhere afterwards: words, a name, numbers, in the forms in which they were written. */
const MARKS = ['zqxrahasia', 'Zqxnama', '6402031203850001', '81299990001', '812-9999-0001'] as const;
/** Where people are answered: each stands in the store once, as its contact's address, and nowhere else. */
const CHAT = 770_077_007;
const CLOUD_NUMBER = '6281377770002';
const DEVICE_NUMBER = '6281377770003';
const ADDRESSES = [String(CHAT), CLOUD_NUMBER, DEVICE_NUMBER] as const;

const chat = { id: CHAT, type: 'private' as const, first_name: 'Zqxnama', last_name: 'Zqxnama', username: 'Zqxnama' };
const from = { id: CHAT, is_bot: false, first_name: 'Zqxnama', username: 'Zqxnama', language_code: 'id' };
const TEXTS = [
  'puskesmas mana yang buka di tenggarong, saya zqxrahasia',
  'zqxrahasia NIK saya 6402031203850001 dan hp 081299990001, apa bisa berobat gratis?',
  'tolong bapak saya zqxrahasia tidak sadar, hubungi +62 812-9999-0001',
  'zqxrahasia',
  'saya tinggal di zqxrahasia, puskesmas zqxrahasia buka?',
  'saran saya: zqxrahasia 081299990001',
];
const APP_SECRET = 'rahasia-aplikasi-percobaan';
const FOLLOWED = 'telegram';

const folder = mkdtempSync(join(tmpdir(), 'tanya-privacy-'));
/** A promise that is kept from outside. */
function signal(): { readonly given: Promise<void>; give(): void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}

/** All bytes of the database's files, the log beside it included. */
const bytes = () =>
  readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join();

describe('what residents wrote on every channel, after it was answered', () => {
  let output = '';
  const pages: string[] = [];
  let metrics = '';
  let dump = '';
  let bytesWhileRunning = '';
  let files = '';
  let answers: Readonly<Record<string, number>> = {};
  let unavailable = 0;

  beforeAll(async () => {
    const [bot, cloud, peer, port] = await Promise.all([
      startFakeTelegram(),
      startFakeCloud({ path: '/v25.0/1001/messages', header: 'authorization', value: 'Bearer kunci' }),
      startWhatsAppPeer(),
      freePort(),
    ]);
    const settings = {
      ...telegramSettings(folder, port, bot),
      SECRET_KEY,
      LOG_LEVEL: 'trace',
      WHATSAPP_BAILEYS: 'on',
      WHATSAPP_WS_URL: peer.wsUrl,
      WHATSAPP_CLOUD_TOKEN: 'kunci',
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: '1001',
      WHATSAPP_CLOUD_APP_SECRET: APP_SECRET,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'token-verifikasi',
      WHATSAPP_GRAPH_URL: `${cloud.root}/v25.0`,
    };
    const before = await openStore(settings.DATABASE_URL);
    await before.credentials.put((await linkedCredentials()).rows, 0);
    await before.close();
    const server = startServer(folder, port, settings);
    await server.ready();
    const call = async (path: string, init: RequestInit = {}) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init });
      pages.push(`${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.text()}`);
      return answer;
    };
    const post = (path: string, body: string, headers: Record<string, string> = {}) =>
      call(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

    // Telegram, with every way in which a send can fail, one after the other.
    bot.fail(
      'sendMessage',
      refusal(500, 'zqxrahasia'),
      refusal(403, 'Forbidden: Zqxnama'),
      refusal(400, 'zqxrahasia'),
      'drop',
    );
    const date = Math.floor(Date.now() / 1000);
    const contact = { phone_number: '+62 812-9999-0001', first_name: 'Zqxnama' };
    const updates = [
      ...TEXTS.map((text, n) => messageUpdate(n + 1, { text, chat, from, date })),
      messageUpdate(20, { chat, from, date, contact }),
      messageUpdate(21, { chat, from, date, caption: 'zqxrahasia', photo: [] }),
      callbackUpdate(22, 'zqxrahasia'),
      { update_id: 23, edited_message: messageUpdate(23, { text: 'zqxrahasia', chat, from, date }).message },
    ];
    for (const update of updates) expect(await postUpdate(port, update)).toBe(200);
    // What cannot be read is taken and dropped, or it would come for ever; it must leave no trace either.
    expect(await postUpdate(port, '{"zqxrahasia":')).toBe(200);
    expect(await postUpdate(port, updates[0], 'zqxrahasia')).toBe(401);

    // WhatsApp's Cloud API, signed, with refusals that repeat what was sent.
    cloud.fail({ code: 131026 }, 'drop', { gateway: 502 }, { code: 131009 });
    const profile = { name: 'Zqxnama' };
    const messages = TEXTS.map((body, n) => ({
      from: CLOUD_NUMBER,
      id: `wamid.${n}`,
      timestamp: String(date),
      type: 'text',
      text: { body },
    }));
    const payload = JSON.stringify(cloudPayload({ contacts: [{ profile, wa_id: CLOUD_NUMBER }], messages }));
    expect((await post('/whatsapp/webhook', payload, signatureOf(payload, APP_SECRET))).status).toBe(200);
    expect((await post('/whatsapp/webhook', payload, signatureOf(payload, 'zqxrahasia'))).status).toBe(401);
    const broken = '{"zqxrahasia":';
    expect((await post('/whatsapp/webhook', broken, signatureOf(broken, APP_SECRET))).status).toBe(200);
    expect(
      (await call('/whatsapp/webhook?hub.mode=subscribe&hub.verify_token=zqxrahasia&hub.challenge=Zqxnama')).status,
    ).toBe(403);

    // The web chat, and every kind of refusal of the pages.
    const cookie = (await call('/')).headers.getSetCookie()[0]?.split(';')[0] ?? '';
    for (const text of TEXTS) {
      expect((await post('/chat/messages', JSON.stringify({ id: randomUUID(), text }), { cookie })).status).toBe(202);
    }
    expect((await post('/chat/messages', '{"text":"zqxrahasia"', { cookie })).status).toBe(400);
    expect((await post('/chat/messages', JSON.stringify({ text: 'zqxrahasia' }), { cookie })).status).toBe(400);
    expect((await post('/chat/messages', `"${'zqxrahasia'.repeat(10_000)}"`, { cookie })).status).toBe(413);
    expect((await call('/zqxrahasia/6402031203850001?hp=081299990001')).status).toBe(404);
    expect((await call('/%zqxrahasia')).status).toBeGreaterThanOrEqual(400);
    await post('/console/sign-in', 'email=Zqxnama&password=zqxrahasia', {
      'content-type': 'application/x-www-form-urlencoded',
    });

    // A linked telephone, by the real client.
    await until(() => peer.connections() > 0, 'the telephone is connected');
    for (const text of TEXTS) await peer.say({ from: `${DEVICE_NUMBER}@s.whatsapp.net`, text });
    await until(() => peer.decrypted().length >= TEXTS.length, 'the telephone was answered');

    // A database that another program holds: the provider hears 503.
    const database = await openDatabase(settings.DATABASE_URL);
    const [begun, letGo] = [signal(), signal()];
    const held = database.fill(async (transaction) => {
      await transaction.run(run("UPDATE store_meta SET value = value WHERE key = ''"));
      begun.give();
      await letGo.given;
    });
    await begun.given;
    unavailable = await postUpdate(port, messageUpdate(90, { text: TEXTS[2] ?? '', chat, from, date }));
    letGo.give();
    await held;

    const open = ask(
      `SELECT (SELECT count(*) FROM inbound_messages WHERE status = 'pending')
            + (SELECT count(*) FROM outbox WHERE open = 1) AS open`,
    );
    await vi.waitFor(async () => expect(Number((await database.query(open))[0]?.open)).toBe(0), { timeout: 15_000 });
    for (const path of ['/healthz', '/readyz', '/metrics', '/console/']) await call(path);
    metrics = pages.at(-2) ?? '';
    // What the retention job of the server does every few minutes.
    await database.wipe();
    bytesWhileRunning = bytes();
    await server.end('SIGTERM');
    output = server.output();
    const tables = await database.query(ask("SELECT name FROM sqlite_master WHERE type = 'table'"));
    const rows = await Promise.all(tables.map(({ name }) => database.query(ask(`SELECT * FROM "${String(name)}"`))));
    const counts = await database.query(ask('SELECT channel, count(*) AS many FROM outbox GROUP BY channel'));
    answers = Object.fromEntries(counts.map(({ channel, many }) => [String(channel), Number(many)]));
    dump = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    await database.close();
    files = bytes();
    await Promise.all([bot.close(), cloud.close(), peer.close()]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('was answered on every channel, through every failure, and counted', () => {
    for (const channel of ['telegram', 'whatsapp_cloud', 'whatsapp', 'web']) {
      expect(answers[channel], channel).toBeGreaterThanOrEqual(TEXTS.length);
      expect(metrics).toMatch(new RegExp(`tanya_messages_received_total\\{channel="${channel}"\\} [1-9]`));
    }
    expect(unavailable).toBe(503);
    expect(output).toContain('wrong_secret');
    expect(output).toContain('wrong_signature');
    expect(files).toMatch(/telegram:\d+:1/);
    expect(pages.length).toBeGreaterThan(20);
  });

  it('can be followed through the log by its turn, from the call to the delivery', () => {
    const lines = output
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const accepted = lines.filter(({ msg, channel }) => msg === 'message accepted' && channel === FOLLOWED);
    expect(accepted.length).toBeGreaterThanOrEqual(TEXTS.length);
    const { turn, requestId } = accepted[0] ?? {};
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const way = lines.filter((line) => line.turn === turn).map(({ msg }) => msg);
    expect(way).toEqual(expect.arrayContaining(['message accepted', 'turn answered', 'send ended']));
  });

  it.each([...MARKS, ...ADDRESSES])('%s stands in no line of the log', (mark) => {
    expect(output.toLowerCase()).not.toContain(mark.toLowerCase());
  });

  it.each([...MARKS, ...ADDRESSES])('%s stands in no metric, error or page', (mark) => {
    expect(pages.filter((page) => page.toLowerCase().includes(mark.toLowerCase()))).toEqual([]);
  });

  it.each(MARKS)('%s stands nowhere in the store', (mark) => {
    expect(dump.toLowerCase()).not.toContain(mark.toLowerCase());
  });

  it.each(MARKS)('%s stands in no byte of the database files, running or stopped', (mark) => {
    expect(bytesWhileRunning.toLowerCase().includes(mark.toLowerCase())).toBe(false);
    expect(files.toLowerCase().includes(mark.toLowerCase())).toBe(false);
  });

  it.each(ADDRESSES)('leaves %s, without which nobody could be answered, in one place only', (address) => {
    expect(dump.split(address)).toHaveLength(2);
  });
});
