import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createVault } from '../../src/channels/vault.js';
import { openSession } from '../../src/channels/whatsapp/index.js';
import { readConfig } from '../../src/config.js';
import type { Store } from '../../src/ports/store.js';
import { changeSecretKey } from '../../src/running/change-secret-key.js';
import { proveSecretKey } from '../../src/running/secret-key.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { openStore } from '../../src/store/open-store.js';
import { authenticatorCode } from '../fakes/authenticator.js';
import { startPostgres } from '../fakes/postgres.js';

const folder = mkdtempSync(join(tmpdir(), 'tanya-key-'));
const postgres = await startPostgres();
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await postgres?.stop();
});

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const [OLD, NEW, STRANGE] = ['lama', 'baru', 'lain'].map((word) => `kunci-${word}-hanya-untuk-percobaan-ini`) as [
  string,
  string,
  string,
];
const EMAIL = 'rini@dinkes.example';
const PASSWORD = 'sandi percobaan panjang';
const NUMBER = '620000000001.0';

const STORES: readonly (readonly [string, () => Promise<Store>])[] = [
  ['SQLite', () => openStore(`file:${join(folder, 'key.db')}`)],
  ...(postgres ? [['PostgreSQL', async () => openStore(await postgres.createDatabase())] as const] : []),
];

const config = (SECRET_KEY: string) => readConfig({ SECRET_KEY });
const prove = (store: Store, key: string) => proveSecretKey(config(key), store, NOON);
const change = (store: Store, previous: string, next: string) =>
  changeSecretKey(store, { previous, next, finish: () => undefined }, NOON);
const vaultOf = (store: Store, key: string) => createVault(store.credentials, key, () => NOON);
const refused = (part: string) => ({ code: 'CONFIG_FAULTY', message: expect.stringContaining(part) });

/** A member of staff with a second factor, and what a channel keeps, all under the key. Resolves to the factor's secret. */
async function fill(store: Store, key: string): Promise<string> {
  await prove(store, key);
  const { saveCreds, state } = await openSession(vaultOf(store, key));
  Object.assign(state.creds, { me: { id: '620000000099:1@s.whatsapp.net' }, registered: true });
  await saveCreds();
  await vaultOf(store, key).put('whatsapp/session', new Map([[`session\n${NUMBER}`, 'kunci sesi']]));
  const staff = store.staff({ secret: key, publicUrl: null });
  await staff.add({ email: EMAIL, name: 'Rini', password: PASSWORD, role: 'admin', regions: [] });
  const rini = await signIn(store, key);
  const setup = await staff.beginSecondFactor(rini.caller(), PASSWORD);
  await staff.confirmSecondFactor(rini.caller(), authenticatorCode(setup?.secret ?? ''));
  return setup?.secret ?? '';
}

async function signIn(store: Store, key: string) {
  const { result, cookies } = await store
    .staff({ secret: key, publicUrl: null })
    .signIn(EMAIL, PASSWORD, { cookie: '', address: '192.0.2.1', agent: 'uji' });
  const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
  return { result, caller: () => ({ cookie, address: '192.0.2.1', agent: 'uji' }) };
}

async function signsInWith(store: Store, key: string, secret: string): Promise<string> {
  const { result, caller } = await signIn(store, key);
  expect(result).toBe('code_needed');
  const entered = await store.staff({ secret: key, publicUrl: null }).enterCode(authenticatorCode(secret), caller());
  return entered.result;
}

describe.each(STORES)('SECRET_KEY: %s', (_, open) => {
  it('marks the first as its own, refuses any other, and takes over what one changes', {
    timeout: 60_000,
  }, async () => {
    const store = await open();
    const secret = await fill(store, OLD);
    await prove(store, OLD);
    await expect(prove(store, NEW)).rejects.toMatchObject(refused('SECRET_KEY is not the key'));

    await expect(change(store, STRANGE, NEW)).rejects.toMatchObject(refused('former key is not the one'));
    await store.leases.take('process/x', 'x', NOON, NOON + 9_000);
    await expect(change(store, OLD, NEW)).rejects.toMatchObject({ code: 'SERVER_RUNNING' });
    await store.leases.release('process/x', 'x');
    expect(await change(store, OLD, NEW)).toEqual({ credentials: 2, secondFactors: 1 });
    expect(await change(store, OLD, NEW)).toBeNull();

    await prove(store, NEW);
    await expect(prove(store, OLD)).rejects.toMatchObject(refused('SECRET_KEY is not the key'));
    expect((await openSession(vaultOf(store, NEW))).linked).toBe(true);
    const kept = await vaultOf(store, NEW).get('whatsapp/session', [`session\n${NUMBER}`]);
    expect([...kept.values()]).toEqual(['kunci sesi']);
    await expect(vaultOf(store, OLD).get('whatsapp/session', ['=creds'])).rejects.toMatchObject(refused('SECRET_KEY'));
    expect(await signsInWith(store, NEW, secret)).toBe('in');

    // Once more, so that names hidden under the first key are still found under the third.
    await change(store, NEW, STRANGE);
    expect((await vaultOf(store, STRANGE).get('whatsapp/session', [`session\n${NUMBER}`])).size).toBe(1);
    expect(await signsInWith(store, STRANGE, secret)).toBe('in');
    await store.close();
  });
});

describe('a change of SECRET_KEY that is broken off', () => {
  it.each([2, 4])('at write %i: no server starts with either key, and once more makes it whole', async (write) => {
    const whole = createMemoryStore();
    const secret = await fill(whole, OLD);
    let writes = 0;
    const credentials = {
      ...whole.credentials,
      put: async (...given: Parameters<Store['credentials']['put']>) => {
        writes += 1;
        if (writes === write) throw new Error('killed');
        await whole.credentials.put(...given);
      },
    };
    await expect(change({ ...whole, credentials }, OLD, NEW)).rejects.toThrow('killed');
    await expect(prove(whole, OLD)).rejects.toMatchObject(refused('SECRET_KEY'));
    await expect(prove(whole, NEW)).rejects.toMatchObject(refused('broken off'));
    await change(whole, OLD, NEW);
    await prove(whole, NEW);
    expect((await openSession(vaultOf(whole, NEW))).linked).toBe(true);
    expect(await signsInWith(whole, NEW, secret)).toBe('in');
  });
});

describe('a store of the time before keys were marked', () => {
  it.each(['key/=mark', 'whatsapp/session/=creds'])('refuses another key all the same, without %s', async (gone) => {
    const store = createMemoryStore();
    await fill(store, OLD);
    await store.meta.set('last_process', 'x');
    await store.credentials.put(
      new Map([
        ['key/=mark', null],
        [gone, null],
      ]),
      NOON,
    );
    await expect(prove(store, NEW)).rejects.toMatchObject(refused('SECRET_KEY is not the key'));
    await prove(store, OLD);
  });
});
