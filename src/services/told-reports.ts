import { createHash } from 'node:crypto';
import type { Turn } from '../ports/inbox.js';
import type { Conversed } from './converse.js';

/** What a decided turn tells of wrong facts and hours, as the store takes it. */
export function toldIn(
  { report, hoursAnswer }: Pick<Conversed, 'report' | 'hoursAnswer'>,
  contactId: string,
): Pick<Turn, 'report' | 'hoursAnswer'> {
  return {
    ...(report ? { report: { ...report, id: reportId(contactId, report.begunAt) } } : {}),
    ...(hoursAnswer ? { hoursAnswer } : {}),
  };
}

/** The same for every part of one report, and nobody can read from it who told. */
function reportId(contactId: string, begunAt: number): string {
  return createHash('sha256').update(`report/${contactId}/${begunAt}`).digest('base64url').slice(0, 24);
}
