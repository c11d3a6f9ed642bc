import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.js';
import { ask } from '../../src/store/sql.js';
import { freePort, pause, postUpdate, startServer, telegramSettings } from '../fakes/server-process.js';
import { messageUpdate, startFakeTelegram } from '../fakes/telegram-server.js';

/** Far from each other, so that no number is a part of another or of a time. */
const PEOPLE = [770_077_001, 880_088_002, 990_099_003, 660_066_004, 550_055_005] as const;
const STAYS = 440_044_006;
const TEXTS = ['puskesmas mana yang buka di tenggarong?', 'langganan', 'hapus data saya', 'ya'] as const;

/** The real server is killed at every step of people who have everything deleted, and started again. */
describe('"hapus data saya" on a server that is killed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-forget-'));
  let goodbyes: ReadonlyMap<number, number> = new Map();
  let addresses: readonly string[] = [];
  let dump = '';
  let repeats: readonly number[] = [];
  let answersAfterRepeats = 0;

  beforeAll(async () => {
    const bot = await startFakeTelegram();
    const port = await freePort();
    const settings = telegramSettings(folder, port, bot);
    const date = Math.floor(Date.now() / 1000);
    const updates = [...PEOPLE, STAYS].flatMap((id, person) =>
      TEXTS.slice(0, id === STAYS ? 2 : TEXTS.length).map((text, step) => {
        const chat = { id, type: 'private' as const, first_name: 'Contoh' };
        return { step, update: messageUpdate(person * 10 + step + 1, { text, chat, date: date + step }) };
      }),
    );
    const launch = async () => {
      const server = startServer(folder, port, settings);
      await server.ready();
      return server;
    };
    let server = await launch();
    const database = await openDatabase(settings.DATABASE_URL);
    const left = async (what: string) => Number((await database.query(ask(what)))[0]?.many);
    const OPEN = `SELECT (SELECT count(*) FROM inbound_messages WHERE status = 'pending')
      + (SELECT count(*) FROM outbox WHERE open = 1) AS many`;
    async function quiet(): Promise<void> {
      while ((await left(OPEN)) > 0) await pause(20);
    }

    const write = async (step: number, many?: number) => {
      const mine = updates.filter((each) => each.step === step).slice(0, many);
      for (const answer of await Promise.all(mine.map(({ update }) => postUpdate(port, update)))) {
        if (many === undefined) expect(answer).toBe(200);
      }
    };
    for (const step of [0, 1]) {
      await write(step);
      await quiet();
    }
    // Killed while the question, and then the yes, are taken, answered and sent.
    for (const step of [2, 3]) {
      await write(step, 3);
      await server.end('SIGKILL');
      server = await launch();
      // As Telegram does: what was not taken comes again, and some of what was.
      await write(step);
      await quiet();
    }
    while ((await left('SELECT count(*) AS many FROM departures')) > 0) await pause(100);
    const before = bot.callsTo('sendMessage').length;
    const old = updates.filter(({ step, update }) => step < 4 && !JSON.stringify(update).includes(String(STAYS)));
    repeats = await Promise.all(old.map(({ update }) => postUpdate(port, update)));
    await quiet();
    answersAfterRepeats = bot.callsTo('sendMessage').length - before;
    await server.end('SIGTERM');

    addresses = (await database.query(ask('SELECT address FROM contacts'))).map(({ address }) => String(address));
    const tables = await database.query(ask("SELECT name FROM sqlite_master WHERE type = 'table'"));
    const rows = await Promise.all(tables.map(({ name }) => database.query(ask(`SELECT * FROM "${String(name)}"`))));
    dump = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    await database.close();
    const told = bot.callsTo('sendMessage').filter(({ payload }) => JSON.stringify(payload).includes('Sudah dihapus'));
    goodbyes = new Map(
      PEOPLE.map((id) => [id, told.filter(({ payload }) => JSON.stringify(payload).includes(String(id))).length]),
    );
    await bot.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PEOPLE)('%i is told at most once, and never twice', (id) => {
    expect(goodbyes.get(id)).toBeLessThanOrEqual(1);
  });

  it('most were told: only what a kill caught in the middle of a send stays untold', () => {
    expect([...goodbyes.values()].reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(2);
  });

  it('leaves nobody but who stayed', () => {
    expect(addresses).toEqual([String(STAYS)]);
    for (const id of PEOPLE) expect(dump).not.toContain(String(id));
  });

  it('brings nobody back by a repeat', () => {
    expect(new Set(repeats)).toEqual(new Set([200]));
    expect(answersAfterRepeats).toBe(0);
  });

  it.each(PEOPLE)('%i stands in no byte of the database files', (id) => {
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    expect(files.some((bytes) => bytes.includes(String(id)))).toBe(false);
  });
});
