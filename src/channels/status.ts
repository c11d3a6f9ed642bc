import type { Instant } from '../domain/time.js';
import type { ChannelStatus } from '../ports/channel.js';

/** Keeps a channel's status; `since` moves only when the state or its detail really changes. */
export interface StatusBoard {
  set(state: ChannelStatus['state'], detail?: string | null): void;
  /** What a telephone needs to link the device; the next state takes it away. */
  showPairing(what: NonNullable<ChannelStatus['pairing']>): void;
  get(): ChannelStatus;
}

/** Starts at `off`; `now` is the clock. */
export function createStatusBoard(now: () => Instant): StatusBoard {
  let status: ChannelStatus = { state: 'off', detail: null, since: now() };
  return {
    set(state, detail = null) {
      if (state === status.state && detail === status.detail) return;
      status = { state, detail, since: now() };
    },
    showPairing(what) {
      if (status.state === 'pairing') status = { ...status, pairing: what };
    },
    get: () => status,
  };
}
