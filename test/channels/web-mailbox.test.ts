import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createWebChat } from '../../src/channels/web/index.js';
import type { Reply } from '../../src/domain/reply.js';
import { AppError } from '../../src/errors.js';
import type { Letter, Letters } from '../../src/ports/letters.js';
import { createMemoryStore } from '../../src/store/memory/index.js';
import { createInbox } from './support.js';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const text = (words: string): Reply => ({ type: 'text', text: words, choices: [] });
const say = ({ payload }: Letter) => (JSON.parse(payload) as { text: string }).text;

/** The chat of two processes on one store, with pages that remember as a browser's does. */
function house() {
  const { letters: kept } = createMemoryStore();
  let clock = NOON;
  let questions = 0;
  let broken = false;
  const tried = <T>(work: () => Promise<T>) =>
    broken ? Promise.reject(new AppError('STORE_UNAVAILABLE', 'gone')) : work();
  const letters: Letters = {
    put: (...given) => tried(() => kept.put(...given)),
    empty: (...given) => tried(() => kept.empty(...given)),
    after: (...given) => {
      questions += 1;
      return tried(() => kept.after(...given));
    },
  };
  const now = () => clock;
  return {
    one: createWebChat({ letters, now }),
    other: createWebChat({ letters, now }),
    letters: kept,
    now,
    pass: (ms: number) => {
      clock += ms;
    },
    breakDown: () => {
      broken = true;
    },
    asked: () => questions,
  };
}

type Chat = ReturnType<typeof house>['one'];

/** What a page shows: each letter once, by its id. */
function visit(contact: string) {
  const had = new Set<string>();
  const shown: string[] = [];
  let cursor = 0;
  let handed = 0;
  return {
    shown,
    handed: () => handed,
    cursor: () => cursor,
    connect: (chat: Chat) =>
      chat.open(contact, cursor, (letters, upTo) => {
        cursor = upTo;
        for (const letter of letters) {
          handed += 1;
          if (had.has(letter.id)) continue;
          had.add(letter.id);
          shown.push(say(letter));
        }
      }),
  };
}

describe('the mailbox of the web chat', () => {
  it('hands over what another process put in, emergencies first, and each once though the page reconnects', async () => {
    const { one, other } = house();
    const page = visit('ani');
    const first = page.connect(one);
    await other.channel.send('ani', text('satu'), null, 'id', { id: 'm1/0', urgent: false });
    await one.look();
    expect(page.shown).toEqual(['satu']);
    first.close();
    await other.channel.send('ani', text('dua'), null, 'id', { id: 'm2/0', urgent: false });
    await other.channel.send('ani', text('GAWAT'), null, 'id', { id: 'm3/0', urgent: true });
    await other.channel.send('ani', text('GAWAT'), null, 'id', { id: 'm3/0', urgent: true });
    await other.channel.send('budi', text('bukan untuk ani'), null, 'id', { id: 'm4/0', urgent: false });
    const second = page.connect(other);
    await other.look();
    expect(page.shown).toEqual(['satu', 'GAWAT', 'dua']);
    second.close();
    // A page that begins anew gets what is kept, in its order, the emergency first.
    const reloaded = visit('ani');
    reloaded.connect(one);
    await one.look();
    expect(reloaded.shown).toEqual(['GAWAT', 'satu', 'dua']);
  });

  it('moves the cursor only past what is certain, so that a reconnection repeats little and misses nothing', async () => {
    const { one, other, pass, letters, now } = house();
    const page = visit('ani');
    const open = page.connect(one);
    for (let at = 1; at <= 20; at += 1) {
      await letters.put('ani', { id: `m${at}/0`, urgent: false, payload: JSON.stringify(text(`${at}`)) }, now());
      await one.look();
      pass(5_000);
    }
    const before = page.handed();
    expect(page.shown).toHaveLength(20);
    expect([open.cursor() > 10, open.cursor() < 20]).toEqual([true, true]);
    open.close();
    page.connect(other);
    await other.look();
    expect(page.shown).toHaveLength(20);
    expect(page.handed() - before).toBeLessThan(8);
  });

  it('asks the store once for all pages, and not at all when none is open', async () => {
    const { one, asked } = house();
    await one.look();
    expect(asked()).toBe(0);
    const pages = Array.from({ length: 200 }, (_, at) => visit(`tamu-${at}`).connect(one));
    await one.look();
    expect(asked()).toBeLessThanOrEqual(3);
    const before = asked();
    await one.look();
    expect(asked() - before).toBe(1);
    for (const page of pages) page.close();
    await one.look();
    expect(asked() - before).toBe(1);
  });

  it('without the store the card goes to the open page and with the answer to the post; other answers wait', async () => {
    const { one, breakDown } = house();
    const page = visit('ani');
    page.connect(one);
    await one.look();
    const inbox = createInbox();
    const card = () => one.channel.send('ani', text('GAWAT'), 'm1', 'id');
    await one.channel.start({
      ...inbox,
      receive: async () => {
        void card().then(card);
        throw new AppError('STORE_UNAVAILABLE', 'gone');
      },
    });
    breakDown();
    const posted = await one.post({ id: randomUUID(), text: 'kejang' }, 'ani');
    expect([posted.state, posted.letters.map(say)]).toEqual(['not_stored', ['GAWAT', 'GAWAT']]);
    expect(page.shown).toEqual(['GAWAT', 'GAWAT']);
    expect(await one.channel.send('ani', text('satu'), null, 'id', { id: 'm2/0', urgent: false })).toMatchObject({
      kind: 'retry',
    });
    expect(await one.channel.send('budi', text('GAWAT'), 'm3', 'id')).toMatchObject({ kind: 'retry' });
  });

  it('does not keep the card back until a slow store has answered', async () => {
    const { one } = house();
    let letGo = () => {};
    await one.channel.start({
      ...createInbox(),
      receive: () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
          void one.channel.send('ani', text('GAWAT'), 'm1', 'id');
        }),
    });
    const posted = await one.post({ id: randomUUID(), text: 'kejang' }, 'ani');
    expect(posted.letters.map(say)).toEqual(['GAWAT']);
    letGo();
  });
});
