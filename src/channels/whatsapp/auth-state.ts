import {
  type AuthenticationCreds,
  type AuthenticationState,
  BufferJSON,
  type CacheStore,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  proto,
  type SignalDataSet,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys';
import type { Vault } from '../vault.js';
import { SILENT } from './silence.js';

export const SESSION = 'whatsapp/session';
export const CREDS = '=creds';

/**
 * Every kind of key that Baileys 7 keeps. Dropping lid-mapping, device-list, tctoken or identity-key breaks replies to
 * people who are known by LID; the compiler holds this list against Baileys' own.
 */
const KINDS: Readonly<Record<keyof SignalDataTypeMap, true>> = {
  'pre-key': true,
  session: true,
  'sender-key': true,
  'sender-key-memory': true,
  'app-state-sync-key': true,
  'app-state-sync-version': true,
  'lid-mapping': true,
  'device-list': true,
  tctoken: true,
  'identity-key': true,
};
export const KEY_KINDS = Object.keys(KINDS) as readonly (keyof SignalDataTypeMap)[];

/** The name of a key within the session. */
export function keyName(kind: string, id: string): string {
  return `${kind}\n${id}`;
}

/** What keeping a session asks of a vault. */
export type SessionVault = Pick<Vault, 'get' | 'put' | 'clear'>;

export interface SavedSession {
  readonly state: AuthenticationState;
  /** False: fresh credentials that must be linked first. */
  readonly linked: boolean;
  /** Writes the credentials as they are now. */
  saveCreds(): Promise<void>;
}

/** The session as it is in the vault, or a fresh one. One process at a time may use it: its keys move with every message. */
export async function openSession(vault: SessionVault): Promise<SavedSession> {
  const saved = (await vault.get(SESSION, [CREDS])).get(CREDS);
  const found: AuthenticationCreds | null = saved === undefined ? null : fromText(saved);
  const linked = found !== null && isLinked(found);
  // A link that was begun and not finished leaves half of a session: WhatsApp refuses it, so it is not taken up again.
  const creds = linked ? found : initAuthCreds();
  return {
    state: { creds, keys: makeCacheableSignalKeyStore(keyStore(vault), SILENT, createCache()) },
    linked,
    saveCreds: () => vault.put(SESSION, new Map([[CREDS, toText(creds)]])),
  };
}

const CACHED = 5000;

/** A cache that goes with its session: Baileys' own holds a timer, and each reconnection would leave one behind. */
function createCache(): CacheStore {
  const values = new Map<string, unknown>();
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    set: (key, value) => {
      if (values.size >= CACHED) values.clear();
      values.set(key, value);
    },
    del: (key) => void values.delete(key),
    flushAll: () => values.clear(),
  };
}

/** True when WhatsApp has confirmed this device: by code it sets `registered`, by QR it leaves a signed `account`. */
export function isLinked(creds: Partial<AuthenticationCreds>): boolean {
  return Boolean(creds.me?.id) && (creds.registered === true || creds.account !== undefined);
}

export function toText(value: unknown): string {
  return JSON.stringify(value, BufferJSON.replacer);
}

export function fromText<T>(text: string): T {
  return JSON.parse(text, BufferJSON.reviver);
}

function keyStore(vault: SessionVault): SignalKeyStore {
  return {
    async get<T extends keyof SignalDataTypeMap>(kind: T, ids: string[]) {
      const found = await vault.get(
        SESSION,
        ids.map((id) => keyName(kind, id)),
      );
      const result: Record<string, SignalDataTypeMap[T]> = {};
      for (const id of ids) {
        const text = found.get(keyName(kind, id));
        if (text !== undefined) result[id] = revived(kind, text);
      }
      return result;
    },
    async set(data: SignalDataSet) {
      const changes = new Map<string, string | null>();
      for (const kind of KEY_KINDS) {
        for (const [id, value] of Object.entries(data[kind] ?? {})) {
          changes.set(keyName(kind, id), value === null || value === undefined ? null : toText(value));
        }
      }
      if (changes.size > 0) await vault.put(SESSION, changes);
    },
    clear: () => vault.clear(SESSION),
  };
}

/** One kind is a protobuf whose methods Baileys calls; the rest are plain values. */
function revived<T extends keyof SignalDataTypeMap>(kind: T, text: string): SignalDataTypeMap[T] {
  const value = fromText<SignalDataTypeMap[T]>(text);
  if (kind !== 'app-state-sync-key') return value;
  return proto.Message.AppStateSyncKeyData.fromObject(value as object) as unknown as SignalDataTypeMap[T];
}
