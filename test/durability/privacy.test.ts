import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { ask } from '../../src/store/sql.js';
import { until } from '../channels/support.js';
import { freePort, postUpdate, startServer, telegramSettings } from '../fakes/server-process.js';
import { callbackUpdate, messageUpdate, refusal, startFakeTelegram } from '../fakes/telegram-server.js';

/** What must not be found anywhere afterwards: words, a name, numbers, in the forms in which they were written. */
const MARKS = ['zqxrahasia', 'Zqxnama', '6402031203850001', '81299990001', '812-9999-0001', '770077007'] as const;
const CHAT = 770_077_007;
const chat = { id: CHAT, type: 'private' as const, first_name: 'Zqxnama', last_name: 'Zqxnama', username: 'Zqxnama' };
const from = { id: CHAT, is_bot: false, first_name: 'Zqxnama', username: 'Zqxnama', language_code: 'id' };

describe('what a resident wrote, after it was answered', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-privacy-'));
  let output = '';
  let dump = '';
  let files = '';
  let answers = 0;

  beforeAll(async () => {
    const bot = await startFakeTelegram();
    const port = await freePort();
    const settings = { ...telegramSettings(folder, port, bot), LOG_LEVEL: 'debug' };
    const server = startServer(folder, port, settings);
    await server.ready();
    const date = Math.floor(Date.now() / 1000);
    // Every way in which a send can fail, one after the other.
    bot.fail(
      'sendMessage',
      refusal(500, 'zqxrahasia'),
      refusal(403, 'Forbidden: Zqxnama'),
      refusal(400, 'zqxrahasia'),
      'drop',
    );
    const texts = [
      'puskesmas mana yang buka di tenggarong, saya zqxrahasia',
      'zqxrahasia NIK saya 6402031203850001 dan hp 081299990001, apa bisa berobat gratis?',
      'tolong bapak saya zqxrahasia tidak sadar, hubungi +62 812-9999-0001',
      'zqxrahasia',
      'saya tinggal di zqxrahasia, puskesmas zqxrahasia buka?',
      'saran saya: zqxrahasia 081299990001',
    ];
    const contact = { phone_number: '+62 812-9999-0001', first_name: 'Zqxnama' };
    const updates = [
      ...texts.map((text, n) => messageUpdate(n + 1, { text, chat, from, date })),
      messageUpdate(20, { chat, from, date, contact }),
      messageUpdate(21, { chat, from, date, caption: 'zqxrahasia', photo: [] }),
      { ...callbackUpdate(22, 'zqxrahasia'), ...{} },
      { update_id: 23, edited_message: messageUpdate(23, { text: 'zqxrahasia', chat, from, date }).message },
    ];
    for (const update of updates) expect(await postUpdate(port, update)).toBe(200);
    // What cannot be read is taken and dropped, or it would come for ever; it must leave no trace either.
    expect(await postUpdate(port, '{"zqxrahasia":')).toBe(200);
    expect(await postUpdate(port, updates[0], 'zqxrahasia')).toBe(401);
    const database = await openDatabase(settings.DATABASE_URL);
    const open = ask(
      `SELECT (SELECT count(*) FROM inbound_messages WHERE status = 'pending')
            + (SELECT count(*) FROM outbox WHERE open = 1) AS open`,
    );
    let left = 1;
    await until(() => {
      void database.query(open).then(([row]) => {
        left = Number(row?.open);
      });
      return left === 0;
    }, 'everything answered');
    await server.end('SIGTERM');
    output = server.output();
    const tables = await database.query(ask("SELECT name FROM sqlite_master WHERE type = 'table'"));
    const rows = await Promise.all(tables.map(({ name }) => database.query(ask(`SELECT * FROM "${String(name)}"`))));
    answers = Number((await database.query(ask('SELECT count(*) AS many FROM outbox')))[0]?.many);
    dump = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    await database.close();
    files = readdirSync(folder)
      .map((file) => readFileSync(join(folder, file), 'latin1'))
      .join();
    await bot.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('was answered, and logged that it was', () => {
    expect(answers).toBeGreaterThanOrEqual(10);
    expect(output).toContain('wrong_secret');
    expect(files).toMatch(/telegram:\d+:1/);
  });

  it.each(MARKS)('%s stands in no line of the log', (mark) => {
    expect(output.toLowerCase()).not.toContain(mark.toLowerCase());
  });

  it.each(MARKS.filter((mark) => mark !== String(CHAT)))('%s stands nowhere in the store', (mark) => {
    expect(dump.toLowerCase()).not.toContain(mark.toLowerCase());
  });

  it.each(MARKS.filter((mark) => mark !== String(CHAT)))('%s stands in no byte of the database files', (mark) => {
    expect(files.toLowerCase().includes(mark.toLowerCase())).toBe(false);
  });

  it('leaves the address, without which nobody could be answered, in one place only', () => {
    expect(dump.split(String(CHAT))).toHaveLength(2);
  });
});
