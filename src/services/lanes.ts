/** Work in lanes: one at a time and in order within a lane, different lanes side by side, bounded in both ways. */
export interface Lanes {
  /** Queues work under a key of its own; false when it is queued already or the lanes are full. The work must not throw. */
  run(lane: string, key: string, work: () => Promise<void>): boolean;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
}

/** `parallel` lanes run at the same time; at most `most` pieces of work are held. */
export function createLanes(parallel: number, most: number): Lanes {
  const queues = new Map<string, { key: string; work: () => Promise<void> }[]>();
  const ready: string[] = [];
  const keys = new Set<string>();
  let running = 0;
  let whenIdle: (() => void)[] = [];

  function next(): void {
    while (running < parallel) {
      const lane = ready.shift();
      if (lane === undefined) break;
      running += 1;
      void drive(lane);
    }
    if (running === 0 && ready.length === 0) {
      for (const resolve of whenIdle) resolve();
      whenIdle = [];
    }
  }

  async function drive(lane: string): Promise<void> {
    const queue = queues.get(lane) ?? [];
    const item = queue[0];
    if (item) {
      await item.work();
      queue.shift();
      keys.delete(item.key);
    }
    running -= 1;
    if (queue.length > 0) ready.push(lane);
    else queues.delete(lane);
    next();
  }

  return {
    run: (lane, key, work) => {
      if (keys.has(key) || keys.size >= most) return false;
      keys.add(key);
      const queue = queues.get(lane);
      if (queue) queue.push({ key, work });
      else {
        queues.set(lane, [{ key, work }]);
        ready.push(lane);
        next();
      }
      return true;
    },
    idle: () => (keys.size === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
  };
}
