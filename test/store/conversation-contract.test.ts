import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationStep } from '../../src/domain/conversation.js';
import type { InboundMessage } from '../../src/domain/message.js';
import { DAY, HOUR, MINUTE } from '../../src/domain/time.js';
import type { Turn, TurnStart } from '../../src/ports/inbox.js';
import type { Store } from '../../src/ports/store.js';
import { emptyStores } from '../fakes/stores.js';

const STORES = await emptyStores();

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const RINI = { who: 'rini@dinkes.test', at: NOON + MINUTE };
const BUDI = { who: 'budi@dinkes.test', at: NOON + 2 * MINUTE };
const OPEN: ConversationStep = {
  act: 'open',
  regionCode: '64.74',
  silentUntil: NOON + 15 * MINUTE,
  body: { type: 'text', text: 'mau bicara petugas' },
  emergency: false,
};
const words = (text: string, once = text) => ({ text, once });
const keep = (text: string, more: Partial<ConversationStep> = {}): ConversationStep => ({
  act: 'keep',
  regionCode: null,
  silentUntil: null,
  body: { type: 'text', text },
  emergency: false,
  ...more,
});

describe.each(STORES)('talks with the office in %s', (_, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const write = async (id: string, contact: string): Promise<TurnStart> => {
    const body = { type: 'text', text: 'x' } as const;
    const message: InboundMessage = {
      id: `telegram:${id}`,
      channel: 'telegram',
      contact,
      at: NOON,
      body,
      language: 'id',
    };
    await store.inbox.accept(message, NOON);
    const start = await store.inbox.start(message.id);
    if (!start) throw new Error('not accepted');
    return start;
  };
  const turn = (id: string, start: TurnStart, conversation: ConversationStep | null, at = NOON): Turn => ({
    messageId: `telegram:${id}`,
    contactId: start.contactId,
    sessionVersion: start.sessionVersion,
    session: {},
    facts: start.facts,
    events: [],
    replies: [],
    intent: 'human',
    outcome: null,
    at,
    keepBody: false,
    ...(conversation === null ? {} : { conversation }),
  });
  /** One message of a person and what it does to their talk. */
  const say = async (id: string, conversation: ConversationStep | null, contact = '777', at = NOON) => {
    const start = await write(id, contact);
    expect(await store.inbox.commit(turn(id, start, conversation, at))).toBe(true);
    return start;
  };
  const only = async () => {
    const [talk] = await store.conversations.list(['64.74'], NOON);
    if (!talk) throw new Error('there is no talk');
    return talk;
  };
  const texts = async (id: string) =>
    (await store.conversations.messages(id)).map(({ who, body }) => [who, body?.type === 'text' ? body.text : body]);

  it('begins with a turn, and the next turns start from it', async () => {
    expect((await say('1', OPEN)).conversation).toBeUndefined();
    const { conversation } = await say('2', keep('BPJS saya mati', { emergency: true }), '777', NOON + MINUTE);
    expect(conversation).toEqual({ regionCode: '64.74', status: 'waiting', silentUntil: NOON + 15 * MINUTE });
    const talk = await only();
    expect(talk).toMatchObject({
      status: 'waiting',
      channel: 'telegram',
      openedAt: NOON,
      residentAt: NOON + MINUTE,
      emergencyAt: NOON + MINUTE,
      staffAt: null,
    });
    expect(await texts(talk.id)).toEqual([
      [null, 'mau bicara petugas'],
      [null, 'BPJS saya mati'],
    ]);
    expect(await store.conversations.find(talk.id)).toEqual(talk);
    expect(await store.conversations.waiting(['64.74', '64.02'])).toBe(1);
    expect(await store.conversations.waiting(['64.02'])).toBe(0);
    expect(await store.conversations.list(['64.02'], 0)).toEqual([]);
  });

  it('is one per person, however often it is asked for', async () => {
    await say('1', OPEN);
    await say('2', { ...OPEN, regionCode: '64.02', silentUntil: null });
    expect(await store.conversations.list(['64.74'], 0)).toEqual([]);
    const [talk] = await store.conversations.list(['64.02'], 0);
    expect(talk).toMatchObject({ status: 'waiting', silentUntil: null });
    await say('3', OPEN, 'another person');
    expect(await store.conversations.waiting(['64.02', '64.74'])).toBe(2);
  });

  it('is written by the turn that won, and by no other', async () => {
    const start = await write('1', '777');
    await say('2', OPEN);
    expect(await store.inbox.commit(turn('1', start, keep('lost')))).toBe(false);
    expect(await texts((await only()).id)).toEqual([[null, 'mau bicara petugas']]);
  });

  it('shares its transaction with people who are in none', async () => {
    const starts = await Promise.all(['a', 'b', 'c'].map((who) => write(who, who)));
    const turns = starts.map((start, at) => turn('abc'[at] ?? '', start, at === 1 ? OPEN : null));
    expect(await Promise.all(turns.map((each) => store.inbox.commit(each)))).toEqual([true, true, true]);
    expect(await store.conversations.waiting(['64.74'])).toBe(1);
  });

  it('goes back to the bot, and ends, by the person’s own word', async () => {
    await say('1', OPEN);
    await say('2', { ...keep(''), act: 'return', body: null });
    expect(await only()).toMatchObject({ status: 'waiting', silentUntil: null });
    await say('3', { ...keep(''), act: 'end', body: null }, '777', NOON + HOUR);
    expect(await only()).toMatchObject({ status: 'closed', closedBy: 'resident', closedAt: NOON + HOUR });
    expect((await say('4', OPEN)).conversation).toBeUndefined();
    expect(await store.conversations.list(['64.74'], 0)).toHaveLength(2);
  });

  it('is taken by one of two', async () => {
    await say('1', OPEN);
    const { id } = await only();
    const both = [RINI, BUDI].map((who) => store.conversations.take(id, null, who, NOON + HOUR));
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    const { takenBy } = await only();
    const [mine, other] = takenBy === RINI.who ? [RINI, BUDI] : [BUDI, RINI];
    expect(await store.conversations.reply(id, words('saya juga'), other, NOON + HOUR)).toBe(false);
    expect(await store.conversations.release(id, other, NOON + HOUR)).toBe(false);
    // Whoever says from whom may take it out of their hands.
    expect(await store.conversations.take(id, other.who, other, NOON + HOUR)).toBe(false);
    expect(await store.conversations.take(id, mine.who, other, NOON + HOUR)).toBe(true);
    expect((await only()).takenBy).toBe(other.who);
    expect(await store.conversations.release(id, other, NOON + 2 * HOUR)).toBe(true);
    expect(await only()).toMatchObject({ status: 'waiting', takenBy: null, silentUntil: NOON + 2 * HOUR });
  });

  it('lets replies leave in order, and shows what became of them', async () => {
    await say('1', OPEN);
    const { id } = await only();
    expect(await store.conversations.reply(id, words('too early'), RINI, NOON + HOUR)).toBe(false);
    await store.conversations.take(id, null, RINI, NOON + HOUR);
    expect(await store.conversations.reply(id, words('selamat pagi'), RINI, NOON + 2 * HOUR)).toBe(true);
    expect(
      await store.conversations.reply(id, words('apa kabar?'), { ...RINI, at: RINI.at + 1 }, NOON + 2 * HOUR),
    ).toBe(true);
    expect(await only()).toMatchObject({ staffAt: RINI.at + 1, silentUntil: NOON + 2 * HOUR });
    const first = await store.outbox.claim('telegram', 'here', 10, NOON + HOUR);
    expect(first).toMatchObject([
      { kind: 'reply', replyTo: null, address: '777', reply: { type: 'text', text: 'selamat pagi' } },
    ]);
    await store.outbox.settle({ id: first[0]?.id ?? '', status: 'sent', providerId: 'p1' }, NOON + HOUR);
    const [second] = await store.outbox.claim('telegram', 'here', 10, NOON + HOUR);
    expect(second?.reply).toMatchObject({ text: 'apa kabar?' });
    await store.outbox.settle({ id: second?.id ?? '', status: 'failed', code: 'CONTACT_UNREACHABLE' }, NOON + HOUR);
    await store.outbox.receipt('telegram', 'p1', 'read', NOON + HOUR);
    const sent = (await store.conversations.messages(id)).filter(({ who }) => who !== null);
    expect(sent.map(({ delivery }) => [delivery?.status, delivery?.receipt])).toEqual([
      ['sent', 'read'],
      ['failed', null],
    ]);
  });

  it('lets a reply that is sent twice leave once', async () => {
    await say('1', OPEN);
    const { id } = await only();
    await store.conversations.take(id, null, RINI, NOON + HOUR);
    const twice = [1, 2].map(() => store.conversations.reply(id, words('ya', 'form 1'), RINI, NOON + HOUR));
    expect(await Promise.all(twice)).toEqual([true, true]);
    expect(await store.conversations.reply(id, words('ya', 'form 2'), RINI, NOON + HOUR)).toBe(true);
    expect(await store.outbox.counts()).toMatchObject({ pending: 2 });
    expect((await texts(id)).filter(([who]) => who !== null)).toHaveLength(2);
  });

  it('makes a turn that began before an act of staff begin again', async () => {
    await say('1', OPEN);
    const { id } = await only();
    const acts = [
      () => store.conversations.take(id, null, RINI, NOON + HOUR),
      () => store.conversations.reply(id, words('ya'), RINI, NOON + HOUR),
      () => store.conversations.handBack(id, RINI, { type: 'text', text: 'bot', choices: [] }),
      () => store.conversations.close(id, RINI, null),
    ];
    for (const [at, act] of acts.entries()) {
      const start = await write(`late ${at}`, '777');
      expect(await act()).toBe(true);
      expect(await store.inbox.commit(turn(`late ${at}`, start, keep('lost')))).toBe(false);
    }
    expect((await store.conversations.messages(id)).filter(({ who }) => who === null)).toHaveLength(1);
  });

  it('ends its silence once, and only the silence that was seen', async () => {
    await say('1', OPEN);
    const { conversations } = store;
    const word = { type: 'text', text: 'saya lagi', choices: [] } as const;
    expect(await conversations.due(NOON + 15 * MINUTE - 1, 10)).toEqual([]);
    const [due] = await conversations.due(NOON + 15 * MINUTE, 10);
    if (!due?.silentUntil) throw new Error('nothing is due');
    await conversations.take(due.id, null, RINI, NOON + HOUR);
    expect(await conversations.endSilence(due.id, due.silentUntil, word, NOON + 15 * MINUTE)).toBe(false);
    const both = [1, 2].map(() => conversations.endSilence(due.id, NOON + HOUR, word, NOON + HOUR));
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    expect(await conversations.handBack(due.id, RINI, word)).toBe(false);
    expect(await conversations.due(NOON + DAY, 10)).toEqual([]);
    expect(await store.outbox.counts()).toMatchObject({ pending: 1 });
  });

  it('is closed once, with a last word or none, and then rests', async () => {
    await say('1', OPEN);
    const { id } = await only();
    const word = { type: 'text', text: 'selesai', choices: [] } as const;
    expect(await store.conversations.close(id, RINI, word)).toBe(true);
    expect(await store.conversations.close(id, BUDI, word)).toBe(false);
    expect(await store.conversations.take(id, null, BUDI, NOON + HOUR)).toBe(false);
    expect(await store.outbox.counts()).toMatchObject({ pending: 1 });
    expect(await only()).toMatchObject({ status: 'closed', closedBy: RINI.who, silentUntil: null });
    expect(await store.conversations.list(['64.74'], RINI.at + 1)).toEqual([]);
  });

  it('is closed when nobody writes, its texts are emptied, then it is gone', async () => {
    await say('1', OPEN);
    await say('2', OPEN, 'another person', NOON + 2 * DAY);
    const { conversations } = store;
    const first = (await conversations.list(['64.74'], 0))[0];
    expect(await conversations.closeIdle(NOON + DAY, NOON + 7 * DAY)).toBe(1);
    expect(await conversations.find(first?.id ?? '')).toMatchObject({ status: 'closed', closedBy: 'time' });
    expect(await conversations.emptyTexts(NOON + 7 * DAY)).toBe(0);
    expect(await conversations.emptyTexts(NOON + 7 * DAY + 1)).toBe(1);
    expect(await texts(first?.id ?? '')).toEqual([[null, null]]);
    expect(await conversations.prune(NOON + 7 * DAY)).toBe(0);
    expect(await conversations.prune(NOON + 7 * DAY + 1)).toBe(1);
    expect(await conversations.list(['64.74'], 0)).toHaveLength(1);
  });

  it('goes with the person', async () => {
    const { contactId } = await say('1', OPEN);
    const { id } = await only();
    expect(await store.contacts.forget(contactId)).toBe(true);
    expect(await store.conversations.find(id)).toBeNull();
    expect(await store.conversations.messages(id)).toEqual([]);
  });

  it('notes who did what, and no word of what was said', async () => {
    await say('1', keep('rahasia'), '777');
    await say('2', { ...OPEN, body: { type: 'text', text: 'rahasia' } });
    const { id } = await only();
    const version = await store.data.version();
    await store.conversations.take(id, null, RINI, NOON + HOUR);
    await store.conversations.reply(id, words('rahasia juga'), RINI, NOON + HOUR);
    await store.conversations.close(id, RINI, null);
    const changes = await store.data.changes(10, `64.74/${id}`);
    expect(changes.map(({ who, what, after }) => [who, what, after])).toEqual(
      ['closed', 'replied', 'taken'].map((act) => [RINI.who, 'conversations', JSON.stringify({ act })]),
    );
    expect(JSON.stringify(changes)).not.toContain('rahasia');
    expect(await store.data.version()).toBe(version);
  });

  it('keeps what staff say often, by region', async () => {
    const { conversations } = store;
    const reply = { id: 'r1', regionCode: '64.74', title: 'Salam', body: 'Selamat pagi' };
    await conversations.putCannedReply(reply, RINI);
    await conversations.putCannedReply({ ...reply, body: 'Selamat siang' }, BUDI);
    await conversations.putCannedReply({ ...reply, id: 'r2', title: 'BPJS' }, BUDI);
    expect(await conversations.cannedReplies('64.74')).toMatchObject([
      { id: 'r2', title: 'BPJS' },
      { id: 'r1', body: 'Selamat siang', updatedBy: BUDI.who },
    ]);
    await conversations.removeCannedReply('r1', '64.02', RINI);
    expect(await conversations.cannedReplies('64.74')).toHaveLength(2);
    await conversations.removeCannedReply('r1', '64.74', RINI);
    expect(await conversations.cannedReplies('64.74')).toHaveLength(1);
    expect(await conversations.cannedReplies('64.02')).toEqual([]);
    expect((await store.data.changes(10, '64.74/r1')).map(({ before }) => before === null)).toEqual([
      false,
      false,
      true,
    ]);
  });
});
