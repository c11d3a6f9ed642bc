import type { ChildProcess } from 'node:child_process';
import { emptyContent } from '../../src/domain/broadcast.js';
import type { Store } from '../../src/ports/store.js';
import { readBulkSettings, writeBulkSettings } from '../../src/services/bulk-settings.js';
import { openStore } from '../../src/store/open-store.js';
import { endProcess, mostMemory, newHome, startProcess } from './measured-process.js';
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
  const home = await newHome(botApi, 'error');
  const { url } = home;
  const store = await openStore(url);
  await writeBulkSettings(store.meta, { ...(await readBulkSettings(store.meta)), telegram: { perSecond } });
  await meet(url, people);
  let child: ChildProcess | null = null;
  return {
    store,
    url,
    announce: () => announce(store),
    start: async () => {
      child = await startProcess(home, serverArguments());
    },
    end: async (signal) => {
      if (child !== null) await endProcess(child, signal);
    },
    memory: () => mostMemory(child),
    close: async () => {
      await store.close();
      home.remove();
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
