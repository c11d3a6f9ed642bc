import { describe, expect, it } from 'vitest';
import { createVault } from '../../../src/channels/vault.js';
import { SESSION } from '../../../src/channels/whatsapp/auth-state.js';
import {
  activeAt,
  createRestrictionMemory,
  NO_RESTRICTIONS,
  type TimeLock,
  withCap,
  withTimeLock,
} from '../../../src/channels/whatsapp/restrictions.js';
import { memoryCredentials } from '../../fakes/credential-store.js';
import { SECRET_KEY } from '../../fakes/whatsapp-peer.js';

const LOCK = { isActive: true, timeEnforcementEnds: new Date(5000), enforcementType: 'BIZ_QUALITY' } as TimeLock;
const CAP = { capping_status: 'CAPPED', used_quota: 9, total_quota: 10, cycle_end_timestamp: '9' } as never;
const locked = withTimeLock(NO_RESTRICTIONS, LOCK);
const capped = withCap(NO_RESTRICTIONS, CAP);
const both = withTimeLock(capped, LOCK);

const TIME_LOCK = { code: 'time_lock:BIZ_QUALITY', until: 5000 };
const CAPPED = { code: 'cap:CAPPED', until: 9000 };

describe('restrictions of the account', () => {
  it('are kept side by side', () => {
    expect(both).toEqual({
      timeLock: { kind: 'BIZ_QUALITY', until: 5000 },
      cap: { status: 'CAPPED', used: 9, total: 10, until: 9000 },
    });
  });

  it.each([
    ['none', NO_RESTRICTIONS, 0, []],
    ['a time lock', locked, 0, [TIME_LOCK]],
    ['a quota that is used up', capped, 0, [CAPPED]],
    ['both, the more serious first', both, 0, [TIME_LOCK, CAPPED]],
    ['the lock is over', both, 5000, [CAPPED]],
    ['both are over', both, 9000, []],
    [
      'without an end',
      withTimeLock(NO_RESTRICTIONS, { isActive: true }),
      9e12,
      [{ code: 'time_lock:DEFAULT', until: null }],
    ],
    [
      'an end that cannot be read',
      withCap(NO_RESTRICTIONS, { capping_status: 'CAPPED', cycle_end_timestamp: 'x' } as never),
      9e12,
      [{ code: 'cap:CAPPED', until: null }],
    ],
    ['lifted', withTimeLock(locked, { isActive: false }), 0, []],
    ['a quota with room', withCap(capped, {}), 0, []],
  ])('at the moment: %s', (_, known, now, active) => {
    expect(activeAt(known, now)).toEqual(active);
  });
});

describe('the memory of them', () => {
  const saved = (vault: ReturnType<typeof createVault>) => vault.get(SESSION, ['=restrictions']);

  it('lasts over a restart, and goes with the session', async () => {
    const vault = createVault(memoryCredentials(), SECRET_KEY, () => 0);
    const before = createRestrictionMemory(vault);
    before.note({ lock: LOCK });
    before.note({ cap: CAP });
    await expect.poll(async () => (await saved(vault)).get('=restrictions')).toContain('CAPPED');
    const after = createRestrictionMemory(vault);
    await after.load();
    expect(after.known()).toEqual(both);
    await vault.clear(SESSION);
    await after.load();
    expect(after.known()).toEqual(NO_RESTRICTIONS);
  });

  it('outlives a store that is down, and one that holds something else', async () => {
    const store = memoryCredentials();
    const vault = createVault(store, SECRET_KEY, () => 0);
    const broken = async () => {
      throw new Error('down');
    };
    const memory = createRestrictionMemory({ ...vault, get: broken, put: broken });
    await memory.load();
    memory.note({ lock: LOCK });
    expect(memory.known()).toEqual(locked);
    await vault.put(SESSION, new Map([['=restrictions', '{"timeLock":7}']]));
    const other = createRestrictionMemory(vault);
    await other.load();
    expect(other.known()).toEqual(NO_RESTRICTIONS);
  });
});
