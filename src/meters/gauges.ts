import type { Registry } from 'prom-client';
import type { Instant } from '../domain/time.js';
import type { ChannelStatus } from '../ports/channel.js';
import type { Figures } from '../ports/figures.js';
import { instrumentsIn } from './instruments.js';

/** How old what is told about one region is. */
export interface RegionGauge {
  readonly region: string;
  readonly statements: Readonly<Record<string, number>>;
  readonly oldestDays: number | null;
}

/** What a process tells of itself. */
export interface OwnState {
  readonly channels: Readonly<Record<string, ChannelStatus>>;
  readonly storeUp: boolean;
  /** Names of the leases that this process holds. */
  readonly leases: readonly string[];
}

/** What is the same whichever process is asked, so that one alone tells it. */
export interface SharedState {
  readonly figures: Figures;
  readonly regions: readonly RegionGauge[];
  readonly lastBackupAt: Instant | null;
}

const STATES = ['off', 'starting', 'waiting', 'up', 'pairing', 'down', 'stopped'] as const;
const BROADCAST_STATES = ['approved', 'planning', 'running', 'paused'] as const;

type Fill<T> = (state: T, now: Instant) => void;

/** Gauges of the process itself: each process shows its own. */
export function ownGauges(registry: Registry): Fill<OwnState> {
  const { gauge } = instrumentsIn(registry);
  const channelState = gauge(
    'tanya_channel_state',
    '1 for the state in which this process sees the channel. "waiting" is also: another process runs it.',
    ['channel', 'state'],
  );
  const restrictions = gauge(
    'tanya_channel_restrictions',
    'How many restrictions the provider holds against the account at this moment.',
    ['channel'],
  );
  const storeUp = gauge('tanya_store_up', '1 when the store answered this process.');
  const leases = gauge('tanya_lease_held', '1 for each lease that this process holds: what only one process may do.', [
    'lease',
  ]);
  return (own) => {
    channelState.reset();
    restrictions.reset();
    leases.reset();
    for (const [channel, status] of Object.entries(own.channels)) {
      for (const state of STATES) channelState.set({ channel, state }, state === status.state ? 1 : 0);
      restrictions.set({ channel }, status.restrictions?.length ?? 0);
    }
    storeUp.set(own.storeUp ? 1 : 0);
    for (const lease of own.leases) leases.set({ lease }, 1);
  };
}

/** Gauges read from the store and the data: shown by one process, or a sum over processes would count them twice. */
export function sharedGauges(registry: Registry): Fill<SharedState> {
  const { gauge } = instrumentsIn(registry);
  const unanswered = gauge('tanya_unanswered_messages', 'Messages taken in and not yet answered.', ['channel']);
  const unansweredAge = gauge('tanya_unanswered_oldest_seconds', 'Age of the oldest unanswered message; 0 = none.');
  const depth = gauge('tanya_outbox_depth', 'Replies and cards that have not gone out yet.', ['channel', 'kind']);
  const age = gauge('tanya_outbox_oldest_seconds', 'Age of the oldest reply that has not gone out.', ['channel']);
  const broadcasts = gauge('tanya_broadcasts', 'Announcements by status.', ['status']);
  const recipients = gauge(
    'tanya_broadcast_recipients',
    'People of the announcements that are planned, run or stand still, by what became of their row.',
    ['channel', 'status'],
  );
  const statements = gauge('tanya_data_hours_statements', 'Statements on opening hours.', ['region', 'grade']);
  const oldest = gauge('tanya_data_oldest_check_days', 'Days since the oldest check of hours.', ['region']);
  const backup = gauge('tanya_backup_last_timestamp_seconds', 'When the last backup was made; 0 = never.');
  return ({ figures, regions, lastBackupAt }, now) => {
    for (const each of [unanswered, depth, age, broadcasts, recipients, statements, oldest]) each.reset();
    const since = (at: Instant | null) => (at === null ? 0 : Math.max(0, now - at) / 1_000);
    for (const { channel, count } of figures.unanswered) unanswered.set({ channel }, count);
    unansweredAge.set(Math.max(0, ...figures.unanswered.map(({ oldestAt }) => since(oldestAt))));
    const oldestByChannel = new Map<string, number>();
    for (const { channel, kind, count, oldestAt } of figures.outbox) {
      depth.set({ channel, kind }, count);
      oldestByChannel.set(channel, Math.max(oldestByChannel.get(channel) ?? 0, since(oldestAt)));
    }
    for (const [channel, seconds] of oldestByChannel) age.set({ channel }, seconds);
    for (const status of BROADCAST_STATES) broadcasts.set({ status }, 0);
    for (const { status, count } of figures.broadcasts) broadcasts.set({ status }, count);
    for (const { channel, status, count } of figures.recipients) recipients.set({ channel, status }, count);
    for (const { region, statements: byGrade, oldestDays } of regions) {
      for (const [grade, count] of Object.entries(byGrade)) statements.set({ region, grade }, count);
      if (oldestDays !== null) oldest.set({ region }, oldestDays);
    }
    backup.set((lastBackupAt ?? 0) / 1_000);
  };
}
