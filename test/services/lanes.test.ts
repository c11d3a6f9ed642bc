import { describe, expect, it } from 'vitest';
import { createFloodGate } from '../../src/services/flood-gate.js';
import { createLanes } from '../../src/services/lanes.js';

/** Work that ends when told to. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('lanes', () => {
  it('run one lane in order and others beside it', async () => {
    const lanes = createLanes(4, 100);
    const order: string[] = [];
    const first = gate();
    lanes.run('a', 'a1', async () => {
      await first.opened;
      order.push('a1');
    });
    lanes.run('a', 'a2', async () => void order.push('a2'));
    lanes.run('b', 'b1', async () => {
      order.push('b1');
      first.open();
    });
    await lanes.idle();
    expect(order).toEqual(['b1', 'a1', 'a2']);
  });

  it('run no more lanes at once than they may', async () => {
    const lanes = createLanes(2, 100);
    let running = 0;
    let most = 0;
    for (let lane = 0; lane < 20; lane += 1) {
      lanes.run(`l${lane}`, `k${lane}`, async () => {
        running += 1;
        most = Math.max(most, running);
        await Promise.resolve();
        running -= 1;
      });
    }
    await lanes.idle();
    expect(most).toBe(2);
  });

  it('hold a key once, and refuse what is too much', async () => {
    const lanes = createLanes(1, 2);
    const wait = gate();
    let runs = 0;
    const work = async () => {
      runs += 1;
      await wait.opened;
    };
    expect(lanes.run('a', 'k', work)).toBe(true);
    expect(lanes.run('a', 'k', work)).toBe(false);
    expect(lanes.run('b', 'l', work)).toBe(true);
    expect(lanes.run('c', 'm', work)).toBe(false);
    wait.open();
    await lanes.idle();
    expect(runs).toBe(2);
    expect(lanes.run('a', 'k', work)).toBe(true);
    await lanes.idle();
  });
});

describe('urgent work', () => {
  it('goes before all that wait, its own lane in order', async () => {
    const lanes = createLanes(1, 100);
    const order: string[] = [];
    const first = gate();
    const note = (key: string) => async () => void order.push(key);
    lanes.run('a', 'a1', () => first.opened);
    lanes.run('b', 'b1', note('b1'));
    lanes.run('c', 'c1', note('c1'));
    lanes.run('c', 'c2', note('c2 urgent'), true);
    lanes.run('d', 'd1', note('d1 urgent'), true);
    lanes.run('a', 'a2', note('a2 urgent'), true);
    first.open();
    await lanes.idle();
    expect(order).toEqual(['c1', 'd1 urgent', 'a2 urgent', 'c2 urgent', 'b1']);
  });

  it('is never refused for want of room', async () => {
    const lanes = createLanes(1, 1);
    const wait = gate();
    lanes.run('a', 'a1', () => wait.opened);
    expect(lanes.run('b', 'b1', async () => undefined)).toBe(false);
    expect(lanes.run('b', 'b2', async () => undefined, true)).toBe(true);
    expect([lanes.holds('a1'), lanes.holds('b1'), lanes.holds('b2')]).toEqual([true, false, true]);
    wait.open();
    await lanes.idle();
  });
});

describe('the flood gate', () => {
  it('remembers a bounded number of people', () => {
    const floodGate = createFloodGate(1, 2);
    expect(['a', 'a', 'b', 'c', 'a', 'c'].map((contact) => floodGate.check(contact, 0))).toEqual([
      'pass',
      'warn',
      'pass',
      'pass',
      'pass',
      'warn',
    ]);
  });

  it('says one word, then nothing, until the next minute', () => {
    const floodGate = createFloodGate(2);
    const verdicts = [0, 1, 2, 3, 4].map((second) => floodGate.check('a', second * 1000));
    expect(verdicts).toEqual(['pass', 'pass', 'warn', 'drop', 'drop']);
    expect(floodGate.check('b', 5000)).toBe('pass');
    expect(floodGate.check('a', 61_000)).toBe('pass');
  });
});
