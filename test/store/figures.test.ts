import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open-store.js';
import { liveIn } from '../fakes/lived-in-store.js';
import { emptyStores } from '../fakes/stores.js';
import { MONDAY } from '../services/house.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-figures-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(await emptyStores())('figures, %s', (_name, open) => {
  it('count what waits and what runs', async () => {
    const store = await open();
    expect(await store.figures()).toEqual({ unanswered: [], outbox: [], broadcasts: [], recipients: [] });
    await liveIn(store);
    const { unanswered, outbox, broadcasts, recipients } = await store.figures();
    // One message that was accepted and not handled; one person's answer that was not sent.
    expect(unanswered).toEqual([{ channel: 'telegram', count: 1, oldestAt: MONDAY }]);
    expect(outbox).toEqual([{ channel: 'telegram', kind: 'reply', count: expect.any(Number), oldestAt: MONDAY }]);
    expect([...broadcasts].sort((a, b) => (a.status < b.status ? -1 : 1))).toEqual([
      { status: 'approved', count: 1 },
      { status: 'done', count: 1 },
      { status: 'running', count: 1 },
    ]);
    // Of the one that runs; the one that is done counts no more.
    expect(recipients).toEqual([{ channel: 'telegram', status: 'pending', count: 1 }]);
    await store.close();
  });
});

describe('what was deleted', () => {
  it('is in no byte of SQLite’s files once they are wiped, while the store is open', async () => {
    const path = join(folder, 'wiped');
    const store = await openStore(`file:${join(path, 'tanya.db')}`);
    const bytes = () =>
      readdirSync(path)
        .map((file) => readFileSync(join(path, file), 'latin1'))
        .join();
    const secret = (at: number) => new TextEncoder().encode(`zqxrahasia-${at}-`.repeat(40));
    const keys = Array.from({ length: 300 }, (_, at) => `k/${at}`);
    await store.credentials.put(new Map(keys.map((key, at) => [key, secret(at)])), MONDAY);
    expect(bytes()).toContain('zqxrahasia-7-');
    await store.credentials.clear('k/');
    await store.wipe();
    expect(bytes()).not.toContain('zqxrahasia');
    await store.close();
  });
});
