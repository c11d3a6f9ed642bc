import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ToldReport } from '../../src/domain/report.js';
import { DAY } from '../../src/domain/time.js';
import type { Turn } from '../../src/ports/inbox.js';
import type { NewHoursCheck } from '../../src/ports/reports.js';
import type { Store } from '../../src/ports/store.js';
import { Sequence } from '../../src/store/sequence.js';
import { SQLITE } from '../../src/store/sql.js';
import { commitCall } from '../../src/store/turn.js';
import { emptyStores } from '../fakes/stores.js';

const STORES = await emptyStores();

const NOW = Date.parse('2026-11-23T09:00:00+08:00');
const LOA_IPUH = '64.02-puskesmas-loa-ipuh';
const DAY_TEXT = '2026-11-23';
const told: ToldReport = {
  begunAt: NOW,
  facilityId: LOA_IPUH,
  regionCode: '64.02',
  topic: 'hours',
  origin: 'resident',
  text: null,
  wantsWord: false,
};
const ALL = { regionCodes: ['64.02', '64.74'], facilityId: null, topic: null, limit: 100 } as const;

describe.each(STORES)('reports and confirmations in %s', (_, open) => {
  let store: Store;
  let messages = 0;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  /** A turn of somebody that tells something; resolves to their contact. */
  const turn = async (from: string, tells: Pick<Turn, 'report' | 'hoursAnswer'>, at = NOW) => {
    messages += 1;
    const id = `m${messages}`;
    const body = { type: 'text', text: 'x' } as const;
    await store.inbox.accept({ id, channel: 'telegram', contact: from, at, body, language: 'id' }, at);
    const start = await store.inbox.start(id);
    if (!start) throw new Error('not accepted');
    const { contactId, sessionVersion, facts } = start;
    const rest = { session: {}, events: [], replies: [], intent: 'feedback', outcome: null, at, keepBody: false };
    expect(await store.inbox.commit({ messageId: id, contactId, sessionVersion, facts, ...rest, ...tells })).toBe(true);
    return contactId;
  };
  const openReports = () => store.reports.find({ ...ALL, open: true });

  it('keeps a report, adds to it, and knows who told only of those who want word', async () => {
    await turn('ani', { report: { ...told, id: 'r1' } });
    await turn('ani', { report: { ...told, id: 'r1', text: 'tutup jam 12' } });
    expect(await openReports()).toMatchObject([{ id: 'r1', topic: 'hours', text: 'tutup jam 12', word: 'none' }]);
    expect(await store.reports.hearers(['r1'])).toEqual([]);
    const contactId = await turn('ani', { report: { ...told, id: 'r1', wantsWord: true } });
    expect(await openReports()).toMatchObject([{ text: 'tutup jam 12', word: 'waiting', answer: null }]);
    expect(await store.reports.hearers(['r1'])).toMatchObject([{ contactId, channel: 'telegram', unreachable: false }]);
    expect(await store.reports.openCounts()).toEqual({ '64.02': 1 });
  });

  it("puts a facility's own word first, and believes it only of a registered contact", async () => {
    const report = { ...told, origin: 'facility', topic: 'closed_today' } as const;
    const contactId = await turn('budi', { report: { ...report, id: 'claimed' } });
    expect(await store.reports.addContact(LOA_IPUH, contactId, NOW)).toBe(true);
    expect(await store.reports.addContact(LOA_IPUH, contactId, NOW)).toBe(false);
    expect(await store.reports.addContact(LOA_IPUH, 'nobody', NOW)).toBe(false);
    await turn('budi', { report: { ...report, id: 'own', begunAt: NOW + 1 } }, NOW + 1);
    expect((await openReports()).map(({ id, origin }) => [id, origin])).toEqual([
      ['own', 'facility'],
      ['claimed', 'resident'],
    ]);
    const only = { ...ALL, open: true, topic: 'phone' } as const;
    expect(await store.reports.find(only)).toEqual([]);
    expect(await store.reports.find({ ...ALL, open: true, regionCodes: ['64.74'] })).toEqual([]);
    expect(await store.reports.find({ ...ALL, open: true, regionCodes: [] })).toEqual([]);
  });

  it('answers once, and sends the word in the same breath', async () => {
    await turn('ani', { report: { ...told, id: 'r1', text: 'lama', wantsWord: true } });
    await turn('budi', { report: { ...told, id: 'r2' } });
    const reply = { type: 'text', text: 'sudah diperbaiki', choices: [] } as const;
    const answer = {
      ids: ['r1', 'r2'],
      outcome: 'corrected',
      words: 'Jam baru.',
      who: 'editor@dinkes.test',
      at: NOW + 5,
      hearers: [{ reportId: 'r1', word: 'queued', reply }],
    } as const;
    expect([...(await store.reports.answer(answer))].sort()).toEqual(['r1', 'r2']);
    expect(await store.reports.answer({ ...answer, words: 'lain' })).toEqual([]);
    expect(await openReports()).toEqual([]);
    const items = await store.outbox.claim('telegram', 'me', 10, NOW + 5);
    expect(items).toMatchObject([{ id: 'report/r1', kind: 'reply', replyTo: null, reply }]);
    const answered = await store.reports.find({ ...ALL, open: false });
    expect(answered.map(({ id, word, wordStatus }) => [id, word, wordStatus])).toEqual([
      ['r1', 'queued', 'sending'],
      ['r2', 'none', null],
    ]);
    expect(answered[0]?.answer).toEqual({ outcome: 'corrected', words: 'Jam baru.', who: answer.who, at: NOW + 5 });
    // What comes too late for the answer changes nothing.
    await turn('budi', { report: { ...told, id: 'r2', text: 'terlambat', wantsWord: true } });
    expect((await store.reports.find({ ...ALL, open: false }))[1]).toMatchObject({ text: null, word: 'none' });
    expect(await store.reports.empty(NOW + 5, NOW - DAY)).toBe(0);
    expect(await store.reports.empty(NOW + 6, NOW - DAY)).toBe(1);
    expect((await store.reports.find({ ...ALL, open: false }))[0]).toMatchObject({ id: 'r1', text: null });
  });

  it('empties what nobody answered for too long, and what a forgotten person told', async () => {
    const contactId = await turn('ani', { report: { ...told, id: 'r1', text: 'x', wantsWord: true } });
    await turn('budi', { report: { ...told, id: 'r2', text: 'y' } });
    await store.reports.addContact(LOA_IPUH, contactId, NOW);
    expect((await store.contacts.kept(contactId)).open).toEqual(['report']);
    expect(await store.contacts.forget(contactId)).toBe(true);
    expect((await openReports()).map(({ id, text }) => [id, text])).toEqual([
      ['r1', null],
      ['r2', 'y'],
    ]);
    expect(await store.reports.contacts(LOA_IPUH)).toEqual([]);
    expect(await store.reports.empty(0, NOW + 1)).toBe(1);
    expect(await openReports()).toHaveLength(2);
  });

  const question = (contactId: string, sessionVersion: number): NewHoursCheck => ({
    facilityId: LOA_IPUH,
    day: DAY_TEXT,
    contactId,
    hours: 'Mo-Th 07:30-15:00',
    at: NOW,
    sessionVersion,
    session: { v: 1, offered: ['check:yes'] },
    reply: { type: 'text', text: 'Benar begitu?', choices: [] },
  });

  it('asks a facility once a day, however often and by however many it is tried', async () => {
    const contactId = await turn('budi', {});
    expect(await store.reports.ask(question(contactId, 1))).toBe(false);
    await store.reports.addContact(LOA_IPUH, contactId, NOW);
    expect(await store.reports.ask(question(contactId, 7))).toBe(false);
    expect(await store.reports.askedOn(DAY_TEXT)).toEqual([]);
    const { version } = await store.reports.sessionOf(contactId);
    const tries = await Promise.all(Array.from({ length: 4 }, () => store.reports.ask(question(contactId, version))));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await store.reports.ask(question(contactId, version + 1))).toBe(false);
    expect(await store.reports.sessionOf(contactId)).toEqual({
      state: { v: 1, offered: ['check:yes'] },
      version: version + 1,
    });
    expect(await store.reports.askedOn(DAY_TEXT)).toEqual([LOA_IPUH]);
    const items = await store.outbox.claim('telegram', 'me', 10, NOW);
    expect(items.map(({ id, kind }) => [id, kind])).toEqual([[`check/${LOA_IPUH}/${DAY_TEXT}`, 'reply']]);
  });

  it('takes the first answer, and only of the contact that was asked', async () => {
    const contactId = await turn('budi', {});
    const other = await turn('citra', {});
    for (const id of [contactId, other]) await store.reports.addContact(LOA_IPUH, id, NOW);
    await store.reports.ask(question(contactId, 1));
    const yes = { facilityId: LOA_IPUH, day: DAY_TEXT, said: 'yes' } as const;
    await turn('citra', { hoursAnswer: yes });
    expect(await store.reports.latestCheck(LOA_IPUH)).toMatchObject({ said: null });
    await turn('budi', { hoursAnswer: yes }, NOW + 9);
    await turn('budi', { hoursAnswer: { ...yes, said: 'closed' } }, NOW + 10);
    const check = { facilityId: LOA_IPUH, day: DAY_TEXT, said: 'yes', answeredAt: NOW + 9, outcome: null };
    expect(await store.reports.confirmedChecks(10)).toMatchObject([check]);
    await store.reports.settleCheck(LOA_IPUH, DAY_TEXT, 'verified');
    expect(await store.reports.confirmedChecks(10)).toEqual([]);
    expect(await store.reports.latestCheck(LOA_IPUH)).toMatchObject({ ...check, outcome: 'verified' });
  });

  it('hears nobody who was taken off', async () => {
    const contactId = await turn('budi', {});
    await store.reports.addContact(LOA_IPUH, contactId, NOW);
    await store.reports.ask(question(contactId, 1));
    expect(await store.reports.contacts(null)).toMatchObject([{ facilityId: LOA_IPUH, contactId, addedAt: NOW }]);
    expect(await store.reports.removeContact(LOA_IPUH, contactId)).toBe(true);
    expect(await store.reports.removeContact(LOA_IPUH, contactId)).toBe(false);
    await turn('budi', { hoursAnswer: { facilityId: LOA_IPUH, day: DAY_TEXT, said: 'yes' } });
    expect(await store.reports.confirmedChecks(10)).toEqual([]);
  });
});

describe('what an ordinary turn costs', () => {
  const ordinary: Turn = {
    messageId: 'm',
    contactId: 'c',
    sessionVersion: 0,
    session: {},
    facts: { language: 'id', regionCode: null, consent: 'never_asked' },
    events: [],
    replies: [],
    intent: 'open_now',
    outcome: null,
    at: NOW,
    keepBody: false,
  };
  const statements = (turns: readonly Turn[]) => commitCall(SQLITE, new Sequence()).statements(turns).length;

  it('is no statement more, unless somebody tells something', () => {
    const telling: Turn = { ...ordinary, contactId: 'd', report: { ...told, id: 'r' } };
    const answering: Turn = { ...telling, hoursAnswer: { facilityId: LOA_IPUH, day: DAY_TEXT, said: 'yes' } };
    const usual = statements([ordinary]);
    expect(statements([ordinary, { ...ordinary, contactId: 'd' }])).toBe(usual);
    expect(statements([ordinary, telling])).toBe(usual + 1);
    expect(statements([ordinary, answering])).toBe(usual + 2);
  });
});
