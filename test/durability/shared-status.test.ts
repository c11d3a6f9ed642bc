import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { Channel, ChannelStatus } from '../../src/ports/channel.js';
import type { Store } from '../../src/ports/store.js';
import type { ChannelTenures } from '../../src/running/channel-tenures.js';
import { createCommonClock } from '../../src/running/common-clock.js';
import type { Foundation } from '../../src/running/foundation.js';
import { createSharedStatus } from '../../src/running/shared-status.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { heldClock } from '../fakes/held-clock.js';
import { until } from '../fakes/instances.js';
import { scriptedChannel } from '../fakes/scripted-channel.js';
import { MONDAY, recordingLog } from '../services/house.js';
import { caller, type Office, openOffice } from '../web/console/office.js';

const CODE = 'CONT-OH12';
const UP: ChannelStatus = { state: 'up', detail: null, since: MONDAY };
const PAIRING: ChannelStatus = { ...UP, state: 'pairing', detail: 'code', pairing: { kind: 'code', value: CODE } };
const LIMITED: ChannelStatus = { ...UP, detail: 'cap:CAPPED', restrictions: [{ code: 'cap:CAPPED', until: null }] };
const BANNED: ChannelStatus = { ...UP, state: 'stopped', detail: 'banned' };
const ELSEWHERE: ChannelStatus = { state: 'waiting', detail: 'elsewhere', since: 0 };

/** Everything of the store in which a code could lie open. */
async function kept({ meta, credentials }: Store): Promise<string> {
  const sealed = await credentials.get(await credentials.keys(''));
  const parts = [...sealed].map(([key, value]) => `${key} ${Buffer.from(value).toString('latin1')}`);
  return [await meta.get('channels/whatsapp/status'), ...parts].join('\n');
}

describe('how a channel stands, told by the process that runs it', () => {
  const clock = heldClock(MONDAY);
  const channel: Channel = scriptedChannel('whatsapp', clock.now, true);

  /** A process; `here` is what it knows at first hand, null while another one has the channel. */
  function process(store: Store, owner: string, key = 'kunci percobaan yang sama di semua proses') {
    const parts = {
      config: readConfig({ SECRET_KEY: key }),
      store,
      owner,
      common: createCommonClock(store, clock, recordingLog([])),
      channels: [channel],
    } as unknown as Foundation;
    const known: { here: ReturnType<ChannelTenures['firstHand']> } = { here: null };
    const shared = createSharedStatus(parts, { firstHand: () => known.here, statusOf: () => ELSEWHERE });
    const shows = async () => {
      await shared.exchange();
      return shared.of(channel);
    };
    return Object.assign(known, { shared, shows });
  }

  async function two(status: ChannelStatus, key?: string) {
    const store = createMemoryStore();
    const holder = process(store, 'holder');
    const web = process(store, 'web', key);
    holder.here = { running: true, status };
    await holder.shared.exchange();
    return { store, holder, web };
  }

  it.each<[string, ChannelStatus]>([
    ['is up', UP],
    ['waits for a telephone, with the code', PAIRING],
    ['is held back by WhatsApp', LIMITED],
  ])('%s', async (_, status) => {
    const { web } = await two(status);
    expect(await web.shows()).toEqual(status);
  });

  it('ended by itself, which nobody else can know', async () => {
    const { holder, web } = await two(UP);
    holder.here = { running: false, status: BANNED };
    await clock.advance(10_000);
    await holder.shared.exchange();
    expect(await web.shows()).toEqual(BANNED);
    // Another one tries, and its word counts from then on, also where it was banned.
    web.here = { running: true, status: UP };
    await web.shared.exchange();
    expect(await holder.shows()).toEqual(UP);
  });

  it('a code lies sealed, and is gone when the telephone is linked', async () => {
    const { store, holder, web } = await two(PAIRING);
    expect(await kept(store)).not.toContain(CODE);
    expect(await store.credentials.keys('channel-pairing/')).toHaveLength(1);
    holder.here = { running: true, status: UP };
    await holder.shared.exchange();
    expect(await store.credentials.keys('channel-pairing/')).toEqual([]);
    expect(await web.shows()).toEqual(UP);
  });

  it('a code that changed is the one that is shown', async () => {
    const { holder, web } = await two(PAIRING);
    const next: ChannelStatus = { ...PAIRING, pairing: { kind: 'qr', value: 'qr-percobaan' } };
    holder.here = { running: true, status: next };
    await holder.shared.exchange();
    expect(await web.shows()).toEqual(next);
  });

  it('a process with another SECRET_KEY shows the state without the code', async () => {
    const { web } = await two(PAIRING, 'kunci lain sama sekali untuk percobaan');
    expect(await web.shows()).toEqual({ state: 'pairing', detail: 'code', since: MONDAY });
  });

  it('counts for as long as its holder gives a sign of life', async () => {
    const { store, holder, web } = await two(PAIRING);
    for (let second = 0; second < 20; second += 1) {
      await clock.advance(1_000);
      await holder.shared.exchange();
      expect((await web.shows()).state).toBe('pairing');
    }
    await clock.advance(9_000);
    expect(await web.shows()).toEqual(ELSEWHERE);
    expect(await store.credentials.keys('channel-pairing/')).toEqual([]);
  });

  it('is taken back at a stop, but not from who runs it next', async () => {
    const { store, holder, web } = await two(PAIRING);
    await holder.shared.withdraw();
    expect(await web.shows()).toEqual(ELSEWHERE);
    expect(await store.credentials.keys('channel-pairing/')).toEqual([]);
    await holder.shared.exchange();
    web.here = { running: true, status: UP };
    await web.shared.exchange();
    await holder.shared.withdraw();
    holder.here = null;
    expect(await holder.shows()).toEqual(UP);
  });
});

describe('a worker that links WhatsApp and a web process on one database', () => {
  let status: ChannelStatus = PAIRING;
  const linked = () => ({ ...scriptedChannel('whatsapp', () => MONDAY, true), status: () => status });
  let worker: Office;
  let web: Office;
  beforeAll(async () => {
    worker = await openOffice({ ROLE: 'worker' }, { channels: [linked()] });
    web = await openOffice({ ROLE: 'web', DATABASE_URL: worker.databaseUrl }, { channels: [linked()] });
  }, 60_000);
  afterAll(async () => {
    await web?.stop();
    await worker?.stop();
  });

  it('the console of the web process shows the code to an admin, then that it is linked', async () => {
    const readiness = async () => (await fetch(`${web.address}/readyz`)).text();
    const staff = caller(web.address);
    await staff.signIn(web.emailOf('admin'));
    const today = async () => (await staff.get('/console/channels')).text();
    await until('the code is shown', async () => (await today()).includes(CODE));
    expect(await readiness()).toContain('"state":"pairing"');
    expect(await readiness()).not.toContain(CODE);
    expect(await kept(worker.store)).not.toContain(CODE);
    status = UP;
    await until('it is up', async () => (await readiness()).includes('"state":"up"'));
    expect(await today()).toContain('<strong>WhatsApp</strong>: jalan');
    expect(await worker.store.credentials.keys('channel-pairing/')).toEqual([]);
  });
});
