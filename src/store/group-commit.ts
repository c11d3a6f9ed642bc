import { AppError } from '../errors.js';
import type { Row, Statement } from './sql.js';

/** A kind of call that can share a transaction with others: its statements for many calls, and their answers. */
export interface GroupedCall<Input, Output> {
  /** Calls with the same key never share a transaction, because a statement can change a row only once. */
  key(input: Input): string | null;
  statements(inputs: readonly Input[]): readonly Statement[];
  /** One answer per input, from the rows of each statement. */
  answers(inputs: readonly Input[], rows: readonly (readonly Row[])[]): readonly Output[];
}

interface Waiting {
  readonly input: unknown;
  resolve(output: unknown): void;
  reject(error: unknown): void;
}

/** Calls of one kind in one transaction. */
const LARGEST_GROUP = 128;

/**
 * Puts calls that arrive while a transaction is under way together into the next one. One wait for the disk then
 * serves many people: at 32 calls at once this is some ten times a transaction each.
 */
export class GroupCommit {
  readonly #transact: (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>;
  readonly #queues = new Map<GroupedCall<unknown, unknown>, Waiting[]>();
  #running: Promise<void> | null = null;

  constructor(transact: (statements: readonly Statement[]) => Promise<readonly (readonly Row[])[]>) {
    this.#transact = transact;
  }

  /** Makes a kind of call available. Kinds run in the order in which they were added. */
  add<Input, Output>(call: GroupedCall<Input, Output>): (input: Input) => Promise<Output> {
    const queue: Waiting[] = [];
    this.#queues.set(call as GroupedCall<unknown, unknown>, queue);
    return (input) =>
      new Promise<Output>((resolve, reject) => {
        queue.push({ input, resolve: resolve as (output: unknown) => void, reject });
        this.#running ??= this.#drain();
      });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    // One turn of the event loop, so that calls made together start together.
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      const groups = [...this.#queues].flatMap(([call, queue]) => {
        const calls = takeDistinct(call, queue);
        return calls.length > 0 ? [{ call, calls }] : [];
      });
      if (groups.length === 0) break;
      await this.#runTogether(groups);
    }
    this.#running = null;
  }

  async #runTogether(groups: readonly Group[]): Promise<void> {
    try {
      await this.#run(groups);
    } catch (error) {
      const all = groups.flatMap(({ calls }) => calls);
      const mayBeOne = error instanceof AppError && error.code === 'STORE_REJECTED' && all.length > 1;
      if (!mayBeOne) {
        for (const waiting of all) waiting.reject(error);
        return;
      }
      // The database refused one record of many: each for itself, so that the others pass.
      for (const { call, calls } of groups) {
        for (const waiting of calls) await this.#runTogether([{ call, calls: [waiting] }]);
      }
    }
  }

  async #run(groups: readonly Group[]): Promise<void> {
    const planned = groups.map(({ call, calls }) => ({
      call,
      calls,
      inputs: calls.map((waiting) => waiting.input),
      statements: call.statements(calls.map((waiting) => waiting.input)),
    }));
    const rows = await this.#transact(planned.flatMap(({ statements }) => statements));
    let at = 0;
    for (const { call, calls, inputs, statements } of planned) {
      const outputs = call.answers(inputs, rows.slice(at, at + statements.length));
      at += statements.length;
      for (const [index, waiting] of calls.entries()) waiting.resolve(outputs[index]);
    }
  }
}

interface Group {
  readonly call: GroupedCall<unknown, unknown>;
  readonly calls: readonly Waiting[];
}

/** Takes calls off the queue up to the first whose key is among those taken: order within a key is kept. */
function takeDistinct(call: GroupedCall<unknown, unknown>, queue: Waiting[]): readonly Waiting[] {
  const keys = new Set<string>();
  let count = 0;
  for (const waiting of queue) {
    const key = call.key(waiting.input);
    if (count === LARGEST_GROUP || (key !== null && keys.has(key))) break;
    if (key !== null) keys.add(key);
    count += 1;
  }
  return queue.splice(0, count);
}
