import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { AppError } from '../../src/errors.js';
import type { OutboxKind } from '../../src/ports/inbox.js';
import type { Outbox } from '../../src/ports/outbox.js';
import type { Store } from '../../src/ports/store.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { house, MONDAY, OPEN, SEIZURE, written } from './house.js';

const down = () => Promise.reject(new AppError('STORE_UNAVAILABLE', 'the database failed'));
const UNREACHABLE = { code: 'CHANNEL_UNREACHABLE' } as const;

/** A store whose outbox fails or is slow where told. */
function storeWith(change: (real: Outbox) => Partial<Outbox>): Store {
  const store = createMemoryStore();
  return { ...store, outbox: { ...store.outbox, ...change(store.outbox) } };
}

/** Puts one text into the outbox, as the turn of a message would. */
async function put(store: Store, id: string, kind: OutboxKind, contact = '777', at = MONDAY): Promise<void> {
  await store.inbox.accept(written(id, 'halo', contact), at);
  const start = await store.inbox.start(`telegram:${id}`);
  if (!start) throw new Error('not accepted');
  await store.inbox.commit({
    messageId: `telegram:${id}`,
    contactId: start.contactId,
    sessionVersion: start.sessionVersion,
    session: {},
    facts: start.facts,
    events: [],
    replies: [{ kind, reply: { type: 'text', text: `${kind} ${id}`, choices: [] } }],
    intent: 'greeting',
    outcome: null,
    at,
    keepBody: false,
  });
}

describe('what becomes of a send', () => {
  it.each([
    ['sent', { kind: 'sent', providerId: 'x' }, { sent: 1 }, 1],
    ['refused for good', { kind: 'failed', code: 'SEND_REFUSED' }, { failed: 1 }, 1],
    ['nobody knows', { kind: 'unsure', ...UNREACHABLE }, { unsure: 1 }, 1],
    ['the channel breaks its promise', 'throw', { unsure: 1 }, 1],
    ['refused for now', { kind: 'retry', afterMs: 0, ...UNREACHABLE }, { sent: 1 }, 2],
  ] as const)('%s', async (_, result, counts, sends) => {
    const here = house();
    here.telegram.script(result);
    await here.say('1', OPEN);
    await here.clock.advance(MINUTE);
    expect(await here.counts()).toEqual(counts);
    expect(here.told()).toHaveLength(sends);
  });

  it('sends an emergency card again of which nobody knows, but not for ever', async () => {
    const once = house();
    once.telegram.script({ kind: 'unsure', ...UNREACHABLE });
    await once.say('1', SEIZURE);
    await once.clock.advance(MINUTE);
    expect([once.told().length, await once.counts()]).toEqual([2, { sent: 1 }]);

    const never = house();
    never.telegram.script(...Array.from({ length: 50 }, () => ({ kind: 'unsure', ...UNREACHABLE }) as const));
    await never.say('1', SEIZURE);
    await never.clock.advance(HOUR);
    expect([never.told().length, await never.counts()]).toEqual([10, { unsure: 1 }]);
  });

  it('tries again after growing waits', async () => {
    const { say, clock, telegram } = house();
    telegram.script(...Array.from({ length: 9 }, () => ({ kind: 'retry', afterMs: 0, ...UNREACHABLE }) as const));
    await say('1', OPEN);
    await clock.advance(5 * MINUTE);
    const seconds = telegram.sent.map(({ at }) => (at - MONDAY) / 1000);
    const waits = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
    expect(waits).toEqual([0.5, 1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it.each([1, 3_000, 61_234])('keeps a provider’s retry_after of %d ms to the millisecond', async (afterMs) => {
    const { say, clock, telegram } = house();
    telegram.script({ kind: 'retry', afterMs, code: 'RATE_LIMITED' });
    await say('1', OPEN);
    await clock.advance(2 * MINUTE);
    expect(telegram.sent.map(({ at }) => at - MONDAY)).toEqual([0, afterMs]);
  });

  it('marks who cannot be reached, until they write again', async () => {
    const { say, clock, store, telegram } = house();
    telegram.script({ kind: 'failed', code: 'CONTACT_UNREACHABLE' });
    await say('1', OPEN);
    await clock.settle();
    expect(await store.contacts.findByAddress('telegram', '777')).toMatchObject({ unreachableAt: MONDAY });
    await clock.advance(1);
    await say('2', OPEN);
    await clock.settle();
    expect(await store.contacts.findByAddress('telegram', '777')).toMatchObject({ unreachableAt: null });
  });

  it('does not send what could not be sent for an hour', async () => {
    const { say, clock, told, telegram, counts } = house();
    telegram.script(...Array.from({ length: 200 }, () => ({ kind: 'retry', afterMs: 0, ...UNREACHABLE }) as const));
    await say('1', OPEN);
    await clock.advance(HOUR + 2 * MINUTE);
    expect(await counts()).toEqual({ expired: 1 });
    const tries = told().length;
    await clock.advance(HOUR);
    expect(told()).toHaveLength(tries);
  });
});

describe('order of sending', () => {
  it('a person’s later answer waits for the earlier one, another person’s does not', async () => {
    const { say, clock, telegram } = house();
    telegram.script({ kind: 'retry', afterMs: 10_000, ...UNREACHABLE });
    await say('1', 'halo');
    await say('2', 'halo');
    await say('3', 'halo', '888');
    await clock.advance(20_000);
    expect(telegram.sent.map(({ replyTo }) => replyTo)).toEqual([
      'telegram:1',
      'telegram:3',
      'telegram:1',
      'telegram:2',
    ]);
  });

  it('emergencies before replies before bulk', async () => {
    const first = house({ withoutSending: true });
    for (let n = 0; n < 40; n += 1) await put(first.store, `b${n}`, 'bulk', `b${n}`);
    await put(first.store, 'r', 'reply', 'r');
    await put(first.store, 'e', 'emergency', 'e');
    const { clock, telegram } = house({ store: first.store });
    await clock.settle();
    expect(telegram.sent.slice(0, 3).map(({ text }) => text)).toEqual(['emergency e', 'reply r', 'bulk b0']);
    expect(telegram.sent).toHaveLength(42);
  });

  it('tries one by one while the provider says too fast, emergencies first', async () => {
    const quiet = house({ withoutSending: true });
    for (let n = 0; n < 100; n += 1) await put(quiet.store, `r${n}`, 'reply', `r${n}`);
    const { clock, telegram } = house({ store: quiet.store });
    telegram.script(
      ...Array.from({ length: 33 }, () => ({ kind: 'retry', afterMs: 5_000, code: 'RATE_LIMITED' }) as const),
    );
    await put(quiet.store, 'e', 'emergency', 'e');
    await clock.advance(5_000);
    expect(telegram.sent.map(({ text }) => text).slice(32)).toEqual(['emergency e']);
    await clock.advance(MINUTE);
    expect(await quiet.store.outbox.counts()).toMatchObject({ sent: 101, retry: 0, pending: 0 });
  });

  it('sends nothing to anybody while the provider says too fast, then emergencies first', async () => {
    const refusal = { kind: 'retry', afterMs: 10_000, code: 'RATE_LIMITED' } as const;
    const { clock, telegram, store } = house();
    telegram.script(...Array.from({ length: 32 }, () => refusal));
    for (let n = 0; n < 60; n += 1) await put(store, `r${n}`, 'reply', `r${n}`);
    await clock.advance(1_000);
    const refused = telegram.sent.length;
    expect(refused).toBeLessThanOrEqual(32);
    await put(store, 'e', 'emergency', 'e');
    const last = Math.max(...telegram.sent.map(({ at }) => at));
    await clock.advance(last + 10_000 - 1 - clock.now());
    expect(telegram.sent).toHaveLength(refused);
    telegram.script();
    await clock.advance(1);
    expect(telegram.sent[refused]?.text).toBe('emergency e');
    await clock.advance(MINUTE);
    expect(await store.outbox.counts()).toMatchObject({ sent: 61, retry: 0, pending: 0 });
  });

  it('writes to the others when the limit is on one person', async () => {
    const { say, clock, told, telegram } = house();
    telegram.script({ kind: 'retry', afterMs: 7_000, code: 'RATE_LIMITED', thisContactOnly: true });
    await say('1', 'halo', '777');
    await clock.settle();
    await say('2', 'halo', '888');
    await clock.advance(1_000);
    expect([told('777').length, told('888').length]).toEqual([1, 1]);
    await clock.advance(7_000);
    expect(told('777')).toHaveLength(2);
  });

  it('spreads what one person gets, holds up nobody else, and never a card', async () => {
    const quiet = house({ withoutSending: true });
    for (let n = 0; n < 5; n += 1) await put(quiet.store, `r${n}`, 'reply', '777');
    await put(quiet.store, 'o', 'reply', '888');
    const { clock, telegram } = house({ store: quiet.store, perPerson: { burst: 2, everyMs: 1_000 } });
    await clock.advance(500);
    expect(telegram.sent.map(({ text }) => text)).toEqual(['reply r0', 'reply o', 'reply r1']);
    await put(quiet.store, 'e', 'emergency', '777');
    await clock.advance(10_000);
    const after = telegram.sent.slice(3).map(({ text, at }) => [text, Math.round((at - MONDAY) / 1000)]);
    // The card counts, too: what follows waits a second longer.
    expect(after).toEqual([
      ['emergency e', 1],
      ['reply r2', 2],
      ['reply r3', 3],
      ['reply r4', 4],
    ]);
    expect(await quiet.store.outbox.counts()).toMatchObject({ sent: 7, retry: 0, pending: 0 });
  });

  it('writes slowly to somebody for whom it was told to slow down, from the moment that was named', async () => {
    const quiet = house({ withoutSending: true });
    for (let n = 0; n < 3; n += 1) await put(quiet.store, `r${n}`, 'reply', '777');
    const { clock, telegram } = house({ store: quiet.store, perPerson: { burst: 20, everyMs: 1_000 } });
    telegram.script({ kind: 'retry', afterMs: 7_000, code: 'RATE_LIMITED', thisContactOnly: true });
    await clock.advance(MINUTE);
    expect(telegram.sent.map(({ at }) => at - MONDAY)).toEqual([0, 7_000, 8_000, 9_000]);
  });

  it('a provider that hangs stalls no other channel', async () => {
    const { receiver, clock, telegram, others } = house({ others: ['whatsapp'] });
    telegram.script(...Array.from({ length: 40 }, () => 'hang' as const));
    await receiver.receive(Array.from({ length: 40 }, (_, n) => written(`${n}`, 'halo', `${n}`)));
    await receiver.receive([written('w', 'halo', 'w', MONDAY, 'whatsapp')]);
    await clock.settle();
    expect(telegram.sent.length).toBeLessThanOrEqual(32);
    expect(others[0]?.sent).toHaveLength(1);
  });
});

describe('a store in trouble', () => {
  it('is told of a send until it takes it, and the send is not made again', async () => {
    let failures = 20;
    const store = storeWith((real) => ({
      settle: (result, now) => {
        failures -= 1;
        return failures >= 0 ? down() : real.settle(result, now);
      },
    }));
    const { say, clock, told, counts } = house({ store });
    await say('1', OPEN);
    await clock.advance(10 * MINUTE);
    expect([told().length, await counts()]).toEqual([1, { sent: 1 }]);
  });

  it('is asked again when it cannot give what is due', async () => {
    let failures = 3;
    const store = storeWith((real) => ({
      claim: (...args) => {
        failures -= 1;
        return failures >= 0 ? down() : real.claim(...args);
      },
    }));
    const { say, clock, told } = house({ store });
    await say('1', OPEN);
    await clock.advance(MINUTE);
    expect(told()).toHaveLength(1);
  });
});

describe('a process that died while sending', () => {
  async function died(text: string) {
    const dead = house({ owner: 'dead' });
    await dead.store.leases.take('process/dead', 'dead', MONDAY, MONDAY + 9_000);
    dead.telegram.script('hang');
    await dead.say('1', text);
    await dead.clock.settle();
    // Its loop ends; what it had begun never does.
    void dead.close();
    const next = house({ store: dead.store, owner: 'next', clock: dead.clock });
    return { dead, next };
  }

  it('leaves its claims alone while its lease lasts', async () => {
    const { next } = await died(OPEN);
    expect(await next.store.outbox.interrupted(MONDAY + 8_999)).toEqual({ again: 0, unsure: 0 });
  });

  it('leaves an answer unsure that is not sent again, and the next one is sent', async () => {
    const { next } = await died(OPEN);
    await next.say('2', 'halo');
    await next.clock.advance(9_000);
    expect(next.told()).toEqual([]);
    expect(await next.store.outbox.interrupted(next.clock.now())).toEqual({ again: 0, unsure: 1 });
    await next.clock.advance(2_000);
    expect(next.telegram.sent.map(({ replyTo }) => replyTo)).toEqual(['telegram:2']);
    expect(await next.counts()).toEqual({ sent: 1, unsure: 1 });
  });

  it('leaves a card that is sent again', async () => {
    const { next } = await died(SEIZURE);
    await next.clock.advance(9_000);
    expect(await next.store.outbox.interrupted(next.clock.now())).toEqual({ again: 1, unsure: 0 });
    await next.clock.advance(2_000);
    expect(next.told()).toHaveLength(1);
    expect(await next.counts()).toEqual({ sent: 1 });
  });
});

describe('a stop', () => {
  it('sends what is due and records it, then ends', async () => {
    const quiet = house({ withoutSending: true });
    for (let n = 0; n < 40; n += 1) await put(quiet.store, `${n}`, 'reply', `${n}`);
    const here = house({ store: quiet.store });
    await here.close();
    expect(here.telegram.sent).toHaveLength(40);
    expect(await here.counts()).toEqual({ sent: 40 });
  });

  it('does not wait for a row whose time has not come', async () => {
    const here = house();
    here.telegram.script({ kind: 'retry', afterMs: MINUTE, ...UNREACHABLE });
    await here.say('1', OPEN);
    await here.clock.settle();
    await here.close();
    expect(await here.counts()).toEqual({ retry: 1 });
  });
});
