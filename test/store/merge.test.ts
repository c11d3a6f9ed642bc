import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BroadcastContent } from '../../src/domain/broadcast.js';
import type { ContactFacts } from '../../src/domain/contact.js';
import type { Turn } from '../../src/ports/inbox.js';
import type { Store } from '../../src/ports/store.js';
import { emptyStores } from '../fakes/stores.js';
import { message } from './contract.js';

const NOON = Date.UTC(2026, 10, 23, 4);
const STORES = await emptyStores();

describe.each(STORES)('two contacts that are one person, in %s', (_, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const find = (address: string) => store.contacts.findByAddress('console', address);
  const merge = () => store.contacts.merge('console', 'ID.1', '62811');

  /** A message of the address, answered with one reply, under the facts given. */
  async function answered(id: string, address: string, facts: Partial<ContactFacts> = {}, at = NOON): Promise<void> {
    await store.inbox.accept({ ...message(id, address), at }, at);
    expect(await store.inbox.commit(await turnOf(id, facts, at))).toBe(true);
  }

  async function turnOf(id: string, facts: Partial<ContactFacts> = {}, at = NOON): Promise<Turn> {
    const start = await store.inbox.start(`console:${id}`);
    if (!start) throw new Error('not accepted');
    const { consent } = facts;
    return {
      messageId: `console:${id}`,
      contactId: start.contactId,
      sessionVersion: start.sessionVersion,
      session: { last: id },
      facts: { ...start.facts, ...facts },
      events: [{ kind: 'facility_asked', facilityId: id }],
      consents: consent && consent !== 'never_asked' ? [{ consent, way: 'command', wording: id }] : [],
      replies: [{ kind: 'reply', reply: { type: 'text', text: id, choices: [] } }],
      intent: 'greeting',
      outcome: null,
      at,
      keepBody: false,
    };
  }

  const texts = async () =>
    (await store.outbox.claim('console', 'a', 9, NOON + 9000)).map(({ reply, address }) =>
      reply.type === 'text' ? `${address}: ${reply.text}` : '',
    );

  test('become one: facts, messages, answers in their order, the younger talk', async () => {
    await answered('1', '62811', { regionCode: '64.02', language: 'en' }, NOON);
    await answered('2', 'ID.1', {}, NOON + 1000);
    await store.inbox.accept(message('3', '62811'), NOON + 2000);
    const before = await find('ID.1');
    expect(await merge()).toBe(true);
    const one = await find('ID.1');
    expect(one).toMatchObject({ id: before?.id, regionCode: '64.02', createdAt: NOON, lastSeenAt: NOON + 1000 });
    expect(await find('62811')).toBeNull();
    expect(await store.inbox.start('console:3')).toMatchObject({ contactId: one?.id, session: { last: '2' } });
    expect(await texts()).toEqual(['ID.1: 1']);
    await store.outbox.settle({ id: 'console:1/0', status: 'sent', providerId: 'x' }, NOON);
    expect(await texts()).toEqual(['ID.1: 2']);
    expect(await store.inbox.accept(message('1', 'ID.1'), NOON)).toBeNull();
  });

  test.each([
    ['granted', 'stopped', 'stopped'],
    ['stopped', 'granted', 'stopped'],
    ['never_asked', 'stopped', 'stopped'],
    ['granted', 'never_asked', 'granted'],
    ['never_asked', 'granted', 'granted'],
    ['never_asked', 'never_asked', 'never_asked'],
  ] as const)('of %s and %s comes %s', async (kept, gone, together) => {
    await answered('1', 'ID.1', { consent: kept }, NOON);
    await answered('2', '62811', { consent: gone }, NOON + 1000);
    await merge();
    const consentAt = together === 'never_asked' ? null : kept === together ? NOON : NOON + 1000;
    expect(await find('ID.1')).toMatchObject({ consent: together, consentAt });
    const id = (await find('ID.1'))?.id ?? '';
    const said = [kept, gone].filter((consent) => consent !== 'never_asked');
    expect((await store.broadcasts.consents(id)).map(({ consent }) => consent)).toEqual(said);
  });

  test('a contact that only the other name knows takes the new one, and nobody at all is no harm', async () => {
    expect(await merge()).toBe(false);
    await answered('1', '62811', { consent: 'stopped' });
    const before = await find('62811');
    expect([await merge(), await merge()]).toEqual([true, false]);
    expect(await find('ID.1')).toMatchObject({ id: before?.id, consent: 'stopped' });
  });

  test.each([
    ['62811', 'its message has moved'],
    ['ID.1', 'the talk has moved on'],
  ])('a turn under way for %s loses and is decided again: %s', async (writer) => {
    await answered('1', 'ID.1');
    await answered('2', '62811', {}, NOON + 1000);
    await store.inbox.accept(message('3', writer), NOON + 2000);
    const late = await turnOf('3');
    await merge();
    expect(await store.inbox.commit(late)).toBe(false);
    expect(await store.inbox.commit(await turnOf('3'))).toBe(true);
  });

  /** A running announcement of this id. */
  const announce = (id: string) =>
    store.broadcasts.create(
      {
        id,
        content: { title: id, regionCode: '64.02', urgent: false } as BroadcastContent,
        status: 'running',
        version: 1,
        authors: [],
        approvals: [],
        pause: null,
        createdAt: NOON,
        updatedAt: NOON,
        sendAt: NOON,
        expiresAt: NOON + 9e6,
        startedAt: NOON,
        endedAt: null,
        seriesId: null,
      },
      { at: NOON, who: 'system', act: 'started', detail: null },
    );
  const row = (contactId: string) =>
    ({
      contactId,
      channel: 'console',
      status: 'pending',
      reason: null,
      via: 'text',
      zone: 'Asia/Makassar',
      nextAt: 0,
      personId: null,
    }) as const;

  test('announcements: who stopped under either name gets none, and one that went out is not sent again', async () => {
    for (const id of ['satu', 'dua']) await announce(id);
    await answered('1', 'ID.1', { consent: 'granted' });
    await answered('2', '62811', { consent: 'granted' });
    const [kept, gone] = [(await find('ID.1'))?.id ?? '', (await find('62811'))?.id ?? ''];
    await store.broadcasts.plan('satu', [row(gone)]);
    const [claimed] = await store.broadcasts.claim('satu', 'console', 'a', 9, NOON);
    if (!claimed) throw new Error('nothing claimed');
    await store.broadcasts.settle(claimed, { status: 'sent', providerId: 'p', via: 'text' }, NOON);
    await store.broadcasts.plan('satu', [row(kept)]);
    await store.broadcasts.plan('dua', [row(gone)]);
    await merge();
    const standing = async (id: string) =>
      (await store.broadcasts.rows(id, [], '', 9)).map(({ contactId, status, reason }) => [
        contactId === kept,
        status,
        reason,
      ]);
    expect((await standing('satu')).sort()).toEqual([
      [false, 'sent', null],
      [true, 'excluded', 'linked'],
    ]);
    expect(await standing('dua')).toEqual([[true, 'pending', null]]);
    await answered('3', '62822', { consent: 'stopped' });
    await store.contacts.merge('console', 'ID.1', '62822');
    expect(await standing('dua')).toEqual([[true, 'excluded', 'stopped']]);
  });

  test('announcements: a row in hand waits again for the one person, and one under way is unsure', async () => {
    await answered('1', 'ID.1', { consent: 'granted' });
    await answered('2', '62811', { consent: 'granted' });
    await store.outbox.settle({ id: 'console:1/0', status: 'sent', providerId: 'x' }, NOON);
    const [kept, gone] = [(await find('ID.1'))?.id ?? '', (await find('62811'))?.id ?? ''];
    for (const id of ['satu', 'dua']) {
      await announce(id);
      await store.broadcasts.plan(id, [row(gone)]);
      const [claimed] = await store.broadcasts.claim(id, 'console', 'a', 9, NOON);
      if (id === 'dua' && claimed) await store.broadcasts.begin(claimed, 'a', NOON - 1);
    }
    await merge();
    const standing = async (id: string) =>
      (await store.broadcasts.rows(id, [], '', 9)).map(({ contactId, status }) => [contactId, status]);
    expect(await standing('satu')).toEqual([[kept, 'pending']]);
    expect(await standing('dua')).toEqual([[kept, 'unsure']]);
  });

  test('who was linked with either is linked with both', async () => {
    await answered('1', 'ID.1', { regionCode: '64.02', consent: 'granted' });
    await answered('2', '62811', { regionCode: '64.02', consent: 'granted' });
    await answered('3', 'telepon-lain', { regionCode: '64.02', consent: 'granted' });
    const other = (await find('telepon-lain'))?.id ?? '';
    await store.broadcasts.link((await find('62811'))?.id ?? '', other);
    await merge();
    const people = await store.broadcasts.candidates('64.02', null, '', 9);
    expect(people).toHaveLength(2);
    expect(new Set(people.map(({ personId }) => personId)).size).toBe(1);
    expect(people[0]?.personId).not.toBeNull();
  });
});
