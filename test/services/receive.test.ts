import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { AppError } from '../../src/errors.js';
import type { Inbox } from '../../src/ports/inbox.js';
import { house, MONDAY, OPEN, SEIZURE, WORLD, written } from './house.js';

const DAY = 24 * HOUR;
const down = () => Promise.reject(new AppError('STORE_UNAVAILABLE', 'the database failed'));
const refuse = () => Promise.reject(new AppError('STORE_REJECTED', 'the database refused'));

/** Fails the first so many calls of one method. */
function failing(method: keyof Inbox, times: number, how: () => Promise<never> = down) {
  let left = times;
  return (real: Inbox): Inbox => ({
    ...real,
    [method]: (...args: never[]) => {
      left -= 1;
      return left >= 0 ? how() : (real[method] as (...given: never[]) => unknown)(...args);
    },
  });
}

describe('order and repeats', () => {
  it('answers two messages of one millisecond in their order, however slow the store', async () => {
    let starts = 0;
    const { say, clock, told } = house({
      inbox: (real, { wait }) => ({
        ...real,
        start: async (id) => {
          starts += 1;
          // The first look-up is the slowest one.
          await wait(400 - 100 * starts, new AbortController().signal);
          return real.start(id);
        },
      }),
    });
    await Promise.all([say('1', 'alamat puskesmas rapak mahang'), say('2', 'alamat puskesmas loa ipuh')]);
    await clock.advance(1000);
    const named = told().map((text) => /Rapak Mahang|Loa Ipuh/i.exec(text)?.[0].toLowerCase());
    // Each answer is a text and a pin.
    expect(named).toEqual(['rapak mahang', 'rapak mahang', 'loa ipuh', 'loa ipuh']);
  });

  it('does not let one slow person hold up another', async () => {
    const { say, clock, told } = house({
      inbox: (real, { wait }) => ({
        ...real,
        start: async (id) => {
          if (id === 'telegram:slow') await wait(60_000, new AbortController().signal);
          return real.start(id);
        },
      }),
    });
    await say('slow', OPEN, '1');
    await say('quick', OPEN, '2');
    await clock.settle();
    expect([told('1').length, told('2').length]).toEqual([0, 1]);
    await clock.advance(60_000);
    expect(told('1')).toHaveLength(1);
  });

  it('answers a message once that comes three times, together and later', async () => {
    const { say, clock, told } = house();
    await Promise.all([say('1', OPEN), say('1', OPEN), say('1', OPEN)]);
    await clock.settle();
    await say('1', OPEN);
    await clock.advance(MINUTE);
    expect(told()).toHaveLength(1);
  });

  it('answers in the order of arrival when the provider mixes them up', async () => {
    const { say, clock, telegram } = house();
    await say('2', OPEN);
    await say('1', 'halo');
    await clock.settle();
    expect(telegram.sent.map(({ replyTo }) => replyTo)).toEqual(['telegram:2', 'telegram:1']);
  });

  it('waits for an earlier message of the same person that another process has', async () => {
    const { store, say, clock, telegram, receiver } = house();
    await store.inbox.accept(written('1', 'halo'), MONDAY);
    await clock.advance(1);
    await say('2', OPEN);
    await clock.advance(100);
    expect(telegram.sent).toEqual([]);
    await receiver.sweep(0);
    await clock.advance(10_000);
    await receiver.sweep(0);
    await clock.settle();
    expect(telegram.sent.map(({ replyTo }) => replyTo)).toEqual(['telegram:1', 'telegram:2']);
  });

  it('decides again when the session moved on meanwhile', async () => {
    const { say, clock, told, counts } = house({
      inbox: (real) => {
        let lost = false;
        return {
          ...real,
          commit: async (turn) => {
            if (lost) return real.commit(turn);
            lost = true;
            return real.commit({ ...turn, sessionVersion: turn.sessionVersion + 1 });
          },
        };
      },
    });
    await say('1', OPEN);
    await clock.advance(1000);
    expect(told()).toHaveLength(1);
    expect(await counts()).toEqual({ sent: 1 });
  });
});

describe('what goes wrong', () => {
  it('is told to the provider when a message could not be accepted, and nothing is answered', async () => {
    const { say, clock, told } = house({ inbox: failing('accept', 1) });
    await expect(say('1', OPEN)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await clock.settle();
    expect(told()).toEqual([]);
    await say('1', OPEN);
    await clock.settle();
    expect(told()).toHaveLength(1);
  });

  it('accepts the rest of a batch of which one fails', async () => {
    const { receiver, clock, told } = house({
      inbox: (real) => ({ ...real, accept: (m, at) => (m.id === 'telegram:1' ? down() : real.accept(m, at)) }),
    });
    await expect(receiver.receive([written('1', OPEN, '1'), written('2', OPEN, '2')])).rejects.toThrow();
    await clock.settle();
    expect([told('1').length, told('2').length]).toEqual([0, 1]);
  });

  it('ends with a word and not with silence when the answer cannot be decided', async () => {
    const { say, clock, told, lines } = house({ world: () => ({ ...WORLD, gazetteer: null as never }) });
    await say('1', OPEN);
    await clock.settle();
    expect(told()).toEqual([expect.stringContaining('119')]);
    expect(lines.join()).toContain('turn could not be decided');
  });

  it('does not come back for ever when the database refuses the message', async () => {
    const refused = house({
      inbox: (real) => ({ ...real, accept: (m, at) => (m.body.type === 'text' ? refuse() : real.accept(m, at)) }),
    });
    await refused.say('1', OPEN);
    await refused.clock.settle();
    expect(refused.told()).toHaveLength(1);
  });

  it('answers plainly when the database refuses the answer, and gives up when it refuses that too', async () => {
    const once = house({ inbox: failing('commit', 1, refuse) });
    await once.say('1', OPEN);
    await once.clock.advance(1000);
    expect(once.told()).toEqual([expect.stringContaining('119')]);

    const always = house({ inbox: failing('commit', 1_000, refuse) });
    await always.say('1', OPEN);
    await always.clock.advance(MINUTE);
    await always.receiver.sweep(0);
    await always.clock.advance(MINUTE);
    expect(always.lines.filter((line) => line.includes('turn given up'))).toHaveLength(1);
    expect(await always.store.inbox.waiting(always.clock.now() + 1, 10)).toEqual([]);
  });

  it('is taken up by the sweep when the store was down for longer than the tries', async () => {
    const { say, clock, told, receiver } = house({ inbox: failing('start', 6) });
    await say('1', OPEN);
    await clock.advance(10_000);
    expect(told()).toEqual([]);
    await receiver.sweep();
    await clock.settle();
    expect(told()).toHaveLength(1);
  });
});

describe('an emergency', () => {
  it('is answered at once when it cannot be accepted, and once only though the provider brings it again', async () => {
    const { say, clock, told } = house({ inbox: failing('accept', 3) });
    for (let time = 0; time < 3; time += 1) await expect(say('1', SEIZURE)).rejects.toThrow();
    await clock.settle();
    expect(told()).toHaveLength(1);
    expect(told()[0]).toMatch(/119|112/);
    // The store is back: the usual way answers too. A card may come twice, and only a card.
    await say('1', SEIZURE);
    await clock.settle();
    expect(told()).toHaveLength(2);
  });

  it('is answered at once when its turn cannot be committed', async () => {
    const { say, clock, told } = house({ inbox: failing('commit', 1_000) });
    await say('1', SEIZURE);
    await say('2', OPEN, '888');
    await clock.advance(MINUTE);
    expect([told('777').length, told('888').length]).toEqual([1, 0]);
  });

  it('waits two seconds at most for a store that hangs', async () => {
    const hang = house({ inbox: (real) => ({ ...real, accept: () => new Promise(() => undefined) }) });
    void hang.say('1', SEIZURE);
    await hang.clock.advance(1999);
    expect(hang.told()).toEqual([]);
    await hang.clock.advance(1);
    expect(hang.told()).toHaveLength(1);
  });

  it('is sent again past the store when the provider refuses for the moment', async () => {
    const { say, clock, told, telegram } = house({ inbox: failing('accept', 1) });
    telegram.script({ kind: 'retry', afterMs: 500, code: 'CHANNEL_UNREACHABLE' });
    const failed = expect(say('1', SEIZURE)).rejects.toThrow();
    await clock.advance(500);
    await failed;
    expect(told()).toHaveLength(2);
  });

  it('is not held up by an earlier message of the same person', async () => {
    const { store, say, clock, told } = house();
    await store.inbox.accept(written('1', 'halo'), MONDAY);
    await clock.advance(1);
    await say('2', SEIZURE);
    await clock.settle();
    expect(told()).toHaveLength(1);
  });

  it('is never a flood', async () => {
    const { say, clock, told } = house({ perMinute: 1 });
    for (let n = 0; n < 5; n += 1) await say(`a${n}`, 'halo');
    for (let n = 0; n < 3; n += 1) await say(`b${n}`, SEIZURE);
    await clock.settle();
    expect(told().filter((text) => /119|112/.test(text) && !/Pelan-pelan/.test(text))).toHaveLength(3);
  });

  it('is answered though the reading of it goes wrong', async () => {
    const { say, clock, told } = house({ inbox: failing('accept', 1), world: () => null as never });
    await expect(say('1', SEIZURE)).rejects.toThrow();
    await clock.settle();
    expect(told()).toEqual([expect.stringMatching(/119|112/)]);
  });
});

describe('the flood limit', () => {
  it('says one word to a person, and answers the others', async () => {
    const { say, clock, told, store } = house({ perMinute: 3 });
    for (let n = 0; n < 8; n += 1) await say(`${n}`, 'halo');
    await say('x', 'halo', '888');
    await clock.settle();
    expect(told()).toHaveLength(4);
    expect(told().filter((text) => /Pelan-pelan/.test(text))).toHaveLength(1);
    expect(told('888')).toHaveLength(1);
    expect(await store.inbox.waiting(clock.now() + 1, 10)).toEqual([]);
    await clock.advance(MINUTE);
    await say('later', 'halo');
    await clock.settle();
    expect(told()).toHaveLength(5);
  });

  it('does not count the same message twice', async () => {
    const { say, clock, told } = house({ perMinute: 3, inbox: failing('commit', 4) });
    for (let n = 0; n < 3; n += 1) await say('1', 'halo');
    await clock.advance(10_000);
    await say('2', 'halo', '777', MONDAY);
    await say('3', 'halo', '777', MONDAY);
    await clock.settle();
    expect(told().filter((text) => /Pelan-pelan/.test(text))).toEqual([]);
    expect(told()).toHaveLength(3);
  });

  it('goes by when messages were written: what waited while we were off is answered', async () => {
    const { receiver, clock, told } = house({ perMinute: 2 });
    const waited = Array.from({ length: 10 }, (_, n) => written(`${n}`, 'halo', '777', MONDAY - HOUR + n * MINUTE));
    await receiver.receive(waited);
    await clock.settle();
    expect(told()).toHaveLength(10);
    expect(told().filter((text) => /Pelan-pelan/.test(text))).toEqual([]);
  });
});

describe('messages that waited', () => {
  it('begin with what to do and not with an apology when they are emergencies', async () => {
    const { receiver, clock, told } = house();
    await receiver.receive([written('old', SEIZURE, '777', MONDAY - DAY - MINUTE)]);
    await receiver.receive([written('young', SEIZURE, '888', MONDAY)]);
    await clock.settle();
    expect(told('777')[0]).toBe(told('888')[0]);
  });

  it('are answered in order, with an apology when older than a day', async () => {
    const { receiver, clock, telegram } = house();
    await receiver.receive([
      written('old', OPEN, '777', MONDAY - DAY - MINUTE),
      written('young', 'halo', '777', MONDAY - DAY + MINUTE),
    ]);
    await clock.settle();
    expect(telegram.sent.map(({ replyTo, text }) => [replyTo, /Maaf baru membalas/.test(text)])).toEqual([
      ['telegram:old', true],
      ['telegram:young', false],
    ]);
  });

  it('of a dead process are taken up, all at the start and others once they are five seconds old', async () => {
    const { store, receiver, clock, told } = house();
    await store.inbox.accept(written('1', OPEN), MONDAY);
    await clock.advance(4_000);
    await receiver.sweep();
    await clock.settle();
    expect(told()).toEqual([]);
    await receiver.sweep(0);
    await clock.settle();
    expect(told()).toHaveLength(1);
  });
});

describe('a stop', () => {
  it('finishes the turns under way and leaves the rest in the store', async () => {
    const { receiver, clock, store } = house({
      inbox: (real, { wait }) => ({
        ...real,
        start: async (id) => {
          await wait(1000, new AbortController().signal);
          return real.start(id);
        },
      }),
    });
    await receiver.receive([written('1', OPEN), written('2', OPEN)]);
    await clock.settle();
    const stopped = receiver.stop();
    await clock.advance(1000);
    await stopped;
    const left = await store.inbox.waiting(clock.now() + 1, 10);
    expect(left.map(({ message }) => message.id)).toEqual(['telegram:2']);
  });
});

describe('an edited message', () => {
  const edited = (text?: string) =>
    ({ type: 'unreadable', kind: 'edited', ...(text === undefined ? {} : { text }) }) as const;

  it('is answered like a new one when it now tells of an emergency', async () => {
    const { say, clock, told } = house();
    await say('1', edited(SEIZURE), '777');
    await say('2', SEIZURE, '888');
    await clock.settle();
    expect(told('777')).toEqual(told('888'));
  });

  it.each([
    ['without an emergency', edited(OPEN)],
    ['without its text', edited()],
  ])('%s gets the polite word, with the emergency number, and its text is not kept', async (_, body) => {
    const kept: unknown[] = [];
    const inbox = (real: Inbox): Inbox => ({
      ...real,
      accept: (message, at) => {
        kept.push(message.body);
        return real.accept(message, at);
      },
    });
    const { say, clock, told } = house({ inbox });
    await say('1', body);
    await clock.settle();
    expect(told()).toEqual([expect.stringContaining('119')]);
    expect(kept).toEqual([{ type: 'unreadable', kind: 'edited' }]);
  });
});

describe('the kecamatan asked about last', () => {
  it.each([
    ['buka sekarang di kecamatan loa kulu?', 'Loa Kulu'],
    ['alamat puskesmas loa kulu', undefined],
    ['puskesmas mana yang buka?', undefined],
    ['tolong anak saya kejang tidak berhenti di puskesmas loa kulu', undefined],
  ])('%s → %s', async (text, kecamatan) => {
    const { say, clock, store } = house();
    await say('1', text);
    await clock.advance(1000);
    const contact = await store.contacts.findByAddress('telegram', '777');
    expect(WORLD.directory.area(contact?.kecamatanCode ?? '')?.name).toBe(kecamatan);
  });
});
