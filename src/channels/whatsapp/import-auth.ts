import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.js';
import type { Vault } from '../vault.js';
import { CREDS, fromText, isLinked, KEY_KINDS, keyName, SESSION, toText } from './auth-state.js';
import { linkedCreds } from './schema.js';

export interface Imported {
  /** How many keys of each kind were taken over. */
  readonly keys: Readonly<Record<string, number>>;
  /** Files that are no key of a session. */
  readonly passedOver: readonly string[];
}

/**
 * Takes over a session saved by Baileys' `useMultiFileAuthState`, in place of the one in the vault, all or nothing.
 * Throws NOT_FOUND when the folder holds no session and INPUT_INVALID when a file of it cannot be read; then nothing
 * has changed. The program that wrote the folder must be off, or WhatsApp throws one of the two out.
 */
export async function importAuthFolder(folder: string, vault: Vault): Promise<Imported> {
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith('.json'));
  if (!files.includes('creds.json')) throw new AppError('NOT_FOUND', `There is no creds.json in ${folder}`);
  const values = new Map<string, string>([[CREDS, await readCreds(join(folder, 'creds.json'))]]);
  const keys: Record<string, number> = {};
  const passedOver: string[] = [];
  for (const file of files.filter((each) => each !== 'creds.json')) {
    const named = nameOf(file.slice(0, -'.json'.length));
    if (named) {
      values.set(keyName(named.kind, named.id), toText(await readKey(join(folder, file))));
      keys[named.kind] = (keys[named.kind] ?? 0) + 1;
    } else passedOver.push(file);
  }
  await vault.replace(SESSION, values);
  return { keys, passedOver };
}

async function readCreds(path: string): Promise<string> {
  const creds = await readKey(path);
  if (!linkedCreds.safeParse(creds).success || !isLinked(creds as object)) {
    throw new AppError('INPUT_INVALID', 'creds.json is not of a linked WhatsApp session');
  }
  return toText(creds);
}

async function readKey(path: string): Promise<unknown> {
  try {
    return fromText(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new AppError('INPUT_INVALID', `${path} cannot be read`, { cause });
  }
}

/** Longest first: "sender-key-memory-x" is not a "sender-key". */
const BY_LENGTH = [...KEY_KINDS].sort((a, b) => b.length - a.length);

/**
 * The kind and id behind a file's name. Baileys writes ":" as "-" and "/" as "__"; both are turned back only in the ids
 * that can hold them: group::person::device of a sender key, and the base64 of an app-state key.
 */
function nameOf(name: string): { kind: string; id: string } | null {
  const kind = BY_LENGTH.find((each) => name.startsWith(`${each}-`));
  if (!kind) return null;
  const written = name.slice(kind.length + 1);
  if (kind === 'sender-key') return { kind, id: written.replaceAll('--', '::') };
  if (kind === 'app-state-sync-key') return { kind, id: written.replaceAll('__', '/') };
  return { kind, id: written };
}
