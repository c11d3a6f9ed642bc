import type { BaileysEventMap, ConnectionState } from '@whiskeysockets/baileys';
import type { Instant } from '../../domain/time.js';

export type TimeLock = NonNullable<ConnectionState['reachoutTimeLock']>;
export type Cap = BaileysEventMap['message-capping.update'];

/** What WhatsApp holds against the account, as far as it tells. */
export interface Restrictions {
  /** While it lasts, nobody can be written to who has not written before. */
  readonly timeLock: { readonly kind: string; readonly until: Instant | null } | null;
  /** The quota of new chats: NONE, FIRST_WARNING, SECOND_WARNING or CAPPED. */
  readonly cap: { readonly status: string; readonly used: number | null; readonly total: number | null } | null;
}

export const NO_RESTRICTIONS: Restrictions = { timeLock: null, cap: null };

export function withTimeLock(known: Restrictions, lock: TimeLock): Restrictions {
  const kind = lock.enforcementType ?? 'DEFAULT';
  const until = lock.timeEnforcementEnds?.getTime() ?? null;
  return { ...known, timeLock: lock.isActive ? { kind, until } : null };
}

export function withCap(known: Restrictions, cap: Cap): Restrictions {
  const { capping_status: status, used_quota: used, total_quota: total } = cap;
  return { ...known, cap: { status: status ?? 'NONE', used: used ?? null, total: total ?? null } };
}

/** The most serious of them in a word for the status, or null. */
export function detailOf({ timeLock, cap }: Restrictions): string | null {
  if (timeLock) return `time_lock:${timeLock.kind}`;
  return cap && cap.status !== 'NONE' ? `cap:${cap.status}` : null;
}
