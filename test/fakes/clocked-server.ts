import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { serverArguments } from '../../bench/load/server-arguments.js';
import { pause } from './server-process.js';

/** The real server as a process of its own, whose clock the test sets. It can be killed and started again. */
export interface ClockedServer {
  /** Starts it at this moment of its clock; resolves once it answers. */
  start(at: number): Promise<void>;
  /** Moves its clock. */
  setClock(at: number): void;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** `settings` are its whole environment; it runs in `folder`. */
export function clockedServer(folder: string, port: number, settings: Readonly<Record<string, string>>): ClockedServer {
  if (!existsSync('dist/src/app.js')) throw new Error('dist is missing: node scripts/build.mjs');
  let child: ChildProcess | null = null;
  return {
    start: async (at) => {
      const env = { PATH: process.env.PATH ?? '', TZ: 'UTC', LOG_LEVEL: 'silent', ...settings };
      const started = fork(resolve('test/fakes/clocked-server.mjs'), {
        cwd: folder,
        execArgv: serverArguments().slice(0, -1),
        env: { ...env, PORT: String(port), CLOCK_AT: String(at) },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      child = started;
      while (started.exitCode === null) {
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
        if (answer?.ok) return;
        await pause(20);
      }
      throw new Error('the server did not start');
    },
    setClock: (at) => void child?.send({ at }),
    end: async (signal) => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((closed) => child?.once('close', closed));
      child.kill(signal);
      await gone;
    },
  };
}
