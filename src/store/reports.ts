import type { ChannelName, Language } from '../domain/message.js';
import type { HoursCheck, Report, ReportOutcome } from '../domain/report.js';
import type { ReportAnswer, ReportQuery, Reports } from '../ports/reports.js';
import type { Database, Transaction } from './database.js';
import { askOnce } from './hours-checks.js';
import type { Sequence } from './sequence.js';
import { countOf, overAll } from './slices.js';
import { ask, numberOrNull, type Row, run, type Statement, textOrNull } from './sql.js';
import { PRIORITY } from './turn.js';

/** Reports and confirmations over the database. */
export function createReports(database: Database, sequence: Sequence): Reports {
  return {
    find: async (query) => (await database.query(findStatement(query))).map(reportOf),
    openCounts: async () => {
      const rows = await database.query(
        ask('SELECT region_code, count(*) AS many FROM reports WHERE open = 1 GROUP BY region_code'),
      );
      return Object.fromEntries(rows.map((row) => [String(row.region_code), Number(row.many)]));
    },
    hearers: async (reportIds) => {
      const rows = await database.query(
        ask(
          `SELECT p.id, c.id AS contact_id, c.channel, c.language, c.last_seen_at, c.unreachable_at
           FROM reports p JOIN contacts c ON c.id = p.contact_id
           WHERE p.open = 1 AND p.word = 'waiting' AND p.id IN (${places(reportIds)})`,
          ...reportIds,
        ),
      );
      return rows.map((row) => ({
        reportId: String(row.id),
        contactId: String(row.contact_id),
        channel: row.channel as ChannelName,
        language: row.language as Language,
        lastSeenAt: Number(row.last_seen_at),
        unreachable: row.unreachable_at !== null,
      }));
    },
    answer: (answer) => database.write((transaction) => answerReports(database, sequence, transaction, answer)),
    empty: (answeredBefore, toldBefore) =>
      overAll(database, 'reports', 'id', (above, upTo) => {
        const slice = `UPDATE reports SET text = NULL, contact_id = NULL WHERE id > ? AND id <= ?
           AND (answered_at < ? OR at < ?) AND (text IS NOT NULL OR contact_id IS NOT NULL)`;
        return countOf(database, ask(`${slice} RETURNING id`, above, upTo, answeredBefore, toldBefore));
      }),
    addContact: async (facilityId, contactId, at) => {
      const [rows] = await database.batch([
        ask(
          `INSERT INTO facility_contacts (facility_id, contact_id, added_at)
           SELECT CAST(? AS TEXT), c.id, CAST(? AS BIGINT) FROM contacts c WHERE c.id = ?
           ON CONFLICT (facility_id, contact_id) DO NOTHING RETURNING contact_id`,
          facilityId,
          at,
          contactId,
        ),
      ]);
      return (rows?.length ?? 0) > 0;
    },
    removeContact: async (facilityId, contactId) => {
      const [rows] = await database.batch([
        ask(
          'DELETE FROM facility_contacts WHERE facility_id = ? AND contact_id = ? RETURNING contact_id',
          facilityId,
          contactId,
        ),
      ]);
      return (rows?.length ?? 0) > 0;
    },
    contacts: async (facilityId) => {
      const rows = await database.query(
        ask(
          `SELECT f.facility_id, f.added_at, c.id, c.channel, c.language, c.last_seen_at, c.unreachable_at
           FROM facility_contacts f JOIN contacts c ON c.id = f.contact_id
           WHERE CAST(? AS TEXT) IS NULL OR f.facility_id = ? ORDER BY f.facility_id, f.added_at, c.id`,
          facilityId,
          facilityId,
        ),
      );
      return rows.map((row) => ({
        facilityId: String(row.facility_id),
        contactId: String(row.id),
        channel: row.channel as ChannelName,
        language: row.language as Language,
        lastSeenAt: Number(row.last_seen_at),
        reachable: row.unreachable_at === null,
        addedAt: Number(row.added_at),
      }));
    },
    sessionOf: async (contactId) => {
      const [row] = await database.query(ask('SELECT state, version FROM sessions WHERE contact_id = ?', contactId));
      return row
        ? { state: JSON.parse(String(row.state)) as unknown, version: Number(row.version) }
        : { state: null, version: 0 };
    },
    ask: (check) => askOnce(database, sequence, check),
    latestCheck: async (facilityId) => {
      const [row] = await database.query(
        ask('SELECT * FROM hours_checks WHERE facility_id = ? ORDER BY day DESC LIMIT 1', facilityId),
      );
      return row ? checkOf(row) : null;
    },
    askedOn: async (day) => {
      const rows = await database.query(ask('SELECT facility_id FROM hours_checks WHERE day = ?', day));
      return rows.map((row) => String(row.facility_id));
    },
    confirmedChecks: async (limit) => {
      const rows = await database.query(
        ask(
          `SELECT * FROM hours_checks WHERE said = 'yes' AND outcome IS NULL AND hours IS NOT NULL
           ORDER BY answered_at LIMIT ?`,
          limit,
        ),
      );
      return rows.map(checkOf);
    },
    settleCheck: async (facilityId, day, outcome) => {
      await database.batch([
        run('UPDATE hours_checks SET outcome = ? WHERE facility_id = ? AND day = ?', outcome, facilityId, day),
      ]);
    },
  };
}

function places(values: readonly unknown[]): string {
  return values.length === 0 ? 'NULL' : values.map(() => '?').join(', ');
}

function findStatement({ regionCodes, open, facilityId, topic, limit }: ReportQuery): Statement {
  const order = open ? "CASE WHEN p.origin = 'facility' THEN 0 ELSE 1 END, p.at, p.id" : 'p.answered_at DESC, p.id';
  const conditions = [
    open ? 'p.open = 1' : 'p.open IS NULL',
    `p.region_code IN (${places(regionCodes)})`,
    ...(facilityId === null ? [] : ['p.facility_id = ?']),
    ...(topic === null ? [] : ['p.topic = ?']),
  ];
  return ask(
    `SELECT p.*, (SELECT o.status FROM outbox o WHERE o.id = 'report/' || p.id) AS word_status
     FROM reports p WHERE ${conditions.join(' AND ')} ORDER BY ${order} LIMIT ?`,
    ...regionCodes,
    ...(facilityId === null ? [] : [facilityId]),
    ...(topic === null ? [] : [topic]),
    limit,
  );
}

const ANSWERED = { id: 'text', word: 'text', reply: 'text', seq: 'integer' } as const;

async function answerReports(
  { dialect }: Database,
  sequence: Sequence,
  transaction: Transaction,
  { ids, outcome, words, who, at, hearers }: ReportAnswer,
): Promise<readonly string[]> {
  const heard = new Map(hearers.map((hearer) => [hearer.reportId, hearer]));
  const rows = ids.map((id) => {
    const { word, reply } = heard.get(id) ?? { word: 'none', reply: null };
    return { id, word, reply: reply === null ? null : JSON.stringify(reply), seq: sequence.next(at) };
  });
  const settled = await transaction.run(
    ask(
      `UPDATE reports SET open = NULL, outcome = ?, words = ?, answered_by = ?, answered_at = ?, word = r.word
       FROM ${dialect.rows('r', ANSWERED)} WHERE reports.id = r.id AND reports.open = 1 RETURNING reports.id AS done`,
      outcome,
      words,
      who,
      at,
      JSON.stringify(rows),
    ),
  );
  const done = settled.map((row) => String(row.done));
  await transaction.run(
    run(
      `INSERT INTO outbox (id, contact_id, channel, inbound_id, ordinal, kind, priority, seq, payload, status, open,
                           attempts, next_at, created_at)
       SELECT 'report/' || p.id, c.id, c.channel, NULL, 0, 'reply', CAST(? AS INTEGER), r.seq, r.reply, 'pending', 1, 0,
              CAST(? AS BIGINT), CAST(? AS BIGINT)
       FROM ${dialect.rows('r', ANSWERED)} JOIN reports p ON p.id = r.id JOIN contacts c ON c.id = p.contact_id
       WHERE r.reply IS NOT NULL ON CONFLICT (id) DO NOTHING`,
      PRIORITY.reply,
      at,
      at,
      JSON.stringify(rows.filter(({ id }) => done.includes(id))),
    ),
  );
  return done;
}

function reportOf(row: Row): Report {
  const answeredAt = numberOrNull(row.answered_at);
  return {
    id: String(row.id),
    regionCode: String(row.region_code),
    facilityId: String(row.facility_id),
    topic: row.topic as Report['topic'],
    origin: row.origin as Report['origin'],
    text: textOrNull(row.text),
    at: Number(row.at),
    word: row.word as Report['word'],
    wordStatus: textOrNull(row.word_status),
    answer:
      answeredAt === null
        ? null
        : {
            outcome: row.outcome as ReportOutcome,
            words: textOrNull(row.words) ?? '',
            who: textOrNull(row.answered_by) ?? '',
            at: answeredAt,
          },
  };
}

function checkOf(row: Row): HoursCheck {
  return {
    facilityId: String(row.facility_id),
    day: String(row.day),
    hours: textOrNull(row.hours),
    askedAt: Number(row.asked_at),
    said: textOrNull(row.said) as HoursCheck['said'],
    answeredAt: numberOrNull(row.answered_at),
    outcome: textOrNull(row.outcome) as HoursCheck['outcome'],
  };
}
