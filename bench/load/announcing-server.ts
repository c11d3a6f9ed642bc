import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyContent } from '../../src/domain/broadcast.js';
import type { Store } from '../../src/ports/store.js';
import { readBulkSettings, writeBulkSettings } from '../../src/services/bulk-settings.js';
import { openStore } from '../../src/store/open-store.js';
import { meet } from './meet.js';
import { serverArguments } from './server-arguments.js';

export const ANNOUNCEMENT = 'contoh';
const DAY = 86_400_000;

/** A server with people who agreed, as a process of its own on SQLite; it can be killed and started again. */
export interface AnnouncingServer {
  /** The same database, opened from here. */
  readonly store: Store;
  readonly url: string;
  /** Approves an announcement to everybody, due at once. */
  announce(): Promise<void>;
  /** Starts it; resolves once it answers. */
  start(): Promise<void>;
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Most memory that the process took, in MB; 0 where the system does not tell. */
  memory(): number;
  close(): Promise<void>;
}

/** Makes the database with so many people of one region; `perSecond` null lifts the limit of the Telegram account. */
export async function announcingServer(
  botApi: string,
  people: number,
  perSecond: number | null,
): Promise<AnnouncingServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tanya-announce-'));
  const url = `file:${join(folder, 'tanya.db')}`;
  const port = await freePort();
  const env = {
    PATH: process.env.PATH ?? '',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: url,
    SECRET_KEY: 'for-the-benchmark-only-for-the-benchmark',
    LOG_LEVEL: 'error',
    TELEGRAM_BOT_TOKEN: '1:benchmark',
    TELEGRAM_API_ROOT: botApi,
    TELEGRAM_WEBHOOK_SECRET: 'benchmark',
  };
  const store = await openStore(url);
  await writeBulkSettings(store.meta, { ...(await readBulkSettings(store.meta)), telegram: { perSecond } });
  await meet(url, people);
  let child: ChildProcess | null = null;
  return {
    store,
    url,
    announce: () => announce(store),
    start: async () => {
      child = spawn(process.execPath, serverArguments(), { cwd: folder, env, stdio: ['ignore', 'ignore', 'inherit'] });
      for (;;) {
        if (child.exitCode !== null) throw new Error('the server did not start');
        const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
        if (answer?.ok) return;
        await new Promise((wait) => setTimeout(wait, 40));
      }
    },
    end: async (signal) => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((closed) => child?.once('close', closed));
      child.kill(signal);
      await gone;
    },
    memory: () => {
      try {
        const status = readFileSync(`/proc/${child?.pid}/status`, 'utf8');
        return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
      } catch {
        return 0;
      }
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Approves an announcement to everybody of the region, due at once. */
export async function announce(store: Store, id = ANNOUNCEMENT): Promise<void> {
  const now = Date.now();
  const content = {
    ...emptyContent('64.02'),
    title: 'Contoh',
    urgent: true,
    ignoreQuiet: true,
    texts: { id: 'Besok vaksinasi campak gratis di Puskesmas Contoh, 08.00 sampai 11.00.', en: null },
  };
  await store.broadcasts.create(
    {
      id,
      content,
      status: 'approved',
      version: 1,
      authors: ['rina@contoh.test'],
      approvals: [],
      pause: null,
      createdAt: now,
      updatedAt: now,
      sendAt: now,
      expiresAt: now + DAY,
      startedAt: null,
      endedAt: null,
      seriesId: null,
    },
    { at: now, who: 'rina@contoh.test', act: 'created', detail: null },
  );
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
