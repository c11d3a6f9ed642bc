import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandoverRules } from '../../src/domain/conversation.js';
import type { StaffMember } from '../../src/domain/staff.js';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.js';
import type { World } from '../../src/engines/dialogue/index.js';
import { readHandover, writeHandover } from '../../src/services/handover-rules.js';
import { endSilences, retireConversations } from '../../src/services/keep-conversations.js';
import { loadSeedSnapshot } from '../../src/services/seed.js';
import {
  closeConversation,
  handBackConversation,
  releaseConversation,
  replyInConversation,
  replyWindow,
  takeConversation,
} from '../../src/services/staff-conversations.js';
import type { Desk } from '../../src/services/staff-desk.js';
import { buildWorld } from '../../src/world.js';
import { type House, house, MONDAY, SEIZURE } from './house.js';

const RULES: HandoverRules = { hours: 'Mo-Fr 08:00-15:00; PH off', waitMinutes: 15, idleMinutes: 60 };
const WORLD: World = buildWorld(loadSeedSnapshot(), new Map([['64.74', RULES]]));

function member(email: string): StaffMember {
  return { id: email, email, name: email, role: 'editor', regions: [], active: true, secondFactor: false };
}
const [RINI, BUDI] = [member('rini@dinkes.test'), member('budi@dinkes.test')];

const words = (text: string) => ({ text, once: text });

let home: House;
let desk: Desk;
let count = 0;
beforeEach(() => {
  count = 0;
  home = house({ world: () => WORLD });
  desk = {
    store: home.store,
    world: () => WORLD,
    now: home.clock.now,
    refresh: async () => undefined,
    hoursFault: (text) => (text === 'nonsense' ? { position: 0, message: 'no hours' } : null),
    channels: () => ({}),
  };
});
afterEach(() => home.close());

/** A message, answered or left to staff, and sent. */
async function say(text: string): Promise<void> {
  count += 1;
  await home.say(String(count), text);
  await home.receiver.idle();
  await home.clock.advance(2_000);
}
async function talk() {
  const [found] = await home.store.conversations.list(['64.74'], 0);
  if (!found) throw new Error('there is no talk');
  return found;
}
const clock = () => ({ conversations: home.store.conversations, world: () => WORLD, now: home.clock.now });
/** Time passes, and the job comes round. */
async function later(ms: number): Promise<void> {
  await home.clock.advance(ms);
  await endSilences(clock());
  await home.clock.advance(2_000);
}
const last = () => home.told().at(-1) ?? '';

describe('a talk with the office, from the message to the send', () => {
  it('is silent while staff have it, and an emergency is not', async () => {
    await say('mau bicara petugas bontang');
    expect(last()).toContain('Petugas Kota Bontang membalas di sini');
    await takeConversation(desk, RINI, await talk(), null);
    await say('puskesmas mana yang buka?');
    expect(home.told()).toHaveLength(1);
    expect(await replyInConversation(desk, RINI, await talk(), words('Bapak di kecamatan mana?'))).toBeNull();
    await home.clock.advance(2_000);
    expect(last()).toBe('Bapak di kecamatan mana?');
    await say(SEIZURE);
    expect(last()).toContain('119');
    expect((await talk()).emergencyAt).not.toBeNull();
    expect(await home.store.conversations.messages((await talk()).id)).toHaveLength(4);
  });

  it('nobody takes it: the bot says so, gives a way, and answers again', async () => {
    await say('mau bicara petugas bontang');
    await later(14 * MINUTE);
    expect(home.told()).toHaveLength(1);
    await later(MINUTE);
    expect(last()).toContain('belum ada petugas yang membalas');
    expect(last()).toContain('119');
    await later(HOUR);
    expect(home.told()).toHaveLength(2);
    expect(await talk()).toMatchObject({ status: 'waiting', silentUntil: null });
    await say('puskesmas bontang lestari buka?');
    expect(last()).toContain('Bontang Lestari');
  });

  it('one that was taken and rests: the bot returns with one short word', async () => {
    await say('mau bicara petugas bontang');
    await takeConversation(desk, RINI, await talk(), null);
    await later(59 * MINUTE);
    await say('saya tunggu');
    await later(59 * MINUTE);
    expect(home.told()).toHaveLength(1);
    await later(2 * MINUTE);
    expect(last()).toBe('Saya yang menjawab lagi. Perlu petugas? Tulis PETUGAS.');
    expect((await talk()).status).toBe('taken');
    // A reply of staff makes it a talk with them again.
    await replyInConversation(desk, RINI, await talk(), words('Maaf lama'));
    const told = home.told().length;
    await say('tidak apa-apa');
    expect(home.told().slice(told)).toEqual(['Maaf lama']);
  });

  it('outside the hours: the message waits, the bot goes on', async () => {
    await home.clock.advance(12 * HOUR);
    await say('mau bicara petugas bontang');
    expect(last()).toContain('dibaca mulai Selasa 24 Nov 08.00 WITA');
    await say('KIS saya tidak aktif');
    expect((await home.store.conversations.messages((await talk()).id)).map(({ body }) => body)).toEqual([
      { type: 'text', text: 'mau bicara petugas bontang' },
      { type: 'text', text: 'KIS saya tidak aktif' },
    ]);
    await say('puskesmas bontang lestari buka?');
    expect(last()).toContain('Bontang Lestari');
    expect(await home.store.conversations.messages((await talk()).id)).toHaveLength(2);
  });

  it('only whoever holds it replies, releases, hands back and closes', async () => {
    await say('mau bicara petugas bontang');
    await takeConversation(desk, RINI, await talk(), null);
    expect(await replyInConversation(desk, BUDI, await talk(), words('x'))).toBe('not_yours');
    expect(await closeConversation(desk, BUDI, await talk())).toBe(false);
    expect(await handBackConversation(desk, BUDI, await talk())).toBe(false);
    expect(await releaseConversation(desk, BUDI, await talk())).toBe(false);
    expect(await releaseConversation(desk, RINI, await talk())).toBe(true);
    await later(15 * MINUTE);
    expect(last()).toContain('belum ada petugas yang membalas');
    expect(await closeConversation(desk, BUDI, await talk())).toBe(true);
    await home.clock.advance(2_000);
    expect(home.told()).toHaveLength(2);
  });

  it('a talk that is closed while the bot is silent ends with its word', async () => {
    await say('mau bicara petugas bontang');
    await closeConversation(desk, RINI, await talk());
    await home.clock.advance(2_000);
    expect(last()).toBe('Percakapan dengan petugas selesai. Saya yang menjawab lagi.');
    await say('menu');
    expect(last()).toContain('Tulis pertanyaan Anda');
  });

  it('rests, is closed, and loses its words', async () => {
    await say('mau bicara petugas bontang');
    const words = async () => (await home.store.conversations.messages((await talk()).id)).map(({ body }) => body);
    await retireConversations(home.store.conversations, MONDAY + 7 * DAY);
    expect((await talk()).status).toBe('waiting');
    await retireConversations(home.store.conversations, MONDAY + 7 * DAY + 10_000);
    expect((await talk()).closedBy).toBe('time');
    await retireConversations(home.store.conversations, MONDAY + 14 * DAY);
    expect(await words()).not.toEqual([null]);
    await retireConversations(home.store.conversations, MONDAY + 14 * DAY + 20_000);
    expect(await words()).toEqual([null]);
    await retireConversations(home.store.conversations, MONDAY + 37 * DAY + 20_000);
    expect(await home.store.conversations.list(['64.74'], 0)).toEqual([]);
  });

  it('leaves no word in the log', async () => {
    await say('mau bicara petugas bontang zqxrahasia');
    await takeConversation(desk, RINI, await talk(), null);
    await replyInConversation(desk, RINI, await talk(), words('zqxrahasia'));
    await say('zqxrahasia');
    await later(2 * HOUR);
    expect(home.lines.join('\n')).not.toContain('zqxrahasia');
  });
});

describe('WhatsApp’s window', () => {
  it.each([
    ['telegram', 40 * DAY, true, null],
    ['whatsapp', 40 * DAY, true, null],
    ['whatsapp_cloud', 0, true, MONDAY + DAY],
    ['whatsapp_cloud', DAY - 1, true, MONDAY + DAY],
    ['whatsapp_cloud', DAY, false, MONDAY + DAY],
  ] as const)('on %s, %i ms after the last message', (channel, after, open, endsAt) => {
    expect(replyWindow({ channel, lastSeenAt: MONDAY }, MONDAY + after)).toEqual({ open, endsAt });
  });
});

describe('the hours in which staff answer', () => {
  it('are off until somebody enters them, and are entered whole', async () => {
    const { meta } = home.store;
    expect(await readHandover(meta, '64.74')).toBeNull();
    for (const faulty of [{ hours: 'nonsense' }, { hours: '' }, { waitMinutes: 4 }, { idleMinutes: 481 }]) {
      await expect(writeHandover(desk, RINI, '64.74', { ...RULES, ...faulty })).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    }
    await writeHandover(desk, RINI, '64.74', RULES);
    await writeHandover(desk, RINI, '64.74', RULES);
    expect(await readHandover(meta, '64.74')).toEqual(RULES);
    await writeHandover(desk, BUDI, '64.74', null);
    expect(await readHandover(meta, '64.74')).toBeNull();
    const changes = await home.store.data.changes(10, '64.74');
    expect(changes.map(({ who, what }) => [who, what])).toEqual([
      [BUDI.email, 'handover'],
      [RINI.email, 'handover'],
    ]);
  });

  it.each([
    ['within them', '2026-11-23T09:00:00+08:00', true, '2026-11-23T09:00:00+08:00'],
    ['at night', '2026-11-23T22:00:00+08:00', false, '2026-11-24T08:00:00+08:00'],
    ['on a Friday afternoon', '2026-11-27T15:00:00+08:00', false, '2026-11-30T08:00:00+08:00'],
    ['on a national holiday', '2026-12-25T09:00:00+08:00', false, '2026-12-28T08:00:00+08:00'],
  ])('are those of the region: %s', (_, at, now, from) => {
    const staffing = WORLD.handover?.('64.74', Date.parse(at));
    expect(staffing).toEqual({ rules: RULES, now, from: Date.parse(from) });
    expect(WORLD.handover?.('64.02', Date.parse(at))).toBeNull();
  });

  it('that nobody can read, or that never come, say nothing of when', () => {
    for (const hours of ['nonsense', 'off']) {
      const world = buildWorld(loadSeedSnapshot(), new Map([['64.74', { ...RULES, hours }]]));
      expect(world.handover?.('64.74', MONDAY)).toMatchObject({ now: false, from: null });
    }
  });
});
