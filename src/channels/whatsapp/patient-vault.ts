import type { Timing } from '../../ports/timing.js';
import { SESSION, type SessionVault } from './auth-state.js';

/** How long a write waits for the store before its keys are held in memory, in milliseconds. */
const PATIENCE_MS = 2_000;
const AGAIN_MS = 1_000;

export interface PatientVault extends SessionVault {
  /** How often the store could not be read until now. */
  readFaults(): number;
  settled(): Promise<void>;
}

/**
 * Each message that is sent moves keys, and Baileys sends none before they are written: a store that is down would keep
 * an emergency's card unsent. So a write waits for two seconds, then goes on with the keys held here, in front of the
 * store, until it takes them, in their order. What a crash in such an hour costs is a phone that asks for a message
 * again. After the signal what the store refuses once more is let go: another process may have it.
 */
export function createPatientVault(vault: SessionVault, timing: Timing, signal: AbortSignal): PatientVault {
  const owed = new Map<string, string | null>();
  let waiting: AbortController[] = [];
  let writing = false;
  let done: Promise<void> = Promise.resolve();
  /** The store did not take the last write in time: nobody waits for it now. */
  let inTrouble = false;
  let readFaults = 0;

  async function fetch(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    try {
      return await vault.get(folder, names);
    } catch (error) {
      readFaults += 1;
      throw error;
    }
  }

  async function write(): Promise<void> {
    writing = true;
    while (owed.size > 0) {
      const batch = new Map(owed);
      const forThese = waiting;
      waiting = [];
      try {
        await vault.put(SESSION, batch);
        for (const [name, value] of batch) if (owed.get(name) === value) owed.delete(name);
        inTrouble = false;
        for (const each of forThese) each.abort();
      } catch {
        waiting.push(...forThese);
        if (signal.aborted) break;
        await timing.wait(AGAIN_MS, signal);
      }
    }
    writing = false;
  }

  return {
    async get(folder, names) {
      const held = names.flatMap((name) => (owed.has(name) ? [[name, owed.get(name)] as const] : []));
      const others = names.filter((name) => !owed.has(name));
      const found = new Map(others.length > 0 ? await fetch(folder, others) : []);
      for (const [name, value] of held) if (typeof value === 'string') found.set(name, value);
      return found;
    },
    async put(_folder, changes) {
      for (const [name, value] of changes) owed.set(name, value);
      const written = new AbortController();
      const waits = !inTrouble;
      if (waits) waiting.push(written);
      if (!writing) done = write();
      if (!waits) return;
      await timing.wait(PATIENCE_MS, written.signal);
      if (!written.signal.aborted) inTrouble = true;
    },
    async clear(folder) {
      owed.clear();
      await vault.clear(folder);
    },
    readFaults: () => readFaults,
    settled: () => done,
  };
}
