import type { Broadcast } from '../../../domain/broadcast.js';
import type { ChannelStanding, Standing } from '../../../services/broadcast-report.js';
import { reportBroadcast } from '../../../services/broadcast-report.js';
import type { View } from '../page.js';
import type { ConsoleParts } from '../parts.js';
import { codeWords, pauseWords } from './words.js';

/** The states of a row in the order of the report's columns. */
export const STANDINGS: readonly Standing[] = [
  'waiting',
  'sending',
  'accepted',
  'delivered',
  'read',
  'failed',
  'unsure',
  'expired',
  'cancelled',
  'leftOut',
];

/** True once there are, or are being made, rows to report on. */
export function hasBegun({ status, startedAt }: Broadcast): boolean {
  return startedAt !== null || status === 'planning' || status === 'running' || status === 'paused';
}

/** How far it is and how everybody stands, counted now. */
export async function standingOf({ desk }: ConsoleParts, broadcast: Broadcast): Promise<View> {
  const report = await reportBroadcast(desk.store.broadcasts, broadcast.id);
  if (!report) return {};
  const { total, byChannel, leftOut, failures } = report;
  const all = sumOf(total) - total.leftOut;
  const settled = all - total.waiting - total.sending;
  const mostFirst = (figures: Readonly<Record<string, number>>) =>
    Object.entries(figures).toSorted(([, one], [, other]) => other - one);
  return {
    b: report.broadcast,
    all,
    settled,
    percent: all === 0 ? 100 : Math.floor((settled * 100) / all),
    total,
    standings: STANDINGS.filter((name) => total[name] > 0 || name === 'accepted' || name === 'delivered'),
    rows: Object.entries(byChannel).map(([channel, figures]) => ({ channel, figures, sum: sumOf(figures) })),
    sum: sumOf(total),
    reasons: mostFirst(leftOut).map(([reason, many]) => ({ reason, many })),
    failures: mostFirst(failures).map(([code, many]) => ({ why: codeWords(code), many })),
    pause: report.broadcast.pause === null ? null : pauseWords(report.broadcast.pause),
    live: report.broadcast.status === 'planning' || report.broadcast.status === 'running',
  };
}

function sumOf(figures: ChannelStanding): number {
  return Object.values(figures).reduce((sum, many) => sum + many, 0);
}
