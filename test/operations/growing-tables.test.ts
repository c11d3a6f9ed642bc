import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { emptyContent } from '../../src/domain/broadcast.js';
import { DAY, MINUTE } from '../../src/domain/time.js';
import { openStore } from '../../src/store/open-store.js';
import { heldClock } from '../fakes/held-clock.js';
import { meetResident } from '../fakes/residents.js';
import { scriptedChannel } from '../fakes/scripted-channel.js';
import { recordingLog } from '../services/house.js';

/** One row or more for each message, each person or each day: after a year they hold millions. */
const GROWING = [
  'broadcast_acts',
  'broadcast_recipients',
  'change_log',
  'consent_records',
  'contacts',
  'conversation_messages',
  'conversations',
  'events',
  'hours_checks',
  'inbound_messages',
  'outbox',
  'reports',
  'sessions',
  'spent_messages',
];

interface Statement {
  all(...values: unknown[]): { detail: string }[];
}
interface Driver {
  new (path: string): { prepare(text: string): Statement; close(): void };
  prototype: { prepare(text: string): Statement };
}
const fromHere = createRequire(import.meta.url);
/** The very driver that the store uses. */
const driver = createRequire(fromHere.resolve('@prisma/adapter-better-sqlite3'))('better-sqlite3') as Driver;

const folder = mkdtempSync(join(tmpdir(), 'tanya-growing-'));
const path = join(folder, 'tanya.db');
const said = new Set<string>();
const { prepare } = driver.prototype;

describe('a server that runs by itself', () => {
  beforeAll(async () => {
    const clock = heldClock(Date.UTC(2026, 10, 23, 1));
    const store = await openStore(`file:${path}`);
    await meetResident(store, '700001', clock.now() - 500 * DAY, { consent: 'never_asked' });
    await meetResident(store, '700002', clock.now() - DAY, {}, 'telegram', ['contoh']);
    const content = { ...emptyContent('64.02'), title: 'Contoh', texts: { id: 'Contoh.', en: null } };
    const at = clock.now();
    const approved = {
      id: 'contoh',
      content,
      status: 'approved',
      version: 1,
      authors: ['a@contoh.test'],
      approvals: [],
    } as const;
    const times = { createdAt: at, updatedAt: at, sendAt: at, expiresAt: at + DAY, startedAt: null, endedAt: null };
    await store.broadcasts.create(
      { ...approved, ...times, pause: null, seriesId: null },
      { at, who: 'a@contoh.test', act: 'created', detail: null },
    );
    await store.close();
    driver.prototype.prepare = function (this: unknown, text) {
      said.add(text);
      return prepare.call(this, text);
    };
    // What happens twice a second need not be seen three thousand times.
    const timing = { ...clock, wait: (ms: number, stop: AbortSignal) => clock.wait(Math.max(ms, MINUTE), stop) };
    const channel = scriptedChannel('telegram', clock.now);
    const config = readConfig({
      DATABASE_URL: `file:${path}`,
      SECRET_KEY: 'a-key-for-tests-only-a-key-for-tests-only',
      MESSAGE_RETENTION_DAYS: '7',
    });
    const app = await buildApp(config, recordingLog([]), { timing, channels: [channel], withoutWeb: true });
    await app.start();
    for (const [n, text] of ['anak saya kejang', 'puskesmas loa kulu buka?', 'hapus data saya', 'ya'].entries()) {
      const message = { id: `telegram:${n}`, channel: 'telegram', contact: '700002', at: clock.now() } as const;
      await channel.events()?.receive([{ ...message, body: { type: 'text', text }, language: 'id' }], `r${n}`);
      await clock.advance(MINUTE);
    }
    await clock.advance(31 * MINUTE);
    await app.stop();
    driver.prototype.prepare = prepare;
  });
  afterAll(() => {
    driver.prototype.prepare = prepare;
    rmSync(folder, { recursive: true });
  });

  it('has done its work', () => {
    for (const what of [
      /^DELETE FROM outbox/,
      /^DELETE FROM sessions/,
      /INTO broadcast_recipients/,
      /^DELETE FROM contacts/,
    ]) {
      expect(
        [...said].filter((text) => what.test(text)),
        String(what),
      ).not.toEqual([]);
    }
  });

  it('looks through no growing table', () => {
    expect([...said].flatMap(scansOf)).toEqual([]);
  });

  it.each([
    "UPDATE outbox SET status = 'retry' WHERE kind = 'emergency' AND status = 'sending'",
    'SELECT e.id FROM contacts c JOIN events e ON e.contact_id = c.id',
    'DELETE FROM sessions WHERE updated_at < ?',
  ])('and would be seen doing so: %s', (text) => {
    expect(scansOf(text)).toHaveLength(1);
  });
});

/** The growing tables that a statement looks through, by the driver's own plan. */
function scansOf(text: string): readonly string[] {
  if (!/^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)/i.test(text)) return [];
  const database = new driver(path);
  const plan = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...Array(text.split('?').length - 1).fill(null));
  database.close();
  return plan.filter(({ detail }) => scanned(text, detail)).map(({ detail }) => `${detail}: ${text}`);
}

/** A plan names a table by the alias that the statement gives it. */
function scanned(text: string, detail: string): boolean {
  const [, alias] = /^SCAN (?:main\.)?(\w+)/.exec(detail) ?? [];
  if (alias === undefined) return false;
  const tables = [...text.matchAll(new RegExp(`(?:FROM|JOIN|INTO|UPDATE|,)\\s+"?(\\w+)"? (?:AS )?${alias}\\b`, 'g'))];
  return [alias, ...tables.map(([, table]) => table ?? '')].some((name) => GROWING.includes(name));
}
