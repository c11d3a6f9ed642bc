import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudChannel } from '../../src/channels/cloud/index.js';
import { realTiming } from '../../src/channels/real-timing.js';
import type { Store } from '../../src/ports/store.js';
import { answerUnfiled } from '../../src/services/answer-unfiled.js';
import { createDeliverer } from '../../src/services/deliver.js';
import { createDirectCard } from '../../src/services/direct-card.js';
import { createFloodGate } from '../../src/services/flood-gate.js';
import { createReceiver } from '../../src/services/receive-message.js';
import { until } from '../channels/support.js';
import { CLOUD_SECRET, cloudChannel, cloudOfChannel } from '../fakes/cloud-channel.js';
import { cloudPayload, type FakeCloud, signatureOf } from '../fakes/cloud-server.js';
import { emptyStores } from '../fakes/stores.js';
import { hostWebhook, type WebhookHost } from '../fakes/webhook-host.js';
import { recordingLog, WORLD } from './house.js';

const NUMBER = '620000000001';
const STORES = await emptyStores(['SQLite', 'PostgreSQL']);

describe.each(STORES)('one person on the Cloud API, in %s', (_, open) => {
  let store: Store;
  let cloud: FakeCloud;
  let channel: CloudChannel;
  let host: WebhookHost;
  let stop: AbortController;
  let sending: Promise<void>;
  let down: boolean;

  beforeEach(async () => {
    store = await open();
    down = false;
    cloud = await cloudOfChannel();
    const failing = async () => {
      throw new Error('the store is down');
    };
    channel = cloudChannel(cloud, {
      credentials: { ...store.credentials, get: (keys) => (down ? failing() : store.credentials.get(keys)) },
      timing: realTiming,
    });
    const log = recordingLog([]);
    const shared = { timing: realTiming, log };
    const { inbox, outbox, contacts } = store;
    const deliverer = createDeliverer({ ...shared, outbox, contacts, channel, owner: 'here' });
    const directCard = createDirectCard({ ...shared, channels: [channel], world: () => WORLD });
    const receiver = createReceiver({
      ...shared,
      inbox,
      world: () => WORLD,
      floodGate: createFloodGate(100),
      directCard,
      wake: () => deliverer.wake(),
      keepBodies: false,
    });
    await channel.start({
      receive: (messages) => receiver.receive(messages),
      receipt: async () => undefined,
      samePerson: async (name, contact, other) => void (await contacts.merge(name, contact, other)),
      unfiled: (messages) => answerUnfiled(directCard, messages),
    });
    host = await hostWebhook(() => channel.webhook);
    stop = new AbortController();
    sending = deliverer.run(stop.signal);
  });
  afterEach(async () => {
    stop?.abort();
    await sending;
    await channel?.stop();
    await host?.close();
    await cloud?.close();
    await store.close();
  });

  let messages = 0;
  /** A signed webhook; resolves to its status. */
  async function hand(message: object): Promise<number> {
    messages += 1;
    const timestamp = String(Math.floor(Date.now() / 1000));
    const body = JSON.stringify(cloudPayload({ messages: [{ id: `wamid.${messages}`, timestamp, ...message }] }));
    return (await fetch(host.url, { method: 'POST', headers: signatureOf(body, CLOUD_SECRET), body })).status;
  }

  /** Says something under these ids and waits for the answer; resolves to where it went. */
  async function say(text: string, ids: { from?: string; from_user_id?: string }) {
    const before = cloud.sent.length;
    expect(await hand({ ...ids, type: 'text', text: { body: text } })).toBe(200);
    await until(() => cloud.sent.length > before, 'the answer');
    const { to, recipient } = cloud.sent[before];
    return to ?? recipient;
  }
  const find = (address: string) => store.contacts.findByAddress('whatsapp_cloud', address);

  it('who comes by number, then by both, then by the scoped id stays one contact', async () => {
    expect(await say('langganan', { from: NUMBER })).toBe(NUMBER);
    expect(await find(NUMBER)).toMatchObject({ consent: 'granted' });
    expect(await say('puskesmas mana yang buka di tenggarong?', { from: NUMBER, from_user_id: 'ID.1' })).toBe('ID.1');
    expect(await say('BERHENTI', { from_user_id: 'ID.1' })).toBe('ID.1');
    expect(await find(NUMBER)).toMatchObject({ consent: 'stopped', regionCode: '64.02' });
    expect(await find('ID.1')).toBeNull();
  });

  it('who comes by number and by scoped id apart becomes one with the first message that has both', async () => {
    await say('langganan', { from: NUMBER });
    await say('puskesmas mana yang buka di tenggarong?', { from_user_id: 'ID.1' });
    await say('BERHENTI', { from: NUMBER });
    expect([await find(NUMBER), await find('ID.1')]).toMatchObject([
      { consent: 'stopped' },
      { consent: 'never_asked' },
    ]);
    await say('terima kasih', { from: NUMBER, from_user_id: 'ID.1' });
    expect(await find(NUMBER)).toBeNull();
    expect(await find('ID.1')).toMatchObject({ consent: 'stopped', regionCode: '64.02' });
  });

  it('who changes the telephone stays one contact', async () => {
    await say('BERHENTI', { from: NUMBER, from_user_id: 'ID.1' });
    const system = { type: 'user_changed_number', wa_id: '620000000002', user_id: 'ID.2', previous_user_id: 'ID.1' };
    expect(await hand({ from: NUMBER, type: 'system', system })).toBe(200);
    expect(await say('halo', { from_user_id: 'ID.2' })).toBe('ID.2');
    expect(await find('ID.2')).toBeNull();
    expect(await find('ID.1')).toMatchObject({ consent: 'stopped' });
    // The old number belongs to somebody else by now.
    expect(await say('halo', { from: NUMBER })).toBe(NUMBER);
    expect(await find(NUMBER)).toMatchObject({ consent: 'never_asked' });
  });

  it('is reached by number where the provider does not take scoped ids', async () => {
    cloud.fail({ code: 131009 });
    await say('halo', { from: NUMBER, from_user_id: 'ID.1' });
    expect(cloud.sent.map(({ to, recipient }) => to ?? recipient)).toEqual([NUMBER]);
    expect(cloud.refusals).toEqual(['131009']);
  });

  it('gets a card in an emergency also while nobody can be looked up, and everything else later', async () => {
    down = true;
    expect(await hand({ from_user_id: 'ID.1', type: 'text', text: { body: 'halo' } })).toBe(503);
    expect(cloud.sent).toEqual([]);
    const seizure = {
      id: 'wamid.darurat',
      from_user_id: 'ID.1',
      type: 'text',
      text: { body: 'anak saya kejang tidak berhenti' },
    };
    expect(await hand(seizure)).toBe(503);
    await until(() => cloud.sent.length > 0, 'the card');
    expect(cloud.sent[0]).toMatchObject({ recipient: 'ID.1' });
    down = false;
    expect(await hand(seizure)).toBe(200);
    await until(() => cloud.sent.length > 1, 'the card by the usual way');
  });
});
