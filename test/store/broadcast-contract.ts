import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Broadcast, emptyContent, type PlannedRecipient } from '../../src/domain/broadcast.js';
import type { ContactFacts } from '../../src/domain/contact.js';
import type { BroadcastAct, ClaimedRecipient } from '../../src/ports/broadcasts.js';
import type { OutboxKind } from '../../src/ports/inbox.js';
import type { Store } from '../../src/ports/store.js';

const NOON = Date.UTC(2026, 10, 23, 4);
const HOUR = 3_600_000;
const act = (name: BroadcastAct['act'], who = 'rina@contoh.test'): BroadcastAct => ({
  at: NOON,
  who,
  act: name,
  detail: null,
});

function broadcast(id: string, over: Partial<Broadcast> = {}): Broadcast {
  return {
    id,
    content: { ...emptyContent('64.02'), title: 'Contoh', texts: { id: 'Besok contoh.', en: null } },
    status: 'running',
    version: 1,
    authors: ['rina@contoh.test'],
    approvals: [],
    pause: null,
    createdAt: NOON,
    updatedAt: NOON,
    sendAt: NOON,
    expiresAt: NOON + 24 * HOUR,
    startedAt: NOON,
    endedAt: null,
    seriesId: null,
    ...over,
  };
}

function row(contactId: string, over: Partial<PlannedRecipient> = {}): PlannedRecipient {
  return {
    contactId,
    channel: 'telegram',
    status: 'pending',
    reason: null,
    via: 'text',
    zone: 'Asia/Makassar',
    nextAt: 0,
    personId: null,
    ...over,
  };
}

/** Every store keeps announcements like this. */
export function broadcastContract(name: string, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store;
    beforeEach(async () => {
      store = await open();
    });
    afterEach(() => store.close());

    let messages = 0;
    /** A person who wrote, with these facts; resolves to the contact's id. */
    async function person(
      address: string,
      facts: Partial<ContactFacts> = {},
      replies: readonly OutboxKind[] = [],
      at = NOON,
    ) {
      messages += 1;
      const id = `telegram:${messages}`;
      const body = { type: 'text', text: 'halo' } as const;
      await store.inbox.accept({ id, channel: 'telegram', contact: address, at, body, language: 'id' }, at);
      const start = (await store.inbox.start(id))!;
      const stops = facts.consent === 'stopped';
      await store.inbox.commit({
        messageId: id,
        contactId: start.contactId,
        sessionVersion: start.sessionVersion,
        session: {},
        facts: { ...start.facts, regionCode: '64.02', consent: 'granted', ...facts },
        events: facts.regionCode === '64.74' ? [] : [{ kind: 'facility_asked', facilityId: 'contoh' }],
        consents: [{ consent: stops ? 'stopped' : 'granted', way: 'command', wording: 'Mau menerima?' }],
        replies: replies.map((kind) => ({ kind, reply: { type: 'text', text: 'x', choices: [] } })),
        intent: 'greeting',
        outcome: null,
        at,
        keepBody: false,
      });
      return start.contactId;
    }
    const standing = async (id = 'b') =>
      Object.fromEntries(
        (await store.broadcasts.rows(id, [], '', 100)).map(({ contactId, status, reason }) => [
          contactId,
          reason ?? status,
        ]),
      );
    const claim = (limit = 10, owner = 'me', now = NOON) => store.broadcasts.claim('b', 'telegram', owner, limit, now);
    const running = (...rows: readonly PlannedRecipient[]) =>
      store.broadcasts.create(broadcast('b'), act('created')).then(() => store.broadcasts.plan('b', rows));

    test('keeps what was written, once, with its history', async () => {
      expect(await store.broadcasts.create(broadcast('b', { status: 'draft' }), act('created'))).toBe(true);
      expect(await store.broadcasts.create(broadcast('b', { version: 9 }), act('created'))).toBe(false);
      expect(await store.broadcasts.find('b')).toEqual(broadcast('b', { status: 'draft' }));
      expect(await store.broadcasts.find('c')).toBeNull();
      expect(await store.broadcasts.acts('b')).toEqual([act('created')]);
      const query = { regionCode: '64.02', status: ['draft' as const], limit: 5, skip: 0 };
      expect(await store.broadcasts.list(query)).toHaveLength(1);
      expect(await store.broadcasts.list({ ...query, regionCode: '64.74' })).toEqual([]);
      expect(await store.broadcasts.list({ ...query, status: ['done'] })).toEqual([]);
    });

    test('makes a change only in the state and version that it was meant for', async () => {
      await store.broadcasts.create(broadcast('b', { status: 'waiting' }), act('created'));
      const to = { status: 'approved', approvals: [{ who: 'joko@contoh.test', at: NOON }] } as const;
      const change = (status: 'waiting' | 'draft', version: number | null) =>
        store.broadcasts.change('b', { status: [status], version }, to, act('approved'));
      expect(await change('draft', 1)).toBe(false);
      expect(await change('waiting', 2)).toBe(false);
      expect(await change('waiting', 1)).toBe(true);
      expect(await change('waiting', null)).toBe(false);
      expect(await store.broadcasts.find('b')).toMatchObject({ ...to, version: 2, authors: ['rina@contoh.test'] });
      expect((await store.broadcasts.acts('b')).map((each) => each.act)).toEqual(['created', 'approved']);
    });

    test('pages through the people of a region, with what they asked about', async () => {
      const facts = { kecamatanCode: '64.02.06', interests: ['vaccination'] as const };
      const ids = [await person('1', facts), await person('2'), await person('3', { regionCode: '64.74' })];
      const asked = { facilityId: 'contoh', since: NOON };
      const first = await store.broadcasts.candidates('64.02', asked, '', 1);
      const rest = await store.broadcasts.candidates('64.02', asked, first[0]?.contactId ?? '', 5);
      const all = [...first, ...rest];
      expect(all.map(({ contactId }) => contactId)).toEqual(ids.slice(0, 2).sort());
      expect(all.find(({ contactId }) => contactId === ids[0])).toEqual({
        contactId: ids[0],
        channel: 'telegram',
        language: 'id',
        regionCode: '64.02',
        consent: 'granted',
        unreachableAt: null,
        lastSeenAt: NOON,
        personId: null,
        askedAbout: true,
        ...facts,
      });
      const later = await store.broadcasts.candidates('64.02', { ...asked, since: NOON + 1 }, '', 5);
      expect(later.map(({ askedAbout }) => askedAbout)).toEqual([false, false]);
    });

    test('plans each person once', async () => {
      await running(row('a'), row('b', { status: 'excluded', reason: 'no_consent' }));
      await store.broadcasts.plan('b', [row('a', { status: 'excluded', reason: 'stopped' }), row('c')]);
      expect(await standing()).toEqual({ a: 'pending', b: 'no_consent', c: 'pending' });
    });

    test('plans one person on two channels once', async () => {
      await running(row('a', { personId: 'p' }));
      await store.broadcasts.plan('b', [row('c', { personId: 'p' }), row('d')]);
      expect(await standing()).toEqual({ a: 'pending', d: 'pending' });
    });

    test('never gives two workers the same row', async () => {
      await running(...Array.from({ length: 20 }, (_, n) => row(`c${n}`)));
      const claimed = (await Promise.all([claim(8, 'one'), claim(8, 'two'), claim(8, 'three')])).flat();
      expect(claimed).toHaveLength(20);
      expect(new Set(claimed.map(({ contactId }) => contactId)).size).toBe(20);
    });

    test('claims what is due, of what runs, on the channel asked for', async () => {
      await running(row('a'), row('b', { nextAt: NOON + 1 }), row('c', { channel: 'whatsapp' }));
      expect((await store.broadcasts.nextFor('telegram', NOON))?.id).toBe('b');
      expect(await store.broadcasts.nextFor('web', NOON)).toBeNull();
      expect(await store.broadcasts.nextFor('telegram', NOON + 24 * HOUR)).toBeNull();
      expect((await claim()).map(({ contactId }) => contactId)).toEqual(['a']);
      await store.broadcasts.change('b', { status: ['running'], version: null }, { status: 'paused' }, act('paused'));
      expect(await claim(9, 'me', NOON + 5)).toEqual([]);
      expect(await store.broadcasts.nextFor('telegram', NOON + 5)).toBeNull();
    });

    test('takes an urgent announcement first', async () => {
      await running(row('a'));
      const urgent = broadcast('u', { startedAt: NOON + 5 });
      await store.broadcasts.create({ ...urgent, content: { ...urgent.content, urgent: true } }, act('created'));
      await store.broadcasts.plan('u', [row('a')]);
      expect((await store.broadcasts.nextFor('telegram', NOON))?.id).toBe('u');
    });

    /** One person with a claimed row. */
    async function claimed(address = '1', facts: Partial<ContactFacts> = {}): Promise<ClaimedRecipient> {
      const id = await person(address, facts);
      await running(row(id));
      return (await claim())[0]!;
    }

    test('tells the address only when sending begins', async () => {
      const mine = await claimed('777', { kecamatanCode: '64.02.06', interests: ['vaccination'] });
      expect(await store.broadcasts.begin(mine, 'somebody else', NOON)).toBeNull();
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toEqual({
        address: '777',
        language: 'id',
        lastSeenAt: NOON,
        kecamatanCode: '64.02.06',
        interests: ['vaccination'],
      });
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toBeNull();
      await store.broadcasts.settle(mine, { status: 'sent', providerId: '5', via: 'text' }, NOON);
      expect(await standing()).toEqual({ [mine.contactId]: 'sent' });
      expect(await store.broadcasts.sentSince('telegram', NOON, null)).toBe(1);
      expect(await store.broadcasts.sentSince('telegram', NOON, 'template')).toBe(0);
      expect(await store.broadcasts.sentSince('telegram', NOON + 1, null)).toBe(0);
    });

    test('a BERHENTI between claim and send ends the row in its own transaction', async () => {
      const mine = await claimed('777');
      await person('777', { consent: 'stopped' });
      expect(await standing()).toEqual({ [mine.contactId]: 'stopped' });
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toBeNull();
      await store.broadcasts.settle(mine, { status: 'again', at: 0, code: null }, NOON);
      expect(await standing()).toEqual({ [mine.contactId]: 'stopped' });
    });

    const REFUSED: readonly (readonly [string, (mine: ClaimedRecipient) => Promise<unknown>, string])[] = [
      ['the person has become unreachable', (m) => store.contacts.setUnreachable(m.contactId, NOON), 'unreachable'],
      ['the person is forgotten', (m) => store.contacts.forget(m.contactId), 'forgotten'],
      ['the announcement is paused', () => shift('paused'), 'pending'],
      ['the announcement is cancelled', () => shift('cancelled'), 'cancelled'],
      [
        'the announcement has expired',
        () => store.broadcasts.change('b', { status: ['running'], version: null }, { expiresAt: NOON }, act('changed')),
        'expired',
      ],
    ];
    const shift = (status: 'paused' | 'cancelled') =>
      store.broadcasts.change('b', { status: ['running'], version: null }, { status }, act('paused'));

    test.each(REFUSED)('does not begin when %s', async (_, happens, becomes) => {
      const mine = await claimed();
      await happens(mine);
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toBeNull();
      const rows = await standing();
      expect(Object.values(rows)).toEqual([becomes]);
      // The row of somebody forgotten stays for the count, under an id that names nobody.
      expect(Object.keys(rows)[0] === mine.contactId).toBe(becomes !== 'forgotten');
    });

    test('lets answers to people go first', async () => {
      const mine = await claimed();
      const asking = await person('2', {}, ['reply']);
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toBe('replies_first');
      const [reply] = await store.outbox.claim('telegram', 'me', 1, NOON);
      expect(reply?.contactId).toBe(asking);
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toBe('replies_first');
      await store.outbox.settle({ id: reply!.id, status: 'sent', providerId: '1' }, NOON);
      expect(await store.broadcasts.begin(mine, 'me', NOON)).toMatchObject({ address: '1' });
    });

    test('after a crash only what was handed to the provider is unsure', async () => {
      const ids = [await person('1'), await person('2'), await person('3')];
      await running(...ids.map((id) => row(id)));
      await store.leases.take('process/alive', 'alive', NOON, NOON + 9);
      const [begun, held] = await claim(2, 'dead');
      const [other] = await claim(1, 'alive');
      await store.broadcasts.begin(begun!, 'dead', NOON);
      expect(await store.broadcasts.interrupted(NOON)).toEqual({ again: 1, unsure: 1 });
      expect(await standing()).toEqual({
        [begun!.contactId]: 'unsure',
        [held!.contactId]: 'pending',
        [other!.contactId]: 'claimed',
      });
      expect(await store.broadcasts.hasOpen('b')).toBe(true);
    });

    test('leaves nothing waiting behind a cancelled one, whatever died or came back after it', async () => {
      const mine = await claimed();
      await store.broadcasts.begin(mine, 'me', NOON);
      await store.broadcasts.plan('b', [row('never claimed')]);
      await store.broadcasts.change(
        'b',
        { status: ['running'], version: null },
        { status: 'cancelled' },
        act('cancelled'),
      );
      await store.broadcasts.settle(mine, { status: 'again', at: NOON, code: 'RATE_LIMITED' }, NOON);
      await store.broadcasts.interrupted(NOON);
      expect(await standing()).toEqual({ [mine.contactId]: 'cancelled', 'never claimed': 'cancelled' });
    });

    test('believes a late word that it was sent', async () => {
      const mine = await claimed();
      await store.broadcasts.begin(mine, 'me', NOON);
      await store.broadcasts.interrupted(NOON);
      await store.broadcasts.settle(mine, { status: 'sent', providerId: '5', via: 'text' }, NOON);
      expect(await standing()).toEqual({ [mine.contactId]: 'sent' });
    });

    test('gives back what it holds and has not begun', async () => {
      await running(row('a'), row('b'));
      await claim(1, 'me');
      await claim(1, 'other');
      await store.broadcasts.release('b', 'me');
      expect(Object.values(await standing()).sort()).toEqual(['claimed', 'pending']);
    });

    test('puts failed or unsure rows back in line, never sent ones', async () => {
      const ids = [await person('1'), await person('2'), await person('3')];
      await running(...ids.map((id) => row(id)));
      const rows = await claim();
      for (const each of rows) await store.broadcasts.begin(each, 'me', NOON);
      await store.broadcasts.settle(rows[0]!, { status: 'sent', providerId: '1', via: 'text' }, NOON);
      await store.broadcasts.settle(rows[1]!, { status: 'failed', code: 'SEND_REFUSED' }, NOON);
      await store.broadcasts.settle(rows[2]!, { status: 'unsure', code: 'CHANNEL_UNREACHABLE' }, NOON);
      expect(await store.broadcasts.retry('b', 'failed')).toBe(1);
      expect((await claim()).map(({ contactId }) => contactId)).toEqual([rows[1]?.contactId]);
      expect(await store.broadcasts.retry('b', 'unsure')).toBe(1);
    });

    test('counts rows by how they stand, and keeps "read" whatever comes after it', async () => {
      const mine = await claimed();
      await store.broadcasts.begin(mine, 'me', NOON);
      await store.broadcasts.settle(mine, { status: 'sent', providerId: '77', via: 'text' }, NOON);
      const counts = async () =>
        (await store.broadcasts.counts('b')).map(({ status, receipt, many }) => ({ status, receipt, many }));
      expect(await counts()).toEqual([{ status: 'sent', receipt: null, many: 1 }]);
      expect(await store.broadcasts.receipt('telegram', '77', 'read', NOON)).toBe(mine.contactId);
      expect(await store.broadcasts.receipt('telegram', '77', 'delivered', NOON + 1)).toBe(mine.contactId);
      expect(await store.broadcasts.receipt('whatsapp', '77', 'delivered', NOON)).toBeNull();
      expect(await counts()).toEqual([{ status: 'sent', receipt: 'read', many: 1 }]);
    });

    test('ends what still waits', async () => {
      await running(row('a'), row('b'), row('c', { status: 'excluded', reason: 'interest' }));
      await claim(1);
      expect(await store.broadcasts.endOpen('b', 'expired')).toBe(2);
      expect(await standing()).toEqual({ a: 'expired', b: 'expired', c: 'interest' });
      expect(await store.broadcasts.hasOpen('b')).toBe(false);
    });

    test('keeps each consent with its words, and forgets them with the person', async () => {
      const id = await person('1');
      await person('1', { consent: 'stopped' });
      const given = { contactId: id, at: NOON, channel: 'telegram', way: 'command', wording: 'Mau menerima?' };
      const kept = await store.broadcasts.consents(id);
      expect([...kept].sort((a, b) => a.consent.localeCompare(b.consent))).toEqual([
        { ...given, consent: 'granted' },
        { ...given, consent: 'stopped' },
      ]);
      await store.contacts.forget(id);
      expect(await store.broadcasts.consents(id)).toEqual([]);
    });

    test('uses a linking code up, and never after its time', async () => {
      await store.broadcasts.putLinkCode('old', 'contact/a', NOON + 1);
      await store.broadcasts.putLinkCode('new', 'contact/a', NOON + 1);
      expect(await store.broadcasts.takeLinkCode('old', NOON)).toBeNull();
      expect(await store.broadcasts.takeLinkCode('new', NOON)).toBe('contact/a');
      expect(await store.broadcasts.takeLinkCode('new', NOON)).toBeNull();
      await store.broadcasts.putLinkCode('late', 'contact/a', NOON);
      expect(await store.broadcasts.takeLinkCode('late', NOON)).toBeNull();
    });

    test('linked contacts are one person: planned once, stopped together', async () => {
      const [one, two, three] = [await person('1'), await person('2'), await person('3')];
      await running(row(one), row(two), row(three));
      expect(await store.broadcasts.link(one, two)).toBe(true);
      expect(await standing()).toEqual({ [one]: 'linked', [two]: 'pending', [three]: 'pending' });
      expect(await store.broadcasts.link(three, two)).toBe(true);
      const people = await store.broadcasts.candidates('64.02', null, '', 9);
      const [personId] = people.map((each) => each.personId);
      expect(people.map((each) => each.personId)).toEqual([personId, personId, personId]);
      expect((await store.broadcasts.linked([personId ?? ''], null)).length).toBe(3);
      await person('1', { consent: 'stopped' });
      expect((await standing())[two]).toBe('stopped');
      expect((await store.contacts.find(two))?.consent).toBe('stopped');
    });

    test('a failed row sent again never reaches a person who got it on the other channel meanwhile', async () => {
      const [one, two] = [await person('1'), await person('2')];
      await running(row(one), row(two));
      const rows = await claim();
      const of = (id: string) => rows.find(({ contactId }) => contactId === id)!;
      await store.broadcasts.begin(of(one), 'me', NOON);
      await store.broadcasts.settle(of(one), { status: 'failed', code: 'SEND_REFUSED' }, NOON);
      await store.broadcasts.link(one, two);
      expect(await store.broadcasts.begin(of(two), 'me', NOON)).toMatchObject({ address: '2' });
      await store.broadcasts.settle(of(two), { status: 'sent', providerId: 'p', via: 'text' }, NOON);
      expect(await store.broadcasts.retry('b', 'failed')).toBe(1);
      const [again] = await claim();
      expect(await store.broadcasts.begin(again!, 'me', NOON)).toBeNull();
      expect(await standing()).toEqual({ [one]: 'linked', [two]: 'sent' });
    });

    test('of contacts that become one person a stop counts for all, unless a yes is younger', async () => {
      const [one, two] = [await person('1'), await person('2', { consent: 'stopped' })];
      const three = await person('3', {}, [], NOON + 1);
      await running(row(one), row(three));
      await store.broadcasts.link(one, two);
      await store.broadcasts.link(three, two);
      expect((await store.contacts.find(one))?.consent).toBe('stopped');
      expect((await store.contacts.find(three))?.consent).toBe('granted');
      expect(await standing()).toEqual({ [one]: 'stopped', [three]: 'pending' });
    });
  });
}
