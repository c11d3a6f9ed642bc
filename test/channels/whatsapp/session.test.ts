import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proto, type SignalDataSet, useMultiFileAuthState } from '@whiskeysockets/baileys';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVault, type Vault } from '../../../src/channels/vault.js';
import { createAddresses } from '../../../src/channels/whatsapp/addresses.js';
import { KEY_KINDS, openSession } from '../../../src/channels/whatsapp/auth-state.js';
import { importAuthFolder } from '../../../src/channels/whatsapp/import-auth.js';
import { createRecentSends } from '../../../src/channels/whatsapp/recent-sends.js';
import { AppError } from '../../../src/errors.js';
import { type MemoryCredentials, memoryCredentials } from '../../fakes/credential-store.js';
import { SECRET_KEY } from '../../fakes/whatsapp-peer.js';

let store: MemoryCredentials;
let vault: Vault;
let now = 0;

beforeEach(() => {
  now = Date.parse('2026-11-23T09:00:00+08:00');
  store = memoryCredentials();
  vault = createVault(store, SECRET_KEY, () => now);
});

const bytes = (...all: number[]) => Buffer.from(all);
const pair = () => ({ public: bytes(1, 2), private: bytes(3, 4) });

/** One value of every kind, with the odd characters that ids really have. */
const EVERY_KIND = {
  'pre-key': { '7': pair() },
  session: { '620000000001.0': bytes(9, 9), '99_1.2': bytes(8) },
  'sender-key': { '120363-1@g.us::620000000001::2': bytes(5) },
  'sender-key-memory': { '120363-1@g.us': { '620000000001:2@s.whatsapp.net': true } },
  'app-state-sync-key': { 'AA/+B=': { keyData: bytes(6), timestamp: 5 } as proto.Message.IAppStateSyncKeyData },
  'app-state-sync-version': {
    regular_low: { version: 3, hash: bytes(1), indexValueMap: { 'x/y=': { valueMac: bytes(2) } } },
  },
  'lid-mapping': { '620000000001': '99', '99_reverse': '620000000001' },
  'device-list': { '620000000001': ['0', '2'] },
  tctoken: { '99@lid': { token: bytes(7), timestamp: '1790000000' }, __index: { token: bytes(1) } },
  'identity-key': { '620000000001.0': bytes(4) },
} satisfies Required<SignalDataSet>;

async function readAll(): Promise<Record<string, unknown>> {
  const { state } = await openSession(vault);
  const result: Record<string, unknown> = {};
  for (const kind of KEY_KINDS) result[kind] = await state.keys.get(kind, Object.keys(EVERY_KIND[kind]));
  return result;
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

/** The same as read back: one kind is a protobuf with methods. */
const EXPECTED = {
  ...EVERY_KIND,
  'app-state-sync-key': {
    'AA/+B=': proto.Message.AppStateSyncKeyData.fromObject(EVERY_KIND['app-state-sync-key']['AA/+B=']),
  },
};

describe('the session', () => {
  it('keeps every kind of key over a restart', async () => {
    await (await openSession(vault)).state.keys.set(EVERY_KIND);
    const again = await readAll();
    expect(plain(again)).toEqual(plain(EXPECTED));
    expect(again.session).toEqual(EVERY_KIND.session);
    expect(KEY_KINDS).toHaveLength(10);
  });

  it('removes a key that is set to null, and leaves out those it does not have', async () => {
    const { state } = await openSession(vault);
    await state.keys.set(EVERY_KIND);
    await state.keys.set({ session: { '99_1.2': null } });
    expect(await (await openSession(vault)).state.keys.get('session', ['99_1.2', 'nobody.0'])).toEqual({});
  });

  it('writes several kinds in one go or not at all', async () => {
    const { state } = await openSession(vault);
    store.failNextPut();
    await expect(state.keys.set({ session: { 'a.0': bytes(1) }, 'pre-key': { '1': pair() } })).rejects.toThrow();
    expect(store.rows.size).toBe(0);
  });

  it('takes up only a link that was finished', async () => {
    const first = await openSession(vault);
    expect(first.linked).toBe(false);
    first.state.creds.me = { id: '620000000001@s.whatsapp.net' };
    await first.saveCreds();
    expect((await openSession(vault)).linked).toBe(false);
    first.state.creds.registered = true;
    await first.saveCreds();
    const last = await openSession(vault);
    expect(last.linked).toBe(true);
    expect(last.state.creds.noiseKey).toEqual(first.state.creds.noiseKey);
  });
});

describe('the vault', () => {
  it('cannot be opened with another key, and says what to do', async () => {
    await (await openSession(vault)).saveCreds();
    const other = createVault(store, 'kunci-lain-sama-sekali', () => now);
    const failure = await openSession(other).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code: 'CONFIG_FAULTY' });
  });

  it('notices a value that was put in another’s place, or changed', async () => {
    await vault.put(
      'f',
      new Map([
        ['a', 'satu'],
        ['b', 'dua'],
      ]),
    );
    const [first, second] = [...store.rows.keys()] as [string, string];
    store.rows.set(first, store.rows.get(second) as Uint8Array);
    await expect(vault.get('f', ['a'])).rejects.toThrow(AppError);
    await vault.put('f', new Map([['a', 'satu']]));
    const changed = Buffer.from(store.rows.get(first) as Uint8Array);
    changed[changed.length - 1] = (changed.at(-1) as number) ^ 1;
    store.rows.set(first, changed);
    await expect(vault.get('f', ['a'])).rejects.toThrow(AppError);
  });
});

describe('taking over a session of Baileys’ multi-file state', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'auth-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function save(registered: boolean): Promise<void> {
    const { state, saveCreds } = await useMultiFileAuthState(folder);
    Object.assign(state.creds, { me: { id: '620000000001:2@s.whatsapp.net' }, registered });
    await saveCreds();
    await state.keys.set(EVERY_KIND);
  }

  it('brings every key over, and drops what was there before', async () => {
    await save(true);
    await (await openSession(vault)).state.keys.set({ session: { 'old.0': bytes(1) } });
    await writeFile(join(folder, 'notes.json'), '{}');
    const imported = await importAuthFolder(folder, vault);
    expect(imported.passedOver).toEqual(['notes.json']);
    expect(imported.keys).toMatchObject({ session: 2, 'lid-mapping': 2, 'sender-key': 1, 'sender-key-memory': 1 });
    expect(plain(await readAll())).toEqual(plain(EXPECTED));
    const session = await openSession(vault);
    expect(session.linked).toBe(true);
    expect(await session.state.keys.get('session', ['old.0'])).toEqual({});
  });

  it.each([
    ['an empty folder', async () => undefined, 'NOT_FOUND'],
    ['a session that was never linked', () => save(false), 'INPUT_INVALID'],
    [
      'a file cut short',
      async () => save(true).then(() => writeFile(join(folder, 'session-x.0.json'), '{"type":')),
      'INPUT_INVALID',
    ],
    ['credentials that are something else', () => writeFile(join(folder, 'creds.json'), '{"a":1}'), 'INPUT_INVALID'],
  ])('refuses %s, and changes nothing', async (_, prepare, code) => {
    await prepare();
    await (await openSession(vault)).saveCreds();
    const before = new Map(store.rows);
    expect(await importAuthFolder(folder, vault).catch((error: unknown) => error)).toMatchObject({ code });
    expect(store.rows).toEqual(before);
  });
});

describe('addresses', () => {
  const PN = '620000000001@s.whatsapp.net';
  const LID = '99@lid';

  it.each<[string, [string, string | null][], string[]]>([
    ['a number alone', [[PN, null]], [PN]],
    ['a LID alone', [[LID, null]], [LID]],
    ['both: kept under the LID', [[PN, LID]], [LID]],
    [
      'the number first, the pair later: one person',
      [
        [PN, null],
        [LID, PN],
        [LID, null],
      ],
      [PN, PN, PN],
    ],
    [
      'the pair first, then either: one person',
      [
        [LID, PN],
        [PN, null],
        [LID, null],
      ],
      [LID, LID, LID],
    ],
  ])('%s', async (_, seen, contacts) => {
    const addresses = createAddresses(vault);
    const found: string[] = [];
    for (const [jid, alt] of seen) found.push(await addresses.contactOf(jid, alt));
    expect(found).toEqual(contacts);
    const restarted = createAddresses(vault);
    for (const [index, [jid, alt]] of seen.entries()) expect(await restarted.contactOf(jid, alt)).toBe(contacts[index]);
  });

  it('answers to the address that wrote last, also after a restart, and to nobody else', async () => {
    const addresses = createAddresses(vault);
    const contact = await addresses.contactOf(PN, LID);
    expect(await createAddresses(vault).addressOf(contact)).toBe(PN);
    await addresses.contactOf(LID, PN);
    expect(await addresses.addressOf(contact)).toBe(LID);
    expect(await addresses.addressOf('620000000009@s.whatsapp.net')).toBeNull();
  });
});

describe('what was sent lately', () => {
  it('is there for a phone that asks again, for six hours, and then gone from the store', async () => {
    const recent = createRecentSends(vault, () => now);
    await recent.put('A', { conversation: 'Buka sampai 14.00' });
    now += 5 * 3_600_000;
    expect((await createRecentSends(vault, () => now).get('A'))?.conversation).toBe('Buka sampai 14.00');
    expect(await recent.get('B')).toBeUndefined();
    now += 3_600_000;
    expect(await recent.get('A')).toBeUndefined();
    await recent.put('C', { conversation: 'x' });
    expect(store.rows.size).toBe(1);
  });
});
