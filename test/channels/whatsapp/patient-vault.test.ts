import { describe, expect, it } from 'vitest';
import { realTiming } from '../../../src/channels/real-timing.js';
import { createVault } from '../../../src/channels/vault.js';
import { SESSION } from '../../../src/channels/whatsapp/auth-state.js';
import { createPatientVault } from '../../../src/channels/whatsapp/patient-vault.js';
import type { Timing } from '../../../src/ports/timing.js';
import { memoryCredentials } from '../../fakes/credential-store.js';
import { SECRET_KEY } from '../../fakes/whatsapp-peer.js';

/** A second is a millisecond. */
const quick: Timing = { ...realTiming, wait: (ms, signal) => realTiming.wait(ms / 1000, signal) };
const NAMES = ['one', 'two', 'three'];

function house() {
  const credentials = memoryCredentials();
  const kept = createVault(credentials, SECRET_KEY, () => 0);
  const stopping = new AbortController();
  let isDown = false;
  let hanging: (() => void) | null = null;
  const vault = createPatientVault(
    {
      ...kept,
      put: async (folder, changes) => {
        if (isDown) throw new Error('the store is down');
        if (hanging === null) return kept.put(folder, changes);
        await new Promise<void>((resolve) => {
          hanging = resolve;
        });
        return kept.put(folder, changes);
      },
    },
    quick,
    stopping.signal,
  );
  return {
    vault,
    stopping,
    setDown: (down: boolean) => {
      isDown = down;
    },
    hang: () => {
      hanging = () => undefined;
    },
    letGo: () => {
      const resume = hanging;
      hanging = null;
      resume?.();
    },
    write: (...changes: [string, string | null][]) => vault.put(SESSION, new Map(changes)),
    seen: async () => Object.fromEntries(await vault.get(SESSION, NAMES)),
    stored: async () => Object.fromEntries(await kept.get(SESSION, NAMES)),
  };
}

describe('the keys of a session', () => {
  it('are in the store when a write has ended', async () => {
    const { write, seen, stored } = house();
    await write(['one', 'a'], ['two', 'b']);
    expect(await stored()).toEqual({ one: 'a', two: 'b' });
    expect(await seen()).toEqual(await stored());
  });

  it.each(['is down', 'hangs'])(
    'are read as they were written last while the store %s, and reach it in the end',
    async (how) => {
      const { vault, write, setDown, hang, letGo, seen, stored } = house();
      await write(['one', 'a'], ['two', 'b']);
      if (how === 'hangs') hang();
      else setDown(true);
      await write(['one', 'a2'], ['two', null]);
      await write(['one', 'a3'], ['three', 'c']);
      expect(await seen()).toEqual({ one: 'a3', three: 'c' });
      expect(await stored()).toEqual({ one: 'a', two: 'b' });
      if (how === 'hangs') letGo();
      else setDown(false);
      await vault.settled();
      expect(await stored()).toEqual({ one: 'a3', three: 'c' });
      await write(['three', 'd']);
      expect(await stored()).toEqual({ one: 'a3', three: 'd' });
    },
  );

  it('are let go after the stop when the store refuses them once more', async () => {
    const { vault, stopping, write, setDown, stored } = house();
    setDown(true);
    await write(['one', 'a']);
    stopping.abort();
    await vault.settled();
    setDown(false);
    expect(await stored()).toEqual({});
  });

  it('that were cleared do not come back', async () => {
    const { vault, write, setDown, seen, stored } = house();
    setDown(true);
    await write(['one', 'a']);
    await vault.clear(SESSION);
    setDown(false);
    await vault.settled();
    expect([await seen(), await stored()]).toEqual([{}, {}]);
  });
});
