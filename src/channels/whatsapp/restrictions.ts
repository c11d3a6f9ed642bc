import type { BaileysEventMap, ConnectionState } from '@whiskeysockets/baileys';
import { z } from 'zod';
import type { Instant } from '../../domain/time.js';
import type { ChannelRestriction } from '../../ports/channel.js';
import type { Vault } from '../vault.js';
import { SESSION } from './auth-state.js';

export type TimeLock = NonNullable<ConnectionState['reachoutTimeLock']>;
export type Cap = BaileysEventMap['message-capping.update'];

const ended = z.number().nullable().default(null);
const kept = z.object({
  timeLock: z.object({ kind: z.string(), until: ended }).nullable(),
  cap: z
    .object({ status: z.string(), used: z.number().nullable(), total: z.number().nullable(), until: ended })
    .nullable(),
});

/**
 * What WhatsApp holds against the account, as far as it tells. `timeLock`: while it lasts, nobody can be written to who
 * has not written before. `cap`: the quota of new chats, NONE, FIRST_WARNING, SECOND_WARNING or CAPPED, and how much of
 * it is used. `until` is null where WhatsApp names no end.
 */
export type Restrictions = Readonly<z.infer<typeof kept>>;

export const NO_RESTRICTIONS: Restrictions = { timeLock: null, cap: null };

export function withTimeLock(known: Restrictions, lock: TimeLock): Restrictions {
  const kind = lock.enforcementType ?? 'DEFAULT';
  return { ...known, timeLock: lock.isActive ? { kind, until: instantOr(lock.timeEnforcementEnds?.getTime()) } : null };
}

export function withCap(known: Restrictions, cap: Cap): Restrictions {
  const { capping_status: status, used_quota: used, total_quota: total, cycle_end_timestamp: end } = cap;
  const until = instantOr(Number(end) * 1000);
  return { ...known, cap: { status: status ?? 'NONE', used: used ?? null, total: total ?? null, until } };
}

function instantOr(at: number | undefined): Instant | null {
  return at !== undefined && Number.isFinite(at) && at > 0 ? at : null;
}

/** Those that hold at the moment, the most serious first. */
export function activeAt({ timeLock, cap }: Restrictions, now: Instant): readonly ChannelRestriction[] {
  const all: readonly ChannelRestriction[] = [
    ...(timeLock ? [{ code: `time_lock:${timeLock.kind}`, until: timeLock.until }] : []),
    ...(cap && cap.status !== 'NONE' ? [{ code: `cap:${cap.status}`, until: cap.until }] : []),
  ];
  return all.filter(({ until }) => until === null || until > now);
}

/** Knows the restrictions, also after a restart. They lie with the session: another account begins without them. */
export interface RestrictionMemory {
  /** Takes up what was kept; a store that cannot be read leaves them unknown until WhatsApp tells them anew. */
  load(): Promise<void>;
  /** Notes news of WhatsApp, at once for us and soon for the store. */
  note(change: { readonly lock?: TimeLock; readonly cap?: Cap }): void;
  known(): Restrictions;
}

const NAME = '=restrictions';

export function createRestrictionMemory(vault: Vault): RestrictionMemory {
  let known = NO_RESTRICTIONS;
  let writing: Promise<void> = Promise.resolve();
  return {
    async load() {
      const saved = await vault.get(SESSION, [NAME]).catch(() => null);
      const text = saved?.get(NAME);
      known = text === undefined ? NO_RESTRICTIONS : (kept.safeParse(JSON.parse(text)).data ?? NO_RESTRICTIONS);
    },
    note({ lock, cap }) {
      if (lock) known = withTimeLock(known, lock);
      if (cap) known = withCap(known, cap);
      const text = JSON.stringify(known);
      writing = writing.then(() => vault.put(SESSION, new Map([[NAME, text]]))).catch(() => undefined);
    },
    known: () => known,
  };
}
