import { expect, it } from 'vitest';
import { MINUTE } from '../../src/domain/time.js';
import { holdChannel } from '../../src/services/hold-channel.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { heldClock } from '../fakes/held-clock.js';
import { scriptedChannel } from '../fakes/scripted-channel.js';
import { MONDAY, recordingLog } from './house.js';

it('gives up a channel that ended by itself, and tries it again after ten minutes', async () => {
  const clock = heldClock(MONDAY);
  const { leases } = createMemoryStore();
  const steps: string[] = [];
  let ended = false;
  const tenure = {
    begin: async () => {
      ended = false;
      steps.push('begin');
    },
    end: async () => void steps.push('end'),
    gaveUp: () => ended,
  };
  const parts = { leases, owner: 'here', timing: clock, log: recordingLog([]), leaseMs: 9_000 };
  const stop = new AbortController();
  const holding = holdChannel(scriptedChannel('whatsapp', clock.now, true), tenure, parts, stop.signal);
  await clock.advance(MINUTE);
  expect(steps).toEqual(['begin']);

  ended = true;
  await clock.advance(4_000);
  expect(steps).toEqual(['begin', 'end']);
  expect(await leases.holder('channel/whatsapp', clock.now())).toBeNull();
  await clock.advance(9 * MINUTE);
  expect(steps).toEqual(['begin', 'end']);
  await clock.advance(MINUTE);
  expect(steps).toEqual(['begin', 'end', 'begin']);
  expect(await leases.holder('channel/whatsapp', clock.now())).toBe('here');

  stop.abort();
  await clock.settle();
  await holding;
});
