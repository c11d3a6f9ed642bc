import { DAY, type Instant } from '../../domain/time.js';

/** How fast one account of a channel may send to many. Durations in milliseconds. */
export interface PaceLimits {
  /** Sends within any second, answers to people included; null = no limit of this kind. */
  readonly perSecond: number | null;
  /** Shortest and longest pause between two sends; the pause is drawn between them. null = none. */
  readonly gapMs: readonly [number, number] | null;
  /** Different people within any 24 hours; null = no limit. */
  readonly perDay: number | null;
}

/** One send, as far as the limits are concerned. */
export interface PacedSend {
  readonly id: number;
  /** By when it had certainly reached the provider; null while it has not left. */
  readonly by: Instant | null;
}

/** What is known of an account: the sends of the last second, and until when the provider wants none. */
export interface PaceState {
  readonly sends: readonly PacedSend[];
  readonly lastAt: Instant | null;
  readonly blocked: { readonly since: Instant; readonly until: Instant } | null;
}

export const FRESH_PACE: PaceState = { sends: [], lastAt: null, blocked: null };

const SECOND = 1_000;
/**
 * A request whose answer is not there after this long is taken to have arrived by then. Counting from the answer, not
 * from the departure, is what keeps a provider's own count of any second below the limit, on a busy machine too; what it
 * costs is the way there and back, once a second.
 */
const ARRIVES_WITHIN = 250;
/** Part of the even distance that must lie between two sends, so that a late one can be made up for without a burst. */
const EVENNESS = 0.5;

/** The state under a clock that was set back: nothing in it lies in the future, and a block keeps its length. */
export function underClock(state: PaceState, now: Instant): PaceState {
  const { sends, lastAt, blocked } = state;
  const ahead = blocked === null ? 0 : Math.max(0, blocked.since - now);
  return {
    sends: sends.map(({ id, by }) => ({ id, by: by === null ? null : Math.min(by, now + ARRIVES_WITHIN) })),
    lastAt: lastAt === null ? null : Math.min(lastAt, now),
    blocked: blocked === null ? null : { since: blocked.since - ahead, until: blocked.until - ahead },
  };
}

/** How long to wait before the next send may leave, in milliseconds; 0 = now. `random` (0 to 1) draws the pause. */
export function waitFor(state: PaceState, limits: PaceLimits, now: Instant, random: number): number {
  return Math.max(blockWait(state, now), windowWait(state, limits, now), gapWait(state, limits, now, random));
}

function blockWait({ blocked }: PaceState, now: Instant): number {
  return blocked === null ? 0 : Math.max(0, blocked.until - now);
}

function windowWait({ sends, lastAt }: PaceState, { perSecond }: PaceLimits, now: Instant): number {
  if (perSecond === null) return 0;
  const even = lastAt === null ? 0 : since(lastAt, now, (SECOND / perSecond) * EVENNESS);
  const before = sends.at(-perSecond);
  if (!before) return even;
  // One that has not left yet arrives now at the earliest.
  return Math.max(even, (before.by ?? now) + SECOND - now);
}

function gapWait({ lastAt }: PaceState, { gapMs }: PaceLimits, now: Instant, random: number): number {
  if (gapMs === null || lastAt === null) return 0;
  const [shortest, longest] = gapMs;
  return since(lastAt, now, shortest + (longest - shortest) * random);
}

/** What is left of a pause that began at `from`. */
function since(from: Instant, now: Instant, pause: number): number {
  return Math.max(0, from + pause - now);
}

/** The state after a send was let through at `now`. It counts as under way until `left` and `arrived` say more. */
export function letThrough(state: PaceState, limits: PaceLimits, id: number, now: Instant): PaceState {
  const keep = Math.max(0, (limits.perSecond ?? 0) - 1);
  const sends = limits.perSecond === null ? [] : [...state.sends.slice(-keep || state.sends.length), { id, by: null }];
  return { ...state, sends, lastAt: now };
}

/** The send left the house at `now`. */
export function left(state: PaceState, id: number, now: Instant): PaceState {
  return mark(state, id, () => now + ARRIVES_WITHIN);
}

/** The provider answered at `now`: it had the request by then. */
export function arrived(state: PaceState, id: number, now: Instant): PaceState {
  return mark(state, id, (by) => (by === null ? now : Math.min(by, now)));
}

/** The send was given up before it left: it counts no more. */
export function takenBack(state: PaceState, id: number): PaceState {
  return { ...state, sends: state.sends.filter((send) => send.id !== id) };
}

/** The provider wants none before `until`; a later word of it counts more than an earlier end. */
export function blockUntil(state: PaceState, now: Instant, until: Instant): PaceState {
  const stands = state.blocked !== null && now >= state.blocked.since && state.blocked.until > until;
  return stands ? state : { ...state, blocked: { since: now, until } };
}

function mark(state: PaceState, id: number, by: (known: Instant | null) => Instant): PaceState {
  return { ...state, sends: state.sends.map((send) => (send.id === id ? { id, by: by(send.by) } : send)) };
}

/** How many more people may be written to today; null = as many as there are. `used`: within the last 24 hours. */
export function leftToday({ perDay }: PaceLimits, used: number): number | null {
  return perDay === null ? null : Math.max(0, perDay - used);
}

/** Since when sends count against the day's limit. */
export function dayBefore(now: Instant): Instant {
  return now - DAY;
}
