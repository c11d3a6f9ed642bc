import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chance } from '../../bench/country.js';
import { quietLibsignal } from '../../src/channels/whatsapp/silence.js';
import { type Database, openDatabase } from '../../src/store/database.js';
import { openStore } from '../../src/store/open-store.js';
import { ask } from '../../src/store/sql.js';
import { cloudPayload, type FakeCloud, signatureOf, startFakeCloud } from '../fakes/cloud-server.js';
import { freePort, pause, type ServerProcess, startServer } from '../fakes/server-process.js';
import { type FakeTelegram, messageUpdate, startFakeTelegram } from '../fakes/telegram-server.js';
import { linkedCredentials, SECRET_KEY, startWhatsAppPeer, type WhatsAppPeer } from '../fakes/whatsapp-peer.js';

const KILLS = 3;
/** One message of each person in each round; the last round is not killed. */
const ROUNDS = KILLS + 1;
const ASKING = 5;
/** The last of each channel's people needs a card each time. */
const PEOPLE = ASKING + 1;
/** Their answers name them and no other, with a pin (the kill test proves it of all). */
const NAMES = ['Puskesmas Ambal Ambil', 'Puskesmas Kedawung Wetan', 'Puskesmas Badak Baru', 'Puskesmas Bunga Jadi'];
const SEIZURE = 'tolong anak saya kejang tidak berhenti';
const APP_SECRET = 'rahasia-aplikasi';
const CHANNELS = ['telegram', 'whatsapp_cloud', 'whatsapp'] as const;
type Name = (typeof CHANNELS)[number];

interface Row {
  readonly status: string;
  readonly kind: string;
  readonly message: string;
  readonly ordinal: number;
}

/**
 * The kill test's promises over the ways in that it does not take: Telegram asked by polling, signed webhooks of the Cloud
 * API, and a linked device against a WhatsApp server that nobody here wrote. All three in one process, killed while busy.
 */
describe('a server with every other way in, killed at any moment', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-kill-ways-'));
  const random = chance(20_261_122);
  const url = `file:${folder}/tanya.db`;
  const writtenAt = Math.floor(Date.now() / 1000) - 7200;
  const accepted: Record<Name, Set<string>> = { telegram: new Set(), whatsapp_cloud: new Set(), whatsapp: new Set() };
  let bot: FakeTelegram;
  let cloud: FakeCloud;
  let peer: WhatsAppPeer;
  let port = 0;
  let server: ServerProcess;
  let database: Database;
  let rows: readonly Row[] = [];
  let handled: readonly string[] = [];
  let over = false;

  const textOf = (person: number, k: number) => (person === PEOPLE ? SEIZURE : `alamat ${NAMES[k]}`);
  const idOf = (person: number, k: number) => 1000 * (k + 1) + person;
  const jidOf = (person: number) => `62000000000${person}@s.whatsapp.net`;

  /** What each person was told on each channel, in order: texts, and titles of pins where the other side shows them. */
  const got: Record<Name, (person: number) => string[]> = {
    telegram: (person) =>
      bot.calls
        .filter(({ ok, method, payload }) => ok && /^send/.test(method) && payload.chat_id === person)
        .map(({ payload }) => String(payload.title ?? payload.text)),
    whatsapp_cloud: (person) =>
      cloud.sent
        .filter(({ to }) => to === `62800000000${person}`)
        .map(({ text, interactive, location }) => String(text?.body ?? interactive?.body.text ?? location?.name)),
    // The server takes pins without reading them.
    whatsapp: (person) =>
      peer
        .decrypted()
        .filter(({ to }) => to === jidOf(person))
        .map(({ text }) => text),
  };
  const everybody = Array.from({ length: PEOPLE }, (_, n) => n + 1);
  const toldOn = (channel: Name) => everybody.reduce((sum, person) => sum + got[channel](person).length, 0);

  async function byTelegram(k: number): Promise<void> {
    const updates = everybody.map((person) => {
      const chat = { id: person, type: 'private' as const, first_name: 'Contoh' };
      return messageUpdate(idOf(person, k), { text: textOf(person, k), chat, date: writtenAt + 60 * k });
    });
    await bot.push(...updates);
    while (!over && bot.unconfirmed().some((id) => id <= idOf(PEOPLE, k))) await pause(30);
    for (const { update_id } of updates) accepted.telegram.add(`telegram:1:${update_id}`);
  }

  async function byCloud(person: number, k: number): Promise<void> {
    const id = `wamid.${idOf(person, k)}`;
    const from = `62800000000${person}`;
    const message = { id, from, timestamp: `${writtenAt + 60 * k}`, type: 'text', text: { body: textOf(person, k) } };
    const body = JSON.stringify(cloudPayload({ messages: [message] }));
    await pause(random() * 200);
    // As Meta does: the same again until it is taken.
    for (let status = 0; !over && status !== 200; ) {
      const headers = signatureOf(body, APP_SECRET);
      const answer = await fetch(`http://127.0.0.1:${port}/whatsapp/webhook`, { method: 'POST', headers, body }).catch(
        () => null,
      );
      await answer?.arrayBuffer().catch(() => undefined);
      status = answer?.status ?? 0;
      if (status !== 200) await pause(40);
    }
    accepted.whatsapp_cloud.add(`whatsapp_cloud:${id}`);
  }

  /** As WhatsApp does: again on a new connection while it was not told that it came; this server wants another id each time. */
  async function byDevice(person: number, k: number): Promise<void> {
    for (let time = 0; !over; time += 1) {
      const id = `3EB0${idOf(person, k)}.${time}`;
      const line = peer.connections();
      await peer.say({ from: jidOf(person), text: textOf(person, k), id });
      const isTold = () => peer.nodes('receipt').some(({ body }) => body?.attrs?.id === id);
      while (!over && !isTold() && (line === 0 || peer.connections() === line)) await pause(40);
      if (!isTold()) continue;
      accepted.whatsapp.add(`whatsapp:${id}`);
      return;
    }
  }

  beforeAll(async () => {
    quietLibsignal();
    expect(NAMES).toHaveLength(ROUNDS);
    [bot, peer, port] = [await startFakeTelegram(), await startWhatsAppPeer(), await freePort()];
    cloud = await startFakeCloud({ path: '/1001/messages', header: 'authorization', value: 'Bearer kunci-cloud' });
    const store = await openStore(url);
    await store.credentials.put((await linkedCredentials()).rows, 0);
    await store.close();
    const settings = {
      DATABASE_URL: url,
      SECRET_KEY,
      TELEGRAM_BOT_TOKEN: bot.token,
      TELEGRAM_API_ROOT: bot.root,
      WHATSAPP_BAILEYS: 'on',
      WHATSAPP_WS_URL: peer.wsUrl,
      WHATSAPP_CLOUD_TOKEN: 'kunci-cloud',
      WHATSAPP_CLOUD_PHONE_NUMBER_ID: '1001',
      WHATSAPP_CLOUD_APP_SECRET: APP_SECRET,
      WHATSAPP_CLOUD_VERIFY_TOKEN: 'token-verifikasi',
      WHATSAPP_GRAPH_URL: cloud.root,
    };
    const writing: Promise<unknown>[] = [];
    for (let k = 0; k < ROUNDS; k += 1) {
      server = startServer(folder, port, settings);
      await server.ready();
      const before = { telegram: toldOn('telegram'), whatsapp: toldOn('whatsapp') };
      const previous = Promise.all(writing);
      const inOrder = <T>(write: () => Promise<T>) => writing.push(previous.then(write));
      inOrder(() => byTelegram(k));
      for (const person of everybody) inOrder(() => byDevice(person, k));
      // The two that only one process may have come when the dead one's lease is over; now this one, now that is killed
      // with its first answers, and the Cloud API's people write just then.
      const busy = k % 2 === 0 ? 'whatsapp' : 'telegram';
      while (toldOn(busy) === before[busy]) await pause(5);
      for (const person of everybody) inOrder(() => byCloud(person, k));
      if (k === KILLS) break;
      await pause(random() * 250);
      await server.end('SIGKILL');
    }
    await Promise.all(writing);
    database = await openDatabase(url);
    const open = ask(
      `SELECT (SELECT count(*) FROM inbound_messages WHERE status = 'pending')
            + (SELECT count(*) FROM outbox WHERE open = 1) AS open`,
    );
    while (Number((await database.query(open))[0]?.open) > 0) await pause(100);
    rows = (await database.query(ask('SELECT inbound_id, ordinal, status, kind FROM outbox'))).map((row) => ({
      message: String(row.inbound_id),
      ordinal: Number(row.ordinal),
      status: String(row.status),
      kind: String(row.kind),
    }));
    const messages = await database.query(ask("SELECT id FROM inbound_messages WHERE status = 'handled'"));
    handled = messages.map(({ id }) => String(id));
    await database.close();
    await server.end('SIGTERM');
  }, 300_000);
  afterAll(async () => {
    over = true;
    server.child.kill('SIGKILL');
    await Promise.all([bot.close(), cloud.close(), peer.close()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** What is on record for a message; on the linked device under each id that it came with. */
  const prefixOf: Record<Name, (person: number, k: number) => string> = {
    telegram: (person, k) => `telegram:1:${idOf(person, k)}`,
    whatsapp_cloud: (person, k) => `whatsapp_cloud:wamid.${idOf(person, k)}`,
    whatsapp: (person, k) => `whatsapp:3EB0${idOf(person, k)}.`,
  };

  it('handles every message that was told as received, and each once', () => {
    const all = CHANNELS.flatMap((channel) => [...accepted[channel]]);
    expect(all).toHaveLength(CHANNELS.length * PEOPLE * ROUNDS);
    expect(handled).toEqual(expect.arrayContaining(all));
    // Stored, and killed before WhatsApp could be told: said again under another id.
    const untold = handled.filter((id) => !all.includes(id));
    expect(untold.filter((id) => !id.startsWith('whatsapp:'))).toEqual([]);
  });

  it.each(CHANNELS)('on %s: each answer once, an unsure one once or not at all, in order', (channel) => {
    const wrong = everybody.slice(0, ASKING).flatMap((person) => {
      const told = got[channel](person);
      return NAMES.flatMap((name, k) => {
        const found = rows.filter(({ message }) => message.startsWith(prefixOf[channel](person, k)));
        const times = [
          told.filter((text) => text.startsWith(`${name}\n`)).length,
          told.filter((text) => text === name).length,
        ];
        const fits = times.map((many, ordinal) => {
          const each = found.filter((row) => row.ordinal === ordinal);
          const sent = each.filter(({ status }) => status === 'sent').length;
          const unsure = each.filter(({ status }) => status === 'unsure').length;
          const isSettled = each.length > 0 && sent + unsure === each.length;
          // The server takes pins without reading them.
          return isSettled && ((channel === 'whatsapp' && ordinal === 1) || (many >= sent && many <= sent + unsure));
        });
        return fits.every(Boolean) ? [] : [{ person, k, found, times }];
      });
    });
    expect(wrong).toEqual([]);
    for (const person of everybody.slice(0, ASKING)) {
      const order = got[channel](person).map((text) =>
        NAMES.findIndex((name) => text === name || text.startsWith(`${name}\n`)),
      );
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order).not.toContain(-1);
    }
  });

  it.each(CHANNELS)('on %s: every emergency got its card', (channel) => {
    expect(got[channel](PEOPLE).length).toBeGreaterThanOrEqual(ROUNDS);
    const cards = rows.filter(({ kind, message }) => kind === 'emergency' && message.startsWith(`${channel}:`));
    expect(new Set(cards.map(({ status }) => status))).toEqual(new Set(['sent']));
  });

  it('sends a pin to a linked device as often as it is on record', () => {
    const pins = rows.filter(
      ({ message, ordinal, kind }) => /^whatsapp:/.test(message) && ordinal === 1 && kind === 'reply',
    );
    const unsure = pins.filter(({ status }) => status === 'unsure').length;
    expect(peer.takenUnread()).toBeLessThanOrEqual(pins.length);
    expect(peer.takenUnread()).toBeGreaterThanOrEqual(pins.length - unsure);
    const doubtful = rows.filter(({ status }) => status === 'unsure').length;
    const repeated = CHANNELS.reduce((sum, channel) => sum + got[channel](PEOPLE).length - ROUNDS, 0);
    process.stdout.write(
      `\n  kill test, other ways in: ${KILLS} kills · ${handled.length} messages accepted · ${rows.length - doubtful} answers ` +
        `sent once · ${doubtful} unsure · ${repeated} cards repeated\n`,
    );
  });
});
