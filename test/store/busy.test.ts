import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Store } from '../../src/ports/store.js';
import { openDatabase } from '../../src/store/database.js';
import { openStore } from '../../src/store/open-store.js';
import { run } from '../../src/store/sql.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-busy-'));
afterAll(() => rmSync(folder, { recursive: true }));

const turnOfTimers = () => new Promise((resolve) => setTimeout(resolve, 1));

/** Another program holds the write lock from the beginning of `during` to its end. */
async function whileLocked<T>(file: string, during: () => Promise<T>): Promise<T> {
  const other = await openDatabase(`file:${file}`);
  try {
    return await other.write(async (transaction) => {
      await transaction.run(run("DELETE FROM leases WHERE name = 'nobody'"));
      return during();
    });
  } finally {
    await other.close();
  }
}

/** Where the work stands after so many turns of the timers: they turn only if nothing blocks the process. */
async function stateAfterTurns(turns: number, work: Promise<unknown>): Promise<string> {
  let state = 'waiting';
  const note = (reached: string) => () => {
    state = reached;
  };
  work.then(note('done'), note('failed'));
  for (let turn = 0; turn < turns; turn += 1) await turnOfTimers();
  return state;
}

const message = {
  id: 'telegram:1:1',
  channel: 'telegram',
  contact: '1',
  at: 0,
  body: { type: 'text', text: 'halo' },
  language: null,
} as const;

const WRITES: Readonly<Record<string, (store: Store) => Promise<unknown>>> = {
  'a message taken in': (store) => store.inbox.accept(message, 0),
  'a lease': (store) => store.leases.take('channel/telegram', 'one', 0, 1),
  'a named value': (store) => store.meta.set('last_process', 'one'),
};

for (const [label, write] of Object.entries(WRITES)) {
  it(`${label} waits for another writer without holding up the process, and is then written`, async () => {
    const file = join(folder, `${label.replaceAll(' ', '-')}.db`);
    const store = await openStore(`file:${file}`);
    const { pending, state, read } = await whileLocked(file, async () => {
      const pending = write(store);
      return { pending, state: await stateAfterTurns(100, pending), read: await store.data.version() };
    });
    expect(state).toBe('waiting');
    expect(read).toBe(0);
    expect(await pending).not.toBeNull();
    await store.close();
  });
}
