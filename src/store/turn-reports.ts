import type { Turn } from '../ports/inbox.js';
import { type Dialect, type Row, run, type Statement } from './sql.js';

const REPORT = {
  id: 'text',
  contact_id: 'text',
  token: 'text',
  at: 'integer',
  region_code: 'text',
  facility_id: 'text',
  topic: 'text',
  origin: 'text',
  text: 'text',
  wants: 'integer',
} as const;
const ANSWER = {
  contact_id: 'text',
  token: 'text',
  at: 'integer',
  facility_id: 'text',
  day: 'text',
  said: 'text',
} as const;

/** What goes with turns that tell of a wrong fact or answer a facility's question. Mostly there is none. */
export function reportStatements(
  dialect: Dialect,
  turns: readonly Turn[],
  tokens: ReadonlyMap<Turn, string>,
): readonly Statement[] {
  const reports = turns.flatMap((turn) => reportRows(turn, tokens.get(turn) ?? ''));
  const answers = turns.flatMap((turn) => answerRows(turn, tokens.get(turn) ?? ''));
  return [
    ...(reports.length > 0 ? [putReports(dialect, reports)] : []),
    ...(answers.length > 0 ? [putAnswers(dialect, answers)] : []),
  ];
}

/** The first part makes the report, a later one adds to it while it waits. Whose word it is, the registration decides. */
function putReports(dialect: Dialect, rows: readonly Row[]): Statement {
  return run(
    `INSERT INTO reports (id, region_code, facility_id, topic, origin, text, at, contact_id, word, open)
     SELECT r.id, r.region_code, r.facility_id, r.topic,
       CASE WHEN r.origin = 'facility' AND EXISTS (SELECT 1 FROM facility_contacts f
              WHERE f.facility_id = r.facility_id AND f.contact_id = r.contact_id)
            THEN 'facility' ELSE 'resident' END,
       r.text, r.at, CASE WHEN r.wants = 1 THEN r.contact_id END,
       CASE WHEN r.wants = 1 THEN 'waiting' ELSE 'none' END, 1
     FROM ${dialect.rows('r', REPORT)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     WHERE true ON CONFLICT (id) DO UPDATE
     SET text = COALESCE(excluded.text, reports.text),
         contact_id = COALESCE(excluded.contact_id, reports.contact_id),
         word = CASE WHEN excluded.contact_id IS NULL THEN reports.word ELSE 'waiting' END
     WHERE reports.open = 1`,
    JSON.stringify(rows),
  );
}

/** The first answer stands, and only of the contact that was asked and is registered still. */
function putAnswers(dialect: Dialect, rows: readonly Row[]): Statement {
  return run(
    `UPDATE hours_checks SET said = r.said, answered_at = r.at
     FROM ${dialect.rows('r', ANSWER)} JOIN sessions s ON s.contact_id = r.contact_id AND s.token = r.token
     JOIN facility_contacts f ON f.contact_id = r.contact_id AND f.facility_id = r.facility_id
     WHERE hours_checks.facility_id = r.facility_id AND hours_checks.day = r.day
       AND hours_checks.contact_id = r.contact_id AND hours_checks.said IS NULL`,
    JSON.stringify(rows),
  );
}

function reportRows(turn: Turn, token: string): readonly Row[] {
  if (!turn.report) return [];
  const { id, facilityId, regionCode, topic, origin, text, wantsWord } = turn.report;
  return [
    {
      id,
      contact_id: turn.contactId,
      token,
      at: turn.at,
      region_code: regionCode,
      facility_id: facilityId,
      topic,
      origin,
      text,
      wants: wantsWord ? 1 : 0,
    },
  ];
}

function answerRows(turn: Turn, token: string): readonly Row[] {
  if (!turn.hoursAnswer) return [];
  const { facilityId, day, said } = turn.hoursAnswer;
  return [{ contact_id: turn.contactId, token, at: turn.at, facility_id: facilityId, day, said }];
}
