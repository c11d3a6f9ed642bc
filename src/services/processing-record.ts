import { isoWithOffset } from '../domain/time.js';
import { type KeepSettings, keptWords } from './kept-data.js';
import { csvOf } from './spreadsheet-cell.js';
import type { Desk } from './staff-desk.js';

const MOST_CONSENTS = 100_000;

/**
 * The record of processing that UU 27/2022 asks of the controller (article 31), as JSON: what is kept and for how long,
 * how many people that concerns, and who of staff has access. Nobody of the residents is named.
 */
export async function processingRecord(desk: Desk, settings: KeepSettings, staff: readonly object[]): Promise<string> {
  const { people, deletions } = await desk.store.contacts.processing();
  const record = {
    made: isoWithOffset(desk.now(), 'Asia/Jakarta'),
    settings,
    kept: keptWords(settings, 'id'),
    people,
    deletionsByRequest: deletions,
    staff,
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** The latest records of consent as CSV: when, on which channel, what, how, with which words; no person. */
export async function consentsCsv(desk: Desk): Promise<string> {
  const records = await desk.store.contacts.consentRecords(MOST_CONSENTS);
  const rows = records.map(({ at, channel, consent, way, wording }) => [
    new Date(at).toISOString(),
    channel,
    consent,
    way,
    wording,
  ]);
  return csvOf([['at', 'channel', 'consent', 'way', 'wording'], ...rows]);
}
