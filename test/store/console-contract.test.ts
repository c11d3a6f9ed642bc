import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TurnEvent } from '../../src/domain/event.js';
import { HOUR } from '../../src/domain/time.js';
import type { Store } from '../../src/ports/store.js';
import { planSeed } from '../../src/services/seed.js';
import { emptyStores } from '../fakes/stores.js';

const STORES = await emptyStores();

/** A Monday, midnight in Tenggarong. */
const MIDNIGHT = Date.parse('2026-11-23T00:00:00+08:00');
const EIGHT_HOURS = 8 * HOUR;
const asked = (areaCode: string, found: 'open' | 'none'): TurnEvent => ({
  kind: 'question_answered',
  intent: 'open_now',
  areaCode,
  service: 'outpatient',
  found,
});

describe.each(STORES)('what the console asks of the store in %s', (_, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());

  const answer = async (id: string, at: number, event: TurnEvent) => {
    const message = {
      id,
      channel: 'console',
      contact: id,
      at,
      body: { type: 'text', text: 'x' },
      language: 'id',
    } as const;
    await store.inbox.accept(message, at);
    const start = await store.inbox.start(id);
    if (!start) throw new Error('not accepted');
    const turn = { messageId: id, contactId: start.contactId, sessionVersion: 0, session: {}, facts: start.facts };
    const rest = { events: [event], replies: [], intent: 'open_now', outcome: null, at, keepBody: false };
    expect(await store.inbox.commit({ ...turn, ...rest })).toBe(true);
  };

  it('counts what happened, and by hour of the week on the clock of the zone', async () => {
    await answer('a', MIDNIGHT, asked('64.02.06', 'none'));
    await answer('b', MIDNIGHT + 1, asked('64.02.06', 'none'));
    await answer('c', MIDNIGHT - 1, asked('64.02.06', 'none'));
    await answer('d', MIDNIGHT + 26 * HOUR, asked('64.02.06', 'open'));
    const { activity } = store;
    const from = MIDNIGHT - HOUR;
    const total = (await activity.counts(from, MIDNIGHT + HOUR)).map(({ kind, count: many }) => [kind, many]);
    expect(total).toEqual([['question_answered', 3]]);
    const hours = await activity.questionsByHour(from, MIDNIGHT + 48 * HOUR, EIGHT_HOURS);
    expect(
      hours.map(({ hour, data, count: many }) => [hour, data.found, many]).sort((a, b) => Number(a[0]) - Number(b[0])),
    ).toEqual([
      [0, 'none', 2],
      [26, 'open', 1],
      [167, 'none', 1],
    ]);
    expect(await activity.counts(MIDNIGHT + 72 * HOUR, MIDNIGHT + 96 * HOUR)).toEqual([]);
  });

  it('keeps clinicians’ agreements, one per card and wording', async () => {
    const signOff = {
      cardId: 'stroke-now',
      wordsHash: 'w1',
      signer: 'dr. Contoh',
      profession: 'dokter',
      signedOn: '2026-11-23',
      recordedBy: 'x@example.test',
      recordedAt: MIDNIGHT,
    };
    await store.signOffs.put(signOff);
    await store.signOffs.put({ ...signOff, signer: 'dr. Lain' });
    await store.signOffs.put({ ...signOff, wordsHash: 'w2', recordedAt: MIDNIGHT + 1 });
    const all = await store.signOffs.all();
    expect(all.map(({ wordsHash, signer }) => [wordsHash, signer])).toEqual([
      ['w2', 'dr. Contoh'],
      ['w1', 'dr. Lain'],
    ]);
  });

  it('keeps versions of rules in the order of entry, each a line of the history, and none on data that moved on', async () => {
    const { data } = store;
    const version = (id: string, content: string | null) => ({
      id,
      ruleId: 'kukar.resident',
      from: '2027-01-01',
      content,
      source: 'surat contoh',
      enteredBy: 'ani@example.test',
      enteredAt: MIDNIGHT,
    });
    const author = { who: 'ani@example.test', at: MIDNIGHT };
    const before = await data.version();
    await data.putRuleVersion(version('1', '{"a":1}'), author, before);
    await expect(data.putRuleVersion(version('2', null), author, before)).rejects.toMatchObject({ code: 'STORE_BUSY' });
    await data.putRuleVersion(version('2', null), author);
    expect(await data.ruleVersions()).toEqual([version('1', '{"a":1}'), version('2', null)]);
    expect((await data.snapshot()).ruleVersions).toEqual(await data.ruleVersions());
    expect(await data.version()).toBe(before + 2);
    const lines = await data.changes(10, 'kukar.resident');
    expect(lines.map(({ what, before: old }) => [what, old])).toEqual([
      ['rule_versions', null],
      ['rule_versions', null],
    ]);
  });

  it('finds changes by who, what, subject and time, and reads single records', async () => {
    const { data } = store;
    await data.seed(planSeed().change, { who: 'seed', at: 1 });
    const exception = (id: string, facilityId: string | null) => ({
      id,
      regionCode: '64.02',
      facilityId,
      service: null,
      from: MIDNIGHT,
      to: MIDNIGHT + HOUR,
      hours: null,
      reason: 'banjir',
      source: 'contoh',
      grade: 'verified' as const,
      checkedOn: '2026-11-23',
    });
    const loaIpuh = '64.02-puskesmas-loa-ipuh';
    await data.putExceptions([exception('1', loaIpuh), exception('2', null)], { who: 'rini', at: MIDNIGHT });
    await data.note({ what: 'staff', subject: 'budi', before: null, after: '{}' }, { who: 'ani', at: MIDNIGHT + HOUR });
    const any = { who: null, what: null, subject: null, from: null, to: null, limit: 10, skip: 0 };
    const found = async (query: object) =>
      (await data.findChanges({ ...any, ...query })).map(({ what, subject }) => `${what} ${subject}`);
    expect(await found({ who: 'ani' })).toEqual(['staff budi']);
    expect((await found({ what: 'hours_exceptions' })).sort()).toEqual([
      'hours_exceptions 64.02',
      `hours_exceptions ${loaIpuh}`,
    ]);
    expect(await found({ subject: loaIpuh })).toEqual([`hours_exceptions ${loaIpuh}`]);
    expect(await found({ from: MIDNIGHT + 1 })).toEqual(['staff budi']);
    expect(await found({ to: MIDNIGHT, limit: 5 })).toEqual(['seed seed']);
    expect(await found({ limit: 1, skip: 1 })).toHaveLength(1);
    expect((await data.exceptions(['64.02'])).map(({ id }) => id).sort()).toEqual(['1', '2']);
    expect(await data.exceptions(['64.74'])).toEqual([]);
    expect(await data.facility(loaIpuh)).toEqual((await data.snapshot()).facilities.find(({ id }) => id === loaIpuh));
    expect(await data.facility('nobody')).toBeNull();
    const numbers = await data.numbers();
    expect(numbers[0]?.regionCode).toBeNull();
    const own = numbers.find(({ regionCode }) => regionCode !== null);
    if (!own) throw new Error('no regional number is shipped');
    await data.removeNumber(own, { who: 'rini', at: MIDNIGHT });
    expect(await data.numbers()).toHaveLength(numbers.length - 1);
    expect((await data.regions()).map(({ code }) => code)).toContain('64.02');
  });
});
