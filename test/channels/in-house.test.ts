import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createConsoleChannel } from '../../src/channels/console/index.js';
import { createWebChat } from '../../src/channels/web/index.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { createInbox, WORDS } from './support.js';

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
const now = () => NOW;

it('the web chat takes what is a message while it is started, and counts what is none', async () => {
  const { channel, post } = createWebChat({ letters: createMemoryStore().letters, now });
  const inbox = createInbox();
  const message = { id: randomUUID(), text: 'halo' };
  const posted = async (given: unknown) => (await post(given, 'tamu')).state;
  expect([channel.status().state, await posted(message)]).toEqual(['stopped', 'malformed']);
  await channel.start(inbox);
  expect([channel.status(), await posted(message)]).toEqual([{ state: 'up', detail: null, since: NOW }, 'accepted']);
  expect(await posted({ id: randomUUID(), text: 'halo', choice: '1' })).toBe('malformed');
  expect([inbox.messages.length, inbox.ignoredCodes]).toEqual([1, ['malformed']]);
  await channel.stop();
  expect([channel.status().state, await posted({ ...message, id: randomUUID() })]).toEqual(['stopped', 'malformed']);
});

it('the terminal hands its lines over under one address, and prints what is sent', async () => {
  const printed: string[] = [];
  const channel = createConsoleChannel(now, WORDS, (text) => printed.push(text));
  const inbox = createInbox();
  await channel.type('belum');
  await channel.start(inbox);
  for (const line of ['halo', 'lokasi -0.4172, 116.9925']) await channel.type(line);
  expect(inbox.messages.map(({ body }) => body)).toEqual([
    { type: 'text', text: 'halo' },
    { type: 'location', point: { lat: -0.4172, lng: 116.9925 } },
  ]);
  expect(new Set(inbox.messages.map(({ contact }) => contact)).size).toBe(1);
  const choices = [{ id: 'menu', label: 'Menu' }];
  await channel.send('x', { type: 'text', text: 'Halo', choices }, null);
  expect(printed).toEqual(['Halo\n\n1. Menu\n\nBalas dengan angka.']);
});
