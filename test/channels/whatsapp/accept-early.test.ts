import type { WAMessage } from '@whiskeysockets/baileys';
import { expect, it } from 'vitest';
import { realTiming } from '../../../src/channels/real-timing.js';
import { createEarlyAcceptance } from '../../../src/channels/whatsapp/accept-early.js';
import type { Timing } from '../../../src/ports/timing.js';

const quick: Timing = { ...realTiming, wait: (ms, signal) => realTiming.wait(ms / 100, signal) };
const never = new AbortController().signal;
const message = (id: string): WAMessage => ({ key: { id, remoteJid: '620000000001@s.whatsapp.net' } });

it.each<[string, () => Promise<void>]>([
  ['refuses', () => Promise.reject(new Error('the store is down'))],
  ['hangs', () => new Promise<void>(() => undefined)],
])('lets a message through before Baileys stops asking for it, when the store %s', async (_, accept) => {
  const early = createEarlyAcceptance(accept, quick);
  const come = (id: string) =>
    early(message(id), never).then(
      () => 'received',
      () => 'again',
    );
  const seen = [await come('A'), await come('A'), await come('B'), await come('A'), await come('A'), await come('A')];
  expect(seen).toEqual(['again', 'again', 'again', 'again', 'received', 'received']);
});

it('takes a message that the store takes at the third try, and begins to count anew', async () => {
  let failures = 2;
  const early = createEarlyAcceptance(async () => {
    if (failures > 0) {
      failures -= 1;
      throw new Error('the store is down');
    }
  }, quick);
  await early(message('A'), never);
  failures = 3;
  await expect(early(message('A'), never)).rejects.toThrow('the store is down');
});
