/** Work in lanes: one at a time and in order within a lane, different lanes side by side, bounded in both ways. */
export interface Lanes {
  /**
   * Queues work under a key of its own; false when it is queued already or the lanes are full. The work must not throw.
   * What is urgent is never refused for want of room, and its lane goes before all that wait.
   */
  run(lane: string, key: string, work: () => Promise<void>, urgent?: boolean): boolean;
  /** True while the work of this key waits or is under way. */
  holds(key: string): boolean;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
}

interface Piece {
  readonly key: string;
  readonly work: () => Promise<void>;
  readonly urgent: boolean;
}

/** `parallel` lanes run at the same time; at most `most` pieces of work are held, apart from urgent ones. */
export function createLanes(parallel: number, most: number): Lanes {
  const queues = new Map<string, Piece[]>();
  /** Lanes that wait for their next piece, in their order; those with something urgent apart. */
  const ready = new Set<string>();
  const urgent = new Set<string>();
  const keys = new Set<string>();
  let running = 0;
  let whenIdle: (() => void)[] = [];

  function next(): void {
    while (running < parallel) {
      const lane = first(urgent) ?? first(ready);
      if (lane === undefined) break;
      urgent.delete(lane);
      ready.delete(lane);
      running += 1;
      void drive(lane);
    }
    if (keys.size === 0) {
      for (const resolve of whenIdle) resolve();
      whenIdle = [];
    }
  }

  async function drive(lane: string): Promise<void> {
    const queue = queues.get(lane) ?? [];
    const piece = queue[0];
    if (piece) {
      await piece.work();
      queue.shift();
      keys.delete(piece.key);
    }
    running -= 1;
    if (queue.length === 0) queues.delete(lane);
    else (queue.some((each) => each.urgent) ? urgent : ready).add(lane);
    next();
  }

  return {
    run: (lane, key, work, isUrgent = false) => {
      if (keys.has(key) || (keys.size >= most && !isUrgent)) return false;
      keys.add(key);
      const piece = { key, work, urgent: isUrgent };
      const queue = queues.get(lane);
      if (queue) queue.push(piece);
      else queues.set(lane, [piece]);
      if (!queue) (isUrgent ? urgent : ready).add(lane);
      else if (isUrgent && ready.delete(lane)) urgent.add(lane);
      next();
      return true;
    },
    holds: (key) => keys.has(key),
    idle: () => (keys.size === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
  };
}

function first(lanes: ReadonlySet<string>): string | undefined {
  const { value, done } = lanes.values().next();
  return done ? undefined : value;
}
