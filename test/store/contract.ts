import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HoursException } from '../../src/domain/facility.js';
import type { InboundMessage } from '../../src/domain/message.js';
import type { Reply } from '../../src/domain/reply.js';
import type { OutboxKind, Turn, TurnStart } from '../../src/ports/inbox.js';
import type { Store } from '../../src/ports/store.js';
import { planSeed } from '../../src/services/seed.js';

const NOON = Date.UTC(2026, 10, 23, 4);
const STAFF = { who: 'petugas@contoh.test', at: NOON };

/** Every store behaves like this, whatever lies behind it. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    inboxContract(() => store);
    turnContract(() => store);
    outboxContract(() => store);
    contactContract(() => store);
    dataContract(() => store);
    smallThingsContract(() => store);
  });
}

export function message(id: string, from = 'budi', text = 'puskesmas buka?'): InboundMessage {
  return {
    id: `console:${id}`,
    channel: 'console',
    contact: from,
    at: NOON,
    body: { type: 'text', text },
    language: 'id',
  };
}

function say(text: string): Reply {
  return { type: 'text', text, choices: [] };
}

/** The turn that answers a message with these replies. */
function answer(id: string, start: TurnStart, ...replies: readonly (readonly [OutboxKind, string])[]): Turn {
  return {
    messageId: `console:${id}`,
    contactId: start.contactId,
    sessionVersion: start.sessionVersion,
    session: { v: 1, puzzled: start.sessionVersion },
    facts: start.facts,
    events: [{ kind: 'not_understood' }],
    replies: replies.map(([kind, text]) => ({ kind, reply: say(text) })),
    intent: 'open_now',
    outcome: null,
    at: NOON,
    keepBody: false,
  };
}

/** Takes a message in and answers it. */
async function converse(store: Store, id: string, from: string, ...replies: (readonly [OutboxKind, string])[]) {
  await store.inbox.accept(message(id, from), NOON);
  const start = await store.inbox.start(`console:${id}`);
  expect(await store.inbox.commit(answer(id, start!, ...replies))).toBe(true);
  return start!;
}

const texts = (items: readonly { readonly reply: Reply }[]) =>
  items.map(({ reply }) => (reply.type === 'text' ? reply.text : reply.title));

function inboxContract(store: () => Store): void {
  describe('the inbox', () => {
    test('takes a message once, however often it is handed in', async () => {
      expect(await store().inbox.accept(message('1'), NOON)).not.toBeNull();
      expect(await store().inbox.accept(message('1'), NOON + 1)).toBeNull();
      const many = await Promise.all(Array.from({ length: 5 }, () => store().inbox.accept(message('2'), NOON)));
      expect(many.filter((accepted) => accepted !== null)).toHaveLength(1);
    });

    test('knows a person again by channel and address', async () => {
      const first = await store().inbox.accept(message('1'), NOON);
      const second = await store().inbox.accept(message('2'), NOON + 5);
      const other = await store().inbox.accept({ ...message('3'), channel: 'web' }, NOON);
      expect(second?.contactId).toBe(first?.contactId);
      expect(other?.contactId).not.toBe(first?.contactId);
    });

    test('knows when a person last wrote by the messages themselves, and never goes back', async () => {
      const write = (id: string, at: number) => store().inbox.accept({ ...message(id), at }, NOON);
      const seen = async () => (await store().contacts.findByAddress('console', 'budi'))?.lastSeenAt;
      await write('1', NOON - 5000);
      expect(await seen()).toBe(NOON - 5000);
      await write('2', NOON - 3000);
      await write('3', NOON - 9000);
      await write('2', NOON - 3000);
      expect(await seen()).toBe(NOON - 3000);
      // A provider's clock that is ahead of ours.
      await Promise.all([write('4', NOON + 60_000), write('5', NOON - 4000)]);
      expect(await seen()).toBe(NOON);
    });

    test('takes many people at once', async () => {
      const all = await Promise.all(
        Array.from({ length: 300 }, (_, at) => store().inbox.accept(message(`${at}`, `orang-${at % 60}`), NOON)),
      );
      expect(new Set(all.map((accepted) => accepted?.contactId)).size).toBe(60);
      expect(await store().inbox.waiting(NOON + 1, 1000)).toHaveLength(300);
    });

    test('hands out what waits in the order of arrival, whole', async () => {
      const odd = 'tab\t "kutip" \\ \u0000 \u202e 👩‍⚕️ ' + '\ud800';
      await store().inbox.accept(message('1', 'ani', odd), NOON);
      await store().inbox.accept(message('2', 'budi'), NOON);
      await store().inbox.accept(message('3', 'ani'), NOON + 10);
      const waiting = await store().inbox.waiting(NOON + 10, 10);
      expect(waiting.map((entry) => entry.message)).toEqual([message('1', 'ani', odd), message('2', 'budi')]);
      expect(await store().inbox.waiting(NOON + 11, 1)).toHaveLength(1);
    });

    test('starts a new person with nothing', async () => {
      await store().inbox.accept(message('1'), NOON);
      expect(await store().inbox.start('console:1')).toEqual({
        contactId: expect.any(String),
        facts: { language: 'id', regionCode: null, consent: 'never_asked' },
        session: null,
        sessionVersion: 0,
        earlier: 0,
      });
      expect(await store().inbox.start('console:unknown')).toBeNull();
    });

    test('tells how many of the same person came before', async () => {
      await store().inbox.accept(message('1', 'ani'), NOON);
      await store().inbox.accept(message('2', 'budi'), NOON);
      await store().inbox.accept(message('3', 'ani'), NOON);
      expect((await store().inbox.start('console:3'))?.earlier).toBe(1);
      expect((await store().inbox.start('console:2'))?.earlier).toBe(0);
    });

    test('gives up a message so that it waits no longer', async () => {
      await store().inbox.accept(message('1'), NOON);
      await store().inbox.giveUp('console:1', 'crashed', NOON);
      expect(await store().inbox.start('console:1')).toBeNull();
      expect(await store().inbox.waiting(NOON + 1, 10)).toEqual([]);
      expect(await store().inbox.accept(message('1'), NOON)).toBeNull();
    });

    test('keeps a text only when told to, and empties it when asked', async () => {
      await store().inbox.accept(message('1'), NOON);
      const start = await store().inbox.start('console:1');
      await store().inbox.commit({ ...answer('1', start!), keepBody: true });
      await converse(store(), '2', 'ani');
      expect(await store().inbox.emptyBodies(NOON)).toBe(0);
      expect(await store().inbox.emptyBodies(NOON + 1)).toBe(1);
      expect(await store().inbox.emptyBodies(NOON + 1)).toBe(0);
    });

    test('removes what was handled long ago, and nothing that waits', async () => {
      await converse(store(), '1', 'budi');
      await store().inbox.accept(message('2', 'ani'), NOON);
      expect(await store().inbox.prune(NOON)).toBe(0);
      expect(await store().inbox.accept(message('1'), NOON)).toBeNull();
      expect(await store().inbox.prune(NOON + 1)).toBe(1);
      expect(await store().inbox.accept(message('1'), NOON)).not.toBeNull();
      expect(await store().inbox.start('console:2')).not.toBeNull();
    });
  });
}

function turnContract(store: () => Store): void {
  describe('a turn', () => {
    test('writes session, facts and replies together', async () => {
      await store().inbox.accept(message('1'), NOON);
      const start = await store().inbox.start('console:1');
      const facts = { language: 'en', regionCode: '64.02', consent: 'granted' } as const;
      expect(await store().inbox.commit({ ...answer('1', start!, ['reply', 'halo']), facts })).toBe(true);
      await store().inbox.accept(message('2'), NOON + 1);
      const next = await store().inbox.start('console:2');
      expect(next).toMatchObject({ facts, session: { v: 1, puzzled: 0 }, sessionVersion: 1 });
      const contact = await store().contacts.find(start!.contactId);
      expect(contact).toMatchObject({ ...facts, consentAt: NOON, createdAt: NOON, lastSeenAt: NOON });
      expect(texts(await store().outbox.claim('console', 'a', 9, NOON))).toEqual(['halo']);
    });

    test('is written once: a second one for the same message leaves nothing', async () => {
      const start = await converse(store(), '1', 'budi', ['reply', 'pertama']);
      expect(await store().inbox.commit(answer('1', start, ['reply', 'kedua']))).toBe(false);
      expect(texts(await store().outbox.claim('console', 'a', 9, NOON))).toEqual(['pertama']);
    });

    test('that started from an old session loses whole', async () => {
      await store().inbox.accept(message('1'), NOON);
      await store().inbox.accept(message('2'), NOON);
      const one = await store().inbox.start('console:1');
      const two = await store().inbox.start('console:2');
      expect(await store().inbox.commit(answer('1', one!, ['reply', 'satu']))).toBe(true);
      const late = { ...answer('2', two!, ['reply', 'dua']), facts: { ...two!.facts, regionCode: '64.74' } };
      expect(await store().inbox.commit(late)).toBe(false);
      expect((await store().contacts.find(two!.contactId))?.regionCode).toBeNull();
      expect(texts(await store().outbox.claim('console', 'a', 9, NOON))).toEqual(['satu']);
      expect(await store().inbox.start('console:2')).toMatchObject({ sessionVersion: 1 });
    });

    test('of two at the same moment from the same session, one wins', async () => {
      await store().inbox.accept(message('1'), NOON);
      await store().inbox.accept(message('2'), NOON);
      const one = await store().inbox.start('console:1');
      const two = await store().inbox.start('console:2');
      const won = await Promise.all([
        store().inbox.commit(answer('1', one!, ['reply', 'satu'])),
        store().inbox.commit(answer('2', two!, ['reply', 'dua'])),
      ]);
      expect(won).toEqual([true, false]);
    });

    test('of many people at once are all written', async () => {
      const people = Array.from({ length: 100 }, (_, at) => `orang-${at}`);
      await Promise.all(people.map((person) => converse(store(), person, person, ['reply', person])));
      const claimed = await store().outbox.claim('console', 'a', 500, NOON);
      expect(texts(claimed).sort()).toEqual([...people].sort());
    });
  });
}

function outboxContract(store: () => Store): void {
  describe('the outbox', () => {
    const claim = (limit = 9, now = NOON, owner = 'a') => store().outbox.claim('console', owner, limit, now);

    test('gives one row a person, the next after the first is settled', async () => {
      await converse(store(), '1', 'budi', ['reply', 'satu'], ['reply', 'dua']);
      const [first, ...none] = await claim();
      expect(none).toEqual([]);
      expect(first).toMatchObject({
        address: 'budi',
        replyTo: 'console:1',
        attempts: 1,
        language: 'id',
        kind: 'reply',
      });
      expect(await claim()).toEqual([]);
      await store().outbox.settle({ id: first!.id, status: 'sent', providerId: 'p1' }, NOON);
      expect(texts(await claim())).toEqual(['dua']);
    });

    test('takes emergencies first, then replies, then bulk, each oldest first', async () => {
      await converse(store(), '1', 'ani', ['bulk', 'kabar']);
      await converse(store(), '2', 'budi', ['reply', 'jawab']);
      await converse(store(), '3', 'cici', ['emergency', 'darurat']);
      await converse(store(), '4', 'dedi', ['reply', 'jawab lagi']);
      expect(texts(await claim(3))).toEqual(['darurat', 'jawab', 'jawab lagi']);
      expect(texts(await claim(3))).toEqual(['kabar']);
    });

    test('lets an emergency pass what waits for the same person', async () => {
      await converse(store(), '1', 'budi', ['reply', 'biasa']);
      const [usual] = await claim();
      await store().outbox.settle(
        { id: usual!.id, status: 'retry', at: NOON + 9000, code: 'CHANNEL_UNREACHABLE' },
        NOON,
      );
      await converse(store(), '2', 'budi', ['emergency', 'darurat'], ['reply', 'lanjut']);
      expect(texts(await claim())).toEqual(['darurat']);
    });

    test('tries again when it is time, and counts the attempts', async () => {
      await converse(store(), '1', 'budi', ['reply', 'halo']);
      const [item] = await claim();
      const retry = { id: item!.id, status: 'retry', at: NOON + 500, code: 'CHANNEL_UNREACHABLE' } as const;
      await store().outbox.settle(retry, NOON);
      expect(await store().outbox.nextDue('console')).toBe(NOON + 500);
      expect(await claim(9, NOON + 499)).toEqual([]);
      expect((await claim(9, NOON + 500))[0]).toMatchObject({ id: item!.id, attempts: 2, reply: say('halo') });
      await store().outbox.settle({ id: item!.id, status: 'released' }, NOON);
      expect((await claim(9, NOON + 500))[0]).toMatchObject({ attempts: 2 });
    });

    test.each(['failed', 'unsure', 'expired'] as const)('goes on after a row that is %s', async (status) => {
      await converse(store(), '1', 'budi', ['reply', 'satu'], ['reply', 'dua']);
      const [item] = await claim();
      await store().outbox.settle({ id: item!.id, status, code: 'CHANNEL_UNREACHABLE' }, NOON);
      expect(texts(await claim())).toEqual(['dua']);
      expect(await store().outbox.counts()).toMatchObject({ [status]: 1, sending: 1 });
    });

    test('settles a row once', async () => {
      await converse(store(), '1', 'budi', ['reply', 'satu']);
      const [item] = await claim();
      await store().outbox.settle({ id: item!.id, status: 'sent', providerId: 'p1' }, NOON);
      await store().outbox.settle({ id: item!.id, status: 'failed', code: 'CHANNEL_UNREACHABLE' }, NOON);
      expect(await store().outbox.counts()).toMatchObject({ sent: 1, failed: 0 });
      expect(await store().outbox.nextDue('console')).toBeNull();
    });

    test('never gives one row to two', async () => {
      const people = Array.from({ length: 40 }, (_, at) => `orang-${at}`);
      await Promise.all(people.map((person) => converse(store(), person, person, ['reply', person])));
      const claims = await Promise.all(Array.from({ length: 8 }, (_, at) => claim(10, NOON, `pemilik-${at}`)));
      const ids = claims.flat().map((item) => item.id);
      expect(ids).toHaveLength(40);
      expect(new Set(ids).size).toBe(40);
    });

    test('keeps the channels apart', async () => {
      await converse(store(), '1', 'budi', ['reply', 'halo']);
      expect(await store().outbox.claim('telegram', 'a', 9, NOON)).toEqual([]);
      expect(await store().outbox.nextDue('telegram')).toBeNull();
    });

    test('after a crash: emergencies again, the rest unsure, the living left alone', async () => {
      await converse(store(), '1', 'ani', ['emergency', 'darurat']);
      await converse(store(), '2', 'budi', ['reply', 'satu'], ['reply', 'dua']);
      await claim(9, NOON, 'mati');
      await converse(store(), '3', 'cici', ['reply', 'hidup']);
      await claim(9, NOON, 'hidup');
      await store().leases.take('process/mati', 'mati', NOON - 90, NOON);
      await store().leases.take('process/hidup', 'hidup', NOON, NOON + 90);
      expect(await store().outbox.interrupted(NOON)).toEqual({ again: 1, unsure: 1 });
      expect(texts(await claim())).toEqual(['darurat', 'dua']);
      expect(await store().outbox.counts()).toMatchObject({ unsure: 1, sending: 3 });
    });

    test('after a crash: all again on a channel where a repeat changes nothing', async () => {
      await converse(store(), '1', 'budi', ['reply', 'satu'], ['reply', 'dua']);
      await claim(9, NOON, 'mati');
      expect(await store().outbox.interrupted(NOON, ['web', 'console'])).toEqual({ again: 1, unsure: 0 });
      expect(texts(await claim())).toEqual(['satu']);
    });

    test('tells to whom a message was sent of which the provider tells later', async () => {
      const { contactId } = await converse(store(), '1', 'budi', ['reply', 'satu']);
      const [item] = await claim();
      const tell = (status: 'delivered' | 'read' | 'failed', providerId = 'p1') =>
        store().outbox.receipt('console', providerId, status, NOON, status === 'failed' ? 'CONTACT_UNREACHABLE' : null);
      expect(await tell('read')).toBeNull();
      await store().outbox.settle({ id: item!.id, status: 'sent', providerId: 'p1' }, NOON);
      expect(await tell('read')).toBe(contactId);
      expect(await tell('delivered')).toBe(contactId);
      expect(await tell('read', 'p2')).toBeNull();
    });

    test('what the provider finds late goes back in line with its words, once', async () => {
      const { contactId } = await converse(store(), '1', 'budi', ['reply', 'satu']);
      const late = () => store().outbox.receipt('console', 'p1', 'failed', NOON, 'WINDOW_CLOSED');
      const [first] = await claim();
      await store().outbox.settle({ id: first!.id, status: 'sent', providerId: 'p1', wordsUntil: NOON + 9 }, NOON);
      expect(await claim()).toEqual([]);
      expect([await late(), await late()]).toEqual([contactId, contactId]);
      const [again] = await claim();
      expect([again?.reply, again?.late]).toEqual([first?.reply, true]);
      // The provider tells it again, and the try fails in a way that says nothing of the window.
      expect(await late()).toBe(contactId);
      await store().outbox.settle({ id: again!.id, status: 'retry', at: NOON, code: 'RATE_LIMITED' }, NOON);
      const [third] = await claim();
      expect(third?.late).toBe(true);
      await store().outbox.settle({ id: third!.id, status: 'sent', providerId: 'p2' }, NOON);
      expect([await late(), await claim()]).toEqual([null, []]);
      expect(await store().outbox.receipt('console', 'p2', 'failed', NOON, 'WINDOW_CLOSED')).toBe(contactId);
      expect(await claim()).toEqual([]);
    });

    test.each([
      ['delivered', null],
      ['failed', 'CONTACT_UNREACHABLE'],
      ['nothing until their time is over', null],
    ] as const)('words that are kept for a provider go when it tells: %s', async (told, code) => {
      await converse(store(), '1', 'budi', ['reply', 'satu']);
      const [item] = await claim();
      await store().outbox.settle({ id: item!.id, status: 'sent', providerId: 'p1', wordsUntil: NOON + 9 }, NOON);
      await store().outbox.emptyKept(NOON + 8);
      if (told === 'delivered' || told === 'failed') await store().outbox.receipt('console', 'p1', told, NOON, code);
      else await store().outbox.emptyKept(NOON + 9);
      await store().outbox.receipt('console', 'p1', 'failed', NOON, 'WINDOW_CLOSED');
      expect(await claim()).toEqual([]);
      expect(await store().outbox.counts()).toMatchObject({ sent: 1, retry: 0 });
    });

    test('removes what is settled and old', async () => {
      await converse(store(), '1', 'budi', ['reply', 'satu'], ['reply', 'dua']);
      const [item] = await claim();
      await store().outbox.settle({ id: item!.id, status: 'sent', providerId: 'p1' }, NOON);
      await store().outbox.receipt('console', 'p1', 'read', NOON);
      expect(await store().outbox.prune(NOON)).toBe(0);
      expect(await store().outbox.prune(NOON + 1)).toBe(1);
      expect(await store().outbox.counts()).toMatchObject({ sent: 0, pending: 1 });
    });
  });
}

function contactContract(store: () => Store): void {
  describe('people', () => {
    test('are found by id and by address', async () => {
      const start = await converse(store(), '1', 'budi');
      const found = await store().contacts.findByAddress('console', 'budi');
      expect(found).toMatchObject({ id: start.contactId, address: 'budi', consent: 'never_asked' });
      expect(await store().contacts.find('nobody')).toBeNull();
    });

    test('out of reach are in reach again when they write', async () => {
      const { contactId } = await converse(store(), '1', 'budi');
      await store().contacts.setUnreachable(contactId, NOON);
      expect((await store().contacts.find(contactId))?.unreachableAt).toBe(NOON);
      await store().inbox.accept(message('2', 'budi'), NOON);
      expect((await store().contacts.find(contactId))?.unreachableAt).toBeNull();
    });

    test('are forgotten with all that is theirs', async () => {
      const { contactId } = await converse(store(), '1', 'budi', ['reply', 'halo']);
      await store().inbox.accept(message('2', 'budi'), NOON);
      expect(await store().contacts.forget(contactId)).toBe(true);
      expect(await store().contacts.forget(contactId)).toBe(false);
      expect(await store().inbox.waiting(NOON + 1, 9)).toEqual([]);
      expect(await store().outbox.claim('console', 'a', 9, NOON)).toEqual([]);
      expect((await store().inbox.accept(message('3', 'budi'), NOON))?.contactId).not.toBe(contactId);
    });
  });
  forgettingContract(store);
}

/** "Hapus data saya": the turn, what is left until its answer is out, and what comes afterwards. */
function forgettingContract(store: () => Store): void {
  const FACTS = { language: 'id', regionCode: '64.02', consent: 'granted', kecamatanCode: '64.02.06' } as const;
  const BLANK = { regionCode: null, consent: 'never_asked', consentAt: null };

  /** Somebody known, who asked and was answered, and then has everything deleted. */
  async function leave(id: string, from: string, at = NOON): Promise<string> {
    await store().inbox.accept(message(`${id}a`, from), at);
    const first = await store().inbox.start(`console:${id}a`);
    const asked = { kind: 'facility_asked', facilityId: 'contoh' } as const;
    await store().inbox.commit({ ...answer(`${id}a`, first!, ['reply', 'buka']), facts: FACTS, events: [asked], at });
    await settleAll();
    await store().inbox.accept(message(`${id}b`, from, 'ya, hapus'), at);
    const last = await store().inbox.start(`console:${id}b`);
    expect(await store().inbox.commit({ ...goodbye(`${id}b`, last!), at })).toBe(true);
    return last!.contactId;
  }
  const goodbye = (id: string, start: TurnStart): Turn => ({
    ...answer(id, start, ['reply', 'Sudah dihapus.']),
    facts: { language: 'id', regionCode: null, consent: 'never_asked' },
    forget: true,
  });
  async function settleAll(): Promise<readonly string[]> {
    const items = await store().outbox.claim('console', 'me', 9, NOON);
    for (const { id } of items) await store().outbox.settle({ id, status: 'sent', providerId: id }, NOON);
    return texts(items);
  }
  async function tidy(): Promise<number> {
    const gone = await store().contacts.departed();
    for (const each of gone) await store().contacts.depart(each);
    return gone.length;
  }

  describe('who has everything deleted', () => {
    test('is blank at once, and gone when the last answer is out', async () => {
      const id = await leave('1', 'budi');
      expect(await store().contacts.find(id)).toMatchObject({ ...BLANK, address: 'budi' });
      expect(await tidy()).toBe(0);
      expect(await settleAll()).toEqual(['Sudah dihapus.']);
      expect(await tidy()).toBe(1);
      expect(await store().contacts.find(id)).toBeNull();
      expect(await tidy()).toBe(0);
      expect(Object.values(await store().outbox.counts()).every((count) => count === 0)).toBe(true);
    });

    test.each(['before the answer is out', 'afterwards'])(
      'is neither answered nor met again by a repeat %s',
      async (when) => {
        await leave('1', 'budi');
        if (when === 'afterwards') {
          await settleAll();
          await tidy();
        }
        for (const id of ['1a', '1b']) expect(await store().inbox.accept(message(id, 'budi'), NOON + 1)).toBeNull();
        if (when !== 'afterwards') expect(await settleAll()).toEqual(['Sudah dihapus.']);
        await tidy();
        expect(await store().contacts.findByAddress('console', 'budi')).toBeNull();
        expect(await store().inbox.waiting(NOON + 9, 9)).toEqual([]);
      },
    );

    test('who wrote on is answered, as somebody new', async () => {
      const id = await leave('1', 'budi');
      await store().inbox.accept(message('2', 'budi'), NOON + 5);
      await settleAll();
      expect(await tidy()).toBe(0);
      const start = await store().inbox.start('console:2');
      expect(start).toMatchObject({
        contactId: id,
        session: null,
        facts: { regionCode: null, consent: 'never_asked' },
      });
      expect(await store().inbox.commit(answer('2', start!, ['reply', 'halo']))).toBe(true);
      expect(await settleAll()).toEqual(['halo']);
      expect(await tidy()).toBe(1);
      expect(await store().contacts.find(id)).not.toBeNull();
      expect(await tidy()).toBe(0);
    });

    test('a turn that was under way meanwhile brings nothing back', async () => {
      await store().inbox.accept(message('1', 'budi'), NOON);
      const first = await store().inbox.start('console:1');
      await store().inbox.commit({ ...answer('1', first!), facts: FACTS });
      await store().inbox.accept(message('2', 'budi', 'ya, hapus'), NOON);
      await store().inbox.accept(message('3', 'budi', 'tolong'), NOON);
      const [leaving, other] = await Promise.all(['2', '3'].map((id) => store().inbox.start(`console:${id}`)));
      expect(await store().inbox.commit(goodbye('2', leaving!))).toBe(true);
      expect(await store().inbox.commit({ ...answer('3', other!, ['emergency', '119']), facts: FACTS })).toBe(false);
      expect((await store().inbox.start('console:3'))?.facts.regionCode).toBeNull();
    });

    test('a turn that lost forgets nobody', async () => {
      await store().inbox.accept(message('1', 'budi'), NOON);
      const start = await store().inbox.start('console:1');
      await store().inbox.commit({ ...answer('1', start!), facts: FACTS });
      await store().inbox.accept(message('2', 'budi'), NOON);
      expect(await store().inbox.commit(goodbye('2', { ...start!, sessionVersion: 0 }))).toBe(false);
      expect(await store().contacts.findByAddress('console', 'budi')).toMatchObject({ consent: 'granted' });
    });

    test('goes on every channel that was linked, consents and codes too', async () => {
      const other = await store().inbox.accept({ ...message('9'), id: 'web:9', channel: 'web' }, NOON);
      await converse(store(), '0', 'budi');
      const mine = await store().contacts.findByAddress('console', 'budi');
      await store().broadcasts.link(mine!.id, other!.contactId);
      await store().broadcasts.putLinkCode('hash', `contact/${mine!.id}`, NOON + 9);
      await store().meta.set('announcements/test/rina@contoh.test', mine!.id);
      await store().inbox.giveUp('web:9', 'contoh', NOON);
      expect((await store().contacts.kept(mine!.id)).linked).toBe(true);
      await leave('1', 'budi');
      await settleAll();
      expect(await tidy()).toBe(2);
      for (const id of [mine!.id, other!.contactId]) expect(await store().contacts.find(id)).toBeNull();
      expect(await store().broadcasts.takeLinkCode('hash', NOON)).toBeNull();
      expect(await store().meta.get('announcements/test/rina@contoh.test')).not.toBe(mine!.id);
    });

    test('is counted for the record, beside those who are here', async () => {
      await converse(store(), '0', 'ani');
      await leave('1', 'budi');
      await settleAll();
      await tidy();
      const told = { consent: 'stopped', way: 'command', wording: 'Anda tidak akan menerima lagi.' } as const;
      await store().inbox.accept(message('2', 'cici'), NOON);
      const start = (await store().inbox.start('console:2'))!;
      const facts = { ...start.facts, consent: told.consent };
      await store().inbox.commit({ ...answer('2', start), facts, consents: [told] });
      const { people } = await store().contacts.processing();
      expect(people).toEqual([
        { channel: 'console', consent: 'never_asked', many: 1 },
        { channel: 'console', consent: 'stopped', many: 1 },
      ]);
      expect(await store().contacts.consentRecords(9)).toEqual([{ ...told, at: NOON, channel: 'console' }]);
    });

    test('is counted as a fact without a person', async () => {
      await leave('1', 'budi');
      const counts = await store().activity.counts(NOON, NOON + 1);
      expect(counts.filter(({ kind }) => kind === 'not_understood')).toMatchObject([{ count: 1 }]);
      expect(await store().contacts.detachEvents(NOON + 1)).toBe(0);
    });
  });

  describe('with time', () => {
    test('who is silent is forgotten, who gets announcements stays while they arrive', async () => {
      for (const [name, consent] of [
        ['a', 'never_asked'],
        ['b', 'stopped'],
        ['c', 'granted'],
        ['d', 'granted'],
      ] as const) {
        await store().inbox.accept(message(name, name), NOON);
        const start = await store().inbox.start(`console:${name}`);
        await store().inbox.commit({ ...answer(name, start!), facts: { ...start!.facts, consent } });
        if (name === 'd') await store().contacts.setUnreachable(start!.contactId, NOON);
      }
      expect(await store().contacts.forgetSilent(NOON)).toBe(0);
      expect(await store().contacts.forgetSilent(NOON + 1)).toBe(3);
      expect(await store().contacts.forgetSilent(NOON + 1)).toBe(0);
      const left = await Promise.all(
        ['a', 'b', 'c', 'd'].map((name) => store().contacts.findByAddress('console', name)),
      );
      expect(left.map((contact) => contact?.address ?? null)).toEqual([null, null, 'c', null]);
    });

    test('the state of a talk goes, and a fact loses its person', async () => {
      await store().inbox.accept(message('1', 'budi'), NOON);
      const start = await store().inbox.start('console:1');
      const asked = { kind: 'facility_asked', facilityId: 'contoh' } as const;
      await store().inbox.commit({ ...answer('1', start!), facts: FACTS, events: [asked, { kind: 'not_understood' }] });
      expect([await store().contacts.dropSessions(NOON), await store().contacts.detachEvents(NOON)]).toEqual([0, 0]);
      expect(await store().contacts.dropSessions(NOON + 1)).toBe(1);
      expect(await store().contacts.detachEvents(NOON + 1)).toBe(1);
      await store().inbox.accept(message('2', 'budi'), NOON);
      const next = await store().inbox.start('console:2');
      expect(next).toMatchObject({ session: null, facts: FACTS });
      expect(await store().inbox.commit(answer('2', next!))).toBe(true);
    });
  });
}

function dataContract(store: () => Store): void {
  const seed = planSeed();
  const exception: HoursException = {
    id: 'banjir-1',
    regionCode: '64.74',
    facilityId: '64.74-puskesmas-bontang-barat',
    service: null,
    from: NOON,
    to: NOON + 1,
    hours: null,
    reason: 'banjir',
    source: 'Dinkes',
    grade: 'verified',
    checkedOn: '2026-11-23',
  };

  describe('what staff keep', () => {
    test('is loaded once', async () => {
      expect(await store().data.version()).toBe(0);
      const two = await Promise.all([store().data.seed(seed.change, STAFF), store().data.seed(seed.change, STAFF)]);
      expect(two.filter(Boolean)).toHaveLength(1);
      expect(await store().data.version()).toBe(1);
      expect(await store().data.seed(seed.change, STAFF)).toBe(false);
    });

    test('comes back as it was put in', async () => {
      await store().data.seed(seed.change, STAFF);
      const snapshot = await store().data.snapshot();
      const sorted = (list: readonly unknown[]) => list.map((record) => JSON.stringify(ordered(record))).sort();
      for (const part of ['regions', 'emergencyNumbers', 'areas', 'facilities', 'holidays', 'landmarks'] as const) {
        expect(sorted(snapshot[part])).toEqual(sorted(seed.after[part]));
      }
    });

    test('changes with a new version and a line of who, from and to', async () => {
      await store().data.seed(seed.change, STAFF);
      const [facility] = seed.change.facilities;
      const nothing = { regions: [], emergencyNumbers: [], areas: [], facilities: [], holidays: [], landmarks: [] };
      const changed = { ...facility!, phone: '000-fiktif' };
      expect(await store().data.apply({ ...nothing, facilities: [changed] }, STAFF)).toBe(2);
      const snapshot = await store().data.snapshot();
      expect(snapshot.facilities.find(({ id }) => id === changed.id)?.phone).toBe('000-fiktif');
      expect(snapshot.facilities).toHaveLength(seed.change.facilities.length);
      const [line] = await store().data.changes(5, changed.id);
      expect(line).toMatchObject({ at: NOON, who: STAFF.who, what: 'facilities', subject: changed.id });
      expect(line?.before).not.toContain('fiktif');
      expect(line?.after).toContain('fiktif');
    });

    test('refuses a record without its region, and keeps nothing of the change', async () => {
      const [facility] = seed.change.facilities;
      const nothing = { regions: [], emergencyNumbers: [], areas: [], facilities: [], holidays: [], landmarks: [] };
      const change = { ...nothing, areas: seed.change.areas.slice(0, 1), facilities: [facility!] };
      await expect(store().data.apply(change, STAFF)).rejects.toMatchObject({ code: 'STORE_REJECTED' });
      expect(await store().data.snapshot()).toMatchObject({ version: 0, areas: [], facilities: [] });
    });

    test('takes an exception and takes it back', async () => {
      await store().data.seed(seed.change, STAFF);
      await store().data.putException(exception, STAFF);
      await store().data.putException({ ...exception, reason: 'banjir surut' }, STAFF);
      expect((await store().data.snapshot()).exceptions).toEqual([{ ...exception, reason: 'banjir surut' }]);
      expect(await store().data.removeException(exception.id, STAFF)).toBe(4);
      expect((await store().data.snapshot()).exceptions).toEqual([]);
      const lines = await store().data.changes(9, exception.facilityId!);
      expect(lines.map((line) => [line.before === null, line.after === null])).toEqual([
        [false, true],
        [false, false],
        [true, false],
      ]);
    });

    test('takes a holiday back', async () => {
      await store().data.seed(seed.change, STAFF);
      await store().data.removeHoliday({ date: '2026-12-25', regionCode: null, kind: 'national' }, STAFF);
      const dates = (await store().data.snapshot()).holidays.map(({ date }) => date);
      expect(dates).toHaveLength(24);
      expect(dates).not.toContain('2026-12-25');
    });
  });
}

function smallThingsContract(store: () => Store): void {
  describe('small things', () => {
    test('a lease has one holder until it runs out', async () => {
      const { leases } = store();
      expect(await leases.take('poll', 'a', NOON, NOON + 10)).toBe(true);
      expect(await leases.take('poll', 'b', NOON + 9, NOON + 19)).toBe(false);
      expect(await leases.take('poll', 'a', NOON + 9, NOON + 19)).toBe(true);
      expect(await leases.holder('poll', NOON + 18)).toBe('a');
      expect([await leases.anyHeld('po', NOON + 18), await leases.anyHeld('pp', NOON + 18)]).toEqual([true, false]);
      expect(await leases.anyHeld('po', NOON + 19)).toBe(false);
      expect(await leases.holder('poll', NOON + 19)).toBeNull();
      expect(await leases.take('poll', 'b', NOON + 19, NOON + 30)).toBe(true);
      await leases.release('poll', 'a');
      expect(await leases.holder('poll', NOON + 20)).toBe('b');
      await leases.release('poll', 'b');
      expect(await leases.holder('poll', NOON + 20)).toBeNull();
    });

    test('of many who take a lease at once, one gets it', async () => {
      const takers = Array.from({ length: 8 }, (_, at) => store().leases.take('satu', `p${at}`, NOON, NOON + 10));
      expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
    });

    test('secrets come back byte for byte', async () => {
      const { credentials } = store();
      const bytes = new Uint8Array([0, 1, 128, 255]);
      await credentials.put(
        new Map([
          ['wa/keys/b', bytes],
          ['wa/keys/A', bytes],
          ['wa_x', bytes],
        ]),
        NOON,
      );
      expect([...((await credentials.get(['wa/keys/b', 'none'])).get('wa/keys/b') ?? [])]).toEqual([...bytes]);
      expect(await credentials.keys('wa/')).toEqual(['wa/keys/A', 'wa/keys/b']);
      await credentials.put(
        new Map([
          ['wa/keys/A', null],
          ['wa/keys/c', bytes],
        ]),
        NOON,
      );
      expect(await credentials.keys('wa/')).toEqual(['wa/keys/b', 'wa/keys/c']);
      await credentials.clear('wa/');
      expect(await credentials.keys('')).toEqual(['wa_x']);
    });

    test('a named value is kept', async () => {
      expect(await store().meta.get('x')).toBeNull();
      await store().meta.set('x', '1');
      await store().meta.set('x', '2');
      expect(await store().meta.get('x')).toBe('2');
    });

    test('it says that it is alive', async () => {
      await expect(store().check()).resolves.toBeUndefined();
    });
  });
}

/** The record with its fields in one order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)]),
  );
}
