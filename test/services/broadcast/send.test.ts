import { afterEach, describe, expect, test } from 'vitest';
import { EVERYBODY } from '../../../src/domain/broadcast.js';
import { DAY, HOUR, MINUTE } from '../../../src/domain/time.js';
import type { SendResult } from '../../../src/ports/channel.js';
import { reportCsv } from '../../../src/services/broadcast-report.js';
import { readBulkSettings, writeBulkSettings, writeOfficeRules } from '../../../src/services/bulk-settings.js';
import {
  cancelBroadcast,
  pauseBroadcast,
  resumeBroadcast,
  retryBroadcast,
} from '../../../src/services/steer-broadcast.js';
import { at, JOKO, type Office, office, RINA } from './office.js';

let dinkes: Office;
afterEach(() => dinkes.close());

const slow = (seconds: number): SendResult => ({ kind: 'retry', afterMs: seconds * 1000, code: 'RATE_LIMITED' });
const down: SendResult = { kind: 'retry', afterMs: 5000, code: 'CHANNEL_UNREACHABLE' };
const blocked: SendResult = { kind: 'failed', code: 'CONTACT_UNREACHABLE' };
const refused: SendResult = { kind: 'failed', code: 'SEND_REFUSED' };
const unsure: SendResult = { kind: 'unsure', code: 'CHANNEL_UNREACHABLE' };
const times = <T>(many: number, value: T) => Array.from({ length: many }, () => value);

/** How often each address was tried. */
function tries({ channel }: Office): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { contact } of channel.sent) counts[contact] = (counts[contact] ?? 0) + 1;
  return counts;
}

/** As the console keeps it, when somebody has read what a linked device risks. */
async function switchWhatsAppOn(): Promise<void> {
  const { clock, store } = dinkes;
  const settings = await readBulkSettings(store.meta);
  const on = { who: RINA, at: clock.now() };
  await writeBulkSettings(store.meta, { ...settings, whatsapp: { ...settings.whatsapp, on, stoppedBy: null } });
}

describe('an announcement', () => {
  test('goes at its hour, to each once, and says how to stop', async () => {
    dinkes = office();
    await dinkes.people(100);
    await dinkes.person('x', { consent: 'never_asked' });
    await dinkes.person('y', { consent: 'stopped' });
    const id = await dinkes.announce({ sendAt: at('2026-11-23T16:00:00') });
    await dinkes.open();
    await dinkes.clock.advance(7 * HOUR - 1000);
    expect(dinkes.channel.sent).toEqual([]);
    await dinkes.clock.advance(10_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 100, leftOut: 2 });
    expect(new Set(Object.values(tries(dinkes)))).toEqual(new Set([1]));
    expect(dinkes.channel.sent[0]).toMatchObject({
      text: 'Besok vaksinasi campak gratis di Puskesmas Rapak Mahang.\n\nTulis BERHENTI untuk berhenti menerima info.',
      replyTo: null,
    });
    const report = await dinkes.report(id);
    expect(report.leftOut).toEqual({ no_consent: 1, stopped: 1 });
    expect(report.broadcast.status).toBe('done');
    expect(report.acts.map(({ act, who }) => `${act} ${who}`)).toEqual([
      `created ${RINA}`,
      `submitted ${RINA}`,
      `approved ${JOKO}`,
      'scheduled system',
      'planned system',
      'ended system',
    ]);
  });

  test('keeps the account’s pace', async () => {
    dinkes = office();
    await dinkes.people(120);
    await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(10_000);
    const moments = dinkes.channel.sent.map((sent) => sent.at);
    expect(moments).toHaveLength(120);
    for (let n = 30; n < 120; n += 1) expect((moments[n] ?? 0) - (moments[n - 30] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect((moments.at(-1) ?? 0) - (moments[0] ?? 0)).toBeLessThan(4000 / 0.97);
  });

  test('is told as accepted, delivered or read, as the provider said, row by row', async () => {
    dinkes = office();
    await dinkes.people(3);
    const id = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(3000);
    await dinkes.store.broadcasts.receipt('telegram', '1', 'read', at('2026-11-23T10:00:00'));
    await dinkes.store.broadcasts.receipt('telegram', '2', 'delivered', at('2026-11-23T10:00:00'));
    expect(await dinkes.standing(id)).toEqual({ accepted: 1, delivered: 1, read: 1 });
    const csv: string[] = [];
    for await (const piece of reportCsv(dinkes.store.broadcasts, id, 'Asia/Makassar')) csv.push(piece);
    const lines = csv.join('').trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['1', '2', '3']);
    expect(
      lines.filter((line) => line.includes(',Dibaca,') && line.includes('2026-11-23T10:00:00+08:00')),
    ).toHaveLength(1);
  });
});

describe('when the provider', () => {
  test('says "too fast" again and again, everybody gets it once and nobody has failed', async () => {
    dinkes = office();
    await dinkes.people(60);
    const id = await dinkes.announce();
    dinkes.channel.script(...times(25, slow(7)), ...times(5, { kind: 'sent', providerId: 'x' } as const), slow(30));
    await dinkes.open();
    await dinkes.clock.advance(5 * MINUTE);
    expect(await dinkes.standing(id)).toEqual({ accepted: 60 });
  });

  test('says "too fast" of one person, the others get it at once, and this one when the wait is over', async () => {
    dinkes = office();
    await dinkes.people(9);
    const id = await dinkes.announce();
    dinkes.channel.script({ kind: 'retry', afterMs: 60_000, code: 'RATE_LIMITED', thisContactOnly: true });
    await dinkes.open();
    await dinkes.clock.advance(50_000);
    expect(await dinkes.standing(id)).toMatchObject({ accepted: 8 });
    await dinkes.clock.advance(20_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 9 });
  });

  test('cannot reach some, they are unreachable, and still agreed', async () => {
    dinkes = office();
    await dinkes.people(9);
    const id = await dinkes.announce();
    dinkes.channel.script(...times(6, blocked));
    await dinkes.open();
    await dinkes.clock.advance(5000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 3, failed: 6 });
    expect((await dinkes.report(id)).failures).toEqual({ CONTACT_UNREACHABLE: 6 });
    const people = await dinkes.store.broadcasts.candidates('64.02', null, '', 99);
    expect(people.map(({ consent }) => consent)).toEqual(times(9, 'granted'));
    expect(people.filter(({ unreachableAt }) => unreachableAt !== null)).toHaveLength(6);
    const next = await dinkes.announce();
    await dinkes.clock.advance(5000);
    expect((await dinkes.report(next)).leftOut).toEqual({ unreachable: 6 });
    await dinkes.person('1');
    const third = await dinkes.announce();
    await dinkes.clock.advance(5000);
    expect((await dinkes.report(third)).leftOut).toEqual({ unreachable: 5 });
  });

  test('is down for an hour, sending goes on afterwards and nobody has failed', async () => {
    dinkes = office();
    await dinkes.people(40);
    const id = await dinkes.announce();
    const comesBack = dinkes.clock.now() + HOUR;
    const { send } = dinkes.channel;
    dinkes.channel.send = async (...args) => (dinkes.clock.now() < comesBack ? down : send(...args));
    await dinkes.open();
    await dinkes.clock.advance(59 * MINUTE);
    expect(await dinkes.standing(id)).toEqual({ waiting: 40 });
    expect((await dinkes.broadcast(id)).status).toBe('running');
    await dinkes.clock.advance(5 * MINUTE);
    expect(await dinkes.standing(id)).toEqual({ accepted: 40 });
  });

  test('refuses the message, it stops by itself and says why; a retry is a choice', async () => {
    dinkes = office();
    await dinkes.people(200);
    const id = await dinkes.announce();
    dinkes.channel.script(...times(100, refused));
    await dinkes.open();
    await dinkes.clock.advance(20_000);
    const { status, pause } = await dinkes.broadcast(id);
    expect(status).toBe('paused');
    expect(pause).toMatchObject({ kind: 'failures', code: 'SEND_REFUSED' });
    const { failed = 0, waiting } = await dinkes.standing(id);
    expect(failed).toBeLessThan(30);
    expect(waiting).toBe(200 - failed);
    dinkes.channel.script();
    await dinkes.clock.advance(HOUR);
    expect(await dinkes.standing(id)).toEqual({ failed, waiting });
  });

  test('does not answer, the rows are unsure, not sent again, and soon nothing more is tried', async () => {
    dinkes = office();
    await dinkes.people(50);
    const id = await dinkes.announce();
    dinkes.channel.script(...times(50, unsure));
    await dinkes.open();
    await dinkes.clock.advance(10 * MINUTE);
    expect((await dinkes.broadcast(id)).pause).toMatchObject({ code: 'CHANNEL_UNREACHABLE' });
    expect(await dinkes.standing(id)).toEqual({ unsure: 5, waiting: 45 });
    expect(new Set(Object.values(tries(dinkes)))).toEqual(new Set([1]));
  });
});

describe('somebody at the console', () => {
  test('pauses, and it goes on with exactly those who wait', async () => {
    dinkes = office();
    await dinkes.people(90);
    const id = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(1500);
    expect(await pauseBroadcast(dinkes.steering, id, RINA)).toBe(true);
    await dinkes.clock.advance(100);
    const { accepted = 0 } = await dinkes.standing(id);
    expect(accepted).toBeGreaterThan(0);
    await dinkes.clock.advance(HOUR);
    expect(await dinkes.standing(id)).toEqual({ accepted, waiting: 90 - accepted });
    expect(await resumeBroadcast(dinkes.steering, id, RINA)).toBe(true);
    await dinkes.clock.advance(10_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 90 });
    expect(new Set(Object.values(tries(dinkes)))).toEqual(new Set([1]));
  });

  test('cancels, and nothing more goes out', async () => {
    dinkes = office();
    await dinkes.people(90);
    const id = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(1500);
    expect(await cancelBroadcast(dinkes.steering, id, RINA)).toBe(true);
    await dinkes.clock.advance(MINUTE);
    const { accepted = 0, cancelled } = await dinkes.standing(id);
    expect(cancelled).toBe(90 - accepted);
    expect(await resumeBroadcast(dinkes.steering, id, RINA)).toBe(false);
    expect(await retryBroadcast(dinkes.steering, id, 'failed', RINA)).toBeNull();
    expect(dinkes.channel.sent).toHaveLength(accepted);
  });

  test('tries the failed ones again when it is over', async () => {
    dinkes = office();
    await dinkes.people(9);
    const id = await dinkes.announce();
    dinkes.channel.script(refused, unsure);
    await dinkes.open();
    await dinkes.clock.advance(10_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 7, failed: 1, unsure: 1 });
    expect((await dinkes.broadcast(id)).status).toBe('done');
    expect(await retryBroadcast(dinkes.steering, id, 'failed', RINA)).toBe(1);
    await dinkes.clock.advance(10_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 8, unsure: 1 });
    expect((await dinkes.broadcast(id)).status).toBe('done');
  });

  test('leaves none behind that are tried again in the moment in which it ends', async () => {
    dinkes = office();
    await dinkes.people(2);
    const id = await dinkes.announce();
    dinkes.channel.script(refused);
    await dinkes.open();
    await dinkes.clock.advance(10_000);
    const ended = await dinkes.broadcast(id);
    const { find } = dinkes.store.broadcasts;
    Object.assign(dinkes.store.broadcasts, { find: async () => ({ ...ended, status: 'running' }) });
    expect(await retryBroadcast(dinkes.steering, id, 'failed', RINA)).toBe(1);
    Object.assign(dinkes.store.broadcasts, { find });
    await dinkes.clock.advance(10_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 2 });
  });
});

describe('BERHENTI', () => {
  test('between claim and send keeps the message back', async () => {
    dinkes = office({ channels: ['whatsapp'] });
    await dinkes.people(3, {}, 'whatsapp');
    await switchWhatsAppOn();
    const id = await dinkes.announce();
    await dinkes.open();
    // The first is sent; the second is claimed and waits for its pause.
    await dinkes.clock.advance(5000);
    expect(dinkes.channel.sent).toHaveLength(1);
    const waiting = ['1', '2', '3'].filter((each) => each !== dinkes.channel.sent[0]?.contact);
    for (const each of waiting) await dinkes.person(each, { consent: 'stopped' }, 'whatsapp');
    await dinkes.clock.advance(10 * MINUTE);
    expect(dinkes.channel.sent).toHaveLength(1);
    expect(await dinkes.standing(id)).toEqual({ accepted: 1, leftOut: 2 });
    expect((await dinkes.report(id)).leftOut).toEqual({ stopped: 2 });
  });
});

describe('what a person tells between the plan and the send', () => {
  test('counts as it is when the message would leave', async () => {
    dinkes = office({ from: at('2026-11-23T05:50:00') });
    await dinkes.people(7);
    const id = await dinkes.announce({ audience: { ...EVERYBODY, kecamatan: ['64.02.06'], languages: ['id'] } });
    await dinkes.open();
    await dinkes.clock.advance(MINUTE);
    expect(await dinkes.standing(id)).toEqual({ waiting: 7 });
    await dinkes.person('2', { kecamatanCode: '64.02.01' });
    await dinkes.person('3', { interests: ['outbreak'] });
    await dinkes.person('4', { interests: ['my_kecamatan'] });
    await dinkes.person('5', { language: 'en' });
    await dinkes.person('6', { kecamatanCode: '64.02.01' });
    await dinkes.person('6', { kecamatanCode: '64.02.06' });
    await dinkes.clock.advance(15 * MINUTE);
    expect(Object.keys(tries(dinkes)).sort()).toEqual(['1', '4', '6', '7']);
    expect(await dinkes.standing(id)).toEqual({ accepted: 4, leftOut: 3 });
    expect((await dinkes.report(id)).leftOut).toEqual({ changed: 2, interest: 1 });
  });
});

describe('time', () => {
  test('quiet hours begin under way: the rest goes out in the morning', async () => {
    dinkes = office({ channels: ['whatsapp'], from: at('2026-11-23T20:56:00') });
    await dinkes.people(12, {}, 'whatsapp');
    await switchWhatsAppOn();
    const id = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(8 * HOUR);
    const { accepted = 0 } = await dinkes.standing(id);
    expect(accepted).toBeGreaterThan(2);
    expect(accepted).toBeLessThan(8);
    expect(Math.max(...dinkes.channel.sent.map((sent) => sent.at))).toBeLessThan(at('2026-11-23T21:00:00'));
    await dinkes.clock.advance(2 * HOUR);
    expect(await dinkes.standing(id)).toEqual({ accepted: 12 });
    const later = dinkes.channel.sent.slice(accepted).map((sent) => sent.at);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(at('2026-11-24T06:00:00'));
  });

  test('an urgent one may disturb', async () => {
    dinkes = office({ from: at('2026-11-23T23:00:00') });
    await dinkes.people(3);
    const id = await dinkes.announce({ urgent: true, ignoreQuiet: true, topic: 'outbreak' });
    await dinkes.open();
    await dinkes.clock.advance(3000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 3 });
  });

  test('nothing is delivered from the expiry on', async () => {
    dinkes = office({ channels: ['whatsapp'] });
    await dinkes.people(20, {}, 'whatsapp');
    await switchWhatsAppOn();
    const id = await dinkes.announce({ expiresAt: dinkes.clock.now() + 5 * MINUTE });
    await dinkes.open();
    await dinkes.clock.advance(HOUR);
    const { accepted = 0, expired } = await dinkes.standing(id);
    expect(expired).toBe(20 - accepted);
    expect(Math.max(...dinkes.channel.sent.map((sent) => sent.at))).toBeLessThan(at('2026-11-23T09:05:00'));
    expect((await dinkes.broadcast(id)).status).toBe('done');
  });

  test('one whose time passed while the server was off is not sent', async () => {
    dinkes = office();
    await dinkes.people(3);
    const id = await dinkes.announce({ sendAt: at('2026-11-23T10:00:00'), expiresAt: at('2026-11-23T12:00:00') });
    await dinkes.clock.advance(4 * HOUR);
    await dinkes.open();
    await dinkes.clock.advance(MINUTE);
    expect((await dinkes.broadcast(id)).status).toBe('expired');
    expect(dinkes.channel.sent).toEqual([]);
  });

  test('a clock set back by an hour holds nothing up', async () => {
    dinkes = office();
    await dinkes.people(200);
    let shift = 0;
    const { now } = dinkes.clock;
    Object.assign(dinkes.clock, { now: () => now() + shift });
    const id = await dinkes.announce({ expiresAt: dinkes.clock.now() + 3 * HOUR });
    await dinkes.open();
    await dinkes.clock.advance(3000);
    expect((await dinkes.standing(id)).waiting).toBeGreaterThan(50);
    shift = -HOUR;
    await dinkes.clock.advance(10_000);
    expect(await dinkes.standing(id)).toEqual({ accepted: 200 });
  });

  test('every second Tuesday comes again, approved once, until it is cancelled', async () => {
    dinkes = office({ from: at('2026-11-09T09:00:00') });
    await dinkes.people(2);
    await dinkes.announce({
      sendAt: at('2026-11-10T08:00:00'),
      eventAt: at('2026-11-11T08:00:00'),
      texts: { id: 'Posyandu {{waktu}}.', en: null },
      recurrence: { kind: 'monthly', nth: 2, weekday: 2, until: null },
    });
    await dinkes.openAfter(23 * HOUR);
    await dinkes.openAfter(28 * DAY);
    expect(dinkes.channel.sent.map(({ text }) => text.split('\n')[0])).toEqual([
      'Posyandu Rabu, 11 November 2026 pukul 08.00 WITA.',
      'Posyandu Rabu, 11 November 2026 pukul 08.00 WITA.',
      'Posyandu Rabu, 9 Desember 2026 pukul 08.00 WITA.',
      'Posyandu Rabu, 9 Desember 2026 pukul 08.00 WITA.',
    ]);
    const query = { regionCode: null, status: ['approved'], limit: 9, skip: 0 } as const;
    const [next] = await dinkes.store.broadcasts.list(query);
    expect(next?.sendAt).toBe(at('2027-01-12T08:00:00'));
    await cancelBroadcast(dinkes.steering, next?.id ?? '', RINA);
    await dinkes.openAfter(40 * DAY);
    expect(dinkes.channel.sent).toHaveLength(4);
  });
});

describe('WhatsApp as a linked device', () => {
  test('sends nothing to many unless the office switched it on', async () => {
    dinkes = office({ channels: ['whatsapp'] });
    await dinkes.people(3, {}, 'whatsapp');
    const id = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(HOUR);
    expect(dinkes.channel.sent).toEqual([]);
    expect((await dinkes.report(id)).leftOut).toEqual({ no_channel: 3 });
  });

  test('goes slowly, and stops by itself at the first sign of a restriction', async () => {
    dinkes = office({ channels: ['whatsapp'] });
    await dinkes.people(20, {}, 'whatsapp');
    await switchWhatsAppOn();
    const id = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(3 * MINUTE);
    const moments = dinkes.channel.sent.map((sent) => sent.at);
    moments.slice(1).forEach((moment, n) => {
      expect(moment - (moments[n] ?? 0)).toBeGreaterThanOrEqual(30_000);
      expect(moment - (moments[n] ?? 0)).toBeLessThanOrEqual(61_000);
    });
    Object.assign(dinkes.channel, { status: () => ({ state: 'up', detail: 'cap:FIRST_WARNING', since: 0 }) });
    await dinkes.clock.advance(HOUR);
    expect(dinkes.channel.sent.length - moments.length).toBeLessThanOrEqual(1);
    const { whatsapp } = await readBulkSettings(dinkes.store.meta);
    expect(whatsapp).toMatchObject({ on: null, stoppedBy: { detail: 'cap:FIRST_WARNING' } });
    expect((await dinkes.standing(id)).waiting).toBeGreaterThan(10);
  });
});

describe('WhatsApp Cloud API', () => {
  const template = { language: 'id', name: 'info', code: 'id', category: 'marketing', state: 'approved' } as const;

  test('writes freely within a day of the person’s message, else by template, else not', async () => {
    dinkes = office({ channels: ['whatsapp_cloud'] });
    await dinkes.people(2, {}, 'whatsapp_cloud');
    await dinkes.clock.advance(2 * DAY);
    await dinkes.person('3', {}, 'whatsapp_cloud');
    await dinkes.person('4', { language: 'en' }, 'whatsapp_cloud');
    const sentTemplates: unknown[] = [];
    dinkes.channel.sendTemplate = async (contact, message) => {
      sentTemplates.push({ contact, ...message });
      return { kind: 'sent', providerId: `t${contact}` };
    };
    const without = await dinkes.announce();
    await dinkes.open();
    await dinkes.clock.advance(5000);
    expect(await dinkes.standing(without)).toEqual({ accepted: 2, leftOut: 2 });
    expect((await dinkes.report(without)).leftOut).toEqual({ window_closed: 2 });
    const withOne = await dinkes.announce({ templates: [{ ...template, body: ['{{tempat}}'] }] });
    await dinkes.clock.advance(5000);
    expect(await dinkes.standing(withOne)).toEqual({ accepted: 4 });
    const filled = { name: 'info', language: 'id', body: ['Puskesmas Rapak Mahang'], buttons: [] };
    expect(sentTemplates).toEqual(
      expect.arrayContaining([
        { contact: '1', ...filled },
        { contact: '2', ...filled },
      ]),
    );
    expect(sentTemplates).toHaveLength(2);
  });

  test('keeps within the day’s limit of people, and goes on the next day', async () => {
    dinkes = office({ channels: ['whatsapp_cloud'] });
    await dinkes.people(30, {}, 'whatsapp_cloud');
    const settings = await readBulkSettings(dinkes.store.meta);
    const cloud = { perSecond: 40, perDay: 20 };
    await writeBulkSettings(dinkes.store.meta, { ...settings, whatsapp_cloud: cloud });
    await dinkes.clock.advance(2 * DAY);
    dinkes.channel.sendTemplate = async (contact) => ({ kind: 'sent', providerId: contact });
    const id = await dinkes.announce({
      templates: [{ ...template, body: [] }],
      expiresAt: dinkes.clock.now() + 3 * DAY,
    });
    await dinkes.openAfter(0);
    expect(await dinkes.standing(id)).toEqual({ accepted: 20, waiting: 10 });
    await dinkes.openAfter(DAY - HOUR);
    expect(await dinkes.standing(id)).toEqual({ accepted: 20, waiting: 10 });
    await dinkes.openAfter(HOUR);
    expect(await dinkes.standing(id)).toEqual({ accepted: 30 });
  });
});

test('an office may keep other quiet hours', async () => {
  dinkes = office({ from: at('2026-11-23T19:30:00') });
  await dinkes.people(1);
  await writeOfficeRules(dinkes.store.meta, '64.02', { approval: true, quiet: { from: '19:00', to: '20:00' } });
  await dinkes.announce();
  await dinkes.open();
  await dinkes.clock.advance(HOUR);
  expect(dinkes.channel.sent.map((sent) => sent.at >= at('2026-11-23T20:00:00'))).toEqual([true]);
});
