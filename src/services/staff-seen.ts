import { type DayText, dayOf } from '../domain/time.js';
import type { Meta } from '../ports/store.js';
import type { Desk } from './staff-desk.js';

/** The country's westernmost clock: one day for everybody, whatever their region. */
const ZONE = 'Asia/Jakarta';
/** What this process has written already, so that a day costs each member one line. */
const written = new WeakMap<Meta, Map<string, DayText>>();

/** Remembers the day on which a member last used the console: it tells which accounts nobody needs any more, and no more. */
export async function noteSeen({ store, now }: Pick<Desk, 'store' | 'now'>, memberId: string): Promise<void> {
  const today = dayOf(now(), ZONE);
  const days = written.get(store.meta) ?? new Map<string, DayText>();
  written.set(store.meta, days);
  if (days.get(memberId) === today) return;
  await store.meta.set(keyOf(memberId), today);
  days.set(memberId, today);
}

/** The day on which each of the members last used the console, by id; those who never did are left out. */
export async function lastSeen(
  { store }: Pick<Desk, 'store'>,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, DayText>> {
  const days = await Promise.all(memberIds.map(async (id) => [id, await store.meta.get(keyOf(id))] as const));
  return new Map(days.flatMap(([id, day]) => (day === null ? [] : [[id, day] as const])));
}

function keyOf(memberId: string): string {
  return `staff/seen/${memberId}`;
}
