import { afterEach, describe, expect, it } from 'vitest';
import { type App, buildApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { AppError } from '../../src/errors.js';
import type { Store } from '../../src/ports/store.js';
import { planSeed } from '../../src/services/seed.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { ownerName, surelyDead } from '../../src/store/owner.js';
import { type HeldClock, heldClock } from '../fakes/held-clock.js';
import { type ScriptedChannel, scriptedChannel } from '../fakes/scripted-channel.js';
import { MONDAY, OPEN, recordingLog, written } from '../services/house.js';

interface Instance {
  readonly app: App;
  readonly polling: ScriptedChannel;
  readonly webhook: ScriptedChannel;
}

/** The same part, unreachable while it is lost. */
function cutOff<T extends object>(part: T, lost: () => boolean): T {
  return new Proxy(part, {
    get: (target, name) => {
      const real = Reflect.get(target, name) as (...args: unknown[]) => unknown;
      return (...args: unknown[]) =>
        lost() ? Promise.reject(new AppError('STORE_UNAVAILABLE', 'the line is cut')) : real.apply(target, args);
    },
  });
}

describe('two instances on one store', () => {
  const running: { app: App; clock: HeldClock }[] = [];

  async function filled(): Promise<Store> {
    const store = createMemoryStore();
    await store.data.seed(planSeed().change, { who: 'seed', at: 0 });
    return store;
  }

  /** `lost` makes the store fail for this instance alone, as when the line to it is cut or its process is gone. */
  async function instance(store: Store, clock: HeldClock, lost = () => false, ROLE = 'all'): Promise<Instance> {
    const polling = scriptedChannel('telegram', clock.now, true);
    const webhook = scriptedChannel('whatsapp_cloud', clock.now);
    const own = {
      ...store,
      inbox: cutOff(store.inbox, lost),
      outbox: cutOff(store.outbox, lost),
      leases: cutOff(store.leases, lost),
    };
    const app = await buildApp(readConfig({ ROLE }), recordingLog([]), {
      timing: clock,
      store: own,
      channels: [polling, webhook],
      withoutWeb: true,
    });
    await app.start();
    await clock.settle();
    running.push({ app, clock });
    return { app, polling, webhook };
  }

  afterEach(async () => {
    for (const { app, clock } of running.splice(0)) {
      const stopped = app.stop();
      await clock.advance(60_000);
      await stopped;
    }
  });

  it('run a webhook both, a polling loop one of them', async () => {
    const [store, clock] = [await filled(), heldClock(MONDAY)];
    const first = await instance(store, clock);
    const second = await instance(store, clock);
    await clock.advance(60_000);
    expect([first.webhook.events(), second.webhook.events()].map(Boolean)).toEqual([true, true]);
    expect([first.polling.events(), second.polling.events()].map(Boolean)).toEqual([true, false]);
  });

  it('share the channels out by role: webhooks to the web, a polling loop to the worker', async () => {
    const [store, clock] = [await filled(), heldClock(MONDAY)];
    const web = await instance(store, clock, undefined, 'web');
    const worker = await instance(store, clock, undefined, 'worker');
    await clock.advance(60_000);
    expect([web.webhook.events(), worker.webhook.events()].map(Boolean)).toEqual([true, false]);
    expect([web.polling.events(), worker.polling.events()].map(Boolean)).toEqual([false, true]);
    await web.webhook.events()?.receive([written('1', OPEN, '777', clock.now(), 'whatsapp_cloud')]);
    await worker.polling.events()?.receive([written('2', OPEN, '888', clock.now())]);
    await clock.advance(5_000);
    expect([web.webhook.sent.length, worker.polling.sent.length]).toEqual([1, 1]);
  });

  it('the second takes over within ten seconds when the first dies, and answers what it left', async () => {
    const [store, clock] = [await filled(), heldClock(MONDAY)];
    let dead = false;
    const first = await instance(store, clock, () => dead);
    await clock.advance(5_000);
    const second = await instance(store, clock);
    // The first accepts a message, claims its answer, and dies before anybody knows whether it went out.
    first.polling.script('hang');
    await first.polling.events()?.receive([written('1', OPEN, '777', clock.now())]);
    await clock.settle();
    await store.inbox.accept(written('2', OPEN, '888', clock.now()), clock.now());
    dead = true;
    running.shift();
    await clock.advance(10_000);
    expect(second.polling.events()).not.toBeNull();
    await clock.advance(10_000);
    expect(second.polling.sent.map(({ contact }) => contact)).toEqual(['888']);
    expect(await store.outbox.counts()).toMatchObject({ sent: 1, unsure: 1, sending: 0 });
  });

  it('the second takes over at once when the first stops in order', async () => {
    const [store, clock] = [await filled(), heldClock(MONDAY)];
    const first = await instance(store, clock);
    const second = await instance(store, clock);
    running.shift();
    const stopped = first.app.stop();
    await clock.settle();
    await stopped;
    await clock.advance(3_000);
    expect(second.polling.events()).not.toBeNull();
    expect(first.polling.events()).toBeNull();
  });

  it('an owner goes on while the store cannot be asked, and ends when another has taken over', async () => {
    const [store, clock] = [await filled(), heldClock(MONDAY)];
    let cut = false;
    const first = await instance(store, clock, () => cut);
    cut = true;
    await clock.advance(60_000);
    expect(first.polling.events()).not.toBeNull();
    const second = await instance(store, clock);
    expect(second.polling.events()).not.toBeNull();
    cut = false;
    await clock.advance(3_000);
    expect(first.polling.events()).toBeNull();
  });
});

describe('whether a process has died', () => {
  it('is known of one on this machine', () => {
    const mine = ownerName();
    const [host, space] = mine.split('/');
    expect(surelyDead(mine)).toBe(false);
    // Ours once, before this process had the number; then a number that no process can have.
    expect(surelyDead(`${host}/${space}/${process.pid}/earlier`)).toBe(space !== '');
    expect(surelyDead(`${host}/${space}/99999999/x`)).toBe(space !== '');
    expect(surelyDead(`${host}/${space}/1/x`)).toBe(false);
  });

  it('is not known of one elsewhere', () => {
    const [host, space] = ownerName().split('/');
    expect(surelyDead(`elsewhere/${space}/99999999/x`)).toBe(false);
    expect(surelyDead(`${host}/pid:[1]/99999999/x`)).toBe(false);
    expect(surelyDead('nonsense')).toBe(false);
  });
});
