import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { LETTER_LIFE } from '../../src/domain/retention.js';
import type { Store } from '../../src/ports/store.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { openStore } from '../../src/store/open-store.js';
import { startPostgres } from '../fakes/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-letters-'));
const postgres = await startPostgres();
const postgresUrl = await postgres?.createDatabase();
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
});

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const letter = (id: string, urgent = false) => ({ id, urgent, payload: `"${id}"` });

/** Two that are open on the same data, as two processes are; in memory there is only one. */
const STORES: readonly (readonly [string, (() => Promise<Store>) | null])[] = [
  ['memory', null],
  ['SQLite', () => openStore(`file:${join(folder, 'letters.db')}`)],
  ...(postgresUrl === undefined ? [] : [['PostgreSQL', () => openStore(postgresUrl)] as const]),
];

describe.each(STORES)('letters: %s', (_, open) => {
  const opened: Store[] = [];
  const two = async () => {
    const memory = createMemoryStore();
    const both = open ? ([await open(), await open()] as const) : ([memory, memory] as const);
    opened.push(...both);
    return both;
  };
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  });
  const read = async (store: Store, contact: string, after = 0, now = NOON) =>
    (await store.letters.after(new Map([[contact, after]]), now)).map(({ id }) => id);

  it('keeps them for one page, in their order, each once, and gives what is beyond the number', async () => {
    const [here, there] = await two();
    const [ani, budi] = [randomUUID(), randomUUID()];
    for (const id of ['1', '2', '1']) await here.letters.put(ani, letter(`${ani}/${id}`, id === '2'), NOON);
    await there.letters.put(budi, letter(`${budi}/1`), NOON);
    expect(await read(there, ani)).toEqual([`${ani}/1`, `${ani}/2`]);
    const [first, second] = await there.letters.after(new Map([[ani, 0]]), NOON);
    expect(second).toEqual({ ...letter(`${ani}/2`, true), contact: ani, number: expect.any(Number) });
    expect(await read(there, ani, first?.number)).toEqual([`${ani}/2`]);
    expect(await read(there, ani, second?.number)).toEqual([]);
    const both = await here.letters.after(
      new Map([
        [ani, first?.number ?? 0],
        [budi, 0],
      ]),
      NOON,
    );
    expect(both.map(({ id }) => id).sort()).toEqual([`${ani}/2`, `${budi}/1`].sort());
  });

  it('puts what came later later, though the clock of its process is slow', async () => {
    const [fast, slow] = await two();
    const page = randomUUID();
    await fast.letters.put(page, letter(`${page}/1`), NOON + 5_000);
    await slow.letters.put(page, letter(`${page}/2`), NOON);
    await fast.letters.put(page, letter(`${page}/3`), NOON + 5_001);
    expect(await read(slow, page)).toEqual([1, 2, 3].map((at) => `${page}/${at}`));
  });

  it('gives nothing that has had its time, and removes it', async () => {
    const [here] = await two();
    const page = randomUUID();
    await here.letters.put(page, letter(`${page}/1`), NOON);
    expect(await read(here, page, 0, NOON + LETTER_LIFE - 1)).toHaveLength(1);
    expect(await read(here, page, 0, NOON + LETTER_LIFE)).toEqual([]);
    await here.letters.empty(NOON + LETTER_LIFE - 1);
    expect(await read(here, page)).toHaveLength(1);
    await here.letters.empty(NOON + LETTER_LIFE);
    expect(await read(here, page)).toEqual([]);
  });

  it('goes with the person, and takes nobody else along', async () => {
    const [here] = await two();
    const [goes, stays] = [randomUUID(), randomUUID()];
    for (const contact of [goes, stays]) {
      const body = { type: 'text', text: 'halo' } as const;
      await here.inbox.accept({ id: contact, channel: 'web', contact, at: NOON, body, language: null }, NOON);
      await here.letters.put(contact, letter(`${contact}/1`), NOON);
    }
    await here.contacts.forget((await here.contacts.findByAddress('web', goes))?.id ?? '');
    expect([await read(here, goes), await read(here, stays)]).toEqual([[], [`${stays}/1`]]);
  });
});
