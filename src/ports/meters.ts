import type { Outcome } from '../domain/eligibility.js';
import type { EmergencyKind, EmergencyLevel } from '../domain/emergency.js';
import type { Intent } from '../domain/intent.js';
import type { ChannelName } from '../domain/message.js';
import type { ErrorCode } from '../errors.js';
import type { OutboxKind } from './inbox.js';

/** A turn that was committed; times in milliseconds. */
export interface MeasuredTurn {
  readonly channel: ChannelName;
  readonly intent: Intent;
  readonly outcome: Outcome | 'open' | 'closed' | 'unknown' | null;
  readonly emergency: { readonly kind: EmergencyKind; readonly level: EmergencyLevel } | null;
  /** From the moment the message was taken in to its committed answer. */
  readonly ms: number;
}

/** A reply or card that ended, well or badly. `ms` is from its being written down to its end. */
export interface MeasuredSend {
  readonly channel: ChannelName;
  readonly kind: OutboxKind;
  readonly status: 'sent' | 'retry' | 'failed' | 'unsure' | 'expired';
  readonly ms: number;
}

/**
 * What the inside tells of its work as it happens. Counted per process; every word that comes here is of a closed list,
 * never of a person. Cheap enough for each message.
 */
export interface Meters {
  /** A message was durably taken in. */
  received(channel: ChannelName): void;
  /** A message ended without an answer of its own: too many at once, or the store refused it. */
  unanswerable(channel: ChannelName, why: 'flood' | 'refused'): void;
  turn(turn: MeasuredTurn): void;
  /** A try at a turn failed; it is tried again. */
  turnFailed(code: ErrorCode | null): void;
  send(send: MeasuredSend): void;
  /** An emergency card went past the store, or could not. */
  directCard(channel: ChannelName, sent: boolean): void;
  /** What is no resident's message, by the channel's own code. */
  ignored(channel: ChannelName, code: string, count: number): void;
  storeFailed(code: ErrorCode): void;
  jobFailed(job: string): void;
}

/** Where nobody measures: tests, the terminal chat, `simulate`. */
export const NO_METERS: Meters = {
  received: () => undefined,
  unanswerable: () => undefined,
  turn: () => undefined,
  turnFailed: () => undefined,
  send: () => undefined,
  directCard: () => undefined,
  ignored: () => undefined,
  storeFailed: () => undefined,
  jobFailed: () => undefined,
};
