import { type Phrase, phrase } from '../domain/phrase.js';
import type { ReplyDraft } from '../domain/reply.js';
import type { Report, ReportOutcome } from '../domain/report.js';
import { serviceWindowOpen } from '../domain/service-window.js';
import type { StaffMember } from '../domain/staff.js';
import type { Zone } from '../domain/time.js';
import { AppError } from '../errors.js';
import { renderReply } from '../i18n/translate.js';
import type { ReportAnswer, ReportHearer } from '../ports/reports.js';
import { authorOf, type Desk } from './staff-desk.js';

/** The most reports of one facility that are looked at and answered together. */
export const MOST_TOGETHER = 100;

/** An answer of the office to one or several reports on a facility. */
export interface EnteredAnswer {
  readonly facilityId: string;
  readonly ids: readonly string[];
  readonly outcome: ReportOutcome;
  /** To be read by residents; the reason, when nothing was changed. */
  readonly words: string;
}

/** What those who want word would read, and how many of them cannot be told. */
export interface AnswerPreview {
  /** In Indonesian, one for each topic and day. */
  readonly texts: readonly string[];
  readonly windowClosed: number;
  readonly unreachable: number;
}

/** Answers the reports and sends word to whoever wants it and may be written to. `moved`: others answered them all before. */
export async function answerReports(
  desk: Desk,
  member: StaffMember,
  entered: EnteredAnswer,
): Promise<'answered' | 'moved'> {
  const author = authorOf(desk, member);
  const chosen = await chosenReports(desk, entered);
  const hearers = (await desk.store.reports.hearers(chosen.map(({ id }) => id))).flatMap((hearer) => {
    const report = chosen.find(({ id }) => id === hearer.reportId);
    return report ? [heard(desk, report, hearer, entered)] : [];
  });
  const { outcome, words, facilityId } = entered;
  const ids = chosen.map(({ id }) => id);
  const done = await desk.store.reports.answer({ ids, outcome, words, who: author.who, at: author.at, hearers });
  if (done.length === 0) return 'moved';
  const answered = chosen.filter(({ id }) => done.includes(id));
  const topics = [...new Set(answered.map(({ topic }) => topic))].join(', ');
  await desk.store.data.note(
    {
      what: 'reports',
      subject: facilityId,
      before: JSON.stringify({ open: answered.length, topics }),
      after: JSON.stringify({ open: 0, topics, outcome, words }),
    },
    author,
  );
  return 'answered';
}

/** The same words before they are sent. */
export async function previewReportAnswer(desk: Desk, entered: EnteredAnswer): Promise<AnswerPreview> {
  const chosen = await chosenReports(desk, entered);
  const hearers = await desk.store.reports.hearers(chosen.map(({ id }) => id));
  const words = hearers.flatMap((hearer) => {
    const report = chosen.find(({ id }) => id === hearer.reportId);
    return report ? [heard(desk, report, { ...hearer, language: 'id' }, entered)] : [];
  });
  const texts = words.flatMap(({ reply }) => (reply?.type === 'text' ? [reply.text] : []));
  const count = (word: 'window_closed' | 'unreachable') => words.filter((each) => each.word === word).length;
  return {
    texts: [...new Set(texts)],
    windowClosed: count('window_closed'),
    unreachable: count('unreachable'),
  };
}

/** The reports of the form that are of this facility and wait still. */
async function chosenReports(desk: Desk, { facilityId, ids }: EnteredAnswer): Promise<readonly Report[]> {
  const facility = desk.world().directory.facility(facilityId);
  if (!facility) throw new AppError('NOT_FOUND', 'there is no such facility');
  const query = { regionCodes: [facility.regionCode], open: true, facilityId, topic: null, limit: MOST_TOGETHER };
  return (await desk.store.reports.find(query)).filter(({ id }) => ids.includes(id));
}

function heard(
  desk: Desk,
  report: Report,
  { reportId, channel, language, lastSeenAt, unreachable }: ReportHearer,
  entered: EnteredAnswer,
): ReportAnswer['hearers'][number] {
  if (unreachable) return { reportId, word: 'unreachable', reply: null };
  if (!serviceWindowOpen(channel, lastSeenAt, desk.now())) return { reportId, word: 'window_closed', reply: null };
  return { reportId, word: 'queued', reply: renderReply(wordOf(desk, report, entered), language) };
}

function wordOf(desk: Desk, report: Report, { outcome, words }: EnteredAnswer): ReplyDraft {
  const { directory } = desk.world();
  const zone: Zone = directory.region(report.regionCode)?.zone ?? 'Asia/Jakarta';
  const about = {
    name: directory.facility(report.facilityId)?.name ?? '',
    topic: phrase(`reports:topic.${report.topic}`),
    day: { moment: report.at, zone, style: 'day' as const },
  };
  const paragraphs: Phrase[] =
    outcome === 'unchanged'
      ? [phrase('reports:word.unchanged', { ...about, words })]
      : [phrase('reports:word.corrected', about), ...(words === '' ? [] : [phrase('reports:word.words', { words })])];
  return { type: 'text', paragraphs: [...paragraphs, phrase('reports:word.thanks')], choices: [] };
}
