import type { HoursCheck, Report } from '../../domain/report.js';
import type { Instant } from '../../domain/time.js';
import type { Turn } from '../../ports/inbox.js';
import type { Reports } from '../../ports/reports.js';
import { putInLine } from './outbox.js';
import type { Tables } from './tables.js';

export interface ReportEntry extends Omit<Report, 'wordStatus'> {
  readonly contactId: string | null;
}

export interface CheckEntry extends HoursCheck {
  readonly contactId: string | null;
}

const OPEN_ORDER = (a: ReportEntry, b: ReportEntry) =>
  Number(b.origin === 'facility') - Number(a.origin === 'facility') || a.at - b.at || (a.id < b.id ? -1 : 1);
const ANSWERED_ORDER = (a: ReportEntry, b: ReportEntry) =>
  (b.answer?.at ?? 0) - (a.answer?.at ?? 0) || (a.id < b.id ? -1 : 1);

/** Reports and confirmations in memory. */
export function memoryReports(tables: Tables): Reports {
  const { reports, facilityContacts, hoursChecks } = tables;
  const tell = (id: string, contactId: string, reply: object, at: Instant) =>
    putInLine(tables, { id, contactId, replyTo: null, kind: 'reply' }, reply, at);
  return {
    find: async ({ regionCodes, open, facilityId, topic, limit }) =>
      [...reports.values()]
        .filter((report) => (report.answer === null) === open && regionCodes.includes(report.regionCode))
        .filter((report) => facilityId === null || report.facilityId === facilityId)
        .filter((report) => topic === null || report.topic === topic)
        .sort(open ? OPEN_ORDER : ANSWERED_ORDER)
        .slice(0, limit)
        .map(({ contactId: _, ...report }) => ({
          ...report,
          wordStatus: tables.outbox.get(`report/${report.id}`)?.status ?? null,
        })),
    openCounts: async () => {
      const counts: Record<string, number> = {};
      for (const { regionCode, answer } of reports.values()) {
        if (answer === null) counts[regionCode] = (counts[regionCode] ?? 0) + 1;
      }
      return counts;
    },
    hearers: async (reportIds) =>
      reportIds.flatMap((id) => {
        const report = reports.get(id);
        const contact = tables.contacts.get(report?.contactId ?? '');
        if (report?.answer !== null || report.word !== 'waiting' || !contact) return [];
        const { channel, language, lastSeenAt, unreachableAt } = contact;
        const unreachable = unreachableAt !== null;
        return [{ reportId: id, contactId: contact.id, channel, language, lastSeenAt, unreachable }];
      }),
    answer: async ({ ids, outcome, words, who, at, hearers }) => {
      const done = ids.filter((id) => reports.get(id)?.answer === null);
      for (const id of done) {
        const report = reports.get(id);
        const hearer = hearers.find(({ reportId }) => reportId === id);
        if (!report) continue;
        reports.set(id, { ...report, word: hearer?.word ?? 'none', answer: { outcome, words, who, at } });
        if (hearer?.reply && report.contactId) tell(`report/${id}`, report.contactId, hearer.reply, at);
      }
      return done;
    },
    empty: async (answeredBefore, toldBefore) => {
      const old = [...reports.values()].filter(
        ({ at, answer, text, contactId }) =>
          ((answer !== null && answer.at < answeredBefore) || at < toldBefore) && (text !== null || contactId !== null),
      );
      for (const report of old) reports.set(report.id, { ...report, text: null, contactId: null });
      return old.length;
    },
    addContact: async (facilityId, contactId, at) => {
      const key = `${facilityId}/${contactId}`;
      if (facilityContacts.has(key) || !tables.contacts.has(contactId)) return false;
      facilityContacts.set(key, { facilityId, contactId, addedAt: at });
      return true;
    },
    removeContact: async (facilityId, contactId) => facilityContacts.delete(`${facilityId}/${contactId}`),
    contacts: async (facilityId) =>
      [...facilityContacts.values()]
        .filter((each) => facilityId === null || each.facilityId === facilityId)
        .sort((a, b) => (a.facilityId < b.facilityId ? -1 : a.facilityId > b.facilityId ? 1 : a.addedAt - b.addedAt))
        .flatMap((each) => {
          const contact = tables.contacts.get(each.contactId);
          if (!contact) return [];
          const { channel, language, lastSeenAt, unreachableAt } = contact;
          return [{ ...each, channel, language, lastSeenAt, reachable: unreachableAt === null }];
        }),
    sessionOf: async (contactId) => {
      const session = tables.sessions.get(contactId);
      return session
        ? { state: JSON.parse(session.state) as unknown, version: session.version }
        : { state: null, version: 0 };
    },
    ask: async ({ facilityId, day, contactId, hours, at, sessionVersion, session, reply }) => {
      const key = `${facilityId}/${day}`;
      const version = tables.sessions.get(contactId)?.version ?? 0;
      const registered = facilityContacts.has(`${facilityId}/${contactId}`);
      if (hoursChecks.has(key) || !registered || version !== sessionVersion) return false;
      tables.sessions.set(contactId, { state: JSON.stringify(session), version: version + 1, updatedAt: at });
      const open = { said: null, answeredAt: null, outcome: null };
      hoursChecks.set(key, { facilityId, day, contactId, hours, askedAt: at, ...open });
      tell(`check/${key}`, contactId, reply, at);
      return true;
    },
    latestCheck: async (facilityId) => {
      const asked = [...hoursChecks.values()].filter((check) => check.facilityId === facilityId);
      const latest = asked.sort((a, b) => (a.day < b.day ? 1 : -1))[0];
      return latest ? withoutContact(latest) : null;
    },
    askedOn: async (day) =>
      [...hoursChecks.values()].filter((check) => check.day === day).map(({ facilityId }) => facilityId),
    confirmedChecks: async (limit) =>
      [...hoursChecks.values()]
        .filter(({ said, outcome, hours }) => said === 'yes' && outcome === null && hours !== null)
        .sort((a, b) => (a.answeredAt ?? 0) - (b.answeredAt ?? 0))
        .slice(0, limit)
        .map(withoutContact),
    settleCheck: async (facilityId, day, outcome) => {
      const check = hoursChecks.get(`${facilityId}/${day}`);
      if (check) hoursChecks.set(`${facilityId}/${day}`, { ...check, outcome });
    },
  };
}

function withoutContact({ contactId: _, ...check }: CheckEntry): HoursCheck {
  return check;
}

/** What a turn tells of a wrong fact, and what it answers to a morning's question. */
export function keepReport(tables: Tables, turn: Turn): void {
  const { report, hoursAnswer, contactId, at } = turn;
  if (report) {
    const { id, text, wantsWord, facilityId, regionCode, topic } = report;
    const known = tables.reports.get(id);
    const own = report.origin === 'facility' && tables.facilityContacts.has(`${facilityId}/${contactId}`);
    const fresh: ReportEntry = {
      id,
      regionCode,
      facilityId,
      topic,
      origin: own ? 'facility' : 'resident',
      text,
      at,
      word: wantsWord ? 'waiting' : 'none',
      contactId: wantsWord ? contactId : null,
      answer: null,
    };
    if (!known) tables.reports.set(id, fresh);
    else if (known.answer === null) {
      const heard = wantsWord ? { word: 'waiting' as const, contactId } : {};
      tables.reports.set(id, { ...known, text: text ?? known.text, ...heard });
    }
  }
  if (!hoursAnswer) return;
  const key = `${hoursAnswer.facilityId}/${hoursAnswer.day}`;
  const check = tables.hoursChecks.get(key);
  const registered = tables.facilityContacts.has(`${hoursAnswer.facilityId}/${contactId}`);
  if (check?.said !== null || check.contactId !== contactId || !registered) return;
  tables.hoursChecks.set(key, { ...check, said: hoursAnswer.said, answeredAt: at });
}

/** Takes a person who is forgotten out of reports and registrations. */
export function forgetReports(tables: Tables, contactId: string): void {
  for (const [id, report] of tables.reports) {
    if (report.contactId === contactId) tables.reports.set(id, { ...report, text: null, contactId: null });
  }
  for (const [key, each] of tables.facilityContacts)
    if (each.contactId === contactId) tables.facilityContacts.delete(key);
  for (const [key, check] of tables.hoursChecks) {
    if (check.contactId === contactId) tables.hoursChecks.set(key, { ...check, contactId: null });
  }
}
