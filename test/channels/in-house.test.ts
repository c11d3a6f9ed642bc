import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createConsoleChannel } from '../../src/channels/console/index.js';
import { createWebChat } from '../../src/channels/web/index.js';
import { createInbox, WORDS } from './support.js';

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
const now = () => NOW;

it('the web chat takes what is a message while it is started, and counts what is none', async () => {
  const { channel, post } = createWebChat(now);
  const inbox = createInbox();
  const message = { id: randomUUID(), text: 'halo' };
  expect([channel.status().state, await post(message, 'tamu')]).toEqual(['stopped', false]);
  await channel.start(inbox);
  expect([channel.status(), await post(message, 'tamu')]).toEqual([{ state: 'up', detail: null, since: NOW }, true]);
  expect(await post({ id: randomUUID(), text: 'halo', choice: '1' }, 'tamu')).toBe(false);
  expect([inbox.messages.length, inbox.ignoredCodes]).toEqual([1, ['malformed']]);
  await channel.stop();
  expect([channel.status().state, await post({ ...message, id: randomUUID() }, 'tamu')]).toEqual(['stopped', false]);
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
