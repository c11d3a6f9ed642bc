import { expect, it } from 'vitest';
import { noteReach } from '../../src/services/note-reach.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { MONDAY, written } from './house.js';

it('marks who shut us out until they let us in again, and passes over people whom nobody met', async () => {
  const { inbox, contacts } = createMemoryStore();
  await inbox.accept(written('1', 'halo'), MONDAY);
  const change = { channel: 'telegram', contact: '777', at: MONDAY + 1 } as const;
  const unreachableAt = async () => (await contacts.findByAddress('telegram', '777'))?.unreachableAt;
  await noteReach(contacts, [
    { ...change, contact: '888', reachable: false },
    { ...change, reachable: false },
  ]);
  expect(await unreachableAt()).toBe(MONDAY + 1);
  await noteReach(contacts, [{ ...change, reachable: true }]);
  expect(await unreachableAt()).toBeNull();
  expect(await contacts.findByAddress('telegram', '888')).toBeNull();
});
