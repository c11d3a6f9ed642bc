import { afterAll, describe, expect, test } from 'vitest';
import { realTiming } from '../../src/channels/real-timing.js';
import type { Channel } from '../../src/ports/channel.js';
import { readBulkSettings, writeBulkSettings } from '../../src/services/bulk-settings.js';
import { createChannelAccount } from '../../src/services/channel-account.js';
import { planBroadcast } from '../../src/services/plan-broadcast.js';
import { createBulkSender } from '../../src/services/run-broadcast.js';
import { openStore } from '../../src/store/open-store.js';
import { heldClock } from '../fakes/held-clock.js';
import { startPostgres } from '../fakes/postgres.js';
import { scriptedChannel } from '../fakes/scripted-channel.js';
import { MORNING, office } from '../services/broadcast/office.js';
import { WORLD } from '../services/house.js';

const PEOPLE = 400;
const DEAD_AFTER = 150;
const SILENT = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe('two workers on PostgreSQL', () => {
  test.skipIf(!postgres)('share an announcement; one dies, and the other ends it', async () => {
    const url = (await postgres?.createDatabase()) ?? '';
    const [one, two] = [await openStore(url), await openStore(url)];
    const clock = heldClock(MORNING);
    const dinkes = office({ store: one, clock });
    await dinkes.people(PEOPLE);
    await writeBulkSettings(one.meta, { ...(await readBulkSettings(one.meta)), telegram: { perSecond: null } });
    const id = await dinkes.announce();
    const planned = await dinkes.broadcast(id);
    await planBroadcast(dinkes.planning, planned);
    await one.broadcasts.change(
      id,
      { status: ['approved'], version: null },
      { status: 'running', startedAt: MORNING },
      { at: MORNING, who: 'system', act: 'planned', detail: null },
    );
    await two.leases.take('process/alive', 'alive', MORNING, MORNING + 1e9);

    /** What each worker's provider took, by address. */
    const taken = new Map<string, string[]>();
    let reached = 0;
    const dies = new AbortController();
    const channelOf = (owner: string): Channel => {
      const channel = scriptedChannel('telegram', clock.now);
      return Object.assign(channel, {
        status: () => ({ state: 'up', detail: null, since: 0 }),
        send: async (contact: string) => {
          if (owner === 'dead' && reached >= DEAD_AFTER) {
            // Killed while the provider answers: this call never comes back, and nothing more is done.
            dies.abort();
            return new Promise<never>(() => undefined);
          }
          reached += 1;
          taken.set(contact, [...(taken.get(contact) ?? []), owner]);
          return { kind: 'sent' as const, providerId: `${owner}/${contact}` };
        },
      });
    };
    const timing = { ...realTiming, now: clock.now };
    const worker = (owner: string, store: typeof one) =>
      createBulkSender({
        ...store,
        channel: channelOf(owner),
        account: createChannelAccount(timing),
        owner,
        world: () => WORLD,
        timing,
        log: SILENT,
      });
    const end = new AbortController();
    void worker('dead', one).run(dies.signal);
    const living = worker('alive', two).run(end.signal);
    await new Promise<void>((resolve) => dies.signal.addEventListener('abort', () => resolve()));
    await two.broadcasts.interrupted(MORNING);
    while (await two.broadcasts.hasOpen(id)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      await two.broadcasts.interrupted(MORNING);
    }
    end.abort();
    await living;

    const rows = await two.broadcasts.rows(id, [], '', PEOPLE + 1);
    const unsure = rows.filter(({ status }) => status === 'unsure');
    expect(rows).toHaveLength(PEOPLE);
    expect(rows.filter(({ status }) => status !== 'sent' && status !== 'unsure')).toEqual([]);
    expect(unsure.length).toBeGreaterThan(0);
    expect(unsure.length).toBeLessThanOrEqual(32);
    expect([...taken.values()].filter((owners) => owners.length > 1)).toEqual([]);
    expect(new Set([...taken.values()].flat())).toEqual(new Set(['alive', 'dead']));
    expect(taken.size + unsure.length).toBeGreaterThanOrEqual(PEOPLE);
    await two.close();
    await dinkes.close();
  });
});
