import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelName } from '../../src/domain/message.js';
import type { StaffMember } from '../../src/domain/staff.js';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.js';
import { answerReports, previewReportAnswer } from '../../src/services/answer-reports.js';
import { askFacilities } from '../../src/services/ask-facilities.js';
import { confirmHours } from '../../src/services/confirm-hours.js';
import { writeMorning } from '../../src/services/morning-settings.js';
import { planSeed } from '../../src/services/seed.js';
import type { Desk } from '../../src/services/staff-desk.js';
import { buildWorld } from '../../src/world.js';
import { type HeldClock, heldClock } from '../fakes/held-clock.js';
import { type House, house, written } from './house.js';

/** The one puskesmas of the shipped data whose week is stated, and one of which nothing is. */
const STATED = '64.74-puskesmas-bontang-barat';
const USUAL = '64.74-puskesmas-bontang-selatan-i';
const SEVEN = Date.parse('2026-11-23T07:00:00+08:00');
const EDITOR: StaffMember = {
  id: 'e',
  email: 'editor@dinkes.test',
  name: 'Editor',
  role: 'editor',
  regions: [],
  active: true,
  secondFactor: false,
};

let clock: HeldClock;
let home: House;
let desk: Desk;
let messages = 0;
/** What was said to whom, by address. */
let letters: Map<string, string[]>;

beforeEach(async () => {
  clock = heldClock(SEVEN - HOUR);
  letters = new Map();
  // Without deliverers, so that days can go by at once; `deliver` does their work.
  home = house({ clock, withoutSending: true, world: () => world });
  await home.store.data.seed(planSeed(() => null).change, { who: 'seed', at: SEVEN });
  let world = buildWorld(await home.store.data.snapshot());
  desk = {
    store: home.store,
    world: () => world,
    now: clock.now,
    refresh: async () => {
      world = buildWorld(await home.store.data.snapshot());
    },
    hoursFault: () => null,
    channels: () => ({}),
  };
});
afterEach(() => home.close());

/** Somebody writes, and is registered at the facilities. */
async function contact(name: string, channel: ChannelName, ...facilities: readonly string[]): Promise<string> {
  await say(name, 'halo', channel);
  const found = await home.store.contacts.findByAddress(channel, name);
  if (!found) throw new Error('nobody wrote');
  for (const id of facilities) await home.store.reports.addContact(id, found.id, clock.now());
  return found.id;
}

async function say(name: string, text: string, channel: ChannelName = 'telegram'): Promise<void> {
  messages += 1;
  const choice = /^[a-z_]+:/.test(text);
  const body = choice ? ({ type: 'choice', value: text } as const) : text;
  await home.receiver.receive([written(`r${messages}`, body, name, clock.now(), channel)]);
  await home.receiver.idle();
  await clock.advance(1_000);
}

async function deliver(): Promise<void> {
  for (const channel of ['telegram', 'whatsapp_cloud'] as const) {
    for (;;) {
      const items = await home.store.outbox.claim(channel, 'test', 50, clock.now());
      if (items.length === 0) break;
      for (const { id, address, reply } of items) {
        if (reply.type === 'text') letters.set(address, [...(letters.get(address) ?? []), reply.text]);
        await home.store.outbox.settle({ id, status: 'sent', providerId: id }, clock.now());
      }
    }
  }
}

async function told(name: string): Promise<readonly string[]> {
  await deliver();
  return letters.get(name) ?? [];
}

const parts = () => ({ reports: home.store.reports, meta: home.store.meta, world: desk.world, now: clock.now });
const switchOn = (days: number, minute = 7 * 60) => writeMorning(desk, EDITOR, '64.74', { minute, days });
const confirm = () => confirmHours({ reports: home.store.reports, data: home.store.data, now: clock.now });
const stated = async () =>
  (await home.store.data.facility(STATED))?.services.find(
    ({ service, standing }) => service === 'outpatient' && standing === 'active',
  );
const open = () =>
  home.store.reports.find({ regionCodes: ['64.74'], open: true, facilityId: null, topic: null, limit: 10 });

describe('the morning question', () => {
  it('is asked of nobody while the office has not switched it on', async () => {
    await contact('loket', 'telegram', STATED);
    await clock.advance(HOUR);
    expect(await askFacilities(parts())).toBe(0);
  });

  it('comes at its hour, once, and not after the morning', async () => {
    await contact('loket', 'telegram', STATED);
    await switchOn(30);
    expect(await askFacilities(parts())).toBe(0);
    await clock.advance(HOUR);
    expect(await askFacilities(parts())).toBe(1);
    expect(await askFacilities(parts())).toBe(0);
    expect((await told('loket')).at(-1)).toMatch(/Rawat jalan hari ini \(Senin 23 Nov\): [\s\S]*07\.30–13\.00/);
    await clock.advance(DAY + 2 * HOUR);
    expect(await askFacilities(parts())).toBe(0);
  });

  it.each([
    ['a Sunday', '2026-11-29T07:05:00+08:00'],
    ['a Saturday of which nobody is sure', '2026-11-28T07:05:00+08:00'],
    ['a national holiday', '2026-12-25T07:05:00+08:00'],
  ])('is not asked on %s', async (_, at) => {
    await contact('loket', 'telegram', STATED);
    await switchOn(0);
    await clock.advance(Date.parse(at) - clock.now());
    expect(await askFacilities(parts())).toBe(0);
  });

  it('makes the stated week verified with the day, by one tap, and asks again only when that is old', async () => {
    await contact('loket', 'telegram', STATED);
    await switchOn(1);
    await clock.advance(HOUR);
    await askFacilities(parts());
    await clock.advance(MINUTE);
    const before = await stated();
    await say('loket', '1');
    await confirm();
    expect(await stated()).toEqual({
      ...before,
      grade: 'verified',
      checkedOn: '2026-11-23',
      source: `konfirmasi fasilitas | ${before?.source}`,
    });
    const version = await home.store.data.version();
    await confirm();
    expect(await home.store.data.version()).toBe(version);
    await desk.refresh();
    await say('ani', 'puskesmas bontang barat buka jam 9?');
    expect((await told('ani')).at(-1)).toMatch(/dipastikan faskesnya sendiri 23 November 2026/);
    const [change] = await home.store.data.changes(1, STATED);
    expect(change?.who).toBe('fasilitas');
    await clock.advance(DAY);
    expect(await askFacilities(parts())).toBe(0);
    await clock.advance(DAY);
    expect(await askFacilities(parts())).toBe(1);
  });

  it('leaves hours that staff changed in between as staff made them', async () => {
    await contact('loket', 'telegram', STATED);
    await switchOn(0);
    await clock.advance(HOUR);
    await askFacilities(parts());
    const record = await home.store.data.facility(STATED);
    if (!record) throw new Error('no facility');
    const services = record.services.map((each) =>
      each.service === 'outpatient' ? { ...each, hours: 'Mo-Fr 08:00-12:00; PH off' } : each,
    );
    const nothing = { regions: [], emergencyNumbers: [], areas: [], holidays: [], landmarks: [] };
    await home.store.data.apply({ ...nothing, facilities: [{ ...record, services }] }, { who: 'x', at: clock.now() });
    await say('loket', 'ya benar');
    await confirm();
    expect((await stated())?.grade).toBe('published');
    expect(await home.store.reports.latestCheck(STATED)).toMatchObject({ said: 'yes', outcome: 'moved' });
  });

  it('sends "tutup" and other hours to the office, first in its list, and changes nothing', async () => {
    await contact('loket', 'telegram', STATED);
    await switchOn(0);
    await clock.advance(HOUR);
    await askFacilities(parts());
    const version = await home.store.data.version();
    await say('loket', 'tutup');
    await say('loket', `check:other:2026-11-23:${STATED}`);
    await say('loket', 'buka jam 8 tutup jam 12');
    await confirm();
    expect(await home.store.data.version()).toBe(version);
    expect((await open()).map(({ topic, origin, text, word }) => [topic, origin, text, word])).toEqual([
      ['closed_today', 'facility', null, 'waiting'],
      ['hours', 'facility', 'buka jam 8 tutup jam 12', 'waiting'],
    ]);
  });

  it('tells the office when the usual pattern is right, and does not ask again until it is entered', async () => {
    await contact('loket', 'telegram', USUAL);
    await switchOn(30);
    await clock.advance(HOUR);
    expect(await askFacilities(parts())).toBe(1);
    await say('loket', 'ya');
    await confirm();
    expect(await open()).toMatchObject([{ topic: 'usual_right', origin: 'facility', facilityId: USUAL }]);
    await clock.advance(DAY);
    expect(await askFacilities(parts())).toBe(0);
  });

  it('waits for whoever is in the middle of something, and takes the next contact', async () => {
    await contact('satu', 'telegram', STATED);
    await clock.advance(HOUR - MINUTE);
    await say('satu', 'puskesmas yang buka');
    await switchOn(0);
    await clock.advance(MINUTE);
    expect(await askFacilities(parts())).toBe(0);
    await contact('dua', 'telegram', STATED);
    expect(await askFacilities(parts())).toBe(1);
    expect((await told('dua')).at(-1)).toMatch(/Selamat pagi/);
    expect((await told('satu')).join()).not.toMatch(/Selamat pagi/);
  });

  it('asks on the official WhatsApp only within 24 hours of their last message', async () => {
    await contact('62000', 'whatsapp_cloud', STATED);
    await switchOn(0);
    await clock.advance(HOUR + DAY);
    expect(await askFacilities(parts())).toBe(0);
    await say('62000', 'halo', 'whatsapp_cloud');
    expect(await askFacilities(parts())).toBe(1);
  });

  it('hears nobody who forges the answer', async () => {
    await contact('loket', 'telegram', STATED);
    await switchOn(0);
    await clock.advance(HOUR);
    await askFacilities(parts());
    await say('iseng', `check:yes:2026-11-23:${STATED}`);
    await say('iseng', `check:closed:2026-11-23:${STATED}`);
    await confirm();
    expect((await stated())?.grade).toBe('published');
    expect((await open()).map(({ topic, origin }) => [topic, origin])).toEqual([['closed_today', 'resident']]);
  });
});

describe('the answer of the office', () => {
  const entered = async (words: string, outcome: 'corrected' | 'unchanged' = 'corrected') => ({
    facilityId: STATED,
    ids: (await open()).map(({ id }) => id),
    outcome,
    words,
  });
  const report = async (name: string, word: 'yes' | 'no', channel: ChannelName = 'telegram') => {
    await say(name, `wrong:phone:${STATED}`, channel);
    await say(name, 'nomor ini salah sambung', channel);
    await say(name, `report_word:${word}`, channel);
  };

  it('reaches only whoever wants it, in the words that were shown before', async () => {
    await report('ani', 'yes');
    await report('budi', 'no');
    const answer = await entered('Nomornya sudah diganti.');
    const { texts, ...cannot } = await previewReportAnswer(desk, answer);
    expect(cannot).toEqual({ windowClosed: 0, unreachable: 0 });
    expect(await answerReports(desk, EDITOR, answer)).toBe('answered');
    expect(await answerReports(desk, EDITOR, answer)).toBe('moved');
    expect(texts).toHaveLength(1);
    expect((await told('ani')).at(-1)).toBe(texts[0]);
    expect(texts[0]).toMatch(/Nomor telepon.*sudah diperbaiki\.\n\nNomornya sudah diganti\./);
    expect((await told('budi')).join()).not.toMatch(/diperbaiki/);
  });

  it('does not reach somebody on the official WhatsApp after their 24 hours, and says so before', async () => {
    await report('62000', 'yes', 'whatsapp_cloud');
    await clock.advance(DAY);
    const answer = await entered('sudah benar begitu.', 'unchanged');
    expect(await previewReportAnswer(desk, answer)).toEqual({ texts: [], windowClosed: 1, unreachable: 0 });
    await answerReports(desk, EDITOR, answer);
    expect((await told('62000')).join()).not.toMatch(/diperiksa petugas/);
    const query = { regionCodes: ['64.74'], open: false, facilityId: null, topic: null, limit: 5 } as const;
    expect(await home.store.reports.find(query)).toMatchObject([
      { word: 'window_closed', answer: { outcome: 'unchanged' } },
    ]);
  });

  it('takes five reports of one person in a week, and no more', async () => {
    for (let time = 0; time < 7; time += 1) await say('ani', `wrong:other:${STATED}`);
    expect(await open()).toHaveLength(5);
    expect((await told('ani')).at(-1)).toMatch(/belum bisa dicatat/);
    await clock.advance(8 * DAY);
    await say('ani', `wrong:other:${STATED}`);
    expect(await open()).toHaveLength(6);
  });

  it('keeps what was told by somebody who left halfway, and no number', async () => {
    await say('ani', `wrong:hours:${STATED}`);
    await say('ani', 'tutup, kata pak budi 0812 3456 7890');
    await say('ani', 'puskesmas mana yang buka di bontang?');
    expect(await open()).toMatchObject([{ topic: 'hours', text: 'tutup, kata pak budi •••', word: 'none' }]);
  });
});
