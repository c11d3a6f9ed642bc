import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE } from '../../src/domain/time.js';
import { AppError } from '../../src/errors.js';
import { house, OPEN, SEIZURE } from './house.js';

const tooFast = (afterMs: number) => ({ kind: 'retry', afterMs, code: 'RATE_LIMITED' }) as const;

/** A house whose store is down while told so. */
function breakable() {
  const state = { down: true };
  const here = house({
    inbox: (real) => ({
      ...real,
      accept: (message, at) =>
        state.down ? Promise.reject(new AppError('STORE_UNAVAILABLE', 'down')) : real.accept(message, at),
    }),
  });
  const seconds = () => here.telegram.sent.map(({ at, contact }) => `${contact} ${(at - start) / 1000}`);
  const start = here.clock.now();
  return {
    ...here,
    state,
    seconds,
    rejected: (id: string, text: string, from?: string) => here.say(id, text, from).catch(() => 'refused'),
  };
}

describe('an emergency card past the store, while the provider says "too often"', () => {
  it('goes out the moment that the pause is over, and only then', async () => {
    const here = breakable();
    here.telegram.script(tooFast(61_000));
    void here.rejected('1', SEIZURE);
    await here.clock.advance(60_999);
    expect(here.seconds()).toEqual(['777 0']);
    await here.clock.advance(1);
    expect(here.seconds()).toEqual(['777 0', '777 61']);
    await here.close();
  });

  it('is not given up after a few such answers', async () => {
    const here = breakable();
    here.telegram.script(...Array.from({ length: 20 }, () => tooFast(60_000)));
    void here.rejected('1', SEIZURE);
    await here.clock.advance(20 * MINUTE);
    expect(here.telegram.sent).toHaveLength(21);
    expect(here.lines.filter((line) => line.includes('could not be sent'))).toEqual([]);
    await here.close();
  });

  it('is given up when it no longer answers anything, and may be tried again', async () => {
    const here = breakable();
    here.telegram.script(tooFast(2 * HOUR));
    await here.rejected('1', SEIZURE);
    expect(here.lines.filter((line) => line.includes('could not be sent'))).toHaveLength(1);
    await here.close();
  });

  it('keeps a pause that an answer met, and answers keep one that a card met', async () => {
    const here = breakable();
    here.state.down = false;
    here.telegram.script(tooFast(30_000));
    await here.say('1', OPEN, 'ani');
    await here.clock.advance(1_000);
    here.state.down = true;
    void here.rejected('2', SEIZURE, 'budi');
    await here.clock.advance(28_999);
    expect(here.seconds()).toEqual(['ani 0']);
    here.telegram.script(tooFast(20_000));
    await here.clock.advance(1);
    // Whoever came first met the next pause; nobody sends within it.
    expect(here.seconds()).toHaveLength(2);
    here.state.down = false;
    await here.say('3', OPEN, 'cici');
    await here.clock.advance(19_999);
    expect(here.seconds()).toHaveLength(2);
    await here.clock.advance(5_000);
    const people = new Set(here.telegram.sent.slice(2).map(({ contact }) => contact));
    expect(people).toEqual(new Set(['ani', 'budi', 'cici']));
    await here.close();
  });

  it('lets others be written to when the limit is on one person', async () => {
    const here = breakable();
    here.telegram.script({ ...tooFast(10_000), thisContactOnly: true });
    void here.rejected('1', SEIZURE, 'ani');
    await here.clock.advance(1_000);
    void here.rejected('2', SEIZURE, 'budi');
    await here.clock.advance(1_000);
    expect(here.telegram.sent.map(({ contact }) => contact)).toEqual(expect.arrayContaining(['ani', 'budi']));
    await here.clock.advance(10_000);
    expect(here.telegram.sent.filter(({ contact }) => contact === 'ani')).toHaveLength(2);
    await here.close();
  });
});
