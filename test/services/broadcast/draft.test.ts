import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BroadcastContent } from '../../../src/domain/broadcast.js';
import type { HoursException } from '../../../src/domain/facility.js';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.js';
import {
  approveAnnouncement,
  sendBackAnnouncement,
  submitAnnouncement,
  takeBackAnnouncement,
} from '../../../src/services/approve-announcement.js';
import { readBulkSettings, writeBulkSettings, writeOfficeRules } from '../../../src/services/bulk-settings.js';
import {
  copyAnnouncement,
  draftAnnouncement,
  editAnnouncement,
  offerForClosure,
} from '../../../src/services/draft-announcement.js';
import { answerLinkRequest, issueLinkCode, linkRequest } from '../../../src/services/link-contacts.js';
import { advanceBroadcasts, countAudience, skipBroadcast } from '../../../src/services/plan-broadcast.js';
import { previewAnnouncement, sendTest } from '../../../src/services/preview-announcement.js';
import { consentsOf } from '../../../src/services/record-consent.js';
import { timesOf } from '../../../src/services/staff-announcements.js';
import { cancelBroadcast } from '../../../src/services/steer-broadcast.js';
import { WORLD } from '../house.js';
import { at, DEWI, JOKO, MORNING, type Office, office, PLAIN, RINA } from './office.js';

let dinkes: Office;
beforeEach(() => {
  dinkes = office({ channels: ['telegram', 'whatsapp_cloud', 'web'] });
});
afterEach(() => dinkes.close());

const draft = async (over: Partial<BroadcastContent> = {}) =>
  (await draftAnnouncement(dinkes.drafting, { ...PLAIN, ...over }, RINA)).id;
const submit = (id: string, version = 1) => submitAnnouncement(dinkes.approving, id, version, RINA);
const approve = (id: string, version: number, who: string) => approveAnnouncement(dinkes.approving, id, version, who);

describe('approval', () => {
  test('is by a second person, of exactly what was read', async () => {
    const id = await draft();
    expect(await submit(id)).toEqual({ result: 'waiting' });
    expect(await approve(id, 2, RINA)).toEqual({ result: 'own_text' });
    expect(await approve(id, 2, ' RINA@contoh.test')).toEqual({ result: 'own_text' });
    expect(await approve(id, 1, JOKO)).toEqual({ result: 'changed_meanwhile' });
    expect(await approve(id, 2, JOKO)).toEqual({ result: 'scheduled' });
    expect(await dinkes.broadcast(id)).toMatchObject({
      status: 'approved',
      approvals: [{ who: JOKO, at: MORNING }],
      sendAt: MORNING,
      expiresAt: MORNING + DAY,
    });
  });

  test('nothing changes after it', async () => {
    const id = await draft();
    await submit(id);
    await approve(id, 2, JOKO);
    for (const version of [2, 3]) {
      expect(await editAnnouncement(dinkes.drafting, id, version, { ...PLAIN, title: 'x' }, RINA)).toBe(
        'changed_meanwhile',
      );
    }
    expect((await dinkes.broadcast(id)).content.title).toBe(PLAIN.title);
  });

  test('a change while it waits takes it back, and whoever changed it may not approve it', async () => {
    const id = await draft();
    await submit(id);
    expect(await editAnnouncement(dinkes.drafting, id, 2, { ...PLAIN, title: 'Lain' }, JOKO)).toBe('saved');
    expect(await approve(id, 3, DEWI)).toEqual({ result: 'changed_meanwhile' });
    await submit(id, 3);
    expect(await approve(id, 4, JOKO)).toEqual({ result: 'own_text' });
    expect(await approve(id, 4, DEWI)).toEqual({ result: 'scheduled' });
  });

  test('taken back, it is a draft without approvals, and goes out only after a new one', async () => {
    const id = await draft({ sendAt: MORNING + HOUR });
    await submit(id);
    await approve(id, 2, JOKO);
    const takeBack = (version: number) => takeBackAnnouncement(dinkes.approving, id, version, RINA);
    expect(await takeBack(2)).toBe('changed_meanwhile');
    expect(await takeBack(3)).toBe('taken_back');
    expect(await dinkes.broadcast(id)).toMatchObject({ status: 'draft', approvals: [], sendAt: null, expiresAt: null });
    await dinkes.openAfter(2 * HOUR);
    expect((await dinkes.broadcast(id)).status).toBe('draft');
    expect(await approve(id, 4, JOKO)).toEqual({ result: 'changed_meanwhile' });
  });

  test('once it has begun, nobody takes it back', async () => {
    const id = await dinkes.announce();
    await advanceBroadcasts(dinkes.planning);
    const { version } = await dinkes.broadcast(id);
    expect(await takeBackAnnouncement(dinkes.approving, id, version, RINA)).toBe('changed_meanwhile');
  });

  test('of an urgent one is by two people', async () => {
    const id = await draft({ urgent: true, ignoreQuiet: true });
    await submit(id);
    expect(await approve(id, 2, JOKO)).toEqual({ result: 'waiting' });
    expect(await approve(id, 3, JOKO)).toEqual({ result: 'approved_already' });
    expect(await approve(id, 3, DEWI)).toEqual({ result: 'scheduled' });
  });

  test('may be left out by an office, but never for an urgent one', async () => {
    await writeOfficeRules(dinkes.store.meta, '64.02', { approval: false, quiet: { from: '21:00', to: '06:00' } });
    expect(await submit(await draft())).toEqual({ result: 'scheduled' });
    expect(await submit(await draft({ urgent: true }))).toEqual({ result: 'waiting' });
    expect(await submit(await draft({ regionCode: '64.74', facilityId: null, texts: { id: 'x', en: null } }))).toEqual({
      result: 'waiting',
    });
  });

  test('may be refused, with a word on why', async () => {
    const id = await draft();
    await submit(id);
    expect(await sendBackAnnouncement(dinkes.approving, id, 2, JOKO, 'Jamnya salah')).toBe('sent_back');
    expect((await dinkes.broadcast(id)).status).toBe('draft');
    expect((await dinkes.store.broadcasts.acts(id)).at(-1)).toMatchObject({
      act: 'sent_back',
      who: JOKO,
      detail: '{"why":"Jamnya salah"}',
    });
  });

  test('that comes after the hour lets it go at once', async () => {
    const id = await draft({ sendAt: MORNING + HOUR });
    await submit(id);
    await dinkes.clock.advance(2 * HOUR);
    expect(await approve(id, 2, JOKO)).toEqual({ result: 'scheduled' });
    expect((await dinkes.broadcast(id)).sendAt).toBe(MORNING + 2 * HOUR);
  });

  test('a facility renamed after it was handed in changes no word of it', async () => {
    const id = await draft();
    await submit(id);
    await dinkes.person('1');
    const facility = WORLD.directory.facility(PLAIN.facilityId ?? '');
    const spied = vi
      .spyOn(WORLD.directory, 'facility')
      .mockImplementation(() => facility && { ...facility, name: 'Lain' });
    const shown = await previewAnnouncement(
      { ...dinkes.planning, channels: dinkes.channels },
      (await dinkes.broadcast(id)).content,
    );
    await approve(id, 2, JOKO);
    await dinkes.openAfter(0);
    const copy = await copyAnnouncement(dinkes.drafting, id, RINA);
    await submit(copy?.id ?? '');
    spied.mockRestore();
    expect(shown[0]?.text).toContain('di Puskesmas Rapak Mahang.');
    expect(dinkes.channel.sent[0]?.text).toContain('di Puskesmas Rapak Mahang.');
    expect((await dinkes.broadcast(copy?.id ?? '')).content.names?.facility).toBe('Lain');
  });

  test('one that invites to something ends at the latest when that begins', async () => {
    const id = await dinkes.announce({ sendAt: MORNING + HOUR, eventAt: MORNING + 5 * HOUR });
    expect((await dinkes.broadcast(id)).expiresAt).toBe(MORNING + 5 * HOUR);
    const far = await dinkes.announce({ sendAt: MORNING + HOUR, eventAt: MORNING + 9 * DAY });
    expect((await dinkes.broadcast(far)).expiresAt).toBe(MORNING + HOUR + DAY);
  });
});

describe('a draft with a fault is not handed in', () => {
  const audience = (over: Partial<BroadcastContent['audience']>) => ({ audience: { ...PLAIN.audience, ...over } });
  const templates = (words: string, ...body: readonly string[]): Partial<BroadcastContent> => ({
    templates: [{ language: 'id', name: 'info', code: 'id', category: 'marketing', state: 'approved', body, words }],
  });
  const FAULTS: readonly (readonly [string, Partial<BroadcastContent>, string])[] = [
    ['no title', { title: ' ' }, 'title missing'],
    ['no text', { texts: { id: '', en: null } }, 'text.id empty'],
    ['a placeholder misspelt', { texts: { id: 'Di {{tempta}}', en: null } }, 'text.id unknown_placeholder'],
    ['a place that was not given', { facilityId: null }, 'text.id no_value'],
    ['a brace left open', { texts: { id: 'Di {{tempat', en: null } }, 'text.id loose_brace'],
    ['too much text', { texts: { id: 'a'.repeat(4000), en: null } }, 'text.id too_long'],
    [
      'too much text once its places are filled',
      { texts: { id: '{{tautan}} '.repeat(100), en: null }, link: `https://contoh.test/${'a'.repeat(40)}` },
      'text.id too_long',
    ],
    [
      'a region that there is not',
      { regionCode: '99.99', facilityId: null, texts: { id: 'x', en: null } },
      'region unknown',
    ],
    ['a facility of elsewhere', { regionCode: '64.74' }, 'facility unknown'],
    ['a kecamatan of elsewhere', audience({ kecamatan: ['64.74.01'] }), 'kecamatan unknown'],
    ['a link that is none', { link: 'javascript:alert(1)' }, 'link not_a_link'],
    [
      'a template that Meta would refuse',
      templates('Di {{1}}', 'a\tb'),
      'template.id.1 tab, template.id.words ends_with_value, template.id.words few_words',
    ],
    ['an hour that is over', { sendAt: MORNING - 1 }, 'sendAt in_the_past'],
    ['an event that is over', { eventAt: MORNING - 1 }, 'eventAt in_the_past'],
    ['an end before the beginning', { sendAt: MORNING + HOUR, expiresAt: MORNING + 1 }, 'expiresAt before_start'],
    ['a night’s rest for nobody', { ignoreQuiet: true }, 'ignoreQuiet only_urgent'],
    ['a recurrence without a day', { recurrence: { kind: 'weekly', every: 2, until: null } }, 'recurrence needs_date'],
  ];
  test.each(FAULTS)('%s', async (_, over, expected) => {
    const step = await submit(await draft(over));
    const faults = 'faults' in step ? step.faults.map(({ field, code }) => `${field} ${code}`) : [];
    expect(faults).toEqual(expected.split(', '));
  });
});

describe('before it is sent', () => {
  test('it is shown for each channel and language, with its length', async () => {
    const content = {
      ...PLAIN,
      texts: { id: 'Besok.', en: 'Tomorrow.' },
      link: 'https://contoh.test/x',
      templates: [
        { language: 'id', name: 'info', code: 'id', category: 'marketing', state: 'in_review', body: ['{{tempat}}'] },
      ],
    } as const;
    const previews = await previewAnnouncement({ ...dinkes.planning, channels: dinkes.channels }, content);
    expect(previews.map(({ channel, language }) => `${channel} ${language}`)).toEqual([
      'telegram id',
      'telegram en',
      'whatsapp_cloud id',
      'whatsapp_cloud en',
    ]);
    const [telegram, , cloud] = previews;
    expect(telegram?.text).toBe('Besok.\n\nhttps://contoh.test/x\n\nTulis BERHENTI untuk berhenti menerima info.');
    expect(telegram).toMatchObject({ length: telegram?.text.length, most: 10_000, template: null, on: true });
    expect(cloud?.template).toEqual({ name: 'info', state: 'in_review', body: ['Puskesmas Rapak Mahang'], text: null });
  });

  test('its people are counted as they stand at its hour', async () => {
    await dinkes.clock.advance(13 * HOUR);
    await dinkes.person('1');
    await dinkes.person('2', {}, 'whatsapp_cloud');
    const count = (sendAt: number | null) => countAudience(dinkes.planning, { ...PLAIN, sendAt });
    expect(await count(null)).toMatchObject({ reached: 2, later: 2 });
    expect(await count(MORNING + DAY)).toMatchObject({ reached: 2, later: 0 });
    expect(await count(MORNING + 3 * DAY)).toMatchObject({ reached: 1, leftOut: { window_closed: 1 } });
  });

  test('its people are counted, with every reason and the cost', async () => {
    await dinkes.person('1');
    await dinkes.person('2', { consent: 'stopped' });
    await dinkes.person('3', { kecamatanCode: '64.02.01' });
    await dinkes.person('4', {}, 'web');
    await dinkes.person('5', {}, 'whatsapp_cloud');
    await dinkes.clock.advance(2 * DAY);
    await dinkes.person('6', {}, 'whatsapp_cloud');
    const settings = await readBulkSettings(dinkes.store.meta);
    const prices = { currency: 'IDR', marketing: 600, utility: 400 };
    await writeBulkSettings(dinkes.store.meta, { ...settings, prices });
    const content = { ...PLAIN, audience: { ...PLAIN.audience, kecamatan: ['64.02.06'] } };
    const template = {
      language: 'id',
      name: 'i',
      code: 'id',
      category: 'marketing',
      state: 'approved',
      body: [],
    } as const;
    expect(await countAudience(dinkes.planning, content)).toEqual({
      reached: 2,
      byChannel: { telegram: { people: 1, templates: 0 }, whatsapp_cloud: { people: 1, templates: 0 } },
      leftOut: { stopped: 1, no_channel: 1, window_closed: 1 },
      later: 0,
      cost: null,
    });
    const dear = await countAudience(dinkes.planning, { ...content, templates: [template] });
    expect(dear).toMatchObject({ reached: 3, cost: { currency: 'IDR', amount: 600 } });
    expect(dear.byChannel.whatsapp_cloud).toEqual({ people: 2, templates: 1 });
  });

  test('its author tries it on her own phone, once she linked it', async () => {
    const id = await draft();
    const parts = { ...dinkes.planning, ...dinkes.store, channels: dinkes.channels, timing: dinkes.clock };
    expect(await sendTest(parts, id, RINA)).toBe('not_linked');
    const mine = await dinkes.person('777', { consent: 'never_asked' });
    const linking = { ...dinkes.store, now: dinkes.clock.now };
    const code = await issueLinkCode(linking, `staff/${RINA}`);
    await answerLinkRequest(linking, mine, { kind: 'enter', code }, 'id');
    expect(await sendTest(parts, id, RINA)).toBe('sent');
    expect(dinkes.channel.sent.map(({ contact }) => contact)).toEqual(['777']);
    expect((await dinkes.store.broadcasts.acts(id)).at(-1)?.act).toBe('tested');
    expect(await dinkes.standing(id)).toEqual({});
  });

  test('an earlier one can be copied', async () => {
    const id = await dinkes.announce({ sendAt: MORNING + HOUR });
    const copy = await copyAnnouncement(dinkes.drafting, id, DEWI);
    expect(copy).toMatchObject({
      status: 'draft',
      authors: [DEWI],
      approvals: [],
      content: { ...PLAIN, sendAt: null },
    });
  });
});

describe('a closure', () => {
  const closure: HoursException = {
    id: 'e1',
    regionCode: '64.02',
    facilityId: '64.02-puskesmas-rapak-mahang',
    service: null,
    from: at('2026-11-24T00:00:00'),
    to: at('2026-11-26T00:00:00'),
    hours: null,
    reason: 'banjir',
    source: 'own',
    grade: 'verified',
    checkedOn: '2026-11-23',
  };

  test('offers to tell those who asked about the facility', () => {
    const offer = offerForClosure(closure, WORLD, MORNING);
    expect(offer?.texts.id).toBe('{{tempat}} tutup Selasa 24 Nov 00.00 sampai Kamis 26 Nov 00.00: banjir.');
    expect(offer?.audience.askedAbout).toEqual({ facilityId: closure.facilityId, since: MORNING - 30 * DAY });
    expect(offer?.expiresAt).toBe(closure.to);
  });
  test.each([
    ['other hours', { ...closure, hours: 'Mo-Fr 08:00-10:00' }],
    ['a whole region', { ...closure, facilityId: null }],
    ['one that is over', { ...closure, to: MORNING }],
  ])('but not %s', (_, exception) => expect(offerForClosure(exception, WORLD, MORNING)).toBeNull());
});

describe('linking two channels', () => {
  const WORDS: readonly (readonly [string, ReturnType<typeof linkRequest>])[] = [
    ['hubungkan', { kind: 'ask' }],
    ['Hubungkan akun.', { kind: 'ask' }],
    ['/hubungkan', { kind: 'ask' }],
    ['hubungkan 123456', { kind: 'enter', code: '123456' }],
    ['HUBUNGKAN 123 456', { kind: 'enter', code: '123456' }],
    ['sambungkan kode: 123-456', { kind: 'enter', code: '123456' }],
    ['hubungkan saya ke petugas', null],
    ['hubungkan 12345', null],
    ['123456', null],
  ];
  test.each(WORDS)('%s', (text, request) => expect(linkRequest(text)).toEqual(request));

  test('takes a code once, in time, and not from the one who got it', async () => {
    const linking = { ...dinkes.store, now: dinkes.clock.now, newCode: () => '123456' };
    const [one, two] = [await dinkes.person('1'), await dinkes.person('2', {}, 'whatsapp_cloud')];
    const enter = (who: string) => answerLinkRequest(linking, who, { kind: 'enter', code: '123456' }, 'id');
    const ask = () => answerLinkRequest(linking, one, { kind: 'ask' }, 'id');
    expect(await ask()).toContain('hubungkan 123456');
    expect(await enter(one)).toContain('salah');
    expect(await enter(two)).toContain('salah');
    await ask();
    await dinkes.clock.advance(11 * 60_000);
    expect(await enter(two)).toContain('salah');
    await ask();
    expect(await enter(two)).toContain('Berhasil');
    expect(await enter(two)).toContain('salah');
    expect(await countAudience(dinkes.planning, PLAIN)).toMatchObject({ reached: 1, leftOut: { linked: 1 } });
  });
});

describe('consent', () => {
  test('is kept with the words that the person had before them', () => {
    const asked = consentsOf([{ kind: 'consent_changed', consent: 'granted', way: 'asked' }], 'id');
    expect(asked).toEqual([
      {
        consent: 'granted',
        way: 'asked',
        wording: 'Dinas Kesehatan bisa mengirim info seperti jadwal vaksinasi atau wabah. Mau menerima?',
      },
    ]);
    expect(consentsOf([{ kind: 'consent_changed', consent: 'stopped' }], 'en')[0]).toMatchObject({ way: 'command' });
    expect(consentsOf([{ kind: 'not_understood' }], 'id')).toEqual([]);
  });
});

describe('a recurring one', () => {
  const SECOND_TUESDAY = { kind: 'monthly', nth: 2, weekday: 2, until: '2027-02-28' } as const;
  const first = at('2026-12-08T08:00:00');
  const texts = { id: 'Posyandu.', en: null };
  const posyandu = { ...PLAIN, texts, sendAt: first, recurrence: SECOND_TUESDAY };

  test('goes out at these times', () => {
    const times = [first, at('2027-01-12T08:00:00'), at('2027-02-09T08:00:00')];
    expect(timesOf(posyandu, 'Asia/Makassar', 5)).toEqual(times);
    expect(timesOf(posyandu, 'Asia/Makassar', 2)).toEqual(times.slice(0, 2));
    expect(timesOf({ ...posyandu, sendAt: null }, 'Asia/Makassar', 5)).toEqual([]);
  });

  test('is not held up by another announcement that fails', async () => {
    await dinkes.person('1');
    const ids = [await dinkes.announce({ sendAt: MORNING + HOUR }), await dinkes.announce({ sendAt: MORNING + HOUR })];
    const { change } = dinkes.store.broadcasts;
    const failing: typeof change = (id, ...rest) =>
      id === ids[0] ? Promise.reject(new Error('cannot be moved')) : change(id, ...rest);
    Object.assign(dinkes.store.broadcasts, { change: failing });
    await dinkes.clock.advance(HOUR);
    await expect(advanceBroadcasts(dinkes.planning)).rejects.toThrow('cannot be moved');
    expect((await dinkes.broadcast(ids[1] ?? '')).status).toBe('running');
    Object.assign(dinkes.store.broadcasts, { change });
  });

  test('goes on after a process died between its beginning and the making of the next, but not once that was taken back', async () => {
    await dinkes.person('1');
    const id = await dinkes.announce({ ...posyandu, sendAt: MORNING + HOUR });
    const { create } = dinkes.store.broadcasts;
    Object.assign(dinkes.store.broadcasts, { create: () => Promise.reject(new Error('killed')) });
    await dinkes.clock.advance(HOUR);
    await expect(advanceBroadcasts(dinkes.planning)).rejects.toThrow('killed');
    expect((await dinkes.broadcast(id)).status).toBe('running');
    Object.assign(dinkes.store.broadcasts, { create });
    await dinkes.openAfter(0);
    const approved = { regionCode: null, status: ['approved'], limit: 9, skip: 0 } as const;
    const [next, ...more] = await dinkes.store.broadcasts.list(approved);
    expect([next?.sendAt, more]).toEqual([first + 2 * HOUR, []]);
    await cancelBroadcast(dinkes.steering, next?.id ?? '', JOKO);
    await dinkes.openAfter(MINUTE);
    expect(await dinkes.store.broadcasts.list(approved)).toEqual([]);
  });

  test('can leave one time out, once, and goes on with the next', async () => {
    const id = await dinkes.announce(posyandu);
    const skip = () => skipBroadcast(dinkes.planning, id, JOKO);
    expect(await skip()).toBe(true);
    expect(await skip()).toBe(false);
    const list = await dinkes.store.broadcasts.list({ regionCode: null, status: [], limit: 10, skip: 0 });
    expect(list.map(({ status, sendAt }) => [status, sendAt]).sort()).toEqual([
      ['approved', at('2027-01-12T08:00:00')],
      ['cancelled', first],
    ]);
    const plain = await dinkes.announce({ sendAt: first });
    expect(await skipBroadcast(dinkes.planning, plain, JOKO)).toBe(false);
  });
});
