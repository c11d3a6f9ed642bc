import type { Audience, Candidate, Interest } from '../domain/broadcast.js';
import type { ChannelName, Language } from '../domain/message.js';
import type { Broadcasts } from '../ports/broadcasts.js';
import type { Database } from './database.js';
import { ask, numberOrNull, type Row, textOrNull, type Value } from './sql.js';

/** What is stored of a facility that somebody asked about; compared as a whole, so that no pattern is needed. */
const askedFacility = (facilityId: string): string => JSON.stringify({ facilityId });

/** Pages of people, as an audience is judged from them. */
export function createAudienceReads(database: Database): Pick<Broadcasts, 'candidates' | 'linked'> {
  async function read(asked: Audience['askedAbout'], where: string, ...values: readonly Value[]) {
    const about =
      asked === null
        ? '0'
        : `CASE WHEN c.id IN (SELECT e.contact_id FROM events e
             WHERE e.kind = 'facility_asked' AND e.data = ? AND e.at >= ?) THEN 1 ELSE 0 END`;
    const rows = await database.query(
      ask(
        `SELECT c.id, c.channel, c.language, c.region_code, c.kecamatan_code, c.consent, c.unreachable_at, c.interests,
           c.last_seen_at, c.person_id, ${about} AS asked FROM contacts c ${where}`,
        ...(asked === null ? [] : [askedFacility(asked.facilityId), asked.since]),
        ...values,
      ),
    );
    return rows.map(candidateOf);
  }
  return {
    candidates: (regionCode, asked, after, limit) =>
      read(asked, 'WHERE c.region_code = ? AND c.id > ? ORDER BY c.id LIMIT ?', regionCode, after, limit),
    linked: async (personIds, asked) =>
      personIds.length === 0
        ? []
        : read(
            asked,
            `WHERE c.person_id IN (SELECT r.id FROM ${database.dialect.rows('r', { id: 'text' })})`,
            JSON.stringify(personIds.map((id) => ({ id }))),
          ),
  };
}

function candidateOf(row: Row): Candidate {
  return {
    contactId: String(row.id),
    channel: row.channel as ChannelName,
    language: row.language as Language,
    regionCode: textOrNull(row.region_code),
    kecamatanCode: textOrNull(row.kecamatan_code),
    consent: row.consent as Candidate['consent'],
    unreachableAt: numberOrNull(row.unreachable_at),
    interests: interestsOf(row.interests),
    lastSeenAt: Number(row.last_seen_at),
    personId: textOrNull(row.person_id),
    askedAbout: Number(row.asked) === 1,
  };
}

/** The kinds of news a person chose, as they are stored; none = everything. */
export function interestsOf(stored: Row[string]): readonly Interest[] {
  const text = textOrNull(stored);
  return text === null ? [] : (JSON.parse(text) as Interest[]);
}
