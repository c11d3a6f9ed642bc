import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { LAST_BACKUP } from '../../src/ports/last-backup.js';
import { backUp } from '../../src/store/backup/dump.js';
import { restore } from '../../src/store/backup/restore.js';
import { openStore } from '../../src/store/open-store.js';
import { answersFrom, contentsOf, liveIn, RESIDENT, STAFF } from '../fakes/lived-in-store.js';
import { startPostgres } from '../fakes/postgres.js';
import { house, MONDAY, OPEN } from '../services/house.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-backup-'));
const postgres = await startPostgres();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
});

let count = 0;
const file = (name: string) => join(folder, `${++count}-${name}`);
const fresh = {
  SQLite: async () => `file:${file('tanya.db')}`,
  PostgreSQL: async () => (await postgres?.createDatabase()) ?? '',
};
type Kind = keyof typeof fresh;
const kinds: readonly Kind[] = postgres ? ['SQLite', 'PostgreSQL'] : ['SQLite'];
const AS_IT_WAS = { force: false, moved: true };
const AFTER_A_LOSS = { force: false, moved: false };
const LATER = MONDAY + 3_600_000;

/** A store that was lived in, and a backup of it. */
async function lived(kind: Kind): Promise<{ url: string; path: string }> {
  const url = await fresh[kind]();
  const store = await openStore(url);
  await liveIn(store);
  await store.close();
  const path = file('backup.ndjson.gz');
  await backUp(url, path, LATER);
  return { url, path };
}
const originals = new Map(await Promise.all(kinds.map(async (kind) => [kind, await lived(kind)] as const)));
const original = (kind: Kind) => originals.get(kind) ?? { url: '', path: '' };
if (!postgres) describe('backups of PostgreSQL', () => it.skip('the server did not start', () => undefined));

describe.each(kinds.flatMap((from) => kinds.map((to) => [from, to] as const)))('a backup of %s in %s', (from, to) => {
  it('holds every row as it was, and answers', async () => {
    const { url, path } = original(from);
    const target = await fresh[to]();
    const report = await restore(target, path, AS_IT_WAS, LATER);
    expect(report).toMatchObject({ at: LATER, upgraded: [] });
    const before = await contentsOf(url);
    const after = await contentsOf(target);
    for (const [table, rows] of Object.entries(before)) {
      // The original has noted its backup since.
      if (table !== 'store_meta') expect(after[table], table).toEqual(rows);
      else expect(rows).toEqual(expect.arrayContaining([...(after[table] ?? [])]));
    }
    expect(Object.values(after).flat().length).toBeGreaterThan(1_000);
    const store = await openStore(target);
    expect(await answersFrom(store)).toContain('Tenggarong');
    expect([...(await store.credentials.get(['whatsapp/session'])).values()]).toEqual([
      new Uint8Array([0, 1, 2, 253, 254, 255]),
    ]);
    const caller = { cookie: '', address: '198.51.100.7', agent: 'test' };
    const { result } = await store.staff(STAFF).signIn('rina@example.test', 'kata sandi percobaan', caller);
    expect(result).toBe('in');
    await store.close();
  });
});

describe.each(kinds)('after a loss, on %s', (kind) => {
  it('sends nothing by itself that waited when the backup was made', async () => {
    const target = await fresh[kind]();
    await restore(target, original(kind).path, AFTER_A_LOSS, LATER);
    const store = await openStore(target);
    const { pending, sending, retry, expired } = await store.outbox.counts();
    expect({ open: pending + sending + retry, expired: expired > 0 }).toEqual({ open: 0, expired: true });
    expect(await store.inbox.waiting(LATER + 1, 10)).toEqual([]);
    const standing = await Promise.all(['b-running', 'b-approved', 'b-done'].map((id) => store.broadcasts.find(id)));
    expect(standing.map((each) => each?.status)).toEqual(['paused', 'draft', 'done']);
    expect(standing[1]?.approvals).toEqual([]);
    expect((await store.broadcasts.counts('b-running')).map(({ status, many }) => [status, many])).toEqual([
      ['unsure', 1],
    ]);
    expect((await store.broadcasts.acts('b-running')).at(-1)).toMatchObject({ who: 'restore', act: 'paused' });
    const resident = await store.contacts.findByAddress('telegram', RESIDENT);
    expect(resident?.consent).toBe('granted');
    await store.close();
  });

  it('stands beside a server that runs: the backup is of one moment, the restore is refused', async () => {
    const url = await fresh[kind]();
    const store = await openStore(url);
    await liveIn(store);
    const path = file('running.ndjson.gz');
    const here = house({ store, owner: 'after' });
    const [report] = await Promise.all([
      backUp(url, path, LATER),
      ...Array.from({ length: 20 }, (_, at) => here.say(`id${at}`, OPEN, `c${at}`)),
    ]);
    await here.receiver.idle();
    await here.close();
    expect(here.told('c19')).not.toEqual([]);
    expect(report.rows.contacts).toBeGreaterThan(0);
    expect(await store.meta.get(LAST_BACKUP)).toBe(String(LATER));
    await store.leases.take('process/somebody', 'somebody', LATER, LATER + 9_000);
    await expect(restore(url, path, { force: true, moved: false }, LATER)).rejects.toMatchObject({
      code: 'RESTORE_REFUSED',
      message: expect.stringContaining('A server runs'),
    });
    await store.close();
    await restore(url, path, { force: true, moved: false }, LATER + 10_000);
  });

  it('replaces nothing unasked', async () => {
    const { url, path } = original(kind);
    const before = await contentsOf(url);
    await expect(restore(url, path, AS_IT_WAS, LATER)).rejects.toMatchObject({
      code: 'RESTORE_REFUSED',
      message: expect.stringContaining('--force'),
    });
    expect(await contentsOf(url)).toEqual(before);
  });

  it.each<[string, (lines: string[]) => string]>([
    ['cut off', (lines) => lines.slice(0, -20).join('\n')],
    ['with a row less', (lines) => [...lines.slice(0, 9), ...lines.slice(10)].join('\n')],
    ['with another word in it', (lines) => lines.join('\n').replace('Loa Ipuh', 'Loa Ipoh')],
    ['of a newer version', (lines) => lines.join('\n').replace('_begin"', '_begin","20990101000000_future"')],
    ['that is no backup', () => '{"hello":1}'],
  ])('changes nothing for a file %s', async (_label, change) => {
    const lines = gunzipSync(readFileSync(original(kind).path))
      .toString()
      .trimEnd()
      .split('\n');
    const path = file('spoilt.ndjson.gz');
    writeFileSync(path, gzipSync(`${change(lines)}\n`));
    const target = await fresh[kind]();
    await expect(restore(target, path, AS_IT_WAS, LATER)).rejects.toMatchObject({ code: 'BACKUP_FAULTY' });
    expect(Object.values(await contentsOf(target)).flat()).toEqual([]);
  });
});

describe('the file', () => {
  it('is never written over, and not left half written', async () => {
    const { url, path } = original('SQLite');
    await expect(backUp(url, path, LATER)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(backUp(`file:${file('none.db')}`, file('none.gz'), LATER)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('that is not packed is told as faulty', async () => {
    const path = file('plain.txt');
    writeFileSync(path, 'not packed');
    await expect(restore(await fresh.SQLite(), path, AS_IT_WAS, LATER)).rejects.toMatchObject({
      code: 'BACKUP_FAULTY',
    });
  });
});
