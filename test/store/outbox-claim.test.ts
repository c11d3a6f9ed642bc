import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Store } from '../../src/ports/store.js';
import { openStore } from '../../src/store/open-store.js';
import { startPostgres } from '../fakes/postgres.js';
import { message } from './contract.js';

const NOON = Date.UTC(2026, 10, 23, 4);
const PEOPLE = 120;
const LIMIT = 7;

const postgres = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'tanya-claims-'));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
});

/** Gives each of many people two answers that wait. */
async function fill(store: Store): Promise<void> {
  const ids = Array.from({ length: PEOPLE }, (_, at) => `${at}`);
  await Promise.all(ids.map((id) => store.inbox.accept(message(id, `orang-${id}`), NOON)));
  const starts = await Promise.all(ids.map((id) => store.inbox.start(`console:${id}`)));
  const turns = starts.flatMap((start, at) => (start ? [{ start, messageId: `console:${at}` }] : []));
  await Promise.all(
    turns.map(({ start, messageId }) =>
      store.inbox.commit({
        messageId,
        contactId: start.contactId,
        sessionVersion: start.sessionVersion,
        session: {},
        facts: start.facts,
        events: [],
        replies: ['satu', 'dua'].map((text) => ({
          kind: 'reply' as const,
          reply: { type: 'text', text, choices: [] },
        })),
        intent: 'greeting',
        outcome: null,
        at: NOON,
        keepBody: false,
      }),
    ),
  );
}

/** Claims and settles until nothing is left; tells the largest claim and every id that was handed out, in order. */
async function drain(store: Store, owner: string) {
  const ids: string[] = [];
  let largest = 0;
  for (let empty = 0; empty < 3; ) {
    const items = await store.outbox.claim('console', owner, LIMIT, NOON);
    largest = Math.max(largest, items.length);
    empty = items.length === 0 ? empty + 1 : 0;
    ids.push(...items.map(({ id }) => id));
    await Promise.all(items.map(({ id }) => store.outbox.settle({ id, status: 'sent', providerId: id }, NOON)));
  }
  return { ids, largest };
}

/** A plan that PostgreSQL may choose by itself when its statistics are old: what is selected is looked up row by row. */
async function withoutHashes(): Promise<string | undefined> {
  const url = await postgres?.createDatabase();
  const off = {
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    enable_hashagg: 'off',
    enable_sort: 'off',
    enable_material: 'off',
  };
  if (url) await postgres?.configure(url, off);
  return url;
}

describe.each([
  ['SQLite', `file:${join(folder, 'claims.db')}`],
  ['PostgreSQL', await postgres?.createDatabase()],
  ['PostgreSQL with another plan', await withoutHashes()],
])('four processes that claim from one outbox, on %s', (_, url) => {
  test.skipIf(url === undefined)('never get more than they asked for, nor the same row', async () => {
    const stores = [await openStore(url)];
    for (let more = 0; more < 3; more += 1) stores.push(await openStore(url));
    await fill(stores[0] as Store);
    const drained = await Promise.all(stores.map((store, at) => drain(store, `proses-${at}`)));
    const all = drained.flatMap(({ ids }) => ids);
    expect(Math.max(...drained.map(({ largest }) => largest))).toBeLessThanOrEqual(LIMIT);
    expect(new Set(all).size).toBe(all.length);
    expect(await stores[0]?.outbox.counts()).toMatchObject({ sent: 2 * PEOPLE, pending: 0, sending: 0 });
    for (const { ids } of drained) {
      // Of one person, the first answer was settled before the second was handed out.
      for (const id of ids.filter((each) => each.endsWith('/1'))) {
        const first = id.replace(/1$/, '0');
        if (ids.includes(first)) expect(ids.indexOf(first)).toBeLessThan(ids.indexOf(id));
      }
    }
    await Promise.all(stores.map((store) => store.close()));
  });
});
