import type { WebChat } from '../channels/web/index.js';
import type { Config } from '../config.js';
import { REPORT_DAYS } from '../domain/report.js';
import { KEEP_DAYS } from '../domain/retention.js';
import { MINUTE } from '../domain/time.js';
import { askFacilities } from '../services/ask-facilities.js';
import { confirmHours } from '../services/confirm-hours.js';
import { forgetSilent, seeOff } from '../services/forget-contact.js';
import { endSilences, retireConversations } from '../services/keep-conversations.js';
import { advanceBroadcasts } from '../services/plan-broadcast.js';
import type { Receiver } from '../services/receive-message.js';
import { DAY_MS, type Foundation, LEASE_MS } from './foundation.js';
import type { LiveWorld } from './live-world.js';
import { heartbeat } from './process-life.js';
import { EXCHANGE_MS, type SharedStatus } from './shared-status.js';

/** What a process does over and over, beside answering people. */
export interface Job {
  readonly name: string;
  /** From the end of one run to the beginning of the next, in milliseconds; the first run comes after one such wait. */
  readonly everyMs: number;
  /** The roles whose processes do it. */
  readonly roles: readonly Config['role'][];
  /** The lease of a job that only one process at a time may do; left out: each process does it. */
  readonly alone?: string;
  /** What it throws is logged by the job's name, and it is tried again at the next turn. */
  work(): Promise<void>;
}

const EVERYBODY: Job['roles'] = ['all', 'web', 'worker'];
/** Those that people's pages are connected to. */
const SERVERS: Job['roles'] = ['all', 'web'];
/** For what is the whole house's, not a process's. */
const WORKERS: Job['roles'] = ['all', 'worker'];

export interface JobParts extends Foundation {
  readonly live: LiveWorld;
  readonly receiver: Receiver;
  readonly sharedStatus: SharedStatus;
  readonly webChat: Pick<WebChat, 'look'>;
}

/** Every job of the house. A new one is an entry here. */
export function jobsOf(parts: JobParts): readonly Job[] {
  const { store, channels, world, timing, live, receiver, sharedStatus, webChat } = parts;
  const { broadcasts, conversations, meta } = store;
  return [
    { name: 'heartbeat', everyMs: LEASE_MS / 3, roles: EVERYBODY, work: () => heartbeat(parts) },
    { name: 'refresh', everyMs: 500, roles: EVERYBODY, work: () => live.refresh() },
    { name: 'channel_status', everyMs: EXCHANGE_MS, roles: EVERYBODY, work: () => sharedStatus.exchange() },
    { name: 'letters', everyMs: 1_000, roles: SERVERS, work: () => webChat.look() },
    { name: 'sweep', everyMs: 5_000, roles: EVERYBODY, work: () => receiver.sweep() },
    { name: 'kept_words', everyMs: MINUTE, roles: WORKERS, work: () => emptyWords(parts) },
    { name: 'wipe', everyMs: 5 * MINUTE, roles: WORKERS, work: () => store.wipe() },
    { name: 'see_off', everyMs: 5_000, roles: WORKERS, alone: 'forget/see_off', work: () => seePeopleOff(parts) },
    {
      name: 'silent',
      everyMs: 30 * MINUTE,
      roles: WORKERS,
      alone: 'forget/silent',
      work: () => forgetTheSilent(parts),
    },
    { name: 'retention', everyMs: 10 * MINUTE, roles: WORKERS, work: () => retention(parts) },
    {
      name: 'conversations',
      everyMs: 5_000,
      roles: WORKERS,
      work: () => endSilences({ conversations, world, now: timing.now }),
    },
    {
      name: 'morning',
      everyMs: 30_000,
      roles: WORKERS,
      alone: 'reports/morning',
      work: async () => {
        await askFacilities({ reports: store.reports, meta, world, now: timing.now });
      },
    },
    {
      name: 'confirmed_hours',
      everyMs: 2_000,
      roles: WORKERS,
      work: () => confirmHours({ reports: store.reports, data: store.data, now: timing.now }),
    },
    {
      name: 'announcements',
      everyMs: 1_000,
      roles: WORKERS,
      alone: 'announcements/plan',
      work: () => advanceBroadcasts({ broadcasts, meta, channels, world, now: timing.now }),
    },
  ];
}

/** Words that lay there for a few minutes or an hour, because somebody might still need them. */
async function emptyWords({ store, timing }: Foundation): Promise<void> {
  await store.outbox.emptyKept(timing.now());
  await store.letters.empty(timing.now());
}

async function seePeopleOff({ store, channels, log }: Foundation): Promise<void> {
  await seeOff({ contacts: store.contacts, channels, log });
}

async function forgetTheSilent({ store, timing, log, config }: Foundation): Promise<void> {
  const { contacts, meta } = store;
  await forgetSilent({ contacts, meta, timing, log, contactDays: config.contactRetentionDays });
}

/** Removes what has been on record for long enough. */
async function retention({ config, store, timing }: Foundation): Promise<void> {
  await retireConversations(store.conversations, timing.now());
  await store.reports.empty(timing.now() - REPORT_DAYS.answered * DAY_MS, timing.now() - REPORT_DAYS.told * DAY_MS);
  await store.outbox.prune(timing.now() - KEEP_DAYS.record * DAY_MS);
  await store.inbox.prune(timing.now() - Math.max(KEEP_DAYS.record, config.messageRetentionDays) * DAY_MS);
  if (config.messageRetentionDays === 0) return;
  await store.inbox.emptyBodies(timing.now() - config.messageRetentionDays * DAY_MS);
}
