import type { BroadcastStatus } from '../domain/broadcast.js';
import type { Instant } from '../domain/time.js';
import type { BroadcastAct, BroadcastChange, Broadcasts } from '../ports/broadcasts.js';

export interface SteeringParts {
  readonly broadcasts: Broadcasts;
  readonly now: () => Instant;
}

/** Holds a running announcement; rows in hand are given back when their turn comes. False: it was not running. */
export function pauseBroadcast(parts: SteeringParts, id: string, who: string): Promise<boolean> {
  return steer(parts, id, ['running'], { status: 'paused', pause: { kind: 'staff', who } }, 'paused', who);
}

/** Lets it go on with exactly the rows that wait. False: it was not paused. */
export function resumeBroadcast(parts: SteeringParts, id: string, who: string): Promise<boolean> {
  return steer(parts, id, ['paused'], { status: 'running', pause: null }, 'resumed', who);
}

/** Ends it for good: what waits is cancelled, what is being sent at this moment is settled. False: it had ended. */
export async function cancelBroadcast(parts: SteeringParts, id: string, who: string): Promise<boolean> {
  const from = ['draft', 'waiting', 'approved', 'planning', 'running', 'paused'] as const;
  const to = { status: 'cancelled', pause: null, endedAt: parts.now() } as const;
  const done = await steer(parts, id, from, to, 'cancelled', who);
  if (done) await parts.broadcasts.endOpen(id, 'cancelled');
  return done;
}

/**
 * Puts its failed or unsure rows back in line, by somebody's choice; a person who may have got an unsure one may then get
 * it twice. Resolves to how many; null when it is cancelled, or its time is over.
 */
export async function retryBroadcast(
  parts: SteeringParts,
  id: string,
  status: 'failed' | 'unsure',
  who: string,
): Promise<number | null> {
  const known = await parts.broadcasts.find(id);
  const open = known?.status === 'running' || known?.status === 'paused' || known?.status === 'done';
  if (!known || !open || (known.expiresAt ?? 0) <= parts.now()) return null;
  const many = await parts.broadcasts.retry(id, status);
  const detail = JSON.stringify({ status, many });
  const held = known.status === 'paused';
  // One that ended in this very moment begins again; one that is held stays so.
  const to = many > 0 && !held ? { status: 'running' as const, endedAt: null } : {};
  const act = { at: parts.now(), who, act: 'retried', detail } as const;
  const from: readonly BroadcastStatus[] = held ? ['paused'] : ['running', 'done'];
  if (!(await parts.broadcasts.change(id, { status: from, version: null }, to, act)))
    await parts.broadcasts.note(id, act);
  return many;
}

function steer(
  { broadcasts, now }: SteeringParts,
  id: string,
  from: readonly BroadcastStatus[],
  to: BroadcastChange,
  act: BroadcastAct['act'],
  who: string,
): Promise<boolean> {
  return broadcasts.change(id, { status: from, version: null }, to, { at: now(), who, act, detail: null });
}
