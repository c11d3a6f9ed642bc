import type { Broadcast, ExclusionReason, RecipientStatus } from '../domain/broadcast.js';
import type { ChannelName } from '../domain/message.js';
import { type PhraseKey, phrase } from '../domain/phrase.js';
import { isoWithOffset, type Zone } from '../domain/time.js';
import { renderPhrase } from '../i18n/translate.js';
import type { BroadcastAct, Broadcasts, RecipientCount, RecipientLine } from '../ports/broadcasts.js';
import { csvOf, csvRow } from './spreadsheet-cell.js';

/** How the people of an announcement stand on one channel. Every person is counted in exactly one of these. */
export interface ChannelStanding {
  readonly waiting: number;
  readonly sending: number;
  /** The provider took it and has told nothing more: not the same as delivered. */
  readonly accepted: number;
  readonly delivered: number;
  readonly read: number;
  readonly failed: number;
  readonly unsure: number;
  readonly leftOut: number;
  readonly expired: number;
  readonly cancelled: number;
}

export type Standing = keyof ChannelStanding;

export interface BroadcastReport {
  readonly broadcast: Broadcast;
  readonly total: ChannelStanding;
  readonly byChannel: Readonly<Partial<Record<ChannelName, ChannelStanding>>>;
  readonly leftOut: Readonly<Partial<Record<ExclusionReason, number>>>;
  /** Failures by their code of the error catalogue. */
  readonly failures: Readonly<Record<string, number>>;
  /** Who wrote, approved, paused it, oldest first. */
  readonly acts: readonly BroadcastAct[];
}

const NOBODY: ChannelStanding = {
  waiting: 0,
  sending: 0,
  accepted: 0,
  delivered: 0,
  read: 0,
  failed: 0,
  unsure: 0,
  leftOut: 0,
  expired: 0,
  cancelled: 0,
};

/** The state of an announcement as its rows tell it at this moment; null when there is none of this id. */
export async function reportBroadcast(broadcasts: Broadcasts, id: string): Promise<BroadcastReport | null> {
  const broadcast = await broadcasts.find(id);
  if (!broadcast) return null;
  const [counts, acts] = await Promise.all([broadcasts.counts(id), broadcasts.acts(id)]);
  const byChannel: Partial<Record<ChannelName, ChannelStanding>> = {};
  const leftOut: Partial<Record<ExclusionReason, number>> = {};
  const failures: Record<string, number> = {};
  let total = NOBODY;
  for (const count of counts) {
    const { channel, reason, code, many } = count;
    const standing = standingOf(count);
    byChannel[channel] = plus(byChannel[channel] ?? NOBODY, standing, many);
    total = plus(total, standing, many);
    if (reason !== null) leftOut[reason] = (leftOut[reason] ?? 0) + many;
    if (standing === 'failed') failures[code ?? 'SEND_REFUSED'] = (failures[code ?? 'SEND_REFUSED'] ?? 0) + many;
  }
  return { broadcast, total, byChannel, leftOut, failures, acts };
}

function plus(standing: ChannelStanding, name: Standing, many: number): ChannelStanding {
  return { ...standing, [name]: standing[name] + many };
}

const STANDING: Readonly<Record<Exclude<RecipientStatus, 'sent'>, Standing>> = {
  pending: 'waiting',
  claimed: 'waiting',
  sending: 'sending',
  failed: 'failed',
  unsure: 'unsure',
  excluded: 'leftOut',
  expired: 'expired',
  cancelled: 'cancelled',
};

/** What is said of a row: for one that was accepted, the provider's last word counts. */
function standingOf({ status, receipt }: Pick<RecipientCount, 'status' | 'receipt'>): Standing {
  return status === 'sent' ? (receipt ?? 'accepted') : STANDING[status];
}

const PAGE = 1_000;
const HEADINGS = ['row', 'channel', 'standing', 'reason', 'via', 'attempts', 'acceptedAt', 'receiptAt'] as const;

/**
 * The report row by row as CSV in words, in pages. A person appears under the number of their row in this file alone:
 * neither an address nor an id of ours, by which two files could be laid side by side.
 */
export async function* reportCsv(broadcasts: Broadcasts, id: string, zone: Zone): AsyncGenerator<string> {
  yield csvOf([HEADINGS.map((name) => say(`announcements:csv.${name}`))]);
  let row = 0;
  for (let after = ''; ; ) {
    const lines = await broadcasts.rows(id, [], after, PAGE);
    if (lines.length > 0) yield lines.map((line, at) => csvLine(line, row + at + 1, zone)).join('');
    row += lines.length;
    const last = lines.at(-1);
    if (lines.length < PAGE || !last) return;
    after = last.contactId;
  }
}

function csvLine(line: RecipientLine, row: number, zone: Zone): string {
  const { channel, reason, code, via, attempts } = line;
  const time = (at: number | null) => (at === null ? '' : isoWithOffset(at, zone));
  const why = reason === null ? (code ?? '') : say(`announcements:reason.${reason}`);
  return csvRow([
    String(row),
    say(`announcements:channel.${channel}`),
    say(`announcements:standing.${standingOf(line)}`),
    why,
    say(`announcements:csv.${via}`),
    String(attempts),
    time(line.sentAt),
    time(line.receiptAt),
  ]);
}

function say(key: PhraseKey): string {
  return renderPhrase(phrase(key), 'id');
}
