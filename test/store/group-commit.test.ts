import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.js';
import { GroupCommit, type GroupedCall } from '../../src/store/group-commit.js';
import { run, type Statement } from '../../src/store/sql.js';

/** A call that answers its own input, and counts as one statement. */
function echo(key: (input: string) => string | null = () => null): GroupedCall<string, string> {
  return {
    key,
    statements: (inputs) => [run(inputs.join(','))],
    answers: (inputs) => inputs,
  };
}

/** A database that remembers its transactions and refuses those that hold the word. */
function database(refused = 'never', code: 'STORE_REJECTED' | 'STORE_UNAVAILABLE' = 'STORE_REJECTED') {
  const transactions: string[][] = [];
  const transact = async (statements: readonly Statement[]) => {
    const texts = statements.map(({ text }) => text);
    transactions.push(texts);
    await Promise.resolve();
    if (texts.some((text) => text.includes(refused))) throw new AppError(code, 'no');
    return statements.map(() => []);
  };
  return { transactions, transact };
}

describe('calls made at the same time', () => {
  test('share one transaction, kinds in the order in which they were added', async () => {
    const { transact, transactions } = database();
    const group = new GroupCommit(transact);
    const [first, second] = [group.add(echo()), group.add(echo())];
    expect(await Promise.all([second('c'), first('a'), first('b')])).toEqual(['c', 'a', 'b']);
    expect(transactions).toEqual([['a,b', 'c']]);
  });

  test('that come while one is under way share the next', async () => {
    const { transact, transactions } = database();
    const group = new GroupCommit(transact);
    const call = group.add(echo());
    const one = call('a');
    await new Promise((resolve) => setImmediate(resolve));
    const more = ['b', 'c'].map(call);
    await Promise.all([one, ...more]);
    expect(transactions).toEqual([['a'], ['b,c']]);
  });

  test('with one key stay in order, one after the other', async () => {
    const { transact, transactions } = database();
    const group = new GroupCommit(transact);
    const call = group.add(echo((input) => input.slice(0, 1)));
    expect(await Promise.all(['a1', 'b1', 'a2', 'b2', 'c1'].map(call))).toEqual(['a1', 'b1', 'a2', 'b2', 'c1']);
    expect(transactions).toEqual([['a1,b1'], ['a2,b2,c1']]);
  });

  test('do not suffer from one that the database refuses', async () => {
    const { transact } = database('bad');
    const call = new GroupCommit(transact).add(echo());
    const done = await Promise.allSettled(['a', 'bad', 'c'].map(call));
    expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('all fail at once when the database is away: it is not asked for each', async () => {
    const { transact, transactions } = database('', 'STORE_UNAVAILABLE');
    const call = new GroupCommit(transact).add(echo());
    const done = await Promise.allSettled(['a', 'b', 'c'].map(call));
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(transactions).toHaveLength(1);
  });

  test('it goes on after a failure, and is idle when all is done', async () => {
    const { transact } = database('bad');
    const group = new GroupCommit(transact);
    const call = group.add(echo());
    await expect(call('bad')).rejects.toMatchObject({ code: 'STORE_REJECTED' });
    const last = call('a');
    await group.idle();
    expect(await Promise.race([last, 'still waiting'])).toBe('a');
  });
});
