import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { planSeed } from '../../src/services/seed.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { freePort, postUpdate } from '../fakes/server-process.js';
import { type FakeTelegram, messageUpdate, startFakeTelegram } from '../fakes/telegram-server.js';
import { recordingLog } from '../services/house.js';

const BIG = 'a'.repeat(5_000_000);
const group = { id: -100, type: 'group' as const, title: 'Contoh' };

describe('bad input at the door of Telegram', () => {
  const store = createMemoryStore();
  const lines: string[] = [];
  let bot: FakeTelegram;
  let app: App;
  let port: number;
  beforeAll(async () => {
    bot = await startFakeTelegram();
    port = await freePort();
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    const config = readConfig({
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TELEGRAM_BOT_TOKEN: bot.token,
      TELEGRAM_API_ROOT: bot.root,
      TELEGRAM_WEBHOOK_SECRET: 'secret',
    });
    app = await buildApp(config, recordingLog(lines), { store });
    await app.start();
  });
  afterAll(async () => {
    await app.stop();
    await bot.close();
  });

  it.each([
    ['without the secret', messageUpdate(1, { text: 'halo' }), '', 401],
    ['with a wrong secret', messageUpdate(1, { text: 'halo' }), 'wrong', 401],
    ['that is no JSON', '{"update_id":', 'secret', 200],
    ['that is empty', '', 'secret', 200],
    ['of an unknown kind', { update_id: 2, poll_answer: { user: {} } }, 'secret', 200],
    ['without an id', { message: { text: 'halo' } }, 'secret', 200],
    ['that is a list', [1, 2, 3], 'secret', 200],
    ['that is a number', '1', 'secret', 200],
    ['that is nothing', 'null', 'secret', 200],
    ['nested ten thousand deep', '['.repeat(10_000) + ']'.repeat(10_000), 'secret', 200],
    ['with fields of other types', { update_id: 3, message: { chat: 'x', date: 'y', text: 7 } }, 'secret', 200],
    ['from a group', messageUpdate(4, { text: 'halo', chat: group }), 'secret', 200],
    ['from a channel', messageUpdate(5, { text: 'x', chat: { ...group, type: 'channel' } as never }), 'secret', 200],
    ['of five million bytes', messageUpdate(6, { text: BIG }), 'secret', 413],
    ['of five million bytes without the secret', BIG, '', 401],
  ])('an update %s is refused or ignored', async (_, update, secret, status) => {
    expect(await postUpdate(port, update, secret)).toBe(status);
  });

  it('stored nothing of it, counted what it ignored, and goes on', async () => {
    expect(await store.inbox.waiting(Date.now() + 1, 100)).toEqual([]);
    expect(await store.contacts.findByAddress('telegram', '777')).toBeNull();
    const codes = lines.flatMap((line) => /"event":"ignored".*"state":"([a-z_]+)"/.exec(line)?.[1] ?? []);
    expect(new Set(codes)).toEqual(
      new Set(['wrong_secret', 'not_json', 'unknown_update', 'malformed', 'group', 'channel', 'oversized']),
    );
    expect(lines.filter((line) => line.includes('request failed'))).toEqual([]);
    expect(await postUpdate(port, messageUpdate(9, { text: 'halo', date: Math.floor(Date.now() / 1000) }))).toBe(200);
    await app.receiver.idle();
    expect(await store.contacts.findByAddress('telegram', '777')).not.toBeNull();
  });

  it.each(['GET', 'PUT', 'DELETE'])('%s at the door is refused', async (method) => {
    const answer = await fetch(`http://127.0.0.1:${port}/telegram/webhook`, { method });
    expect(answer.status).toBe(401);
  });

  it('a hash of the wrong kind is no secret', async () => {
    const secret = createHmac('sha256', 'secret').update('x').digest('hex');
    expect(await postUpdate(port, messageUpdate(1, { text: 'halo' }), secret)).toBe(401);
  });
});
